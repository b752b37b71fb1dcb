"""Remains of web pages in plain text."""

from __future__ import annotations

import pytest

from pipelines import parse_text
from pipelines.reading.clean import clean


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("财政收入&nbsp;3.2亿元", "财政收入3.2亿元"),
        ("&ldquo;四好农村路&rdquo;", "“四好农村路”"),
        ("占地&#29234;平方米、&#x4f01;业15家", "占地为平方米、企业15家"),
        ("增长5&#37;&#160;左右", "增长5% 左右"),
        ("编号&#12", "编号&#12"),
        ("走访企业<b>15</b>家", "走访企业15家"),
        ("一段。<br/>二段。</p><p>三段。", "一段。\n二段。\n三段。"),
        ('<font color="red">税收</font>5亿元', "税收5亿元"),
        ("增长<5%且>3%", "增长<5%且>3%"),
        ("A&B公司", "A&B公司"),
        ("&amp;lt;", "&lt;"),
        ("吉林省乾安县", "吉林省乾安县"),
        ("吉林省乾安縣財政總收入實現增長", "吉林省乾安县财政总收入实现增长"),
        ("财政\u200b收入\ufeff3\u200b.2亿元", "财政收入3.2亿元"),
    ],
)
def test_marks_become_what_they_mean(raw: str, text: str):
    source = clean(raw)
    assert source.text == text
    assert len(source.starts) == len(source.ends) == len(source.text)


def test_spans_lead_back_over_marks():
    raw = "<p>2023年,走访企业<b>15</b>家。</p>"
    (observation,) = parse_text(raw).observations
    assert raw[observation.start : observation.end] == observation.quote == "15</b>家"
    assert observation.value == 15


@pytest.mark.parametrize(
    "line",
    [
        "浏览次数：1234次 字号：[大 中 小] 打印",
        "上一篇：2022年重点项目12个",
        "下载次数：356次",
        "浙ICP备05000001号 网站标识码3301000012",
        "扫一扫在手机打开当前页 3次",
    ],
)
def test_lines_of_a_page_give_no_figures(line: str):
    text = f"2023年,财政收入3.2亿元。\n{line}\n全年走访企业15家。\n"
    assert [o.quote for o in parse_text(text).observations] == ["3.2亿元", "15家"]


def test_a_sentence_about_readers_is_one():
    text = "2023年,门户网站访问量达到120万次,同比增长8%。"
    assert [o.quote for o in parse_text(text).observations] == ["120万次", "8%"]
