"""Points are learned from judged rows, alike each time, and never from the report they judge."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from pipelines.text.confidence import FRESH, START
from tools import calibrate
from tools.calibrate import (
    BEGIN,
    END,
    Judged,
    learned,
    left_out,
    plot,
    reliability,
    shift,
    total_of,
)

GOOD, BAD, RARE = ("shape", "good"), ("shape", "bad"), ("shape", "rare")


def row(report: str, trait: tuple[str, str], *, right: bool) -> Judged:
    return Judged("a set", report, (trait, ("era", "over 2022")), right)


ROWS = [
    *(row("r1", GOOD, right=k % 10 != 0) for k in range(60)),
    *(row("r2", BAD, right=k % 10 == 0) for k in range(60)),
    *(row("r3", GOOD, right=True) for _ in range(20)),
    *(row("r3", BAD, right=False) for _ in range(20)),
    row("r3", RARE, right=True),
]


def test_what_is_oftener_right_has_more_points_and_what_is_rare_has_none() -> None:
    points = learned(ROWS)
    assert points[GOOD] > 50
    assert points[BAD] < -50
    assert RARE not in points


def test_the_same_rows_give_the_same_points() -> None:
    assert learned(ROWS) == learned(list(ROWS))


def test_a_report_is_judged_by_what_was_learned_without_it() -> None:
    alone = learned([one for one in ROWS if one.report != "r2"])
    judged = [(total, one) for total, one in left_out(ROWS) if one.report == "r2"]
    assert {total for total, _ in judged} == {total_of(alone, judged[0][1].traits)}
    assert len(left_out(ROWS)) == len(ROWS)


@pytest.mark.parametrize("right", [55, 80, 95])
def test_points_of_fresh_text_bring_the_mean_to_its_share(right: int) -> None:
    totals = [-150, 0, 80, 220, 300]
    moved = shift(totals, (right, 100))
    mean = sum(float(calibrate.chance(total + moved)) for total in totals) / len(totals)
    assert mean == pytest.approx(right / 100, abs=0.01)


def test_a_perfect_judge_has_no_error_and_a_blind_one_has() -> None:
    points = learned(ROWS)
    fair = [(total_of(points, one.traits), one) for one in ROWS]
    boast = [(600, one) for one in ROWS]
    assert calibrate.calibration_error(fair) < 0.1 < calibrate.calibration_error(boast)
    assert calibrate.surer(fair, 0.4) > calibrate.surer(fair, 1)


def test_the_plot_is_the_same_svg_each_time() -> None:
    bins = reliability([(total_of(learned(ROWS), one.traits), one) for one in ROWS])
    drawn = plot(bins)
    assert drawn.startswith("<svg")
    assert drawn == plot(bins)
    assert sum(one.rows for one in bins) == len(ROWS)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A table, a document, and one annotated report."""
    reports, gold = tmp_path / "reports", tmp_path / "gold"
    reports.mkdir()
    gold.mkdir()
    text = "青禾镇2024年工作总结\n2024年,财政总收入3亿元,新建学校6所,走访企业26家。\n"
    (reports / "a.txt").write_text(text * 1, "utf-8")
    claims = [
        ("3亿元", 300000000, "元", "财政总收入"),
        ("6所", 6, "所", "新建学校"),
        ("26家", 2, "家", "走访企业"),
    ]
    lines = []
    for quote, value, unit, indicator in claims:
        start = text.index(quote)
        lines.append(
            {
                **dict.fromkeys(("code", "subject", "scope")),
                **{"start": start, "end": start + len(quote), "quote": quote, "value": value},
                **{"unit": unit, "modifier": "exact", "measure": "level", "indicator": indicator},
                **{"period_start": "2024-01-01", "period_end": "2024-12-31"},
                **{"status": "actual", "optional": False},
            }
        )
    said = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (gold / "a.jsonl").write_text(said, "utf-8")
    table, document = tmp_path / "confidence.csv", tmp_path / "accuracy.md"
    table.write_text("trait,value,rows,right,points\nall,fresh,10,8,0\n", "utf-8")
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    return {"table": table, "document": document, "reports": reports, "gold": gold}


def run(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, *more: str) -> Path:
    plotted = files["table"].with_suffix(".svg")
    named = f"own={files['reports']}={files['gold']}"
    words = ["calibrate", files["table"], files["document"], plotted, named, *more]
    monkeypatch.setattr(sys, "argv", list(map(str, words)))
    calibrate.main()
    return plotted


def test_it_writes_points_figures_and_plot(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plotted = run(files, monkeypatch, "--fresh", "9/10")
    with files["table"].open(encoding="utf-8") as lines:
        found = {(line["trait"], line["value"]): line for line in csv.DictReader(lines)}
    assert (found[START]["rows"], found[START]["right"]) == ("3", "2")
    assert (found[FRESH]["rows"], found[FRESH]["right"]) == ("10", "9")
    assert found["measure_rule", "level"]["right"] == "2"
    document = files["document"].read_text("utf-8")
    assert document.startswith("before\n")
    assert "| own | 3 | 0.667 |" in document
    assert "old" not in document
    assert plotted.read_text("utf-8").startswith("<svg")
    before = files["table"].read_bytes()
    run(files, monkeypatch)
    assert files["table"].read_bytes() == before


def test_without_the_reports_nothing_is_written(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files["table"].read_bytes()
    plotted = run(files, monkeypatch, "other=nowhere=nor-here")
    assert files["table"].read_bytes() == before
    assert not plotted.exists()
    assert "nowhere, nor-here is missing" in capsys.readouterr().err
