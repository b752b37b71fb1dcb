"""Every check of sql/checks/ passes on a good file and reports a file that breaks its rule."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.errors import ContractError, WarehouseError
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.check import CheckResult, run_checks

# What to do to a good file so that exactly this rule is broken: check -> case -> statements.
BREAKS: dict[str, dict[str, str]] = {
    "keys_unique": {
        "observation twice": "insert into fact_observation from fact_observation limit 1",
        "numeral twice": "insert into fact_numeral from fact_numeral limit 1",
        "passage twice": "insert into dim_passage from dim_passage limit 1",
    },
    "orphans": {
        "observation without region": "update fact_observation set region_key = 5",
        "numeral without observation": "update fact_numeral set observation_key = 5 "
        "where observation_key is not null",
        "region without parent": "update dim_region set parent_key = 5 where region = '杭州市'",
        "report without date": "update dim_report set published_date_key = 19000101",
    },
    "spans_verify": {
        "quote moved": "update fact_observation set char_start = char_start - 1, "
        "char_end = char_end - 1",
        "numeral changed": "update fact_numeral set numeral_text = '三' where numeral_text = '二'",
    },
    "spans_inside": {
        "empty span": "update dim_passage set char_end = char_start where passage_no = 1",
        "beyond the end": "update dim_report set char_count = 9 where file_name = 'a.txt'",
        "longer than its words": "update fact_observation set char_end = char_end + 1",
    },
    "periods_ordered": {
        "end before start": "update dim_period set period_start = date '2030-01-01' "
        "where period_kind = 'half'",
    },
    "numerals_complete": {
        "observation outside the ledger": "delete from fact_numeral where numeral_text = '5%'",
        "observation called a date": "update fact_numeral set disposition = 'date' "
        "where numeral_text = '5%'",
    },
    "row_counts": {
        "observation lost": "delete from fact_observation where quote = '5%'",
        "load recorded twice": "insert into etl_load from etl_load",
        "load not recorded": "delete from etl_load",
    },
    "unknown_members": {
        "no unknown theme": "delete from dim_theme where theme_key = -1",
        "no jurisdiction": "delete from dim_subject where subject_key = 0",
    },
    "comments_present": {
        "bare table": "comment on table dim_date is null",
        "bare view": "comment on view mart_coverage is null",
        "bare column": "comment on column fact_observation.value is null",
    },
    "facts_present": {
        "report without observation": "delete from fact_observation using dim_report "
        "where fact_observation.report_key = dim_report.report_key and file_name = 'b.txt'",
    },
    "numerals_understood": {
        "many unknown": "update fact_numeral set disposition = 'unknown' where numeral_text = '二'",
    },
    "numerals_bound": {
        "left unbound": "update fact_numeral set observation_key = null where numeral_text = '5%'",
    },
    "units_fit": {
        "growth in yuan": "update fact_observation set measure = 'change_rate' "
        "where quote = '3亿元'",
        "revenue in percent": "update fact_observation set measure = 'level' where quote = '5%'",
        "rank in percent": "update fact_observation set measure = 'rank' where quote = '5%'",
    },
}
CASES = [
    pytest.param(check, statement, id=f"{check}-{case}")
    for check, cases in BREAKS.items()
    for case, statement in cases.items()
]


def by_name(results: tuple[CheckResult, ...]) -> dict[str, CheckResult]:
    return {result.name: result for result in results}


def test_every_check_has_a_case_that_breaks_it() -> None:
    assert set(BREAKS) == {check.name for check in sqlfiles.checks()}


@pytest.mark.parametrize(("check", "statement"), CASES)
def test_a_broken_file_is_reported(
    check: str, statement: str, built: Path, staged: dict[str, pl.DataFrame]
) -> None:
    before = by_name(run_checks(built, staged))[check]
    assert before.passed
    with duckdb.connect(str(built)) as con:
        con.sql(statement)
    after = by_name(run_checks(built, staged))[check]
    assert after.count > 0
    assert len(after.sample) == min(after.count, 5)
    assert after.blocks == (after.severity == "blocking")
    assert f"{check}: {after.count} rows break the rule" in str(after)


def test_checks_of_the_raw_text_need_the_staged_tables(built: Path) -> None:
    results = by_name(run_checks(built))
    skipped = {name for name, result in results.items() if not result.ran}
    assert skipped == {"spans_verify"}
    assert not results["spans_verify"].passed
    assert not results["spans_verify"].blocks
    assert "not run" in str(results["spans_verify"])


def test_a_check_that_cannot_run_says_so(built: Path) -> None:
    with duckdb.connect(str(built)) as con:
        con.sql("drop table dim_term")
    with pytest.raises(WarehouseError, match="dim_term"):
        run_checks(built)


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "no such file"), (b"not a database at all" * 1000, "not a DuckDB file")],
    ids=["missing", "other format"],
)
def test_a_file_that_is_no_warehouse(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "w.duckdb"
    if content:
        path.write_bytes(content)
    with pytest.raises(WarehouseError, match=words):
        run_checks(path)


def test_another_database_is_no_warehouse(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(WarehouseError, match="not a warehouse"):
        run_checks(path)


def test_a_check_without_a_severity_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = (sqlfiles.Statement("bare", "select 1"),)
    monkeypatch.setattr(sqlfiles, "statements", lambda _folder: bare)
    with pytest.raises(ContractError, match="must state its severity"):
        sqlfiles.checks()
