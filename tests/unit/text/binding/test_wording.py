"""What bounds a planned figure, and where a level came to."""

from __future__ import annotations

import pytest

from pipelines import parse_text

PLAN = "云溪县2024年政府工作报告\n二、2025年工作安排\n今年主要目标是:"
REVIEW = "云溪县2026年政府工作报告\n一、“十四五”时期工作回顾\n五年来,"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("税收收入增长6%", [(None, "plain")]),
        ("税收收入增长6%以上、力争增长8%", [("…以上", "plain"), ("力争…", "stretch")]),
        ("确保粮食产量稳定在12亿斤以上", [("确保稳定在…以上", "firm")]),
        ("居民消费价格涨幅控制在2%左右", [("控制在…左右", "plain")]),
        ("城镇调查失业率不高于5.5%", [("不高于…", "plain")]),
        ("确保税收收入8亿元,外贸出口3亿元", [("确保…", "firm"), (None, "plain")]),
    ],
    ids=["bare", "striven for", "firm", "held", "a ceiling", "of its own clause only"],
)
def test_what_bounds_a_target(words: str, expected: list[tuple[str | None, str]]) -> None:
    found = parse_text(f"{PLAN}{words}。").observations
    assert [(row.wording, row.commitment) for row in found] == expected


def test_what_was_reached_has_no_wording() -> None:
    (row,) = parse_text("云溪县2024年统计公报\n税收收入达到6亿元以上。").observations
    assert (row.status, row.wording, row.commitment) == ("actual", None, None)


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("地区生产总值突破300亿元", "reached"),
        ("旅游收入由3亿元增加到9亿元", "reached"),
        ("累计达到9亿元的旅游收入", "cumulative"),
        ("新增就业3万人", None),
    ],
    ids=["passed", "from and to", "summed up", "done in all"],
)
def test_where_a_level_of_years_came_to(words: str, basis: str | None) -> None:
    assert parse_text(f"{REVIEW}{words}。").observations[-1].basis == basis
