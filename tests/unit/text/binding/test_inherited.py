"""Names of numbers that have no words of their own."""

from __future__ import annotations

import pytest

# text, rule, indicator; the last number of the text is meant
CASES = [
    ("财政总收入6亿元,同比增长9%", "head", "财政总收入"),
    ("财政总收入6亿元,增速全区第3", "head", "财政总收入"),
    ("老人2.1万人,占总人口的23%", "head", "老人"),
    ("用工人数从460人减少到380人", "head", "用工人数"),
    ("新增停车位18处,共4200平方米", "area", "新增停车位面积"),
    ("绿化改造5万平方米,共6万平方米", "head", "绿化改造"),
    ("绿化面积5万平方米,12处,共6万平方米", "area", "绿化面积"),
    ("新修的乡村道路,就有86公里", "topic", "新修乡村道路"),
    ("受助对象,达42户", "topic", "受助对象"),
    ("受理事项50件。比上年增长5%。", "sentence before", "受理事项"),
    ("居全省第7位的出口总额", "behind", "出口总额"),
]


@pytest.mark.parametrize(("text", "rule", "indicator"), CASES, ids=[row[0] for row in CASES])
def test_the_name_is_taken_over(observe, text, rule, indicator):
    last = observe(text)[-1]
    assert (last.rule.split(":")[1], last.indicator) == (rule, indicator)


def test_the_subject_is_taken_over_with_the_name(observe):
    first, second = observe("“邻里通”平台注册用户3200人,同比增长12%")
    assert (second.indicator, second.subject) == (first.indicator, "“邻里通”平台")


def test_a_bracket_is_an_aside(observe):
    *_, last = observe("征收房屋812户(涉及企业27家),同比增长5%")
    assert last.indicator == "征收房屋"


DATED_ASIDES = [
    # a date in a bracket between a name and its number
    ("财政总收入增长4%;批发业营业额(1-4月)9.3亿元", "批发业营业额"),
    ("财政总收入6亿元,增长4%;渔业总产值(按1990年不变价计算,下同)3.2亿元", "渔业总产值"),
    ("财政总收入6亿元(2019年以来最高),同比增长4%", "财政总收入"),
    # a bracket with a figure of its own is read
    ("渔业总产值3.2亿元(2019年为2.8亿元)", "渔业总产值"),
]


@pytest.mark.parametrize(("text", "indicator"), DATED_ASIDES, ids=[r[0] for r in DATED_ASIDES])
def test_an_aside_with_a_date_does_not_part_a_name_from_its_number(observe, text, indicator):
    assert observe(text)[-1].indicator == indicator


def test_nothing_is_taken_over_from_another_paragraph(observe):
    first, second = observe("受理事项50件。\n比上年增长5%。")
    assert first.indicator == "受理事项"
    assert second.indicator == ""


def test_own_words_win_over_the_clause_before(observe):
    assert observe("财政总收入6亿元,出口总额增长9%")[-1].indicator == "出口总额"


WRONG = [
    pytest.param(
        *("危房整治推进有力,完成36处", "危房整治"),
        marks=pytest.mark.xfail(reason="an adjective of praise is taken for the topic"),
    ),
    pytest.param(
        *("5家企业签约,3家投产", "企业投产"),
        marks=pytest.mark.xfail(reason="the verb of the number's own clause is passed over"),
    ),
]


@pytest.mark.parametrize(("text", "indicator"), WRONG)
def test_what_the_guide_settles(observe, text, indicator):
    assert observe(text)[-1].indicator == indicator


BOOKS = [
    # what only enterprises' books have is of the enterprises told before
    ("国有企业亏损面达28%,亏损额340万元", "国有企业亏损额"),
    ("规上企业利润增长6%,应收账款9亿元", "规上企业应收账款"),
    ("市属企业资产总额90亿元,资产负债率61%", "市属企业资产负债率"),
    # not behind a semicolon, nor where none were told, nor what others have too
    ("规上企业利润增长6%;亏损额9亿元", "亏损额"),
    ("财政总收入6亿元,资产负债率61%", "资产负债率"),
    ("规上企业利润增长6%,出口总额9亿元", "出口总额"),
]


@pytest.mark.parametrize(("text", "indicator"), BOOKS, ids=[row[0] for row in BOOKS])
def test_what_is_in_books_is_of_the_enterprises_before(observe, text, indicator):
    assert observe(text)[-1].indicator == indicator
