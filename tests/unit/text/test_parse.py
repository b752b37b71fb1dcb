"""The steps together: raw offsets, the ledger, passages, and what passes between sentences."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest

from pipelines import Period, lexicon, parse_text
from pipelines.reading.clean import clean
from pipelines.text.parse import parse
from pipelines.text.report.metadata import read_metadata

TEXT = """荷湾街道二〇二四年工作总结

一、經濟發展
1.完成財政總收入6.2億元,同比增長9.4%。新增企業11個(gè)。
二、下半年工作计划
力争新增健身点3处,落实“五水共治”要求。
"""
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture(scope="module")
def parsed():
    return parse_text(TEXT, region="浙江省/杭州市/上城区", period=YEAR)


def test_quotes_stand_in_the_raw_text(parsed):
    quotes = [o.quote for o in parsed.observations]
    assert quotes == ["6.2億元", "9.4%", "11個(gè)", "3处"]
    assert [TEXT[o.start : o.end] for o in parsed.observations] == quotes
    assert [TEXT[n.start : n.end] for n in parsed.numerals] == [n.text for n in parsed.numerals]


def test_indicators_and_units_are_simplified(parsed):
    first, _, third, _ = parsed.observations
    assert (first.indicator, first.unit) == ("财政总收入", "元")
    assert (third.indicator, third.unit) == ("新增企业", "个")


def test_every_numeral_is_in_the_ledger_once(parsed):
    lines = [(n.text, n.disposition, n.observation) for n in parsed.numerals]
    assert lines == [
        ("二〇二四", "date", None),
        ("一", "list_number", None),
        ("1", "list_number", None),
        ("6.2億元", "observation", 0),
        ("9.4%", "observation", 1),
        ("11個(gè)", "observation", 2),
        ("二", "list_number", None),
        ("3处", "observation", 3),
        ("五", "label", None),
    ]


def test_a_line_and_its_observation_say_the_same(parsed):
    for line in parsed.numerals:
        if line.observation is not None:
            found = parsed.observations[line.observation]
            assert (line.start, line.end, line.passage) == (found.start, found.end, found.passage)
            assert (line.text, line.unit) == (found.quote, found.unit)


def test_an_observation_knows_its_passage(parsed):
    for found in parsed.observations:
        passage = parsed.passages[found.passage]
        assert passage.start <= found.start < found.end <= passage.end
        assert found.theme == passage.theme
    last = parsed.passages[parsed.observations[-1].passage]
    assert last.section[-1] == "二、下半年工作计划"


def test_passages_are_clean_and_in_order(parsed):
    assert "完成财政总收入6.2亿元" in parsed.passages[2].text
    starts = [passage.start for passage in parsed.passages]
    assert starts == sorted(starts)
    assert [key for key, _ in groupby(starts)] == starts


def test_a_plan_is_planned(parsed):
    assert [o.status for o in parsed.observations] == ["actual"] * 3 + ["planned"]


# text, period of its last figure
PERIODS = [
    ("走访企业42家。", ("2024-01-01", "2024-12-31")),
    ("上半年走访企业42家。", ("2024-01-01", "2024-06-30")),
    ("1-9月,走访企业42家;新增站点3处。", ("2024-01-01", "2024-09-30")),
    ("截至10月底,走访企业42家。", ("2024-01-01", "2024-10-31")),
    ("5月走访企业42家。", ("2024-05-01", "2024-05-31")),
]


@pytest.mark.parametrize(("text", "period"), PERIODS, ids=[row[0] for row in PERIODS])
def test_the_period_of_a_figure(observe, text, period):
    last = observe(text)[-1]
    assert (str(last.period_start), str(last.period_end)) == period


# text, codes
CODES = [
    ("财政总收入6亿元,增长5%。", ["fiscal_revenue_total"] * 2),
    ("引进企业60家,其中金融类12家。", ["enterprises_introduced", None]),
    ("加装电梯12台。", ["elevators_installed"]),
    ("走访居民42户。", [None]),
    ("第一产业投资3亿元。", [None]),
]


@pytest.mark.parametrize(("text", "expected"), CODES, ids=[row[0] for row in CODES])
def test_the_code_of_an_indicator(observe, text, expected):
    assert [o.code for o in observe(text)] == expected


def test_a_sub_area_keeps_the_code(observe):
    (found,) = observe("松林集团财政总收入2亿元。")
    assert (found.subject, found.code) == ("松林集团", "fiscal_revenue_total")


@pytest.mark.parametrize(
    ("region", "subject"),
    [
        ("江苏省/苏州市/昆山市", None),
        ("江苏省/苏州市", None),
        ("江苏省/苏州市/吴中区", "全市"),
    ],
)
def test_a_city_under_a_county_s_rank_is_its_own_whole_city(region, subject):
    parsed = parse_text("全市规上工业增加值增长6%。", region=region, period=YEAR)
    assert [o.subject for o in parsed.observations] == [subject]


def test_a_sentence_takes_its_name_from_the_one_before(observe):
    first, second = observe("受理事项50件。比上年增长5%。")
    assert second.indicator == first.indicator == "受理事项"
    assert second.passage == first.passage + 1


def test_a_paragraph_takes_nothing_from_the_one_before(observe):
    _, second = observe("受理事项50件。\n比上年增长5%。")
    assert second.indicator == ""


def test_no_text_no_passages():
    source = clean("")
    nothing = parse(source, read_metadata(source.text, ""))
    assert (nothing.passages, nothing.observations, nothing.numerals) == ((), (), ())


@pytest.mark.parametrize("opener", sorted(lexicon.words("time_openers")))
def test_a_time_that_opens_a_sentence_goes_on_in_the_next(opener):
    text = f"2024年工作情况\n{opener}2022年,财政收入完成3亿元。出口总额完成4亿元。"
    assert [o.period_start for o in parse_text(text).observations] == [date(2022, 1, 1)] * 2
