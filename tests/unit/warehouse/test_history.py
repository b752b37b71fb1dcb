"""What changed between two loads, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.warehouse.check import run_checks
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loads import LoadInfo

Frames = dict[str, pl.DataFrame]
A, B = "a" * 64, "b" * 64
CHANGES = (
    "select file_name, change_kind, change_reason, changed_field, old_text, new_text "
    "from mart_load_changes where is_latest order by file_name, char_start, changed_field"
)


def rows(path: Path, sql: str) -> list[tuple]:
    with read_only(path) as con:
        return con.sql(sql).fetchall()


@pytest.fixture
def next_load(builds, tmp_path: Path, seeds: Frames, load: LoadInfo) -> Callable[..., Path]:
    """Build over the last file and put the new one in its place."""
    target = tmp_path / "w.duckdb"
    made = []

    def run(staged: Frames, **more: object) -> Path:
        number = len(made) + 1
        made.append(number)
        info = replace(
            load,
            load_id=f"load-{number}",
            loaded_at=load.loaded_at + timedelta(hours=number),
            replaces=target,
            **more,
        )
        staged = staged | {"stg_file": files(staged)}

        def check(new: Path) -> None:
            blocking = (found for found in run_checks(new, staged) if found.blocks)
            assert {found.name: found.sample for found in blocking} == {}

        builds(staged, tmp_path / "new.duckdb", info, seeds, check, target).replace(target)
        return target

    return run


def files(staged: Frames) -> pl.DataFrame:
    """The folder that these reports lie in: a report that goes takes its file along."""
    read = (staged[name].select("file_name") for name in ("stg_document", "stg_reject"))
    beside = staged["stg_file"].filter(pl.col("rule").is_not_null())
    return pl.concat([beside, *read], how="diagonal")


def without(staged: Frames, sha: str) -> Frames:
    return {
        name: frame.filter(pl.col("report_sha256") != sha)
        if "report_sha256" in frame.columns
        else frame
        for name, frame in staged.items()
    }


def corrected(staged: Frames, sha: str, old: str, new: str) -> Frames:
    """The report with other words in it: other bytes, so another digest, and places that move."""
    (text,) = staged["stg_document"].filter(pl.col("report_sha256") == sha)["raw_text"]
    place, shift = text.index(old), len(new) - len(old)
    digest = hashlib.sha256(text.replace(old, new).encode()).hexdigest()
    changed: Frames = {}
    for name, frame in staged.items():
        if "report_sha256" not in frame.columns:
            changed[name] = frame
            continue
        here = pl.col("report_sha256") == sha
        columns = []
        if "char_start" in frame.columns:
            for edge, moves in (("char_start", pl.col("char_start") > place),
                                ("char_end", pl.col("char_end") > place)):  # fmt: skip
                columns.append(pl.when(here & moves).then(pl.col(edge) + shift).otherwise(edge))
        columns += [
            pl.when(here).then(pl.col(name).str.replace_all(old, new, literal=True)).otherwise(name)
            for name in ("raw_text", "sentence_text", "quote", "numeral_text")
            if name in frame.columns
        ]
        if "char_count" in frame.columns:
            columns.append(pl.when(here).then(pl.col("char_count") + shift).otherwise("char_count"))
        digests = pl.when(here).then(pl.lit(digest)).otherwise("report_sha256")
        changed[name] = frame.with_columns(*columns, report_sha256=digests).cast(dict(frame.schema))
    return changed


def observed(staged: Frames, quote: str, **fields: object) -> Frames:
    """What the parser makes of one number, made otherwise."""
    frame = staged["stg_observation"]
    columns = {
        name: pl.when(pl.col("quote") == quote).then(pl.lit(value)).otherwise(name)
        for name, value in fields.items()
    }
    return staged | {"stg_observation": frame.with_columns(**columns).cast(dict(frame.schema))}


def test_a_first_load_has_no_changes(next_load, staged: Frames):
    path = next_load(staged)
    assert rows(path, "select load_no, load_id, comparison from etl_load") == [
        (1, "load-1", "first")
    ]
    assert rows(path, "select * from fact_load_change") == []


def test_the_same_input_changes_nothing(next_load, staged: Frames):
    next_load(staged)
    path = next_load(staged)
    assert rows(path, CHANGES) == []
    assert rows(
        path, "select load_no, load_id, comparison, observation_count from etl_load order by 1"
    ) == [(1, "load-1", "first", 5), (2, "load-2", "compared", 5)]


def test_a_report_that_comes_and_one_that_goes(next_load, staged: Frames):
    next_load(without(staged, A))
    path = next_load(without(staged, B))
    assert rows(path, CHANGES) == [
        ("a.txt", "added", "report_added", "value", None, "300000000"),
        ("a.txt", "added", "report_added", "value", None, "5"),
        ("a.txt", "added", "report_added", "value", None, "2"),
        ("a.txt", "added", "report_added", "value", None, "12"),
        ("b.txt", "removed", "report_removed", "value", "8000000000.12345678", None),
    ]
    assert rows(
        path,
        "select indicator, canonical_code, region_path, period_end::varchar, status, quote "
        "from mart_load_changes where change_kind = 'removed'",
    ) == [
        ("财政收入", "general_public_budget_revenue", "浙江省/云溪县", "2024-12-31", "actual",
         "80亿元")
    ]  # fmt: skip


def test_a_corrected_report_shows_the_figure_that_moved_and_no_other(next_load, staged: Frames):
    next_load(staged)
    longer = corrected(staged, A, "3亿元", "3.25亿元")
    longer = observed(longer, "3.25亿元", value=Decimal(325000000))
    path = next_load(longer)
    assert rows(path, CHANGES) == [
        ("a.txt", "changed", "report_changed", "quote", "3亿元", "3.25亿元"),
        ("a.txt", "changed", "report_changed", "value", "300000000", "325000000"),
    ]
    assert rows(
        path, "select old_value, new_value from mart_load_changes where changed_field = 'value'"
    ) == [(Decimal("300000000.00000000"), Decimal("325000000.00000000"))]


@pytest.mark.parametrize(
    ("load_fields", "reason"),
    [
        ({"seeds_hash": "other"}, "seeds"),
        ({"code_version": "0.2.0"}, "extractor"),
        ({"seeds_hash": "other", "code_version": "0.2.0"}, "extractor_and_seeds"),
        ({}, "overrides"),
    ],
    ids=["seeds", "code", "both", "neither"],
)
def test_the_same_bytes_read_otherwise(load_fields, reason: str, next_load, staged: Frames):
    next_load(staged)
    path = next_load(
        observed(staged, "12家", indicator="入户走访企业", status="planned"), **load_fields
    )
    assert rows(path, CHANGES) == [
        ("a.txt", "changed", reason, "indicator", "走访企业", "入户走访企业"),
        ("a.txt", "changed", reason, "status", "actual", "planned"),
    ]


def test_a_numeral_newly_understood_in_a_known_report(next_load, staged: Frames):
    fewer = staged | {
        "stg_observation": staged["stg_observation"].filter(pl.col("quote") != "5%"),
        "stg_numeral": staged["stg_numeral"].filter(pl.col("numeral_text") != "5%"),
    }
    next_load(fewer)
    path = next_load(staged, code_version="0.2.0")
    assert rows(path, CHANGES) == [("a.txt", "added", "extractor", "value", None, "5")]


def test_a_report_renamed_is_the_same_report(next_load, staged: Frames):
    next_load(staged)
    names = pl.col("file_name").replace("a.txt", "older/a.txt")
    path = next_load(
        staged | {"stg_document": staged["stg_document"].with_columns(file_name=names)}
    )
    assert rows(path, CHANGES) == []


def test_files_that_change_names_keep_their_figures_apart(next_load, staged: Frames):
    """a.txt takes the name of b.txt, whose text is gone, and a.txt holds something else."""
    next_load(staged)
    other = corrected(staged, B, "80亿元", "90亿元")
    names = pl.col("file_name").replace({"a.txt": "b.txt", "b.txt": "a.txt"})
    path = next_load(other | {"stg_document": other["stg_document"].with_columns(file_name=names)})
    assert rows(path, CHANGES) == [
        ("a.txt", "added", "report_added", "value", None, "8000000000.12345678"),
        ("b.txt", "removed", "report_removed", "value", "8000000000.12345678", None),
    ]


@pytest.mark.slow
def test_changes_are_kept_for_ten_loads_and_loads_for_ever(next_load, staged: Frames):
    for number in range(13):
        path = next_load(observed(staged, "12家", value=Decimal(number)))
    assert rows(path, "select count(*), max(load_no) from etl_load") == [(13, 13)]
    assert rows(path, "select load_no, old_text, new_text from fact_load_change order by all") == [
        (number + 1, str(number - 1), str(number)) for number in range(3, 13)
    ]
    assert rows(path, "select load_no from mart_load_changes where is_latest") == [(13,)]
    # A load that changes nothing is the latest all the same.
    path = next_load(observed(staged, "12家", value=Decimal(12)))
    assert rows(path, CHANGES) == []


def _older(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.sql("drop view mart_observation")
        con.sql("alter table fact_observation rename column scope to comparison_scope")


def _oldest(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.sql("drop view mart_load_changes")
        con.sql("alter table etl_load drop column load_no")


def _fewer_counts(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.sql("drop view mart_load_changes")
        con.sql("alter table etl_load drop column file_count")


def _damaged(path: Path) -> None:
    path.write_bytes(b"no database")


@pytest.mark.parametrize(
    ("spoil", "load_no", "comparison"),
    [
        (_older, 3, "older_schema"),
        (_oldest, 1, "older_schema"),
        (_fewer_counts, 3, "compared"),
        (_damaged, 1, "unreadable"),
    ],
    ids=["older facts", "older load record", "fewer counts", "damaged"],
)
def test_a_file_that_cannot_be_compared_hinders_nothing(
    spoil, load_no: int, comparison: str, next_load, staged: Frames
):
    next_load(observed(staged, "12家", value=Decimal(13)))
    spoil(next_load(staged))
    path = next_load(staged)
    assert rows(path, "select load_no, comparison from etl_load order by all desc limit 1") == [
        (load_no, comparison)
    ]
    assert rows(path, CHANGES) == []
    assert rows(path, "from fact_load_change anti join etl_load using (load_no)") == []
    assert rows(next_load(staged), "select max_by(comparison, load_no) from etl_load") == [
        ("compared",)
    ]


@pytest.mark.parametrize(
    "damage",
    [
        "delete from etl_load where load_no = 1",
        "delete from etl_load",
        "update etl_load set load_no = 2147483647 where load_no = 2",
        "update etl_load set load_no = 0 where load_no = 1",
        "update etl_load set load_no = 1",
        "insert into etl_load from etl_load",
        "update etl_load set load_no = load_no + 7; update fact_load_change set load_no = 9",
    ],
    ids=["pruned", "emptied", "at its maximum", "zero", "twice the same", "twice", "moved"],
)
def test_a_history_that_somebody_altered_is_numbered_again(damage: str, next_load, staged: Frames):
    next_load(staged)
    path = next_load(observed(staged, "12家", value=Decimal(13)))
    assert len(rows(path, "from fact_load_change")) == 1
    with duckdb.connect(str(path)) as con:
        con.execute(damage)
    path = next_load(staged)  # runs all checks
    numbers = [number for (number,) in rows(path, "select load_no from etl_load order by 1")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert rows(path, "select load_id from etl_load order by load_no desc limit 1") == [("load-3",)]
    told = {number for (number,) in rows(path, "select load_no from fact_load_change")}
    assert told <= set(numbers)
    assert damage.startswith("delete from etl_load") or len(told) >= 1
