"""Indicator phrases out of words: where they begin, and what is left out."""

from __future__ import annotations

import pytest

from pipelines.text.grammar import phrases

# text, opening verb, thing
CUTS = [
    ("全年累计走访困难企业", "走访", "困难企业"),
    ("在人流密集场所新增报警点", "新增", "报警点"),
    ("对沿线国家进出口", "", "沿线国家进出口"),
    ("通过上门服务走访居民", "走访", "居民"),
    ("实现农业总产值", "", "农业总产值"),
    ("持续推进老旧管网改造", "", "老旧管网改造"),
    ("深入开展矛盾纠纷排查化解工作", "", "矛盾纠纷排查化解工作"),
    ("在灾害中农户", "", "农户"),
    ("排查整治出租房屋", "排查整治", "出租房屋"),
    ("消费支出", "", "消费支出"),
    ("志愿者巡查", "", "志愿者巡查"),
    ("已经建成", "建成", ""),
    ("截至10月底企业", "", "企业"),
    ("社区(含筹建)居民", "", "社区居民"),
    ("引进松林集团、梧桐科技、荷塘电子等企业", "引进", "企业"),
    ("持续深化党建引领基层治理推进网格队伍建设走访居民", "走访", "居民"),
]


@pytest.mark.parametrize(("text", "verb", "thing"), CUTS, ids=[row[0] for row in CUTS])
def test_the_phrase_at_the_end_of_the_words(words, text, verb, thing):
    phrase = phrases.cut(tuple(words(text)))
    assert (phrase.verb, phrase.thing) == (verb, thing)
    assert phrase.text == verb + thing


def test_a_list_before_deng_may_be_kept(words):
    run = tuple(words("松林集团、梧桐科技、荷塘电子等企业"))
    assert phrases.cut(run).text == "企业"
    assert phrases.cut(run, listed=True).text == "松林集团、梧桐科技、荷塘电子等企业"


def test_what_stands_before_a_phrase_is_its_lead(words):
    phrase = phrases.cut(tuple(words("在人流密集场所新增报警点")))
    assert phrases.spelled(phrase.lead) == "人流密集场所"


def test_an_empty_phrase_is_false(words):
    assert not phrases.cut(())
    assert not phrases.cut(tuple(words("累计达")))
    assert phrases.cut(tuple(words("累计走访企业")))


SPELLED = [
    ("的居民和", "居民"),
    ("累计达", ""),
    ("社区(含筹建)居民", "社区居民"),
    ("完成棚户改造", "棚户改造"),
    ("道路、桥梁", "道路、桥梁"),
]


@pytest.mark.parametrize(("text", "expected"), SPELLED, ids=[row[0] for row in SPELLED])
def test_linking_and_silent_words_are_not_spelled(words, text, expected):
    assert phrases.spelled(tuple(words(text))) == expected


def test_length_counts_what_is_kept(words):
    assert phrases.length(tuple(words("累计走访(含复访)企业"))) == len("走访企业")


# text, the position of a word that may open a predicate, whether it does
OPENS = [
    ("走访企业", "走访", True),
    ("社区走访企业", "走访", True),
    ("建成的街区", "建成", False),
    ("对走访企业", "走访", False),
    ("企业走访", "走访", False),
    ("服务老人", "服务", True),
    ("社区改造工程", "改造", False),
    ("累计服务老人", "服务", False),
    ("持续服务老人", "服务", True),
]


@pytest.mark.parametrize(("text", "verb", "expected"), OPENS, ids=[row[0] for row in OPENS])
def test_a_predicate_opens(words, text, verb, expected):
    run = tuple(words(text))
    k = next(k for k, token in enumerate(run) if token.text == verb)
    assert phrases.opens(run, k) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("在调整初期", True), ("于东部", True), ("在旱灾中", False), ("调整初期", False), ("", False)],
)
def test_a_circumstance_names_nothing(words, text, expected):
    assert phrases.circumstance(tuple(words(text)) if text else ()) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("农业在旱灾中", "农业"), ("在旱灾中", "旱灾"), ("农业", "农业")]
)
def test_a_phrase_of_place_is_cut_off(words, text, expected):
    assert phrases.spelled(phrases.unplaced(tuple(words(text)))) == expected


def test_only_names_are_nominal(words):
    assert phrases.nominal(tuple(words("累计走访企业")))
    assert not phrases.nominal(tuple(words("累计达")))
