"""`zhibiao search`: what is found by words, from a file that was built of reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app

TEXT = """青禾街道2023年工作总结
全年规上工业总产值完成45.6亿元,增长7.8%。新建口袋公园6个。
"""


@pytest.fixture(scope="module")
def warehouse(warehouse_of: Callable[[Mapping[str, str]], Path]) -> Path:
    return warehouse_of({"青禾.txt": TEXT})


def found(warehouse: Path, *arguments: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["search", str(warehouse), *arguments, "--format", "json"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_figures(warehouse: Path) -> None:
    assert found(warehouse, "口袋公园几个")[0]["quote"] == "6个"
    assert found(warehouse, "2023年规模以上工业总产值增速", "--most", "1")[0]["quote"] == "7.8%"


def test_sentences(warehouse: Path) -> None:
    (first, *_) = found(warehouse, "口袋公园", "--in", "sentences")
    assert first["sentence"] == "新建口袋公园6个。"


def test_indicators(warehouse: Path) -> None:
    (first, *_) = found(warehouse, "社零", "--in", "indicators")
    assert first["indicator_code"] == "retail_sales"


def test_a_table_shows_no_keys(warehouse: Path) -> None:
    result = CliRunner().invoke(app, ["search", str(warehouse), "口袋公园"])
    assert "observation_key" not in result.stdout
    assert "6个" in result.stdout


def test_what_is_nowhere_gives_no_rows(warehouse: Path) -> None:
    assert found(warehouse, "2019年口袋公园") == []
