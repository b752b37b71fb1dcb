"""A report of two parts, one done and one planned, however it is titled, opened and headed."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from pipelines import parse_text

TITLES = {
    "summary-and-plan": "清溪乡2018年工作总结及2019年工作计划",
    "report-on-both": "清溪乡人民政府关于2018年工作完成情况和2019年工作安排的报告",
    "plan-fulfilled": "关于清溪乡2018年国民经济计划执行情况与2019年国民经济计划草案的报告",
    "slogan": "真抓实干 再开新局",
    "year-that-is-over": "清溪乡二〇一八年工作报告",
}
OPENINGS = {
    "none": "",
    "both-reported": "一年来,全乡上下真抓实干。现将一年来的工作情况和明年打算报告如下:",
    "both-named": "现将我乡2018年工作完成情况及2019年工作计划汇报如下:",
    "plan-behind": "现将2018年度工作总结如下,并就2019年工作作出安排:",
    "by-a-notice": "根据《关于报送2018年工作总结和2019年工作计划的通知》要求,现总结如下:",
}
HEADINGS = {
    "years": ("一、2018年工作回顾", "二、2019年工作计划"),
    "one-year": ("一、主要指标完成情况", "二、2019年工作目标"),
    "chapters": ("第一部分 过去一年的工作", "第二部分 2019年的主要任务"),
}
DONE = """(一)实力增强。完成财政收入3120万元,增长9.4%。新增企业2家。
(二)民生改善。发放补助183.4万元,改造危房96户。
"""
AHEAD = """财政收入3300万元,增长6%左右。
(一)抓项目。引进项目5个,征地200亩。
(二)抓民生。改造危房75户。
"""
CASES = list(product(TITLES, OPENINGS, HEADINGS))


@pytest.mark.parametrize(("title", "opening", "headings"), CASES, ids=["/".join(c) for c in CASES])
def test_what_was_done_and_what_is_planned(title: str, opening: str, headings: str) -> None:
    first, second = HEADINGS[headings]
    lines = (TITLES[title], OPENINGS[opening], first, DONE + second, AHEAD)
    text = "\n".join(line for line in lines if line)
    found = {
        (row.start > text.index(second), row.status, row.period_start, row.period_end)
        for row in parse_text(text, file_name="x.txt").observations
    }
    assert found == {
        (False, "actual", date(2018, 1, 1), date(2018, 12, 31)),
        (True, "planned", date(2019, 1, 1), date(2019, 12, 31)),
    }


def test_a_plan_made_early_in_a_report_that_speaks_of_last_year() -> None:
    text = (
        "关于一九八三年国民经济计划的报告\n各位代表:\n一、经济的进展\n去年工业总产值增长7%。"
        "今年上半年增长9%。\n二、一九八四年国民经济计划的任务\n工业总产值增长5%。"
    )
    found = [
        (row.period_end, row.status) for row in parse_text(text, file_name="x.txt").observations
    ]
    assert found[0] == (date(1982, 12, 31), "actual")
    assert found[2] == (date(1984, 12, 31), "planned")


@pytest.mark.parametrize("line", [":1.新建公厕60座。", ",:", ":", "将:", ",如下:新建公厕60座"])
def test_a_sentence_that_begins_with_a_mark_announces_nothing_that_breaks(line: str) -> None:
    text = f"清溪乡2018年工作总结\n一、2018年工作回顾\n{line}\n新增就业860人。"
    assert "860人" in {row.quote for row in parse_text(text, file_name="x.txt").observations}
