"""Rows of numbers and the heads they belong to."""

from __future__ import annotations

import pytest

from pipelines.text.binding.rows import groups, heads, shared_predicates
from pipelines.text.grammar.phrases import spelled
from pipelines.text.grammar.sites import sites

# heads as written, numbers in the row, the head of each (none: they do not pair)
HEADS = [
    ("省属企业营业收入、利润", 2, ["省属企业营业收入", "省属企业利润"]),
    ("限上汽车、家电零售额", 2, ["限上汽车零售额", "限上家电零售额"]),
    ("小麦、玉米、大豆产量", 3, ["小麦产量", "玉米产量", "大豆产量"]),
    ("税收收入、出口总额、工业投资", 3, ["税收收入", "出口总额", "工业投资"]),
    ("税收收入和出口总额", 2, ["税收收入", "出口总额"]),
    ("城乡居民收入", 2, ["城镇居民收入", "农村居民收入"]),
    ("进出口", 2, ["进口", "出口"]),
    ("存贷款余额", 2, ["存款余额", "贷款余额"]),
    ("工业投资", 2, []),
    ("城乡居民收入", 3, []),
    ("税收收入、出口总额", 3, []),
    ("税收收入、出口总额、工业投资", 2, []),
    ("税收收入", 1, []),
]


@pytest.mark.parametrize(("text", "size", "expected"), HEADS, ids=[f"{r[0]}:{r[1]}" for r in HEADS])
def test_one_head_a_number(words, text, size, expected):
    assert [spelled(head) for head in heads(tuple(words(text)), size)] == expected


def test_two_names_have_no_modifier_in_common(words):
    found = heads(tuple(words("柳岸社区和松林社区")), 2)
    assert [spelled(head) for head in found] == ["柳岸社区", "松林社区"]


# text, first number of each row -> how many stand in it
ROWS = [
    ("营业收入、利润增长5.2%、6.1%", {0: 2}),
    ("新增站点3处、5处和8处", {0: 3}),
    ("甲楼、乙楼分别为2亿元和3亿元,分别增长5%和6%", {0: 2, 2: 2}),
    ("走访居民42户、企业16家", {}),
    ("新增42户居民、9户商户", {}),
    ("投资3亿元、5公里", {}),
    ("投资3亿元,5亿元", {}),
    ("投资3亿元", {}),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_numbers_in_a_row(numbered, text, expected):
    tokens, quantities = numbered(text)
    assert groups(sites(tokens), quantities) == expected


# text, number of a thing without a predicate of its own -> the predicate it shares
SHARED = [
    ("325户农户、19户居民正式安置", {0: "安置"}),
    ("42户居民、9户商户、3家企业正式签约", {0: "签约", 1: "签约"}),
    ("325户农户签约、19户居民正式安置", {}),
    ("安置325户农户、19户居民", {}),
    ("325户农户,19户居民正式安置", {}),
]


@pytest.mark.parametrize(("text", "expected"), SHARED, ids=[row[0] for row in SHARED])
def test_the_predicate_of_a_row_of_counted_things(words, text, expected):
    assert shared_predicates(sites(words(text))) == expected
