from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.headings import heading_status
from pipelines.text.layout.outline import bounded, outline
from pipelines.text.marks import clauses

REPORT = """清河街道2023年工作总结
一、主要工作回顾
(一)产业稳步发展
1、招商再上台阶。引进企业30家;税收1,200万元。完成签约,投产两项。
一是服务到位。走访企业50家。
二、下一步工作安排
新建公园2处。
"""


def texts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in outline(text)]


def test_headings_and_sentences_in_order() -> None:
    assert texts(REPORT) == [
        "清河街道2023年工作总结",
        "一、主要工作回顾",
        "(一)产业稳步发展",
        "1、招商再上台阶。",
        "引进企业30家;税收1,200万元。",
        "完成签约,投产两项。",
        "一是服务到位。",
        "走访企业50家。",
        "二、下一步工作安排",
        "新建公园2处。",
    ]


def test_sections_stack_by_depth() -> None:
    by_text = {REPORT[s.start : s.end]: s for s in outline(REPORT)}
    assert by_text["引进企业30家;税收1,200万元。"].section == (
        "清河街道2023年工作总结",
        "一、主要工作回顾",
        "(一)产业稳步发展",
        "1、招商再上台阶",
    )
    assert by_text["新建公园2处。"].section == ("清河街道2023年工作总结", "二、下一步工作安排")
    assert by_text["走访企业50家。"].section[-1] == "一是服务到位"
    assert by_text["1、招商再上台阶。"].is_heading
    assert not by_text["走访企业50家。"].is_heading


def test_status_comes_from_the_headings() -> None:
    by_text = {REPORT[s.start : s.end]: s.section_status for s in outline(REPORT)}
    assert by_text["走访企业50家。"] == "actual"
    assert by_text["新建公园2处。"] == "planned"


def test_clauses_end_at_commas_but_not_inside_numbers() -> None:
    text = "税收1,200万元,增长5%;会议8:30开始,引进A、B两家。"
    (sentence,) = outline(text)
    assert [text[c.start : c.end] for c in clauses(text, sentence)] == [
        "税收1,200万元",
        "增长5%",
        "会议8:30开始",
        "引进A、B两家。",
    ]


@pytest.mark.parametrize(
    ("heading", "says", "status"),
    [
        ("二、2024年工作回顾", "firmly", "actual"),
        ("三、下一步工作安排", "firmly", "planned"),
        ("目标任务完成情况", "firmly", "actual"),
        ("2023年工作总结和2024年重点工作", "firmly", None),
        ("一、去年工作回顾和今年工作安排", "firmly", None),
        ("三、明后年主要任务", "weakly", "planned"),
        ("(二)落实国家重大战略任务", "weakly", "planned"),
        ("四、城市面貌焕然一新", "", None),
        ("名词解释", "firmly", None),
    ],
)
def test_what_a_heading_says(heading: str, says: str, status: str | None) -> None:
    assert heading_status(heading) == (says, status)


def test_a_weak_word_under_a_firm_heading_changes_nothing() -> None:
    text = "一、去年工作回顾\n(一)落实重大战略任务\n建成桥梁3座。\n"
    assert outline(text)[-1].section_status == "actual"


def test_lines_that_tell_a_figure_or_head_a_table_say_nothing() -> None:
    for line in ("新建学校6所,占年任务120%", "完成年度任务300户", "项目 计划投资 完成投资"):
        assert outline(f"{line}\n改造危房。")[-1].section_status is None
    told = outline("青禾街道情况\n展望2018年工作任务\n改造危房。")
    assert told[-1].section_status == "planned"


def test_brackets_may_stand_above_plain_numbers() -> None:
    text = "(一)形势\n甲。\n(二)今后的打算\n一、农业\n乙。\n二、工业\n丙。\n(三)前景\n丁。\n"
    sections = {text[s.start : s.end]: s.section for s in outline(text)}
    assert sections["丙。"] == ("(二)今后的打算", "二、工业")
    assert sections["丁。"] == ("(三)前景",)


@given(st.text(alphabet="一二、(一)1.年工作总结安排。;,:!?”\n \u3000甲乙丙丁2023是", max_size=80))
def test_covers_all_that_is_written(text: str) -> None:
    covered: set[int] = set()
    position = 0
    for sentence in outline(text):
        assert position <= sentence.start < sentence.end <= len(text)
        assert all(
            sentence.start <= clause.start < clause.end <= sentence.end
            for clause in clauses(text, sentence)
        )
        position = sentence.end
        covered.update(range(sentence.start, sentence.end))
    blank = " \t\r\n\u3000\u00a0\u200b\ufeff"
    assert all(i in covered or char in blank for i, char in enumerate(text))


ENDLESS = {
    "a row of a table, over and over": "荷塘社区,2023年,12.5,8.3%,第3,亿元,",
    "numbers without a mark": "1%",
    "words without a mark": "财政总收入稳步增长",
    "a list without end": "3和",
    "one numeral as long as a book": "7",
}


@pytest.mark.parametrize("unit", ENDLESS.values(), ids=ENDLESS)
def test_a_sentence_without_end_is_cut_between_its_numerals(unit: str) -> None:
    text = unit * 3000
    spans = [match.span() for match in re.finditer("[0-9.]+%?", text)]
    pieces = bounded(text, outline(text), spans)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    borders = {piece.start for piece in pieces}
    assert not any(start < at < end for start, end in spans for at in borders)
    longest = max((end - start for start, end in spans), default=0)
    assert max(piece.end - piece.start for piece in pieces) <= max(1000, longest)


def test_a_sentence_that_people_write_is_not_cut() -> None:
    text = "街道坚持党建引领，" * 90 + "走访企业15家。"
    assert bounded(text, outline(text), []) == outline(text)
