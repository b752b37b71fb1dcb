"""Clauses that point back to a thing that was named before."""

from __future__ import annotations

import pytest

from pipelines.text.binding.anaphora import may_point, named_things, resolved

# sentence, names before it, what its clauses point back to
POINTS = [
    ("该项目占地63亩,总投资2亿元", ["星湖产业园"], {0: "星湖产业园"}),
    ("启动梧桐片区征收,该片区涉及住户90户", [], {1: "梧桐片区"}),
    ("项目占地63亩", ["星湖产业园"], {0: "星湖产业园"}),
    ("该公司纳税3亿元", ["星湖产业园", "松林公司"], {0: "松林公司"}),
    ("该公司纳税3亿元", ["星湖产业园"], {}),
    ("该项目占地63亩", [], {}),
    ("项目开工63个", ["星湖产业园"], {}),
    ("新建项目占地63亩", ["星湖产业园"], {}),
    ("走访居民63户", ["星湖产业园"], {}),
]


@pytest.mark.parametrize(("text", "spoken", "meant"), POINTS, ids=[row[0] for row in POINTS])
def test_what_a_clause_points_back_to(words, text, spoken, meant):
    tokens, found = resolved(words(text), spoken)
    assert found == meant
    assert ("该" in {token.text for token in tokens}) == ("该" in text and not meant)


def test_names_of_a_sentence_in_order(words):
    assert named_things(words("梧桐片区启动征收,松林公司投资的星湖产业园开工")) == [
        "梧桐片区",
        "松林公司",
        "星湖产业园",
    ]


@pytest.mark.parametrize(
    ("text", "may"), [("该项目占地3亩", True), ("项目占地3亩", True), ("新建项目3个", False)]
)
def test_most_sentences_need_no_look_back(text, may):
    assert may_point(text, 0, len(text)) is may


# text, subject of each figure
CARRIED = [
    (
        "总投资5亿元的星湖产业园已破土动工。该项目占地63亩,规划建筑面积8万平方米。",
        ["星湖产业园"] * 3,
    ),
    ("星湖产业园开工。项目总投资5亿元,占地63亩。", ["星湖产业园"] * 2),
    ("星湖产业园开工。\n该项目占地63亩。", [None]),
]


@pytest.mark.parametrize(("text", "expected"), CARRIED, ids=[row[0] for row in CARRIED])
def test_a_thing_stays_over_the_sentences_of_its_paragraph(observe, text, expected):
    assert [one.subject for one in observe(text)] == expected
