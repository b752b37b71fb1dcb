"""A review of several years: what opens it, how far it goes, what ends it."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import parse_text

TITLE = "2026年青禾省政府工作报告\n一、2025年工作回顾\n"
YEARS, YEAR = (2021, 2025), (2025, 2025)


@pytest.mark.parametrize(
    ("text", "quote", "years"),
    [
        ("五年来,我们稳扎稳打。\n(一)壮大产业。新建公路300公里。", "300公里", YEARS),
        ("这五年,民生持续改善。\n新增就业26万人。", "26万人", YEARS),
        ("各位代表,五年来,我们稳扎稳打。\n新建公路300公里。", "300公里", YEARS),
        ("全年任务完成。五年来,我们稳扎稳打。新建公路300公里。", "300公里", YEARS),
        ("五年来,我们稳扎稳打。\n2025年,新建公路30公里。", "30公里", YEAR),
        ("五年来,我们稳扎稳打。\n刚刚过去的2025年很不平凡。\n新建公路30公里。", "30公里", YEAR),
        ("五年来,我们稳扎稳打。\n过去一年,我们再接再厉。\n新建公路30公里。", "30公里", YEAR),
        ("近两年,又出台一批办法。\n新建公路30公里。", "30公里", YEAR),
        ("五年来,新建公路300公里。\n新建学校3所。", "3所", YEAR),
    ],
)
def test_a_review_of_years_goes_on_until_a_year_ends_it(
    text: str, quote: str, years: tuple[int, int]
):
    (row,) = (row for row in parse_text(TITLE + text).observations if row.quote == quote)
    assert (row.period_start, row.period_end) == (date(years[0], 1, 1), date(years[1], 12, 31))


def test_a_review_ends_with_its_section():
    text = "五年来,我们稳扎稳打。\n二、重点工作完成情况\n新建公路30公里。"
    (row,) = parse_text(TITLE + text).observations
    assert (row.period_start, row.period_end) == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_title_of_two_years_makes_no_plan_of_the_review():
    text = (
        "柳溪街道2017年度工作总结暨2018年工作打算\n2017-12-25 09:05  街道办\n走访企业30家。\n"
        "二、2018年工作打算\n走访企业40家。"
    )
    done, planned = parse_text(text).observations
    assert (done.status, done.period_start) == ("actual", date(2017, 1, 1))
    assert (planned.status, planned.period_start) == ("planned", date(2018, 1, 1))


def test_the_frame_of_the_year_holds_for_its_own_sentence():
    text = (
        "柳溪镇2024年上半年工作总结和下半年工作打算\n二、下半年工作打算\n"
        "下半年,抓好以下工作。全年税收力争达到3亿元。新上项目6个。"
    )
    tax, projects = parse_text(text).observations
    assert (tax.period_start, tax.period_end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (projects.period_start, projects.period_end) == (date(2024, 7, 1), date(2024, 12, 31))
