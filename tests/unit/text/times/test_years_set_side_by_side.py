"""Years that are set against one another, and what goes on after them."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import parse_text
from pipelines.text.model import Period

SPAN = Period(date(2021, 1, 1), date(2025, 12, 31))
REVIEW = "云溪省2026年政府工作报告\n一、“十四五”时期工作回顾\n五年来,我们一心一意谋发展。\n"
PLAN = "青禾街道2023年工作总结和2024年工作安排\n二、2024年工作安排\n"


def periods(text: str, own: Period | None = SPAN) -> list[tuple[str, int | None, int | None]]:
    return [
        (
            row.quote,
            row.period_start.month + 100 * row.period_start.year if row.period_start else None,
            row.period_end.month + 100 * row.period_end.year if row.period_end else None,
        )
        for row in parse_text(text, period=own).observations
    ]


@pytest.mark.parametrize(
    ("opening", "start"),
    [
        ("2025年茶产业占农业产值比重较2020年提高9个百分点。", 202101),
        ("2025年茶产业产值增长9%。", 202501),
    ],
    ids=["against a year before the review", "a year alone ends it"],
)
def test_a_review_goes_on_behind_its_sum(opening: str, start: int) -> None:
    assert periods(f"{REVIEW}{opening}新建茶园3个。")[-1] == ("3个", start, 202512)


def test_two_years_frame_what_is_compared_after_them() -> None:
    text = (
        f"{REVIEW}茶产业年均增长4%。2025年同2020年相比,茶园面积增长12%。"
        "公路运输稳步发展。货物周转量增长23%,达到90亿吨公里。\n港口吞吐量3亿吨。"
    )
    found = {quote: start for quote, start, _ in periods(text)}
    assert (found["23%"], found["90亿吨公里"]) == (202501, 202501)
    assert found["3亿吨"] != 202501


def test_the_whole_year_takes_a_paragraph_back_from_its_half() -> None:
    text = f"{PLAN}2024年,新增企业60家。上半年完成征收300户。全年改造小区4个。新增就业900人。"
    assert [(start, end) for _, start, end in periods(text, None)] == [
        (202401, 202412),
        (202401, 202406),
        (202401, 202412),
        (202401, 202412),
    ]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("柳桥镇2019年工作总结与2020年工作愿景", "planned"),
        ("柳桥镇2019年和2020年工作总结", "actual"),
    ],
    ids=["of two years in whatever words", "of what both brought"],
)
def test_a_title_of_two_years_says_nothing_of_its_parts(title: str, status: str) -> None:
    text = (
        f"{title}\n一、2019年工作回顾\n改厕300户。\n二、2020年目标\n税收增长8%。\n"
        "三、重点工作\n(一)做强产业。新建冷库3座。"
    )
    assert parse_text(text).observations[-1].status == status


def test_a_year_named_for_plans_goes_on_in_its_sentence() -> None:
    text = "青禾县2022年实事办理情况\n下一步,将于2023年安排资金7亿元,实施实事38项。"
    assert periods(text, None)[-1] == ("38项", 202301, 202312)


@pytest.mark.parametrize(
    ("title", "status"),
    [("柳桥街道2023年5月份重点工作月报", "actual"), ("柳桥街道2023年重点工作安排", "planned")],
    ids=["what it was about", "firmly a plan"],
)
def test_a_title_plans_by_firm_words_alone(title: str, status: str) -> None:
    text = f"{title}\n一、经济运行\n新注册企业63家。"
    assert parse_text(text).observations[-1].status == status
