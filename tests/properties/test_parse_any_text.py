"""What holds of every text, whatever it says: offsets, order, one ledger line, no surprises."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import Parsed, parse_text

YEAR = (date(2024, 1, 1), date(2024, 12, 31))

VOCABULARY = """
财政总收入 税收 荷塘社区 “邻里通”平台 走访 企业 居民 完成 实现 新增 拆除 面积 总投资 同比 增长
下降 增长到 分别 其中 占 比重 的 和 从 到 为 向 兑现 全区 全市 全国 高于 居 增速 率 办结率 每月
近0年 前00年 今后零年 0年上半年 2月30日 2020年至2010年 12月至1月
等 共 近 超 左右 以上 力争 计划 截至10月底 1-9月 去年 2024年 一是 (一) 1. 第 翻 個(gè)
"""
FIGURES = """
6.2亿元 9.4% 3户 第3 首位 42家 3.2倍 翻一番 一半 七成 两个 百余条 5-10家 4个百分点 1,200平方米
300元/月 12台(套) 五水共治 三 102.3 零投诉 二〇二四年 10%留用地 120.5(不含退税)亿元 0
"""
WORDS, NUMBERS = VOCABULARY.split(), FIGURES.split()
FULL_WIDTH = "\uff0c\uff1b\uff1a\uff08\uff09\uff05\uff0e\uff11"
MARKS = [*FULL_WIDTH, *",。;:、()“”\n \u3000", "\r\n", ""]
FRAGMENTS = st.sampled_from([*WORDS, *NUMBERS, *MARKS])
GENRE = st.lists(FRAGMENTS, max_size=60).map("".join)
# Sentences that hold together: a few words, a number and a mark, over and over.
CLAUSE = st.tuples(
    st.lists(st.sampled_from(WORDS), max_size=4).map("".join),
    st.sampled_from(NUMBERS),
    st.sampled_from(MARKS),
).map("".join)
REPORT = st.lists(CLAUSE, max_size=20).map("".join)
ANY = st.text(max_size=200)
DIGITS = st.text(
    alphabet="0123456789.,%‰-~一二两三十百千万亿半零〇点分之第个元年月日()()、。\n增长占",
    max_size=80,
)
TEXTS = st.one_of(ANY, DIGITS, GENRE, REPORT)


def _check(text: str, parsed: Parsed) -> None:
    position = 0
    for observation in parsed.observations:
        assert observation.start < observation.end
        assert text[observation.start : observation.end] == observation.quote
        assert observation.start >= position
        position = observation.end
        assert parsed.passages[observation.passage].start <= observation.start
        assert observation.rule.count(":") == 1
        if observation.period_start and observation.period_end:
            assert observation.period_start <= observation.period_end
    position = 0
    for numeral in parsed.numerals:
        assert numeral.start < numeral.end
        assert text[numeral.start : numeral.end] == numeral.text
        assert numeral.start >= position
        position = numeral.end


def _check_ledger(parsed: Parsed) -> None:
    held = [n for n in parsed.numerals if n.observation is not None]
    assert [n.observation for n in held] == list(range(len(parsed.observations)))
    for numeral in held:
        observation = parsed.observations[numeral.observation]
        assert (numeral.start, numeral.end) == (observation.start, observation.end)
        assert (numeral.text, numeral.unit) == (observation.quote, observation.unit)
        assert numeral.passage == observation.passage
    for numeral in parsed.numerals:
        assert (numeral.disposition == "observation") == (numeral.observation is not None)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_span_says_what_it_quotes(text):
    _check(text, parse_text(text, period=YEAR))


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_every_observation_has_one_line_in_the_ledger(text):
    _check_ledger(parse_text(text, period=YEAR))


CHINESE_DIGITS = frozenset("零〇○一二三四五六七八九十百千万亿两廿卅")


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.text(alphabet=st.characters(categories=("Nd", "Nl", "No", "Po")))))
def test_no_numeral_is_missing_from_the_ledger(text):
    numerals = {i for i, char in enumerate(text) if unicodedata.category(char)[0] == "N"}
    numerals |= {i for i, char in enumerate(text) if char in CHINESE_DIGITS}
    ledger = parse_text(text, period=YEAR).numerals
    assert numerals <= {i for line in ledger for i in range(line.start, line.end)}


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_says_the_same(text):
    assert parse_text(text) == parse_text(text)


@settings(max_examples=100, deadline=None)
@given(
    REPORT,
    st.sampled_from([None, "江苏省", "浙江省/杭州市/上城区", "无此地"]),
    st.text(max_size=20),
)
def test_any_region_and_file_name_will_do(text, region, file_name):
    _check(text, parse_text(text, region=region, file_name=file_name))


@settings(max_examples=100, deadline=None)
@given(REPORT)
def test_passages_stand_in_order(text):
    position = 0
    for passage in parse_text(text).passages:
        assert position <= passage.start < passage.end <= len(text)
        position = passage.end


@settings(max_examples=100, deadline=None)
@given(REPORT)
def test_a_paragraph_before_moves_the_spans_and_no_more(text):
    before = "各项工作有序开展。\n"
    alone = parse_text("\n" + text, region="江苏省", period=YEAR).observations
    moved = parse_text(before + "\n" + text, region="江苏省", period=YEAR).observations
    assert [(o.quote, o.value, o.measure, o.indicator, o.subject) for o in alone] == [
        (o.quote, o.value, o.measure, o.indicator, o.subject) for o in moved
    ]
    assert [o.start + len(before) for o in alone] == [o.start for o in moved]
