"""What a government's site says of a document above its text."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import parse_text
from pipelines.text.information import information

BODY = "全县完成财政收入26.3亿元，增长5.1%。\n"
TITLE = "平川县2022年预算执行情况的报告"
FORMS = {
    "lines": "索引号：113301/2023-12\n发布机构：平川县财政局\n成文日期：2023年1月12日\n"
    f"标题：{TITLE}\n公开时限：20\n\n",
    "two-a-line": "索 引 号\t113301/2023-12\t主题分类\t财政\n"
    f"发文机关\t平川县财政局\t成文日期\t2023-01-12\n名    称\t{TITLE}\t公开时限\t20\n",
    "in-brackets": "【索引号】 113301-12\n【发布日期】 2023-01-12\n"
    f"【标题】 {TITLE}\n【公开时限】 20\n",
    "values-below": "索引号\n113301/2023-12\n发布日期\n2023-01-12\n"
    f"标题\n{TITLE}\n公开时限\n20\n\n",
    "table": f"索引号|113301|公开时限|20\n发布日期|2023-01-12|文号|12\n标题|{TITLE}|有效性|1\n\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_labels_name_the_document_and_no_result(form: str) -> None:
    parsed = parse_text(form + BODY)
    assert [(o.quote, o.indicator) for o in parsed.observations] == [
        ("26.3亿元", "财政收入"),
        ("5.1%", "财政收入"),
    ]
    assert parsed.metadata.title == TITLE
    assert parsed.metadata.region_path == "平川县"
    assert parsed.metadata.published_on == date(2023, 1, 12)
    assert all(n.disposition != "unknown" for n in parsed.numerals)


def test_the_agency_says_the_region_where_the_text_does_not() -> None:
    labels = "索引号：330102-12\n发布机构：杭州市上城区财政局\n"
    text = f"{labels}2022年预算执行情况的报告\n\n财政收入26.3亿元。\n"
    assert parse_text(text).metadata.region_path == "浙江省/杭州市/上城区"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("办理文号管理12项,名称变更5家。\n", id="words of a report"),
        pytest.param("标题\n名称\n" + BODY, id="no label that nothing else has"),
        pytest.param(
            "推进政务公开,主题分类整理3次。\n全年办理公开方式变更2件。\n", id="within lines"
        ),
    ],
)
def test_words_of_a_report_are_no_labels(text: str) -> None:
    assert information(text).lines == ()
