"""The tables of docs/accuracy.md: what they hold, and where they are put."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.scoring import Claim, figures, score
from tools.accuracy import BEGIN, END, main, rewritten, tables

ROOT = Path(__file__).resolve().parents[3]
CLAIM = Claim(
    start=0,
    end=4,
    quote="3亿元",
    value=Decimal(300000000),
    unit="元",
    modifier="exact",
    measure="level",
    indicator="收入",
    code=None,
    subject=None,
    scope=None,
    period=(None, None),
    status="actual",
)
FIGURES = figures(score({"r1": [CLAIM]}, {"r1": [CLAIM], "r2": [CLAIM]}))


def test_each_table_has_its_lines():
    lines = tables({"甲": FIGURES, "乙": FIGURES}).splitlines()
    assert "| 甲 | 2 | 2 | 0.667 | 0.667 | 0.000 | 1.000 |" in lines
    assert "| value | 1.000 | 1.000 |" in lines
    assert "| level | 0.667 (2) | 0.667 (2) |" in lines
    assert "| 乙 | r1 | 1 | 1.000 | 1.000 |  |" in lines


def test_tables_stand_between_the_marks_however_often_they_are_written():
    once = rewritten(f"before\n\n{BEGIN}\nold\n{END}\n\nafter\n", {"甲": FIGURES})
    assert once.startswith(f"before\n\n{BEGIN}\n\n### By set")
    assert once.endswith(f"{END}\n\nafter\n")
    assert "old" not in once
    assert rewritten(once, {"甲": FIGURES}) == once


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_document_without_marks_is_left_alone(text: str):
    with pytest.raises(ValueError, match="must hold the lines"):
        rewritten(text, {"甲": FIGURES})


def test_the_document_is_rewritten_out_of_the_scores(tmp_path: Path):
    document, scores = tmp_path / "d.md", tmp_path / "s.json"
    document.write_text(f"{BEGIN}{END}", "utf-8")
    scores.write_text(json.dumps(FIGURES), "utf-8")
    main([str(document), f"five reports={scores}"])
    assert "| five reports | 2 |" in document.read_text("utf-8")


def test_the_committed_document_has_its_marks_and_tables():
    text = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
    between = text.partition(BEGIN)[2].partition(END)[0]
    assert between.count("### By ") == 4
