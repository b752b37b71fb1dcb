"""`parse_text`: one report in, everything that it says out."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

import pipelines
from pipelines import Period, parse_text

FIRST_HALF = Period(date(2023, 1, 1), date(2023, 6, 30))


def test_a_pair_of_days_is_a_period():
    text = "走访企业42家。"
    pair = parse_text(text, period=(FIRST_HALF.start, FIRST_HALF.end))
    assert pair == parse_text(text, period=FIRST_HALF)
    assert pair.metadata.period == FIRST_HALF


def test_the_period_told_is_that_of_the_figures():
    (found,) = parse_text("走访企业42家。", period=FIRST_HALF).observations
    assert (found.period_start, found.period_end) == (FIRST_HALF.start, FIRST_HALF.end)


def test_without_a_date_there_is_no_period():
    parsed = parse_text("走访企业42家。")
    assert parsed.metadata.period is None
    assert (parsed.observations[0].period_start, parsed.observations[0].period_end) == (None, None)


@pytest.mark.parametrize(
    ("region", "subject"),
    [("江苏省", None), ("浙江省/杭州市", "全省"), ("浙江省/杭州市/上城区", "全省"), (None, None)],
)
def test_the_region_told_decides_which_area_is_another(region, subject):
    (found,) = parse_text("全省税收3亿元。", region=region).observations
    assert found.subject == subject


def test_what_is_told_wins_over_the_file_name():
    name = "浙江省杭州市2021年政府工作报告.txt"
    read = parse_text("走访企业42家。", file_name=name).metadata
    told = parse_text("走访企业42家。", file_name=name, region="江苏省", title="小结").metadata
    assert (read.region_path, told.region_path) == ("浙江省/杭州市", "江苏省")
    assert told.title == "小结"


@pytest.mark.parametrize("text", ["", " \n\u3000\r\n", "各项工作有序开展。", "\ufeff"])
def test_a_text_without_numerals_says_nothing(text):
    parsed = parse_text(text)
    assert parsed.observations == ()
    assert parsed.numerals == ()


def test_lines_of_windows_and_a_byte_order_mark_keep_their_place():
    text = "\ufeff一、经济发展\r\n税收收入6.2亿元,同比增长9.4%。\r\n新增企业12家。"
    found = parse_text(text).observations
    assert [text[o.start : o.end] for o in found] == ["6.2亿元", "9.4%", "12家"]


def test_traditional_characters_are_read_as_simplified_ones():
    simplified = parse_text("财政总收入6.2亿元,同比增长9.4%。").observations
    traditional = parse_text("財政總收入6.2億元,同比增長9.4%。").observations
    assert [o.indicator for o in traditional] == [o.indicator for o in simplified]
    assert [o.value for o in traditional] == [o.value for o in simplified]
    assert [o.code for o in traditional] == ["fiscal_revenue_total"] * 2
    assert traditional[0].quote == "6.2億元"


def test_full_width_forms_are_read_as_plain_ones():
    quote = "\uff19\uff0e\uff14\uff05"
    (found,) = parse_text(f"税收收入同比增长{quote}。").observations
    assert (found.quote, str(found.value), found.unit) == (quote, "9.4", "%")


def test_what_comes_out_cannot_be_changed():
    parsed = parse_text("走访企业42家。")
    for value, field in [
        (parsed, "numerals"),
        (parsed.observations[0], "value"),
        (parsed.numerals[0], "value"),
        (parsed.passages[0], "text"),
    ]:
        with pytest.raises(AttributeError):
            setattr(value, field, None)
    hash(parsed)


def test_only_the_text_goes_by_place():
    kinds = [p.kind for p in inspect.signature(parse_text).parameters.values()]
    assert kinds[0] is inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert set(kinds[1:]) == {inspect.Parameter.KEYWORD_ONLY}


def test_the_package_offers_what_it_names():
    assert all(hasattr(pipelines, name) for name in pipelines.__all__)
