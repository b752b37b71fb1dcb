"""Counts of words of a list equal a plain search of the reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app

ONE = "数字经济提速,数字经济增加值3亿元。\n大数据和经济都在增长。"
TWO = "经济增长5%。"


@pytest.fixture(scope="module")
def warehouse(warehouse_of: Callable[[Mapping[str, str]], Path]) -> Path:
    return warehouse_of(
        {
            f"{year}.txt": f"青禾街道{year}年工作总结\n{text}\n"
            for year, text in ((2023, ONE), (2024, TWO))
        }
    )


def counted(warehouse: Path, words: Path, *more: str) -> dict[tuple[object, ...], int]:
    arguments = ["terms", str(warehouse), "--dict", str(words), "--format", "json", *more]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    rows = map(json.loads, result.stdout.splitlines())
    return {
        (row["period_year"], row["term_group"], row.get("term")): row["term_count"] for row in rows
    }


def test_a_word_counts_wherever_it_stands(warehouse: Path, tmp_path: Path) -> None:
    words = tmp_path / "words of ours.csv"
    words.write_text("经济\n大数据\n区块链\n", "utf-8")
    found = counted(warehouse, words, "--by-term")
    texts = {2023: ONE, 2024: TWO}
    assert found == {
        (year, "words of ours", word): text.count(word)
        for year, text in texts.items()
        for word in ("经济", "大数据", "区块链")
    }


@pytest.mark.parametrize(("more", "expected"), [((), 5), (("--longest",), 3)], ids=["all", "long"])
def test_words_are_summed_by_group(
    more: tuple[str, ...], expected: int, warehouse: Path, tmp_path: Path
) -> None:
    words = tmp_path / "w.csv"
    words.write_text("term,group\n数字经济,甲\n经济,甲\n大数据,乙\n", "gb18030")
    found = counted(warehouse, words, *more)
    assert found == {
        (2023, "甲", None): expected,
        (2023, "乙", None): 1,
        (2024, "甲", None): 1,
        (2024, "乙", None): 0,
    }


@pytest.mark.parametrize("text", ["", "term,group\n,甲\n"], ids=["empty", "no word"])
def test_a_list_without_words_is_refused(text: str, warehouse: Path, tmp_path: Path) -> None:
    words = tmp_path / "w.csv"
    words.write_text(text, "utf-8")
    result = CliRunner().invoke(app, ["terms", str(warehouse), "--dict", str(words)])
    assert result.exit_code == 1
    assert f"{words}: " in result.stderr
