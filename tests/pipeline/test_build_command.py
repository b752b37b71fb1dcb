"""The build as a user runs it: what is published, what is refused, what stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from pipeline_reports import FIRST

from pipelines import lexicon
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.lock import warehouse_lock

KEYS = {
    "dim_report": "report_key",
    "dim_region": "region_key",
    "dim_period": "period_key",
    "dim_indicator": "indicator_key",
    "dim_passage": "passage_key",
    "dim_term": "term_key",
    "fact_observation": "observation_key",
    "fact_numeral": "report_key, numeral_no",
}


def rows(warehouse: Path, sql: str) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql(sql).fetchall()


def keys(warehouse: Path) -> dict[str, list[tuple]]:
    return {
        table: rows(warehouse, f"select {key} from {table} order by all")  # noqa: S608
        for table, key in KEYS.items()
    }


def rejects(warehouse: Path) -> set[tuple]:
    return set(rows(warehouse, "select file_name, reason from etl_reject"))


def test_two_builds_have_the_same_keys(build, warehouse: Path):
    assert build().exit_code == 0
    before = keys(warehouse)
    assert build().exit_code == 0
    assert keys(warehouse) == before
    assert len(before["fact_observation"]) >= 8


def test_a_build_from_nothing_has_the_same_keys(build, warehouse: Path, tmp_path: Path):
    build()
    other = tmp_path / "elsewhere" / "again.duckdb"
    build(target=other)
    assert keys(other) == keys(warehouse)


def test_the_summary_says_what_was_left_open(build):
    said = build().output
    assert "not understood: 0.00% of the numerals" in said
    assert "without an indicator: 0.00% of the observations" in said


def test_the_second_build_reads_nothing_again(build):
    assert "2 reports, 2 read" in build().output
    assert "2 reports, 0 read" in build().output


def test_a_new_report_is_the_only_one_read(build, reports: Path):
    build()
    (reports / "2024.txt").write_text(FIRST.replace("2023", "2024"), "utf-8")
    assert "3 reports, 1 read" in build().output


def test_a_removed_report_leaves(build, reports: Path, warehouse: Path):
    build()
    (reports / "2023.txt").unlink()
    assert build().exit_code == 0
    found = rows(warehouse, "select file_name from dim_report where report_key <> -1")
    assert found == [("2023h1.txt",)]


def test_a_report_comes_back(build, reports: Path, warehouse: Path):
    build()
    before = keys(warehouse)
    text = (reports / "2023.txt").read_bytes()
    (reports / "2023.txt").unlink()
    build()
    (reports / "2023.txt").write_bytes(text)
    build()
    assert keys(warehouse) == before


def test_reports_in_subfolders_are_found_and_hidden_ones_are_not(build, reports, warehouse):
    (reports / "older").mkdir()
    (reports / "older" / "2022.txt").write_text(FIRST.replace("2023", "2022"), "utf-8")
    (reports / ".draft.txt").write_text("草稿", "utf-8")
    assert build().exit_code == 0
    found = rows(warehouse, "select file_name from dim_report where report_key <> -1 order by all")
    assert found == [("2023.txt",), ("2023h1.txt",), ("older/2022.txt",)]


def _empty(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")


def _blank(folder: Path) -> None:
    (folder / "bad.txt").write_text(" \n　\n", "utf-8")


def _binary(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 8)


def _a_folder(folder: Path) -> None:
    (folder / "bad.txt").mkdir()


def _broken_link(folder: Path) -> None:
    (folder / "bad.txt").symlink_to(folder / "nowhere")


def _duplicate(folder: Path) -> None:
    (folder / "bad.txt").write_text(FIRST, "utf-8")


def _other_format(folder: Path) -> None:
    (folder / "bad.ppt").write_text(FIRST, "utf-8")


@pytest.mark.parametrize(
    ("spoil", "name", "reason"),
    [
        (_empty, "bad.txt", "empty"),
        (_blank, "bad.txt", "blank"),
        (_binary, "bad.txt", "binary"),
        (_a_folder, "bad.txt", "unreadable"),
        (_broken_link, "bad.txt", "unreadable"),
        (_duplicate, "bad.txt", "duplicate"),
        (_other_format, "bad.ppt", "unsupported_format"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_bad_file_is_refused_and_the_others_load(
    spoil, name: str, reason: str, build, reports: Path, warehouse: Path
):
    spoil(reports)
    result = build()
    assert result.exit_code == 3
    assert name in result.output
    expected = ("2023h1.txt" if reason == "duplicate" and name < "2023h1.txt" else name, reason)
    assert rejects(warehouse) == {expected}
    (count,) = rows(warehouse, "select count(*) from dim_report where report_key <> -1")
    assert count == (2,)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["file_name,region,colour", "2023.txt,,red"], "colour"),
        (["file_name,period_start,period_end", "2023.txt,2023-02-30,2023-12-31"], "2023-02-30"),
        (["file_name,period_start,period_end", "2023.txt,2023-12-31,2023-01-01"], "after"),
        (["file_name,period_start", "2023.txt,2023-01-01"], "go together"),
        (["file_name,title", "2030.txt,无此报告"], "2030.txt"),
        (["file_name,title", "2023.txt,甲", "2023.txt,乙"], "already"),
        (["title", "甲"], "file_name"),
    ],
    ids=[
        "unknown column",
        "no such day",
        "ends before it starts",
        "half a period",
        "no such report",
        "two lines for one report",
        "no file_name",
    ],
)
def test_a_bad_override_is_told_and_the_reports_load(
    lines: list[str], said: str, build, reports: Path, warehouse: Path
):
    (reports / "reports.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert build().exit_code == 3
    refused = rows(warehouse, "select file_name, reason, detail from etl_reject")
    assert len(refused) == 1
    assert refused[0][:2] == ("reports.csv", "override")
    assert said in refused[0][2]
    (count,) = rows(warehouse, "select count(*) from dim_report where report_key <> -1")
    assert count == (2,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_override_wins(encoding: str, build, reports: Path, warehouse: Path):
    build()
    (reports / "reports.csv").write_bytes(
        "file_name,title,published_on,source_url\n"
        "2023.txt,东沙年度小结,2024-01-15,https://example.org/report\n".encode(encoding)
    )
    assert build().exit_code == 0
    found = rows(
        warehouse,
        "select title, published_on::varchar, source_url from dim_report "
        "where file_name = '2023.txt'",
    )
    assert found == [("东沙年度小结", "2024-01-15", "https://example.org/report")]


@pytest.mark.parametrize("kind", ["missing", "empty", "only notes"])
def test_no_report_is_a_failure_and_the_file_stays(kind, build, tmp_path: Path, warehouse: Path):
    build()
    before = warehouse.read_bytes()
    folder = tmp_path / "none"
    if kind != "missing":
        folder.mkdir()
    if kind == "only notes":
        (folder / "notes.md").write_text("x", "utf-8")
    result = build(folder=folder)
    assert result.exit_code == 1
    assert str(folder) in result.output.replace("\n", "")
    assert warehouse.read_bytes() == before


@pytest.mark.parametrize(
    ("stand", "said"),
    [(Path.mkdir, "it is a folder"), (lambda path: path.write_bytes(b"x" * 5000), "not a DuckDB")],
    ids=["folder", "other file"],
)
def test_what_is_no_warehouse_is_not_replaced(stand, said: str, build, warehouse: Path):
    warehouse.parent.mkdir()
    stand(warehouse)
    result = build()
    assert result.exit_code == 1
    assert said in result.stderr
    # It is told before the reports are read.
    assert [path.name for path in warehouse.parent.iterdir()] == ["w.duckdb"]


def test_ctrl_c_while_duckdb_reads_is_told_as_ctrl_c(build, warehouse: Path, monkeypatch):
    build()
    before = warehouse.read_bytes()

    def interrupt(*_: object) -> None:
        raise duckdb.InvalidInputException("KeyboardInterrupt: <EMPTY MESSAGE>")

    monkeypatch.setattr("pipelines.warehouse.build.renew", interrupt)
    result = build()
    assert result.exit_code == 130
    assert "stopped" in result.stderr
    assert warehouse.read_bytes() == before


def test_a_failing_check_keeps_the_old_file(build, warehouse: Path, monkeypatch):
    build()
    before = warehouse.read_bytes()
    broken = sqlfiles.Check("always_broken", "blocking", "", "select 1 as row_found", False)
    monkeypatch.setattr(sqlfiles, "checks", lambda: (broken,))
    result = build()
    assert result.exit_code == 1
    assert "always_broken" in result.output
    assert warehouse.read_bytes() == before


def test_a_reader_keeps_its_file_while_a_new_one_is_published(build, reports, warehouse):
    build()
    with duckdb.connect(str(warehouse), read_only=True) as con:
        (reports / "2024.txt").write_text(FIRST.replace("2023", "2024"), "utf-8")
        assert build().exit_code == 0
        (seen,) = con.sql("select count(*) from dim_report where report_key <> -1").fetchall()
    assert seen == (2,)
    # This process let go of the old file, so it now opens the new one.
    (now,) = rows(warehouse, "select count(*) from dim_report where report_key <> -1")
    assert now == (3,)


def test_nothing_is_left_beside_the_published_file(build, warehouse: Path):
    build()
    left = {path.name for path in warehouse.parent.iterdir() if not path.name.startswith(".")}
    assert left == {"w.duckdb"}


def test_every_quote_is_its_span_of_the_raw_text(build, reports: Path, warehouse: Path):
    build()
    found = rows(warehouse, "select file_name, char_start, char_end, quote from mart_observation")
    raw = {path.name: path.read_bytes().decode() for path in reports.iterdir()}
    wrong = [row for row in found if raw[row[0]][row[1] : row[2]] != row[3]]
    assert found
    assert wrong == []


def test_a_second_run_says_who_holds_the_warehouse(build, warehouse: Path, monkeypatch):
    monkeypatch.setenv("ZHIBIAO_LOCK_WAIT", "0")
    with warehouse_lock(warehouse, wait=0):
        result = build()
    assert result.exit_code == 1
    assert "process" in result.output
    assert build().exit_code == 0


def test_half_written_staging_is_swept_away(build, warehouse: Path):
    build()
    (home,) = (warehouse.parent / ".w.duckdb.staging" / "batches").iterdir()
    (home / ".tmp-killed").mkdir()
    (home / ".tmp-killed" / "stg_document.parquet").write_bytes(b"half")
    assert build().exit_code == 0
    assert not (home / ".tmp-killed").exists()


def test_a_report_of_no_known_region_stands_under_the_unknown_member(build, reports, warehouse):
    for path in reports.iterdir():
        path.unlink()
    (reports / "x.txt").write_text("工作小结\n今年走访企业12家。\n", "utf-8")
    assert build().exit_code == 0
    assert rows(warehouse, "select region_path from mart_observation") == [("未知",)]
    assert rows(warehouse, "select count(*) from dim_region where region = '未知'") == [(1,)]


@pytest.mark.parametrize("command", ["build", "parse"])
def test_nothing_starts_with_spoiled_seeds(
    command: str,
    build,
    zhibiao,
    reports: Path,
    warehouse: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    build()
    before = {path: path.read_bytes() for path in warehouse.parent.rglob("*") if path.is_file()}
    spoiled = shutil.copytree(lexicon.SEEDS, tmp_path / "seeds")
    with (spoiled / "lexicon/words.tsv").open("a", encoding="utf-8") as file:
        file.write("铺设绿道\tpredicates\t\tstong\n")
    monkeypatch.setattr(lexicon, "SEEDS", spoiled)
    (reports / "new.txt").write_text(FIRST.replace("2023", "2025"), "utf-8")
    result = build() if command == "build" else zhibiao("parse", reports / "new.txt")
    assert result.exit_code == 1
    assert "seeds/lexicon/words.tsv, line" in result.output
    after = {path: path.read_bytes() for path in warehouse.parent.rglob("*") if path.is_file()}
    assert after == before


def test_a_row_that_cannot_be_right_is_marked_and_keeps_no_report_back(
    build, reports: Path, warehouse: Path
):
    text = "望云街道2023年工作总结\n全街道总人口15944户。\n现有贫困人口412户。\n粮食总产量300万。\n"
    (reports / "odd.txt").write_text(text, "utf-8")
    assert build().exit_code == 0
    assert "doubtful: 3 observations" in build().output
    found = rows(warehouse, "select value::int, canonical_code, doubt from mart_doubt order by 1")
    assert found == [
        (412, None, "unit_of_indicator"),
        (15944, None, "unit_of_indicator"),
        (3_000_000, None, "unit_missing"),
    ]


def test_a_load_that_would_lose_much_is_not_published_unless_that_is_accepted(
    build, zhibiao, reports: Path, warehouse: Path
):
    build()
    before = warehouse.read_bytes()
    (reports / "2023.txt").write_bytes(b"")
    result = build()
    assert result.exit_code == 1
    assert "reports_refused: 1 row violates" in result.output
    assert "2023.txt" in result.output
    assert "--accept-loss" in result.output
    assert warehouse.read_bytes() == before

    accepted = zhibiao("build", "--reports", reports, "--warehouse", warehouse, "--accept-loss")
    assert accepted.exit_code == 3
    assert rejects(warehouse) == {("2023.txt", "empty")}
    assert build().exit_code == 3  # what is lost is lost once


def test_the_limit_of_losses_is_a_setting(build, reports: Path, monkeypatch: pytest.MonkeyPatch):
    build()
    (reports / "2023.txt").write_bytes(b"")
    monkeypatch.setenv("ZHIBIAO_LOSS_LIMIT", "0.5")
    assert build().exit_code == 3


def test_the_file_tells_what_its_checks_found(build, warehouse: Path):
    build()
    found = rows(warehouse, "select check_name, severity from etl_check where offenders = 0")
    assert ("spans_verify", "blocking") in found
    assert ("reports_gone", "blocking") in found
