"""A question reads one file, within limits, and nothing else."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import QueryError, WarehouseError
from pipelines.warehouse.ask import ask

_SIGNED = """
create table dim_report (report_sha256 varchar);
create table fact_observation (observation_key bigint, char_start integer);
create table fact_numeral (disposition varchar);
create table etl_load (load_id varchar, code_version varchar);
"""


def made(path: Path, load: str = "1") -> Path:
    with duckdb.connect(str(path)) as con:
        con.execute(_SIGNED)
        con.execute("insert into etl_load values (?, 'v')", [load])
        con.execute("create table days as select date '2024-06-30' as day, 1.50 as value")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return made(tmp_path / "w.duckdb")


def test_it_answers_with_plain_values(file: Path):
    answer = ask(file, "from days where value > ?", [1])
    assert answer.rows.to_dicts()[0]["day"] == "2024-06-30"
    assert not answer.cut


@pytest.mark.parametrize(("limit", "cut"), [(9, True), (10, False)])
def test_no_more_rows_than_asked(file: Path, limit: int, cut: bool):
    answer = ask(file, "from range(10)", rows=limit)
    assert (answer.rows.height, answer.cut) == (limit, cut)


@pytest.mark.parametrize(
    "sql",
    [
        "from read_csv('/etc/passwd')",
        "from read_text('/etc/passwd')",
        "from '/etc/passwd'",
        "from glob('/etc/*')",
        "from sniff_csv('/etc/passwd')",
        "copy days to '{folder}/out.csv'",
        "copy (from days) to '{folder}/out.parquet'",
        "export database '{folder}/out'",
        "attach '{folder}/other.duckdb'",
        "attach ':memory:' as other",
        "install httpfs",
        "load httpfs",
        "set memory_limit = '1TB'",
        "reset memory_limit",
        "pragma memory_limit = '1TB'",
        "pragma enable_profiling = 'json'",
        "call force_checkpoint()",
        "insert into days values (date '2024-01-01', 1)",
        "update days set value = 2",
        "delete from days",
        "create table t as from days",
        "create temp table t as from days",
        "create view v as from days",
        "drop table days",
        "use memory",
        "prepare p as from days",
        "select 1; select 2",
        "select 1; copy days to '{folder}/out.csv'",
        "",
        "-- nothing",
    ],
)
def test_it_only_reads_and_only_this_file(file: Path, sql: str):
    before = sorted(file.parent.iterdir())
    with pytest.raises(QueryError):
        ask(file, sql.format(folder=file.parent))
    assert sorted(file.parent.iterdir()) == before


@pytest.mark.parametrize("sql", ["selekt", "from nowhere", "select 1/'a'"])
def test_what_duckdb_says_is_an_error_of_ours(file: Path, sql: str):
    with pytest.raises(QueryError):
        ask(file, sql)


def test_what_takes_too_long_is_stopped(file: Path):
    with pytest.raises(QueryError, match=r"longer than 0\.2 s"):
        ask(file, "select count(*) from range(1000000000) a, range(1000000000) b", seconds=0.2)
    assert ask(file, "from days").rows.height == 1


def test_a_file_that_was_replaced_answers_the_next_question(file: Path, tmp_path: Path):
    assert ask(file, "from etl_load").rows["load_id"].to_list() == ["1"]
    os.replace(made(tmp_path / "new.duckdb", "2"), file)  # noqa: PTH105
    assert ask(file, "from etl_load").rows["load_id"].to_list() == ["2"]


def test_many_ask_at_the_same_time(file: Path):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(file, "from days").rows.height, range(40)))
    assert answers == [1] * 40


def test_no_file_is_an_error_that_names_it(tmp_path: Path):
    with pytest.raises(WarehouseError, match=r"none\.duckdb: there is no such file"):
        ask(tmp_path / "none.duckdb", "select 1")
