"""What the words of a title or heading say."""

from __future__ import annotations

import pytest

from pipelines.text.headings import Said, said_by, year_in


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (
            "柳溪街道2017年度工作总结暨2018年工作打算",
            [Said((2017, 2017), "actual"), Said((2018, 2018), "planned")],
        ),
        ("2018年政府工作报告", [Said((2018, 2018), None)]),
        ("2023年工作总结和下一步打算", [Said((2023, 2023), "actual"), Said(None, "planned")]),
        ("2022年上半年工作小结及下半年打算", [Said((2022, 2022), "actual"), Said(None, "planned")]),
        ("下一步打算", [Said(None, "planned")]),
        ("2021-2025年发展规划", [Said((2021, 2025), "planned")]),
        ("二○二三年目标任务完成情况", [Said((2023, 2023), "actual")]),
        ("2016年12月13日在第十七届人民代表大会上", []),
        ("城市面貌焕然一新", []),
    ],
)
def test_what_a_title_says(title: str, said: list[Said]) -> None:
    assert list(said_by(title)) == said


@pytest.mark.parametrize(
    ("text", "year"),
    [("2023年工作总结", 2023), ("一九五八年计划", 1958), ("2023-01-05", None), ("x2023b7", None)],
)
def test_the_year_of_a_title(text: str, year: int | None) -> None:
    assert year_in(text) == year
