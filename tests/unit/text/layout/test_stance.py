from __future__ import annotations

from pipelines.text.layout.outline import outline
from pipelines.text.layout.stance import stances

TOLD = "过去一年取得显著成绩,税收达到5亿元,同比增长3%,顺利建成学校2所,获评全国先进。"
AIMS = "主要预期目标是:税收增长6%,必须继续努力,力争新建学校3所,确保就业稳定,要办好实事。"
BARE = "新建公园2处。"


def test_a_passage_without_headings_turns_where_its_words_turn() -> None:
    text = "\n".join([TOLD, BARE, AIMS, BARE, TOLD * 2, BARE])
    sentences = outline(text)
    found = stances(text, sentences, "work_report", [False] * len(sentences))
    by_paragraph = {s.paragraph: stance for s, stance in zip(sentences, found, strict=True)}
    assert by_paragraph[0] == "actual"
    assert (by_paragraph[2], by_paragraph[3]) == ("planned", "planned")
    assert (by_paragraph[4], by_paragraph[5]) == ("actual", "actual")


def test_a_heading_is_final() -> None:
    text = f"一、去年工作回顾\n{AIMS}\n二、下一步工作安排\n{TOLD}\n"
    sentences = outline(text)
    found = stances(text, sentences, "work_report", [False] * len(sentences))
    by_text = {text[s.start : s.end]: stance for s, stance in zip(sentences, found, strict=True)}
    assert by_text[AIMS] == "actual"
    assert by_text[TOLD] == "planned"


def test_a_plan_begins_as_one() -> None:
    sentences = outline(BARE)
    assert stances(BARE, sentences, "plan", [False]) == ("planned",)
    assert stances(BARE, sentences, "annual_summary", [False]) == ("actual",)
