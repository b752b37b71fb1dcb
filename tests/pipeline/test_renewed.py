"""A load that renews a copy of the published file comes to what a whole build comes to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest
from click.testing import Result
from pipeline_reports import FIRST
from renewal_trials import trials

from pipelines.commands.outcome import FAILED
from pipelines.warehouse import renewal
from pipelines.warehouse.check import run_checks
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.renewal import Renewal, keep_renewal, renewal_file


@pytest.mark.slow
def test_random_changes(tmp_path: Path):
    assert trials(tmp_path, range(2), loads=2) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_more_random_changes(tmp_path: Path):
    sequences = int(os.environ.get("RENEWAL_SEQUENCES", "10"))  # 200 take 12 minutes
    assert trials(tmp_path, range(100, 100 + sequences), loads=2) == []


@pytest.fixture
def many(reports: Path) -> Path:
    """Enough reports that one of them is a small part."""
    for year in range(2010, 2018):
        (reports / f"{year}.txt").write_text(FIRST.replace("2023", str(year)), "utf-8")
    return reports


def loads(warehouse: Path) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql(
            "select build_kind, renewed_count, dead_count from etl_load order by load_no"
        ).fetchall()


def test_only_what_changed_is_renewed(build: Callable[..., Result], many: Path, warehouse: Path):
    assert "whole (first load)" in build().output
    (many / "2018.txt").write_text(FIRST.replace("2023", "2018"), "utf-8")
    (many / "2010.txt").unlink()
    (many / "2011.txt").write_text(FIRST.replace("2023", "2011").replace("86家", "87家"), "utf-8")
    assert "2 reports renewed" in build().output
    assert "0 reports renewed" in build().output
    assert loads(warehouse) == [("whole", 10, 0), ("incremental", 2, 2), ("incremental", 0, 2)]
    assert sorted(path.name for path in warehouse.parent.iterdir()) == [
        ".w.duckdb.lock",
        ".w.duckdb.staging",
        "w.duckdb",
    ]


@pytest.mark.slow
def test_a_file_with_many_holes_is_built_whole(
    build: Callable[..., Result], many: Path, warehouse: Path
):
    build()
    for number, year in enumerate(range(2010, 2016), start=1):
        (many / f"{year}.txt").unlink()
        dead = number / 10 > renewal.DEAD_SHARE
        assert ("reports in it are dead" in build().output) == dead
        if dead:
            break
    assert loads(warehouse)[-1][::2] == ("whole", 0)


def _touch_file(warehouse: Path, _: pytest.MonkeyPatch) -> None:
    with duckdb.connect(str(warehouse)) as con:
        con.sql("update dim_report set title = 'x' where report_key != -1")


def _other_sql(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.warehouse.renewal.star_hash", lambda: "other")


def _other_seeds(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.engines.staging.seeds_hash", lambda: "other")


def _other_code(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.engines.staging.code_hash", lambda: "other")


def _no_note(warehouse: Path, _: pytest.MonkeyPatch) -> None:
    (warehouse.parent / ".w.duckdb.staging" / "published").unlink()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_touch_file, "is not the one that the last load published"),
        (_no_note, "is not the one that the last load published"),
        (_other_sql, "other code, vocabulary, SQL or DuckDB"),
        (_other_seeds, "other code, vocabulary, SQL or DuckDB"),
        (_other_code, "other code, vocabulary, SQL or DuckDB"),
    ],
)
@pytest.mark.slow
def test_what_another_make_published_is_built_whole(
    spoil: Callable[..., None],
    why: str,
    build: Callable[..., Result],
    many: Path,
    warehouse: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    build()
    spoil(warehouse, monkeypatch)
    assert why in " ".join(build(many).output.split())
    assert loads(warehouse)[-1][0] == "whole"


@pytest.mark.slow
def test_a_copy_of_the_same_bytes_is_renewed(
    build: Callable[..., Result], many: Path, warehouse: Path
):
    build(many)
    data = warehouse.read_bytes()
    warehouse.unlink()
    warehouse.write_bytes(data)
    assert "0 reports renewed" in build().output


@pytest.mark.slow
def test_a_whole_build_can_be_asked_for(zhibiao: Callable[..., Result], many: Path, tmp_path: Path):
    arguments = ("build", "--reports", many, "--warehouse", tmp_path / "out" / "w.duckdb")
    zhibiao(*arguments)
    assert "whole (asked for)" in zhibiao(*arguments, "--full").output


@pytest.mark.slow
def test_a_copy_that_cannot_be_renewed_is_built_whole(
    build: Callable[..., Result], many: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    build(many)

    def fail(*_: object, **__: object) -> None:
        raise duckdb.IOException("a block is damaged")

    monkeypatch.setattr("pipelines.warehouse.build.renew", fail)
    result = build()
    assert result.exit_code != FAILED
    assert "whole (IO Error: a block is damaged" in " ".join(result.output.split()) or (
        "whole (a block is damaged" in " ".join(result.output.split())
    )
    assert loads(warehouse)[-1][0] == "whole"


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("keys_unique", "insert into fact_term from fact_term where report_key = {key} limit 1"),
        (
            "keys_unique",
            "insert into dim_passage select * replace (-2 as report_key) from dim_passage "
            "where report_key = {key} limit 1",
        ),
        ("spans_inside", "update fact_observation set char_end = 0 where report_key = {key}"),
        ("numerals_complete", "delete from fact_numeral where report_key = {key}"),
        ("orphans_of_reports", "update fact_numeral set passage_key = -2 where report_key = {key}"),
    ],
)
@pytest.mark.slow
def test_checks_of_a_renewed_file_see_the_renewed_reports(
    check: str, spoil: str, build: Callable[..., Result], many: Path, warehouse: Path
):
    build(many)
    with duckdb.connect(str(warehouse)) as con:
        sql = "select report_key from dim_report where report_key > 0"
        keys = [key for (key,) in con.sql(sql).fetchall()]
        con.sql(spoil.format(key=keys[0]))
    found = {}
    for key in keys[:2]:
        one = {"report_sha256": [None], "report_key": [key]}
        reports = pl.DataFrame(one, schema_overrides={"report_sha256": pl.String})
        keep_renewal(warehouse, Renewal(reports, frozenset(), 1, 0))
        results = {result.name: result for result in run_checks(warehouse)}
        found[key] = results[check].blocks
    renewal_file(warehouse).unlink()
    assert found == {keys[0]: True, keys[1]: False}
