"""Sites of numbers: how the words around the numbers of a sentence are shared out."""

from __future__ import annotations

import pytest

from pipelines.text.grammar.sites import sites


def _spelled(run):
    return "".join(token.text for token in run)


# text, one "left | right" a number
SHARED = [
    ("走访企业42家,收集建议120条", ["走访企业|", "收集建议|"]),
    ("巡查道路42公里、河道9公里", ["巡查道路|", "河道|"]),
    ("建成42个点位和6个站点", ["建成|点位", "|站点"]),
    ("检查15家企业发现隐患42处", ["检查|企业", "发现隐患|"]),
    ("检查企业15家发现隐患42处", ["检查企业|", "发现隐患|"]),
    ("推进200个项目、完成投资3亿元", ["推进|项目", "完成投资|"]),
    ("处理四批次27件积案", ["处理|积案", "|积案"]),
    ("完成征收812户(企业27家)", ["完成征收|", "企业|"]),
    ("向26家企业兑现资金380万元", ["向|企业兑现资金", "兑现资金|"]),
]


@pytest.mark.parametrize(("text", "expected"), SHARED, ids=[row[0] for row in SHARED])
def test_the_words_of_a_number(words, text, expected):
    found = [f"{_spelled(site.left)}|{_spelled(site.right)}" for site in sites(words(text))]
    assert found == expected


# text, field of the site, its value for each number
FLAGS = [
    ("利润、税收增长5%、6%", "joined", [False, True]),
    ("利润、税收增长5%和6%", "joined", [False, True]),
    ("利润增长5%,税收增长6%", "joined", [False, False]),
    ("利润5亿元,增长3%;税收2亿元", "clause", [0, 1, 2]),
    ("利润5亿元,增长3%;税收2亿元", "segment", [0, 0, 1]),
    ("完成征收812户(企业27家),签约790户", "bracket", [False, True, False]),
    ("税收9亿元,其中甲楼2亿元,乙楼1亿元;出口3亿元", "part", [False, True, True, False]),
    ("税收9亿元,其中甲楼2亿元,新增企业3家", "part", [False, True, False]),
    ("依托38个网格开展巡查,发现隐患5处", "topical", [True, False]),
    ("新增38个网格,发现隐患5处", "topical", [False, False]),
    ("向26家企业兑现资金380万元", "served", [True, False]),
    ("走访26家企业", "served", [False]),
    ("道路42公里、河道9公里,桥梁3座", "opening", [True, False, True]),
]


@pytest.mark.parametrize(
    ("text", "field", "expected"), FLAGS, ids=[f"{r[1]}:{r[0]}" for r in FLAGS]
)
def test_where_a_number_stands(words, text, field, expected):
    assert [getattr(site, field) for site in sites(words(text))] == expected


def test_clauses_without_a_number_stand_between(words):
    first, second = sites(words("拨付资金260万元,建成食堂,受到好评,服务老人3100人次"))
    assert first.middle == ()
    assert [_spelled(run) for run in second.middle] == ["建成食堂", "受到好评"]


def test_the_clause_ahead_is_told_without_its_numbers(words):
    first, last = sites(words("拨付资金260万元,建成食堂3家"))
    assert _spelled(first.ahead) == "建成食堂"
    assert last.ahead == ()


def test_no_numbers_no_sites(words):
    assert sites(words("各项工作有序开展,群众满意")) == ()
    assert sites([]) == ()
