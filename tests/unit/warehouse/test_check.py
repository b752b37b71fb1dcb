"""Every check of sql/checks/ passes on a good file and reports a file that breaks its rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.errors import ContractError, WarehouseError
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.build import build
from pipelines.warehouse.check import CheckResult, run_checks
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loads import LoadInfo
from pipelines.warehouse.quality import Quality, quality_of
from pipelines.warehouse.staging import register_staged

# What to do to a good file so that exactly this rule is broken: check -> case -> statements.
BREAKS: dict[str, dict[str, str]] = {
    "keys_unique": {
        "observation twice": "insert into fact_observation from fact_observation limit 1",
        "numeral twice": "insert into fact_numeral from fact_numeral limit 1",
        "passage twice": "insert into dim_passage from dim_passage limit 1",
    },
    "files_accounted": {
        "file lost": "update etl_file set disposition = 'lost' where file_name = 'c.txt'",
        "report of no file": "delete from etl_file where file_name = 'a.txt'",
    },
    "orphans": {
        "observation without region": "update fact_observation set region_key = 5",
        "region without parent": "update dim_region set parent_key = 5 where region = '杭州市'",
        "report without date": "update dim_report set published_date_key = 19000101",
    },
    "orphans_of_reports": {
        "numeral without observation": "update fact_numeral set observation_key = 5 "
        "where observation_key is not null",
        "version of no report": "update etl_version set report_key = 5",
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
    "confidence_in_range": {
        "no chance": "update fact_observation set confidence = 0 where quote = '5%'",
        "more than sure": "update fact_observation set confidence = 1.5 where quote = '5%'",
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
    "unknown_share": {
        "one in six": "update fact_numeral set disposition = 'unknown' where numeral_text = '二'",
    },
    "quality_kept": {
        "more not understood": "update etl_load set unknown_share = 0.0003, "
        "previous_unknown_share = 0.0002, previous_unbound_share = 0",
        "more without indicator": "update etl_load set unbound_share = 0.02, "
        "previous_unknown_share = 0, previous_unbound_share = 0.01",
    },
    "internal_errors": {
        "a report that met one": "insert into etl_reject values "
        "('c.txt', 'internal_error', 'IndexError: out of range', '出错')",
    },
    "numerals_bound": {
        "left unbound": "update fact_numeral set observation_key = null where numeral_text = '5%'",
    },
    "unbound_share": {
        "one in five": "update fact_observation set indicator = '' where quote = '12家'",
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


def test_a_good_file_passes(built: Path, staged: dict[str, pl.DataFrame]) -> None:
    assert {found.name for found in run_checks(built, staged) if not found.passed} == set()


@pytest.mark.parametrize(("check", "statement"), CASES)
def test_a_broken_file_is_reported(
    check: str, statement: str, built: Path, staged: dict[str, pl.DataFrame]
) -> None:
    with duckdb.connect(str(built)) as con:
        con.sql(statement)
    after = by_name(run_checks(built, staged))[check]
    assert after.count > 0
    assert len(after.sample) == min(after.count, 20)
    assert after.blocks == (after.severity == "blocking")
    rows = "1 row violates" if after.count == 1 else f"{after.count} rows violate"
    assert f"{check}: {rows} the rule" in str(after)


# Their offenders are of the file as a whole.
WHOLE = {
    "comments_present",
    "quality_kept",
    "row_counts",
    "unbound_share",
    "unknown_members",
    "unknown_share",
}


def test_a_check_names_the_report_of_its_offenders(
    built: Path, staged: dict[str, pl.DataFrame]
) -> None:
    with read_only(built) as con:
        register_staged(con, staged)
        naming = {
            check.name for check in sqlfiles.checks() if "file_name" in con.sql(check.sql).columns
        }
    assert naming == set(BREAKS) - WHOLE


@pytest.mark.parametrize(
    ("numerals", "unknown", "warns"),
    [(99, 0, False), (101, 1, False), (100, 1, True), (0, 0, False)],
    ids=["none", "just below", "one in a hundred", "empty ledger"],
)
def test_the_unknown_share_stays_below_one_percent(
    numerals: int, unknown: int, warns: bool, built: Path
) -> None:
    with duckdb.connect(str(built)) as con:
        con.sql("create temporary table one as from fact_numeral limit 1")
        con.sql("delete from fact_numeral")
        con.sql(f"insert into fact_numeral select one.* from one, range({numerals})")  # noqa: S608
        con.sql("update fact_numeral set disposition = 'date'")
        con.sql(
            "update fact_numeral set disposition = 'unknown' "  # noqa: S608
            f"where rowid in (select rowid from fact_numeral limit {unknown})"
        )
    assert by_name(run_checks(built))["unknown_share"].passed is not warns


@pytest.mark.parametrize(
    ("before", "warns"),
    [
        (None, set()),
        (Quality(Decimal("0.5"), Decimal("0.5")), set()),
        (Quality(Decimal("0.16666667"), Decimal("0.2")), set()),
        (Quality(Decimal("0.1"), Decimal("0.5")), {"unknown_share"}),
        (Quality(Decimal("0.1"), Decimal("0.1")), {"unknown_share", "unbound_share"}),
    ],
    ids=["first load", "better", "the same", "one worse", "both worse"],
)
def test_a_load_is_held_against_the_one_before(
    before: Quality | None,
    warns: set[str],
    tmp_path: Path,
    staged: dict[str, pl.DataFrame],
    seeds: dict[str, pl.DataFrame],
    load: LoadInfo,
) -> None:
    listed, company = pl.col("numeral_text") == "二", pl.col("quote") == "12家"
    spoilt = staged | {
        "stg_numeral": staged["stg_numeral"].with_columns(
            disposition=pl.when(listed).then(pl.lit("unknown")).otherwise("disposition")
        ),
        "stg_observation": staged["stg_observation"].with_columns(
            indicator=pl.when(company).then(pl.lit("")).otherwise("indicator")
        ),
    }
    path = tmp_path / "new.duckdb"
    build(spoilt, path, replace(load, previous=before), seeds=seeds)
    assert quality_of(path) == Quality(Decimal("0.16666667"), Decimal("0.20000000"))
    result = by_name(run_checks(path))["quality_kept"]
    assert {row[0] for row in result.sample} == warns
    assert not result.blocks


@pytest.mark.parametrize("content", [None, b"x" * 5000], ids=["missing", "other format"])
def test_without_a_file_before_there_is_nothing_to_compare(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "w.duckdb"
    if content:
        path.write_bytes(content)
    assert quality_of(path) is None


def test_a_file_that_recorded_no_shares_is_nothing_to_compare_with(built: Path) -> None:
    with duckdb.connect(str(built)) as con:
        con.sql("alter table etl_load drop column unknown_share")
    assert quality_of(built) is None


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
