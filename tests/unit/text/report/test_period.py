"""The days that a whole report speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import lexicon
from pipelines.text.headings import normal_years
from pipelines.text.model import Period
from pipelines.text.report.period import period_of


def year(first: int, last: int | None = None) -> Period:
    return Period(date(first, 1, 1), date(last or first, 12, 31))


def half(of: int) -> Period:
    return Period(date(of, 1, 1), date(of, 6, 30))


@pytest.mark.parametrize(
    ("text", "title", "stem", "kind", "period"),
    [
        pytest.param(
            "", "某街道2022年上半年工作总结", "", "half_year_summary", half(2022), id="half"
        ),
        pytest.param("", "2021年半年度工作总结", "", "half_year_summary", half(2021), id="half-2"),
        pytest.param("", "2023年度工作报告", "", "work_report", year(2023), id="year-stated"),
        pytest.param(
            "", "2023年工作总结和2024年工作思路", "", "annual_summary", year(2023), id="two"
        ),
        pytest.param(
            "2017年工作总结\n一、成绩", "2018年工作报告", "", "work_report", year(2017), id="past"
        ),
        pytest.param("一、去年工作回顾", "", "2006-x", "work_report", year(2005), id="last-year"),
        pytest.param(
            "一、过去五年工作回顾", "", "2008-x", "work_report", year(2003, 2007), id="five"
        ),
        pytest.param(
            "一、过去一年和五年工作回顾", "", "2023-x", "work_report", year(2022), id="one-of-two"
        ),
        pytest.param(
            "“六五”计划执行情况的回顾", "", "1986-x", "work_report", year(1981, 1985), id="era"
        ),
        pytest.param(
            "“十四五”时期工作回顾", "", "2026-x", "work_report", year(2021, 2025), id="era-14"
        ),
        pytest.param(
            "一、“十四五”时期和2025年工作回顾",
            "",
            "2026-x",
            "work_report",
            year(2025),
            id="era-and-year",
        ),
        pytest.param(
            "现在作第一个五年计划的报告。",
            "",
            "1955-x",
            "work_report",
            year(1953, 1957),
            id="plan-report",
        ),
        pytest.param("各位代表:", "", "2026-江苏省", "work_report", year(2025), id="delivered"),
        pytest.param(
            "首先报告二○○一年的工作", "", "2002-x", "work_report", year(2001), id="han-year"
        ),
        pytest.param("", "2024年工作要点", "", "plan", year(2024), id="plan"),
        pytest.param(
            "今年以来很好。二、下半年计划\n2023年下半年,抓好落实。",
            "",
            "",
            "half_year_summary",
            half(2023),
            id="half-by-words",
        ),
        pytest.param(
            "今年以来很好。上半年增长。项目计划于2023年底前建成。",
            "",
            "",
            "half_year_summary",
            half(2022),
            id="half-before-a-planned-year",
        ),
        pytest.param("没有年份。", "", "", "other", None, id="none"),
        pytest.param("", "", "004_785f2023b76b7da", "other", None, id="hash-is-no-year"),
    ],
)
def test_period(text: str, title: str, stem: str, kind: str, period: Period | None) -> None:
    assert period_of(text, title, stem, kind, None) == period


@pytest.mark.parametrize("words", sorted(lexicon.words("past_year_words")))
def test_a_heading_that_looks_back_on_the_last_year(words: str) -> None:
    text = f"云溪街道工作总结\n2023年1月9日\n一、{words}工作回顾\n财政收入完成3亿元。"
    day = date(2023, 6, 9)
    assert period_of(text, "云溪街道工作总结", "", "annual_summary", day) == year(2022)
    other = text.replace(words, "各项")
    assert period_of(other, "云溪街道工作总结", "", "annual_summary", day) == year(2023)


def test_a_summary_that_comes_out_in_january_tells_of_the_year_before() -> None:
    text = "云溪街道工作总结\n财政收入完成3亿元。"
    for day, told in ((date(2023, 1, 9), 2022), (date(2022, 12, 28), 2022)):
        assert period_of(text, "云溪街道工作总结", "", "annual_summary", day) == year(told)


def test_the_day_of_delivery_dates_a_report_without_a_year() -> None:
    found = period_of("各位代表:", "政府工作报告", "x", "work_report", date(2019, 3, 5))
    assert found == year(2018)


def test_a_congress_late_in_the_year_hears_of_that_year() -> None:
    found = period_of("各位代表:", "政府工作报告", "x", "work_report", date(2019, 12, 20))
    assert found == year(2019)


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("全市2021年1-10月就业完成情况通报", date(2021, 1, 1), date(2021, 10, 31)),
        ("2022年第四季度及全年经济形势", date(2022, 1, 1), date(2022, 12, 31)),
        ("2021年1至5月工作情况", date(2021, 1, 1), date(2021, 5, 31)),
        ("柳溪镇2022年9月份工作简报", date(2022, 9, 1), date(2022, 9, 30)),
        ("柳溪镇实事工程进展(截至2025年10月20日)", date(2025, 1, 1), date(2025, 10, 20)),
        ("2024年第一季度工作总结", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024年前三季度工作情况", date(2024, 1, 1), date(2024, 9, 30)),
        ("2023年下半年工作总结", date(2023, 7, 1), date(2023, 12, 31)),
    ],
)
def test_a_part_of_a_year_in_the_title(title: str, start: date, end: date) -> None:
    assert period_of("", title, "", "annual_summary", None) == Period(start, end)


def test_normal_years_keep_the_length() -> None:
    text = "一九五七年和二○二三年、二十年"
    assert normal_years(text) == "1957年和2023年、二十年"
    assert len(normal_years(text)) == len(text)


@pytest.mark.parametrize(
    ("stem", "start", "end"),
    [
        ("pujin-2023h1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2024Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("qingshan2024m5", date(2024, 5, 1), date(2024, 5, 31)),
        ("202405", date(2024, 5, 1), date(2024, 5, 31)),
        ("柳溪镇2024年1-5月", date(2024, 1, 1), date(2024, 5, 31)),
        # a day is that of the page: of its year, as far as the text goes
        ("20240513", date(2024, 1, 1), date(2024, 12, 31)),
        ("20241399", None, None),
    ],
)
def test_a_file_name_with_a_part_of_a_year(stem: str, start: date | None, end: date | None) -> None:
    found = period_of("", "", stem, "other", None)
    assert found == (Period(start, end) if start and end else None)


def test_the_day_in_a_file_name_gives_way_to_the_years_of_the_text() -> None:
    assert period_of("2022年,完成投资3亿元。", "", "20240110", "other", None) == year(2022)
    assert period_of("完成投资3亿元。", "", "20240110", "annual_summary", None) == year(2023)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "2018年末,法人单位4286个,比2013年末增加9个。2018年实现营业收入3亿元。2020年起实施。",
            2018,
        ),
        ("全年营业收入3亿元,比2013年增加9个。", 2019),
    ],
)
def test_a_communique_without_a_year_tells_of_one_gone_by(text: str, last: int) -> None:
    found = period_of(text, "柳溪县经济普查公报", "", "communique", date(2020, 5, 12))
    assert found == year(last)


def test_a_part_of_a_year_is_that_of_the_year_before_it() -> None:
    title = "关于2021年市级决算和2022年上半年预算执行情况的报告"
    assert period_of("", title, "", "half_year_summary", None) == half(2022)


def test_a_long_title_tells_of_the_year_that_it_looks_back_on() -> None:
    title = "柳溪县2022年国民经济和社会发展计划执行情况及2023年国民经济和社会发展计划(草案)的报告"
    assert period_of("各位代表:", title, "", "work_report", None) == year(2022)


def test_a_title_without_a_year_tells_of_the_years_up_to_the_one_named_most() -> None:
    text = "2012年至2021年,全县产值由60亿元增加到150亿元。2021年新建学校3所。"
    assert period_of(text, "十年来我县发展成就", "", "other", None) == year(2012, 2021)


def test_a_part_of_a_year_in_a_title_is_of_the_year_of_publication() -> None:
    found = period_of("出口5亿元。", "今年前三季度外贸情况", "", "other", date(2023, 10, 20))
    assert found == Period(date(2023, 1, 1), date(2023, 9, 30))


def test_the_month_in_the_name_of_a_work_report_is_that_of_its_delivery() -> None:
    assert period_of("各位代表:", "", "2024-01", "work_report", None) == year(2023)


@pytest.mark.parametrize(
    ("text", "kind", "period"),
    [
        pytest.param(
            "就业情况\n现将2021年1~10月情况通报如下。新增就业5万人。",
            "other",
            Period(date(2021, 1, 1), date(2021, 10, 31)),
            id="announced",
        ),
        pytest.param(
            "过去的五年中,产值增长9%。1985年达到3亿元。", "other", year(1981, 1985), id="years-open"
        ),
        pytest.param("“六五”期间,产值达到3亿元。", "other", year(1981, 1985), id="no-year-but-era"),
        pytest.param("2020年投资5亿元。2021年,全镇将投资9亿元。", "other", year(2020), id="will"),
        pytest.param("2021年以来投资5亿元。到2025年达到9亿元。", "other", year(2021), id="up-to"),
        pytest.param("比2002年增加,2007年为5%。", "other", year(2007), id="no-base"),
        pytest.param(
            "2021年各项任务全面完成。\n2022年主要目标:增长7%。\n2022年重点工作:修路。",
            "work_report",
            year(2021),
            id="aims-are-ahead",
        ),
    ],
)
def test_what_the_text_says_of_a_report_without_a_dated_title(
    text: str, kind: str, period: Period
) -> None:
    assert period_of(text, "", "", kind, None) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("今年1-11月,财政收入6亿元。", Period(date(2018, 1, 1), date(2018, 11, 30))),
        ("财政收入6亿元。", year(2018)),
    ],
)
def test_an_article_goes_as_far_as_it_counts(text: str, period: Period) -> None:
    title = "柳溪镇:老渡口新气象"
    assert period_of(f"{title}\n{text}", title, "", "other", date(2018, 12, 6)) == period
