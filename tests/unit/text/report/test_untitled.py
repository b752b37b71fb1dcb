"""Reports and excerpts without title, day or reports.csv: only their text says when and whose."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import parse_text
from pipelines.text.calendar import session_year
from pipelines.text.report.spoken import given_by_congress, spoken_of

FIVE = "五年来,经济保持较快增长,综合实力明显增强。"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        pytest.param("产值从1997年的3亿元增加到2002年的5亿元。", 2002, id="from-to"),
        pytest.param("公路由1997年的90公里增加到2002年的120公里。", 2002, id="grown-from-to"),
        pytest.param("1957年冬季动手,到1959年底共修水库12座,1959年增产。", 1959, id="so-far"),
        pytest.param("执行1956年到1967年农业发展纲要,1959年增产三成。", 1959, id="document"),
        pytest.param("制定2021-2025年发展规划,2022年改造小区3个。", 2022, id="plan-of-years"),
        pytest.param("2022年改造小区3个,2022年增收,到2025年达到9个。", 2022, id="to-come"),
        pytest.param("到2025年产值达到9亿元。", 2024, id="only-to-come"),
    ],
)
def test_the_year_that_a_text_tells_of(text: str, year: int) -> None:
    assert spoken_of(text) == year


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param(
            f"{FIVE}\n财政收入从1997年的8亿元增加到2002年的18亿元。",
            1998,
            2002,
            id="span-by-change",
        ),
        pytest.param(
            "一、建设事业取得很大成就的五年\n工业持续发展。1992年产值达到9亿元。",
            1988,
            1992,
            id="heading-of-years",
        ),
        pytest.param(
            f"一、五年来的工作\n第十二届全国人民代表大会第一次会议以来的五年硕果累累。\n{FIVE}",
            2013,
            2017,
            id="since-a-congress",
        ),
        pytest.param(
            "各位代表:\n现在向第七届全国人民代表大会第三次会议报告工作。\n粮食增产3%。",
            1989,
            1989,
            id="to-a-session",
        ),
    ],
)
def test_the_years_of_a_text_without_a_title(text: str, first: int, last: int) -> None:
    found = parse_text(text, file_name="t.txt").metadata.period
    assert found is not None
    assert (found.start, found.end) == (date(first, 1, 1), date(last, 12, 31))


@pytest.mark.parametrize(
    ("congress", "session", "year"),
    [(1, 1, 1954), (1, 4, 1957), (2, 2, 1960), (4, 1, 1975), (6, 3, 1985), (14, 2, 2024)],
)
def test_the_year_of_a_session(congress: int, session: int, year: int) -> None:
    assert session_year(congress, session) == year
    assert session_year(3, 4) is None


def test_the_session_of_a_county_says_nothing() -> None:
    assert given_by_congress("在第十二届全国人大第二次会议上") == 2014
    assert given_by_congress("青山县第十二届人民代表大会第二次会议") is None


@pytest.mark.parametrize(
    ("title", "first"),
    [
        pytest.param("青山区2023年8月份工作简报", 8, id="issue"),
        pytest.param("青山区2023年重点项目推进情况(截至8月底)", 1, id="up-to"),
        pytest.param("青山区2023年8月主要经济指标月报", 1, id="figures-that-sum-up"),
    ],
)
def test_an_issue_tells_of_its_month(title: str, first: int) -> None:
    found = parse_text(
        f"{title}\n1-8月,产值增长5%。\n检查36次。", file_name="t.txt"
    ).metadata.period
    assert found is not None
    assert (found.start, found.end) == (date(2023, first, 1), date(2023, 8, 31))


def test_a_review_of_years_calls_its_last_year_the_last_one() -> None:
    review = "一、“十一五”时期经济发展的回顾\n{}良种补贴去年发放12亿元。"
    found = [
        parse_text(review.format(words), file_name="t.txt").observations[-1].period_end
        for words in ("", "今年以来,政策有力。")
    ]
    assert found == [date(2010, 12, 31), date(2009, 12, 31)]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        pytest.param("我国农业增产,我国工业也增产。市郊区的蔬菜够吃。", "全国", id="our-country"),
        pytest.param("济南市建成地铁2条,山东港口吞吐量居前,山东粮食增产。", "山东省", id="above"),
        pytest.param("济南市建成地铁2条,济南港口忙,山东粮食增产。", "山东省/济南市", id="own"),
        pytest.param("济南市增速全国第三,获全国先进,全国第一。", "山东省/济南市", id="honours"),
    ],
)
def test_the_region_of_a_text_that_names_no_level(text: str, region: str) -> None:
    assert parse_text(text, file_name="t.txt").metadata.region_path == region
