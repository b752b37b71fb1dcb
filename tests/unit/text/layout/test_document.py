"""What each part of a report is for, and which year 今年 names there."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.text.layout.document import Document, Part, read_document
from pipelines.text.layout.outline import outline
from pipelines.text.model import Period

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def document(text: str, kind: str = "annual_summary") -> Document:
    return read_document(text, outline(text), YEAR, kind)


@pytest.mark.parametrize(
    ("headings", "part"),
    [
        ("柳溪镇2024年工作总结\n二、2025年工作安排", Part("planned", 2025, "heading")),
        ("柳溪镇2024年工作总结\n二、2025年目标和重点工作", Part("planned", 2025, "year")),
        ("柳溪镇2024年工作总结及2025年工作计划\n二、2025年民生工程", Part("planned", 2025, "year")),
        ("柳溪镇2024年工作总结及2025年工作计划", Part("actual", None, "words")),
        ("一、2024年工作回顾\n(一)落实重大战略任务", Part("actual", 2024, "heading")),
        ("一、2024年工作回顾\n(二)提前完成2025年任务情况总结", Part("actual", 2025, "heading")),
        ("一、城市面貌焕然一新", Part("actual", None, "words")),
    ],
)
def test_what_the_headings_say_of_a_part(headings: str, part: Part) -> None:
    assert document(f"{headings}\n新建公园2处。").parts[-1] == part


@pytest.mark.parametrize(
    ("headings", "kind", "year"),
    [
        ("柳溪镇2024年工作总结\n二、2025年工作安排", "annual_summary", 2025),
        ("柳溪镇2024年工作总结\n二、下一步工作安排", "annual_summary", 2025),
        ("柳溪镇2024年工作总结\n二、主要做法", "annual_summary", 2024),
        ("一、2024年工作回顾", "work_report", 2024),
        ("一、今后五年奋斗目标", "work_report", 2025),
        ("一、城市面貌焕然一新", "work_report", 2025),
    ],
)
def test_this_year_is_that_of_the_part(headings: str, kind: str, year: int) -> None:
    found = document(f"{headings}\n新建公园2处。", kind)
    assert found.report.this_year(found.parts[-1]) == year
