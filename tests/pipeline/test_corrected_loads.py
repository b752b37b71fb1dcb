"""A reader's correction stays: through loads, changed rules, exports; and becomes gold."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from pipelines.warehouse.connect import read_only


def ask(warehouse: Path, sql: str) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql(sql).fetchall()


def key_of(warehouse: Path, quote: str) -> int:
    return dict(ask(warehouse, "select quote, observation_key from fact_observation"))[quote]


@pytest.fixture
def correct(zhibiao, reports: Path, warehouse: Path):
    def run(quote: str, field: str, becomes: str):
        arguments = (key_of(warehouse, quote), field, becomes, "--by", "甲", "--reason", "印错")
        return zhibiao("correct", warehouse, *arguments, "--reports", reports)

    return run


VALUE = "select value, corrected from mart_observation where quote = '3.25亿元'"


def test_a_correction_is_applied_by_the_next_load_and_stays(
    build, correct, zhibiao, warehouse: Path, tmp_path: Path
):
    build()
    assert correct("3.25亿元", "value", "335000000").exit_code == 0
    assert ask(warehouse, VALUE) == [(325_000_000, None)]
    for _ in range(2):
        result = build()
        assert result.exit_code == 0, result.output
        assert ask(warehouse, VALUE) == [(335_000_000, "value")]
    old = "select was_text, becomes_text, corrected_by, correction_state from etl_correction"
    assert ask(warehouse, old) == [("325000000", "335000000", "甲", "applied")]
    changes = "select change_reason, old_value, new_value from mart_load_changes"
    assert ("overrides", 325_000_000, 335_000_000) in ask(warehouse, changes)
    assert zhibiao("export", warehouse, tmp_path / "export").exit_code == 0
    facts = pl.read_parquet(tmp_path / "export" / "fact_observation*.parquet")
    assert facts.filter(pl.col("quote") == "3.25亿元")["value"].to_list() == [335_000_000]


@pytest.mark.slow
def test_a_changed_extractor_reads_again_and_the_correction_stays(
    build, correct, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    build()
    correct("86家", "measure", "share")
    monkeypatch.setattr("pipelines.frames.store.extractor", lambda: "changed")
    build()
    sql = "select measure, corrected from mart_observation where quote = '86家'"
    assert ask(warehouse, sql) == [("share", "measure")]


@pytest.mark.slow
def test_what_became_stale_is_told_and_not_applied(build, correct, reports: Path, warehouse: Path):
    build()
    correct("86家", "value", "88")
    path = reports / "corrections.csv"
    path.write_text(path.read_text("utf-8").replace(",86,88,", ",85,88,"), "utf-8")
    result = build()
    assert result.exit_code == 0
    assert "line 2: 2023h1.txt" in result.output
    assert "(stale)" in result.output
    sql = "select value, corrected from mart_observation where quote = '86家'"
    assert ask(warehouse, sql) == [(86, None)]
    assert ask(warehouse, "select correction_state from etl_correction") == [("stale",)]


@pytest.mark.slow
def test_a_line_that_cannot_be_used_is_refused_and_the_rest_goes_on(
    build, correct, reports: Path, warehouse: Path
):
    build()
    correct("86家", "value", "88")
    with (reports / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write("no digest,1,2,value,1,2,,甲,2024-06-30\n")
    assert build().exit_code == 3
    assert ask(warehouse, "select value from mart_observation where quote = '86家'") == [(88,)]
    ((name, reason),) = ask(warehouse, "select file_name, reason from etl_reject")
    assert (name, reason) == ("corrections.csv", "correction")
    file = "select disposition, reason from etl_file where file_name = 'corrections.csv'"
    assert ask(warehouse, file) == [("left_out", "corrections_csv")]


@pytest.mark.slow
def test_a_confirmed_report_becomes_gold(build, correct, zhibiao, warehouse: Path, tmp_path: Path):
    build()
    correct("86家", "value", "88")
    correct("86家", "report", "confirmed")
    build()
    gold = tmp_path / "gold"
    assert zhibiao("corrections", warehouse, "--as-gold", gold).exit_code == 0
    assert [path.name for path in gold.iterdir()] == ["2023h1.jsonl"]
    rows = [json.loads(line) for line in (gold / "2023h1.jsonl").read_text("utf-8").splitlines()]
    assert next(row["value"] for row in rows if row["quote"] == "86家") == 88
    assert zhibiao("score", warehouse, gold).exit_code == 0
    reports = "select distinct file_name from mart_review"
    assert ask(warehouse, reports) == [("2023.txt",)]


@pytest.mark.slow
def test_the_queue_shows_figures_and_the_list_what_became_of_lines(
    build, correct, zhibiao, warehouse: Path
):
    build()
    correct("86家", "value", "88")
    build()
    assert "applied" in zhibiao("corrections", warehouse).output
    queue = zhibiao("corrections", warehouse, "--review", "2").output
    assert "weight" in queue
    assert ask(warehouse, "select count(*) from mart_review where quote = '86家'") == [(0,)]


@pytest.mark.parametrize(
    ("field", "becomes", "said"),
    [("value", "many", "no number"), ("colour", "red", "field is none of")],
)
@pytest.mark.slow
def test_a_correction_that_says_nothing_is_not_written(
    build, correct, reports: Path, field: str, becomes: str, said: str
):
    build()
    result = correct("86家", field, becomes)
    assert result.exit_code == 1
    assert said in result.output
    assert not (reports / "corrections.csv").exists()


@pytest.mark.slow
def test_a_figure_that_is_not_there_is_named(build, zhibiao, reports: Path, warehouse: Path):
    build()
    result = zhibiao("correct", warehouse, 1, "value", "2", "--reports", reports)
    assert result.exit_code == 1
    assert "there is no observation 1" in result.output


@pytest.mark.slow
def test_a_corrections_csv_that_cannot_be_opened_stops_the_load(build, reports: Path):
    (reports / "corrections.csv").symlink_to("/etc/hostname")
    result = build()
    assert result.exit_code == 1
    assert "corrections.csv" in result.output
