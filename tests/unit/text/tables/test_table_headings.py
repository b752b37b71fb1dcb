"""What one heading of a table says."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.text.model import Period
from pipelines.text.tables.headings import below, read_heading, stub_kind

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))

KINDS = {
    "growth": ("比上年增长（%）", "", "growth"),
    "growth-since-start": ("较年初增减", "", "change"),
    "growth-of-a-year": ("较2019年增长", "", "growth"),
    "bare-comparison": ("与去年同期相比", "", "growth"),
    "change": ("比上年同期增加额", "", "change"),
    "share-of-last-year": ("决算数为上年决算数的%", "", "share"),
    "share-of-result": ("预算数为执行数的%", "", "share"),
    "degree": ("执行数为调整预算数的%", "", "completion"),
    "degree-of-plan": ("占年度计划%", "", "completion"),
    "degree-done": ("完成目标任务(%)", "", "completion"),
    "named-share": ("税收收入占比", "税收收入占比", "share"),
    "share-of-a-whole": ("占税收比重%", "", "share"),
    "proportion": ("比重", "", "share"),
    "points": ("比1-9月±百分点", "", "change"),
    "more": ("同比提高（百分点）", "", "change"),
    "kind-before-name": ("分产业：第一产业投资增速", "第一产业投资", "growth"),
}


@pytest.mark.parametrize(("text", "name", "says"), KINDS.values(), ids=KINDS)
def test_a_heading_says_what_kind_its_figures_are(text: str, name: str, says: str) -> None:
    heading = read_heading(text, YEAR)
    kinds = heading.says - {"plan", "done", "neutral"}
    assert (heading.name, kinds) == (name, {says})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("完成投资（万元）", id="done"),
        pytest.param("完成计划投资（万元）", id="amount-of-a-plan"),
        pytest.param("计划新增床位", id="plan"),
        pytest.param("为民办事经费", id="preposition"),
        pytest.param("比较优势产业", id="comparison-in-a-name"),
    ],
)
def test_a_name_is_no_ratio(text: str) -> None:
    kinds = read_heading(text, YEAR).says
    assert not kinds & {"growth", "change", "completion", "share"}


def test_a_mean_growth_covers_the_years_between() -> None:
    heading = read_heading("2023年比2019年年均增长(%)", YEAR)
    assert heading.period == (date(2019, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("text", "start"),
    [("本月止累计", 1), ("至本季末累计", 1), ("年初至本月累计", 1), ("本月", 7), ("当月完成", 7)],
)
def test_a_heading_tells_the_month_or_the_year_up_to_it(text: str, start: int) -> None:
    july = Period(date(2023, 1, 1), date(2023, 7, 31))
    assert read_heading(text, july).period == (date(2023, start, 1), date(2023, 7, 31))


@pytest.mark.parametrize("text", ["建设地点", "建设规模及主要内容", "责任单位", "备注"])
def test_a_heading_over_notes(text: str) -> None:
    assert stub_kind(text) == "note"


@pytest.mark.parametrize("text", ["税收收入", "单位名称", "项目名称"])
def test_a_heading_over_no_notes(text: str) -> None:
    assert stub_kind(text) != "note"


@pytest.mark.parametrize(
    ("upper", "lower", "name"),
    [
        pytest.param("政府债务限额", "一般债务", "一般债务限额", id="takes the end"),
        pytest.param("一般性转移支付", "均衡性转移支付", "均衡性转移支付", id="same head"),
        pytest.param("公务用车购置及运行费", "公务用车购置费", "公务用车购置费", id="whole name"),
        pytest.param("固定资产投资", "完成投资额", "固定资产投资完成投资额", id="another name"),
        pytest.param("粮食", "播种面积", "粮食播种面积", id="attribute"),
    ],
)
def test_a_heading_below_another_says_what_that_has_not(upper: str, lower: str, name: str) -> None:
    assert below(upper, lower) == name


def test_a_blank_between_a_number_and_its_month_is_none() -> None:
    assert read_heading("3 月", YEAR).period == (date(2023, 3, 1), date(2023, 3, 31))
