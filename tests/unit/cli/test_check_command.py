"""`zhibiao check`: what a draft contradicts, in itself and in a warehouse that was built."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipelines.cli import app

BEFORE = """青禾街道2023年工作总结
2023年,全年财政总收入12.0亿元,社会消费品零售总额45.6亿元,增长7.8%。
"""
HEAD = "青禾街道2024年工作总结\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


@pytest.fixture(scope="module")
def warehouse(warehouse_of: Callable[[Mapping[str, str]], Path]) -> Path:
    return warehouse_of({"2023.txt": BEFORE})


def found(draft: Path, warehouse: Path, *more: str) -> list[tuple[str, ...]]:
    result = run(draft, "--against", warehouse, "--json", *more)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == bool(rows), result.output
    return [(row["against"], row["kind"], row["first_quote"], row["second_quote"]) for row in rows]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            "2023年,财政总收入13.4亿元。",
            [("warehouse", "other_value", "13.4亿元", "12.0亿元")],
            id="another value",
        ),
        pytest.param("2023年,社会消费品零售总额46亿元。", [], id="rounded"),
        pytest.param("2023年,社会消费品零售总额456000万元。", [], id="another unit"),
        pytest.param("2024年,财政总收入13.4亿元。", [], id="another year"),
        pytest.param("2023年上半年,财政总收入5.1亿元。", [], id="a part of the year"),
        pytest.param("2023年,财政总收入13.4亿元左右。", [], id="about"),
        pytest.param("2025年,财政总收入力争13.4亿元。", [], id="planned"),
        pytest.param("2023年,柳塘区财政总收入13.4亿元。", [], id="another region"),
        pytest.param(
            "2023年,社会消费品零售总额增长8.7%。",
            [("warehouse", "other_value", "8.7%", "7.8%")],
            id="growth",
        ),
        pytest.param(
            "2024年,财政总收入15.0亿元,增长20%。",
            [("warehouse", "growth_vs_levels", "20%", "12.0亿元")],
            id="growth and levels",
        ),
        pytest.param("2024年,财政总收入15.0亿元,增长25%。", [], id="growth as of the levels"),
        pytest.param(
            "2024年,财政总收入15.0亿元。\n财政总收入完成16.2亿元。",
            [("draft", "stated_twice", "15.0亿元", "16.2亿元")],
            id="twice in the draft",
        ),
    ],
)
def test_contradictions(
    said: str, expected: list[tuple[str, ...]], warehouse: Path, tmp_path: Path
) -> None:
    (tmp_path / "draft.txt").write_text(f"{HEAD}{said}\n", "utf-8")
    assert found(tmp_path / "draft.txt", warehouse) == expected


def test_the_region_can_be_named(warehouse: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("工作总结\n2023年,财政总收入13.4亿元。\n", "utf-8")
    assert found(draft, warehouse) == []
    assert len(found(draft, warehouse, "--region", "青禾街道")) == 1


def test_a_report_does_not_contradict_itself(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "again.txt").write_text(BEFORE, "utf-8")
    assert found(tmp_path / "again.txt", warehouse) == []


def test_a_table_shows_both_sentences(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(f"{HEAD}2023年,财政总收入13.4亿元。\n", "utf-8")
    result = run(tmp_path / "draft.txt", "--against", warehouse)
    assert result.exit_code == 1
    shown = "".join(result.stdout.split())
    assert "财政总收入13.4亿元" in shown
    assert "12.0亿元" in shown
    assert "2023.txt" in shown


def test_a_file_that_is_no_report_is_named(warehouse: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt.bak"
    draft.write_text(BEFORE, "utf-8")
    result = run(draft, "--against", warehouse)
    assert result.exit_code == 1
    assert f"{draft}: no report in it (a report is a .csv, " in "".join(result.output.splitlines())


@pytest.mark.parametrize(
    ("draft", "against", "message"),
    [
        pytest.param("", None, "empty", id="empty draft"),
        pytest.param(HEAD, "nowhere.duckdb", "there is no such file", id="no warehouse"),
    ],
)
def test_what_cannot_be_read(
    draft: str, against: str | None, message: str, warehouse: Path, tmp_path: Path
) -> None:
    (tmp_path / "draft.txt").write_text(draft, "utf-8")
    result = run(tmp_path / "draft.txt", "--against", against or warehouse)
    assert result.exit_code == 1
    assert message in " ".join(result.output.split())
