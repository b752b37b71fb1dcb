"""Bodies, places and things that a figure is about."""

from __future__ import annotations

import pytest

from pipelines.text.binding import area as area_words
from pipelines.text.binding import right_of_number, subjects
from pipelines.text.grammar.phrases import spelled

# text, level of the report's region, the higher area, the rest
AREAS = [
    ("全市出口总额", "county", "全市", "出口总额"),
    ("全省粮食产量", "city", "全省", "粮食产量"),
    ("全国出口总额", "province", "全国", "出口总额"),
    ("全区税收", "township", "全区", "税收"),
    ("全区税收", "county", None, "税收"),
    ("全区税收", "city", None, "税收"),
    ("全区税收", None, None, "税收"),
    ("全街道税收", "township", None, "税收"),
    ("目前全市税收", "county", "全市", "税收"),
    ("工业投资", "county", None, "工业投资"),
]


@pytest.mark.parametrize(
    ("text", "level", "area", "rest"), AREAS, ids=[f"{r[0]}:{r[1]}" for r in AREAS]
)
def test_an_area_above_the_reports_own_restricts(words, text, level, area, rest):
    found, run = area_words.split(tuple(words(text)), level)
    assert (found, spelled(run)) == (area, rest)


# text, the name that opens it
FRONT = [
    ("星湖大厦", "星湖大厦"),
    ("柳岸社区居民", "柳岸社区"),
    ("“邻里通”平台注册用户", "“邻里通”平台"),
    ("梅溪水库项目总投资", "梅溪水库项目"),
    ("松林集团营业收入", "松林集团"),
    ("红杉邻里坊新增用户", "红杉邻里坊"),
    ("各社区居民", None),
    ("重点项目投资", None),
    ("所有项目", None),
    ("走访柳岸社区", None),
    ("企业", None),
    ("医院", None),
    ("税收收入", None),
    ("市图书馆读者", "市图书馆"),
    ("中央财政下拨资金", "中央财政"),
    ("中国(海南)自贸港进口额", "中国(海南)自贸港"),
    ("沈阳国家级数据标注基地", "沈阳国家级数据标注基地"),
    ("全民所有制单位投资", "全民所有制单位"),
    ("社会治理指挥中心案卷", "社会治理指挥中心"),
    ("松林国际医疗旅游先行区游客", "松林国际医疗旅游先行区"),
    ("高速铁路里程", None),
    ("大庆油田原油", "大庆油田"),
    ("国际机场旅客", None),
    ("“安居”工程住户", None),
    ("文化惠民工程观众", None),
    ("公办幼儿园学位", None),
    ("三级公立医院门诊", None),
    ("中职学校招生", None),
]


@pytest.mark.parametrize(("text", "name"), FRONT)
def test_a_name_opens_the_words(words, text, name):
    assert subjects.front(words(text))[0] == name


def test_a_name_that_opens_nothing_else_is_whole(words):
    assert subjects.whole(tuple(words("星湖大厦")))
    assert not subjects.whole(tuple(words("柳岸社区居民")))
    assert not subjects.whole(tuple(words("各社区")))
    assert not subjects.whole(())


@pytest.mark.parametrize(
    ("text", "name"),
    [("柳岸社区居民", "柳岸社区"), ("柳岸社区", None), ("各社区居民", None)],
)
def test_a_prefix_leaves_something_to_measure(words, text, name):
    assert subjects.prefix(words(text))[0] == name


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        ("柳岸社区", True),
        ("“邻里通”平台", True),
        ("居民", False),
        ("困难企业", False),
        ("海洋", False),
        ("秋粮", False),
    ],
)
def test_a_proper_name(words, text, proper):
    assert subjects.bare_entity(tuple(words(text))) is proper
    assert not subjects.bare_entity(())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“邻里通”", "邻里通"),
        ("“邻里通”平台", "“邻里通”平台"),
        ("和柳岸社区", "柳岸社区"),
        ("柳岸社区(筹)", "柳岸社区"),
        ("累计达", None),
    ],
)
def test_how_a_subject_is_spelled(words, text, name):
    assert subjects.named(tuple(words(text))) == name


# words before an indicator, the body among them
ENTITIES = [
    ("柳岸社区", "柳岸社区"),
    ("在梧桐片区", "梧桐片区"),
    ("新建的柳岸社区", "柳岸社区"),
    ("柳岸社区、松林社区", "柳岸社区、松林社区"),
    ("柳岸社区、困难居民", None),
    ("在柳岸社区等社区", None),
    ("困难居民", None),
    ("在各社区", None),
    ("在重点项目", None),
]


@pytest.mark.parametrize(("text", "name"), ENTITIES, ids=[row[0] for row in ENTITIES])
def test_the_body_among_the_words(words, text, name):
    assert subjects.entity(tuple(words(text))) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("星湖大厦", "星湖大厦"),
        ("星湖大厦建成", "星湖大厦"),
        ("星湖大厦和", "星湖大厦"),
        ("邻里食堂实现开放", "邻里食堂"),
        ("沅江大桥改造工程完成设计", "沅江大桥改造工程"),
        ("星湖大厦改造", "星湖大厦"),
        ("梅溪片区雨污分流工程", "梅溪片区雨污分流工程"),
        ("星湖大厦投入使用", "星湖大厦"),
    ],
)
def test_the_thing_that_opens_the_words(words, text, name):
    assert right_of_number.thing_named(tuple(words(text))) == name
