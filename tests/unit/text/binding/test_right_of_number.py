"""Names that stand right of the number."""

from __future__ import annotations

import pytest

# text, rule, indicator, subject; the first number of the text is meant
CASES = [
    ("新增6台除颤器", "right", "新增除颤器", None),
    ("走访36户居民", "right", "走访居民", None),
    ("改造和新建18所校舍", "right", "改造和新建校舍", None),
    ("投入96万元资金", "right", "投入资金", None),
    ("达36户居民", "right", "居民", None),
    ("拥有13亿人口的国家", "right", "人口", None),
    ("依托38个网格开展巡查", "right", "网格", None),
    ("柳岸、松林2个社区完成改造", "right", "社区改造", None),
    ("松林集团等5家企业签约", "right", "企业签约", None),
    ("星湖大厦36个项目开工", "right", "项目开工", "星湖大厦"),
    ("困难家庭36户居民受助", "both", "困难家庭居民受助", None),
    ("建筑面积5万平方米的星湖大厦建成", "attribute", "建筑面积", "星湖大厦"),
    ("总投资3亿元的星湖大厦项目竣工", "attribute", "总投资", "星湖大厦项目"),
    ("4万平方米的红杉邻里坊启用", "attribute", "面积", "红杉邻里坊"),
    ("柳岸社区42户搬迁", "right", "搬迁", "柳岸社区"),
    ("42%企业参保", "right", "企业参保", None),
    ("共42户的居民", "of", "居民", None),
    ("28万方的街区整治完成", "of", "街区整治", None),
    ("助老送餐100%覆盖", "left+right", "助老送餐覆盖", None),
]


@pytest.mark.parametrize(("text", "rule", "indicator", "subject"), CASES, ids=[r[0] for r in CASES])
def test_the_name_stands_right(observe, text, rule, indicator, subject):
    first = observe(text)[0]
    assert first.rule.split(":")[1] == rule
    assert (first.indicator, first.subject) == (indicator, subject)


# text, indicator: the words right of the number are no part of its name
LEFT = [
    ("注册志愿者达500人,居民好评", "注册志愿者"),
    ("税收收入增长5%的企业", "税收收入"),
    ("税收收入居全区第3位企业满意", "税收收入"),
    ("税收收入占全市14%的企业", "税收收入"),
    ("用工人数减少到380人企业满意", "用工人数"),
    ("完成税收收入3亿元的目标", "税收收入"),
]


@pytest.mark.parametrize(("text", "indicator"), LEFT, ids=[row[0] for row in LEFT])
def test_the_name_stands_left(observe, text, indicator):
    assert observe(text)[0].indicator == indicator


def test_a_row_of_things_shares_its_verb(observe):
    found = observe("改造和新建18所校舍、9个操场")
    assert [o.indicator for o in found] == ["改造和新建校舍", "改造和新建操场"]


def test_a_row_of_things_shares_the_predicate_after_it(observe):
    found = observe("325户农户、19户居民正式安置")
    assert [o.indicator for o in found] == ["农户安置", "居民安置"]


def test_things_in_a_row_share_their_attribute(observe):
    found = observe("建筑面积5万平方米的星湖大厦和8万平方米的金源大厦建成")
    assert [(o.indicator, o.subject) for o in found] == [
        ("建筑面积", "星湖大厦"),
        ("建筑面积", "金源大厦"),
    ]


def test_the_thing_of_an_attribute_stays_the_subject(observe):
    found = observe("建筑面积5万平方米的星湖大厦建成,新增泊位12个;走访居民3户")
    assert [o.subject for o in found] == ["星湖大厦", "星湖大厦", None]


def test_two_counters_of_one_thing(observe):
    found = observe("处理四批次27件积案")
    assert [o.indicator for o in found] == ["处理积案", "处理积案"]


def test_those_served_are_counted_with_what_they_get(observe):
    (found,) = observe("为450名儿童提供体检、牙防等服务")
    assert found.indicator == "服务儿童"


THINGS = [
    pytest.param(
        *("5万平方米的星湖大厦竣工", "面积", "星湖大厦"),
        marks=pytest.mark.xfail(
            reason="星湖大厦 has no proper noun in it and is not seen as a name"
        ),
    ),
    ("建筑面积5万平方米的星湖大厦投入使用", "建筑面积", "星湖大厦"),
    pytest.param(
        *("荷塘、柳岸、松林三家养老院通过验收", "养老院", None),
        marks=pytest.mark.xfail(reason="the predicate after the thing counted stays in its name"),
    ),
]


@pytest.mark.parametrize(("text", "indicator", "subject"), THINGS)
def test_what_the_guide_settles(observe, text, indicator, subject):
    (found,) = observe(text)
    assert (found.indicator, found.subject) == (indicator, subject)
