"""Sentences as tokens: what is kept whole, what is joined or parted, and the role of each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import lexicon
from pipelines.text.grammar.tokens import known_names, tokenize
from pipelines.text.layout.outline import outline

# text, tokens as word/role
ROWS = [
    ("社会消费品零售总额增长6%", "社会消费品零售总额/noun 增长/up 6%/quantity"),
    ("完成投资近3.2亿元左右", "完成/light 投资/noun 近3.2亿元左右/quantity"),
    ("生产总值迈上400亿元", "生产总值/noun 迈上/reach 400亿元/quantity"),
    ("截至10月底新开工项目12个", "截至10月底/time 新开工/verb 项目/noun 12个/quantity"),
    ("税费收缴率96%", "税费/noun 收缴率/noun 96%/quantity"),
    ("高能级平台3个", "高能级/noun 平台/noun 3个/quantity"),
    ("蔬菜价格上涨4%", "蔬菜/noun 价格/noun 上涨/up 4%/quantity"),
    (
        "蔬菜价格比上年上涨4%",
        "蔬菜/noun 价格/noun 比/compare 上年/time 上涨/up 4%/quantity",
    ),
    ("同比增长5%", "同比增长/up 5%/quantity"),
    ("举办“邻里节”活动12场", "举办/verb “邻里节”/quoted 活动/both 12场/quantity"),
    ("修订《社区公约》3部", "修订/verb 《社区公约》/quoted 3部/quantity"),
    ("举办“第5届邻里节”12场", "举办/verb “第5届邻里节”/quoted 12场/quantity"),
    ("服务企业(含个体户)320家", "服务/both 企业/noun (含个体户)/bracket 320家/quantity"),
    (
        "新增企业(其中外资3家)12家",
        "新增/verb 企业/noun (/mark 其中/part 外资/noun 3家/quantity )/mark 12家/quantity",
    ),
    ("其中城镇41亿元", "其中/part 城镇/noun 41亿元/quantity"),
    ("道路、河道和桥梁", "道路/noun 、/pause 河道/noun 和/conj 桥梁/noun"),
    ("占全省的12%", "占/share 全省/noun 的/de 12%/quantity"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_roles(words, text, expected):
    assert " ".join(f"{token.text}/{token.role}" for token in words(text)) == expected


@pytest.mark.parametrize("word", sorted(lexicon.tokens()))
def test_a_word_that_rules_compare_with_tokens_is_kept_whole(words, word):
    assert [token.text for token in words(word)] == [word]


NAMES = sorted(name for name in known_names() if "+" not in name)


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_canonical_indicator_is_kept_whole(words, name):
    assert [token.text for token in words(name)] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_canonical_indicator_is_known_as_one(words, name):
    assert [(token.role, token.tag) for token in words(name)] == [("noun", "indicator")]


def test_a_quantity_token_spans_its_modifiers_and_knows_its_number(numbered):
    tokens, quantities = numbered("走访商户近40家,收集建议15条以上")
    own = [token for token in tokens if token.role == "quantity"]
    assert [token.text for token in own] == ["近40家", "15条以上"]
    assert [quantities[token.number].value for token in own] == [40, 15]


def test_words_bear_no_quantity_number(words):
    assert {token.number for token in words("走访商户和居民")} == {-1}


def test_a_number_that_is_no_observation_is_a_word(words):
    assert "quantity" not in {token.role for token in words("落实“五水共治”要求")}


_NO_WORDS = re.compile(r"\s|5+、")


@given(st.text(alphabet="新增率的、,;:(“”)其中比增长占收缴能级平台年5 \u3000abX", max_size=60))
def test_tokens_are_in_order_and_are_what_stands_there(text):
    for sentence in outline(text):
        tokens = tokenize(text, sentence, (), ())
        position = sentence.start
        for token in tokens:
            assert token.start >= position
            assert text[token.start : token.end] == token.text
            position = token.end
        kept = "".join(token.text for token in tokens)
        spoken = text[sentence.start : sentence.end]
        # Blanks and the numbers of items are no words.
        assert _NO_WORDS.sub("", kept) == _NO_WORDS.sub("", spoken)
