"""corrections.csv: which lines are used, and what they do to the staged rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pipelines.contracts import staged_schema
from pipelines.frames.corrections import (
    COLUMNS,
    Correction,
    append,
    corrected,
    line_of,
    read_corrections,
)
from pipelines.frames.overrides import Override
from pipelines.frames.stage import stage_report, to_frames
from pipelines.frames.tables import StagedTable

TEXT = "东沙街道2023年工作总结\n2023年，街道实现财政总收入6.8亿元，同比增长7.1%。走访企业86家。\n"
OTHER = TEXT.replace("东沙", "西山")
HEAD = ",".join(COLUMNS)
DIGEST = "a" * 64


def line(**changes: object) -> str:
    cells = {
        "report_sha256": DIGEST,
        "char_start": 3,
        "char_end": 7,
        "field": "value",
        "was": "1",
        "becomes": "2",
        "reason": "",
        "corrected_by": "甲",
        "corrected_on": "2024-06-30",
    } | changes
    return ",".join(str(cells[name]) for name in COLUMNS)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"becomes": "-3.25"},
        {"field": "value_upper", "becomes": ""},
        {"field": "unit", "becomes": ""},
        {"field": "measure", "becomes": "share"},
        {"field": "canonical_code", "becomes": "gdp"},
        {"field": "period_end", "becomes": "2024-12-31"},
        {"field": "subject", "becomes": '"甲、乙, 丙"'},
        {"field": "report", "becomes": "confirmed"},
    ],
    ids=lambda changes: str(changes.get("field", "value")),
)
def test_a_line_that_can_be_used(changes: dict):
    found, rejects = read_corrections(f"{HEAD}\n{line(**changes)}\n".encode(), "corrections.csv")
    assert not rejects
    assert len(found) == 1
    assert line_of(found[0]).strip() == line(**changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"report_sha256": "x"}, "no digest"),
        ({"char_start": "-1"}, "no places"),
        ({"field": "quote"}, "field is none of value"),
        ({"becomes": "many"}, "no number"),
        ({"becomes": ""}, "no number"),
        ({"becomes": "1e40"}, "thirty digits"),
        ({"becomes": "NaN"}, "thirty digits"),
        ({"field": "measure", "becomes": "size"}, "none of level"),
        ({"field": "status", "becomes": ""}, "none of actual"),
        ({"field": "indicator", "becomes": ""}, "empty"),
        ({"field": "canonical_code", "becomes": "no_code"}, "no code of seeds"),
        ({"field": "period_end", "becomes": "2024"}, "becomes is '2024'"),
        ({"field": "report", "becomes": "wrong"}, "nothing but confirmed"),
        ({"corrected_on": "yesterday"}, "corrected_on is not a date"),
        ({"reason": "\u202e"}, "not printable"),
        ({"reason": "a,b"}, "not 9 cells"),
        ({"reason": '"a'}, "not 9 cells"),
    ],
)
def test_a_line_that_cannot_be_used_says_why_and_spoils_no_other(changes: dict, said: str):
    data = f"{HEAD}\n{line(**changes)}\n{line()}\n".encode()
    found, rejects = read_corrections(data, "corrections.csv")
    assert [one.line_no for one in found] == [3]
    (reject,) = rejects
    assert (reject.file_name, reject.reason) == ("corrections.csv", "correction")
    assert reject.detail.startswith("line 2: ")
    assert said in reject.detail


def test_another_header_is_refused_whole():
    found, rejects = read_corrections(f"a,b\n{line()}\n".encode(), "corrections.csv")
    assert not found
    assert "the header must be report_sha256" in rejects[0].detail


@pytest.mark.parametrize("data", [b"", b"\n", f"{HEAD}\n\n".encode(), f"\ufeff{HEAD}\r\n".encode()])
def test_nothing_to_correct(data: bytes):
    assert read_corrections(data, "corrections.csv") == ((), ())


def test_lines_are_added_to_a_file_that_reads_back(tmp_path: Path):
    path = tmp_path / "corrections.csv"
    one = read_corrections(
        f"{HEAD}\n{line(reason='因,为')}\n".replace("因,为", '"因,为"').encode(), ""
    )
    append(path, one[0][0])
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")  # as some editors leave it
    append(path, one[0][0])
    found, rejects = read_corrections(path.read_bytes(), "corrections.csv")
    assert not rejects
    assert [correction[1:] for correction in found] == [one[0][0][1:]] * 2


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path):
    one = Correction(0, DIGEST, 1, 2, "value", "1", "many", "", "甲", date(2024, 6, 30))
    with pytest.raises(ValueError, match="no number"):
        append(tmp_path / "corrections.csv", one)
    assert not (tmp_path / "corrections.csv").exists()


class Staged:
    """Two reports, one in a file of its own, one among the other rows."""

    def __init__(self, folder: Path) -> None:
        first, second = (
            to_frames([stage_report(text.encode(), f"{name}.txt", Override())])
            for name, text in (("a", TEXT), ("b", OTHER))
        )
        self.tables = {}
        for name, frame in first.items():
            frame.write_parquet(folder / f"{name}.parquet")
            files = (folder / f"{name}.parquet",)
            self.tables[name] = StagedTable(name, files, second[name].lazy())
        versions = [(DIGEST, "1", None)]
        listed = pl.DataFrame(versions, staged_schema("stg_version"), orient="row")
        self.tables["stg_version"] = StagedTable("stg_version", (), listed.lazy())
        self.before = self.rows(self.tables)

    @staticmethod
    def rows(tables) -> pl.DataFrame:
        table = tables["stg_observation"].lazy().collect()
        return table.sort("report_sha256", "char_start")

    def change(self, report: str, quote: str, *changes: tuple[str, str, str]):
        """Apply corrections to the figure; its row, the others, and the states."""
        names = self.tables["stg_document"].lazy().collect()
        (digest,) = names.filter(pl.col("file_name") == report)["report_sha256"]
        here = (pl.col("report_sha256") == digest) & (pl.col("quote") == quote)
        (row,) = self.before.filter(here).to_dicts()
        made = corrected(
            self.tables,
            [
                Correction(
                    number,
                    digest,
                    row["char_start"],
                    row["char_end"],
                    *change,
                    "",
                    "甲",
                    date(2024, 6, 30),
                )
                for number, change in enumerate(changes, start=2)
            ],
        )
        after = self.rows(made)
        states = made["stg_correction"].lazy().collect()["correction_state"].to_list()
        assert after.filter(~here).equals(self.before.filter(~here))
        assert after.schema == self.before.schema
        return after.filter(here).to_dicts()[0], states


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    return Staged(tmp_path)


@pytest.mark.parametrize("report", ["a.txt", "b.txt"])
def test_a_figure_says_what_the_reader_says_and_no_other_changes(staged: Staged, report: str):
    row, states = staged.change(report, "6.8亿元", ("value", "680000000", "690000000"))
    assert states == ["applied"]
    assert row["value"] == 690_000_000
    assert row["corrected"] == "value"


def test_corrections_follow_each_other(staged: Staged):
    row, states = staged.change(
        "a.txt",
        "7.1%",
        ("value", "7.10", "7.2"),
        ("value", "7.2", "7.3"),
        ("status", "actual", "planned"),
        ("canonical_code", "fiscal_revenue_total", ""),
    )
    assert states == ["applied"] * 4
    assert (row["value"], row["status"], row["canonical_code"]) == (
        Decimal("7.3"),
        "planned",
        None,
    )
    assert row["corrected"] == "canonical_code,status,value"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (("value", "85", "87"), "stale"),
        (("value", "85", "86"), "agreed"),
        (("unit", "个", "户"), "stale"),
        (("period_start", "2023-01-01", "2024-06-30"), "impossible"),
        (("period_start", "2023-01-01", ""), "impossible"),
    ],
)
def test_what_does_not_fit_is_not_applied(staged: Staged, change, state: str):
    row, states = staged.change("a.txt", "86家", change)
    assert states == [state]
    old = staged.before.filter(pl.col("quote") == "86家").to_dicts()[0]
    assert {name: row[name] for name in row if name != "report_sha256"} == {
        name: old[name] for name in old if name != "report_sha256"
    }


def test_both_ends_of_a_period_change_together(staged: Staged):
    row, states = staged.change(
        "a.txt",
        "86家",
        ("period_start", "2023-01-01", "2024-01-01"),
        ("period_end", "2023-12-31", "2024-12-31"),
    )
    assert states == ["applied", "applied"]
    assert (row["period_start"], row["period_end"]) == (date(2024, 1, 1), date(2024, 12, 31))


def test_reports_and_figures_that_are_gone_are_told(staged: Staged):
    names = staged.tables["stg_document"].lazy().collect()["report_sha256"]
    here = Correction(2, names[0], 0, 1, "value", "1", "2", "", "甲", date(2024, 6, 30))
    made = corrected(
        staged.tables,
        [
            here,
            here._replace(report_sha256=DIGEST),
            here._replace(field="report", was="", becomes="confirmed"),
        ],
    )
    found = made["stg_correction"].lazy().collect()
    assert found["correction_state"].to_list() == ["gone", "unknown_report", "confirmed"]
    assert staged.rows(made).equals(staged.before)


def test_without_corrections_no_file_is_copied(staged: Staged):
    made = corrected(staged.tables, ())
    assert made["stg_observation"] is staged.tables["stg_observation"]
    assert made["stg_correction"].lazy().collect().is_empty()
