"""Points are learned from judged rows, alike each time, and never from the report they judge."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from pipelines import lexicon
from pipelines.reading.clean import clean
from pipelines.text.confidence import FRESH, START
from pipelines.text.parse import evidence, put_together, work
from pipelines.text.report.metadata import read_metadata
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
    # chances of 0.9 and 0.1, of rows of which 0.925 and 0.075 are right
    fair = [(220 if GOOD in one.traits else -220, one) for one in ROWS]
    boast = [(600, one) for one in ROWS]
    assert calibrate.calibration_error(fair) < 0.05 < calibrate.calibration_error(boast)
    assert calibrate.surer(fair, 0.4) > calibrate.surer(fair, 1)


def test_the_plot_is_the_same_svg_each_time() -> None:
    bins = reliability([(total_of(learned(ROWS), one.traits), one) for one in ROWS])
    drawn = plot(bins)
    assert drawn.startswith("<svg")
    assert drawn == plot(bins)
    assert sum(one.rows for one in bins) == len(ROWS)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """First runs, a table, a document, and one annotated report that is new."""
    reports, gold = tmp_path / "reports", tmp_path / "gold"
    reports.mkdir()
    gold.mkdir()
    text = "青禾镇2024年工作总结\n2024年,财政总收入3亿元,新建学校6所,走访企业26家。\n"
    (reports / "a.txt").write_text(text, "utf-8")
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
    runs = tmp_path / "first_runs.csv"
    runs.write_text("set,report,right,measure_rule,shape,era\n", "utf-8")
    with runs.open("a", encoding="utf-8", newline="") as lines_of_runs:
        writer = csv.writer(lines_of_runs)
        for one in ROWS:
            writer.writerow((one.of, one.report, int(one.right), "level", one.traits[0][1], "any"))
    table, document = tmp_path / "confidence.csv", tmp_path / "accuracy.md"
    table.write_text("trait,value,rows,right,points\nall,fresh,10,8,0\n", "utf-8")
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    return {"runs": runs, "table": table, "document": document, "reports": reports, "gold": gold}


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> None:
    monkeypatch.setattr(sys, "argv", ["calibrate", *map(str, words)])
    calibrate.main()


def test_it_writes_points_figures_and_plot(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plotted = files["table"].with_suffix(".svg")
    learn = ("learn", files["runs"], files["table"], files["document"], plotted)
    run(monkeypatch, "--fresh", "9/10", *learn)
    with files["table"].open(encoding="utf-8") as lines:
        found = {(line["trait"], line["value"]): line for line in csv.DictReader(lines)}
    assert found[START]["rows"] == str(len(ROWS))
    assert (found[FRESH]["rows"], found[FRESH]["right"]) == ("10", "9")
    assert (found[GOOD]["rows"], found[GOOD]["right"]) == ("80", "74")
    document = files["document"].read_text("utf-8")
    assert document.startswith("before\n")
    assert f"| a set | {len(ROWS)} |" in document
    assert "old" not in document
    assert plotted.read_text("utf-8").startswith("<svg")
    before = files["table"].read_bytes()
    run(monkeypatch, *learn)
    assert files["table"].read_bytes() == before


def test_a_first_run_is_kept_once(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep = ("keep", files["runs"], "next", files["reports"], files["gold"])
    run(monkeypatch, *keep)
    assert "next: 2 of 3 rows right" in capsys.readouterr().out
    kept = [one for one in calibrate.first_runs(files["runs"]) if one.of == "next"]
    assert [one.right for one in kept] == [True, True, False]
    assert [trait for trait, _ in kept[0].traits] == ["measure_rule", "shape", "era"]
    with pytest.raises(SystemExit, match="has the first run of next"):
        run(monkeypatch, *keep)
    assert len(calibrate.first_runs(files["runs"])) == len(ROWS) + 3


def test_the_first_runs_that_are_kept_have_the_traits_of_the_parser() -> None:
    source = clean("青禾镇2024年工作总结\n2024年,财政总收入3亿元。\n")
    made = work(source, read_metadata(source.text, ""))
    rows = put_together(source, made).observations
    (found,) = evidence(source.text, made, rows)
    kept = calibrate.first_runs(Path(calibrate.__file__).with_name("first_runs.csv"))
    assert [trait for trait, _ in kept[0].traits] == [trait for trait, _ in found]


def test_points_rest_on_first_runs_and_sum_up_to_them() -> None:
    kept = calibrate.first_runs(Path(calibrate.__file__).with_name("first_runs.csv"))
    table = {(row["trait"], row["value"]): row for row in lexicon.table("confidence")}
    assert table[START]["rows"] == str(len(kept))
    assert table[START]["right"] == str(sum(one.right for one in kept))
