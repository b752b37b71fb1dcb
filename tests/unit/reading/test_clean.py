"""Raw text to clean text, and the way back to the raw characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import script as module
from pipelines.reading.clean import clean

CASES = {
    "plain": ("税收增长5%。", "税收增长5%。"),
    "full-width": ("税收１２．５亿元，增长５％；（全区第２）", "税收12.5亿元,增长5%;(全区第2)"),
    "crlf": ("第一段。\r\n第二段。\r\n", "第一段。\n第二段。"),
    "old-mac-line-ends": ("第一段。\r第二段。", "第一段。\n第二段。"),
    "blank-lines": ("第一段。\n\n \n第二段。", "第一段。\n第二段。"),
    "indent": ("　　第一段。\n　　第二段。  ", "第一段。\n第二段。"),
    "run-of-blanks": ("聚力 \u3000 同行", "聚力 同行"),
    "byte-order-mark": ("\ufeff税收", "税收"),
    "zero-width": ("税\u200b收\u200d", "税收"),
    "only-blanks": (" \n\u3000\t\r\n", ""),
    "nothing": ("", ""),
    "traditional": ("財政總收入3億元", "财政总收入3亿元"),
    "simplified-keeps-its-own": ("乾安县增收,徵羽乐团演出", "乾安县增收,徵羽乐团演出"),
    "simplified-with-one-traditional": (
        "乾安县一般公共预算收入完成1.2萬元,增长十分明显",
        "乾安县一般公共预算收入完成1.2万元,增长十分明显",
    ),
    "phrase-decides": ("乾隆年間的乾糧", "乾隆年间的干粮"),
    "compatibility-ideograph": ("⽉度", "月度"),
    "radical": ("⼈⺠⽣活⽐上年增⻓", "人民生活比上年增长"),
    "zero-circle-stays": ("二○二三年,二〇二四年", "二○二三年,二〇二四年"),
    "private-use-and-junk-stay": ("税收\ue0015亿Ð?元?", "税收\ue0015亿Ð?元?"),
    "control": ("税\x00收\x07", "税 收"),
    # pinyin
    "pinyin": ("國(guó)家發(fā)展", "国家发展"),
    "pinyin-full-width": ("國（ｇｕó）家", "国家"),
    "pinyin-without-tone": ("11個(ge)", "11个"),
    "pinyin-umlaut": ("綠(lǜ)色,呂(lü)梁", "绿色,吕梁"),
    "pinyin-apostrophe": ("興安(xīng'ān)", "兴安"),
    "pinyin-combining-mark": ("國(guo\u0301)", "国"),
    "pinyin-twice": ("長(zhǎng)(cháng)", "长"),
    "pinyin-inside-number": ("3萬(wàn)5千(qiān)元", "3万5千元"),
    "pinyin-inside-phrase": ("乾(qián)隆", "乾隆"),
    "bracket-of-the-report": ("模式(ppp)和系统(OA)", "模式(ppp)和系统(OA)"),
    "bracket-after-latin": ("GDP(guó)", "GDP(guó)"),
    # blanks in numbers
    "spaced-digits": ("1 9 9 8 年3 月,7 4 2 亿元", "1998年3月,742亿元"),
    "spaced-decimal": ("专利2 2 ．4 万件,涨8 .7 ％", "专利22.4万件,涨8.7%"),
    "two-numbers": ("2023 2024 15 8", "2023 2024 15 8"),
    "blanks-around-number": ("新增 3 个", "新增3个"),
    "list-number": ("3 强化管理\n12 补齐短板", "3 强化管理\n12 补齐短板"),
    "list-point": ("一是。1. 2023年", "一是。1. 2023年"),
    "blank-behind-each": (
        "全 年 实 现 财 政 收 入 3 . 2 亿 元 ， 走 访 企 业 1 2 家 。\n二 、 下 一 步",
        "全年实现财政收入3.2亿元,走访企业12家。\n二、下一步",
    ),
    "some-blanks": ("全 年 走访企业12家,整改隐患5处。", "全 年 走访企业12家,整改隐患5处。"),
    # pages
    "page-in-a-sentence": (
        "全年实现财政总收入三点二亿元，完成投\n- 1 -\n资三亿元。\n— 2 —\n整改隐患五处。",
        "全年实现财政总收入三点二亿元,完成投资三亿元。\n整改隐患五处。",
    ),
    "page-of-pages": (
        "形势良好。\n第 1 页 共 2 页\n继续努力。\n第 2 页 共 2 页",
        "形势良好。\n继续努力。",
    ),
    "page-before-an-item": (
        "完成投资三亿元等各项任务指标安排\n-1-\n二、计划\n-2-",
        "完成投资三亿元等各项任务指标安排\n二、计划",
    ),
    "one-number-is-no-page": ("形势良好。\n- 1 -\n继续努力。", "形势良好。\n- 1 -\n继续努力。"),
    "falling-numbers-are-no-pages": ("完成。\n-3-\n努力。\n-2-", "完成。\n-3-\n努力。\n-2-"),
    # broken lines
    "broken-at-comma": ("完成投资3亿元,\n增长5%。", "完成投资3亿元,增长5%。"),
    "broken-before-mark": ("完成投资3亿元\n,增长5%。", "完成投资3亿元,增长5%。"),
    "broken-around-title": ("通过了《\n环境公约\n》,实施。", "通过了《环境公约》,实施。"),
    "broken-later-sentence": ("形势良好。全年完成投\n资3亿元。", "形势良好。全年完成投资3亿元。"),
    "broken-with-blank-line": (
        "形势良好。全年完成投\n\n资3亿元。",
        "形势良好。全年完成投资3亿元。",
    ),
    "broken-in-word-of-short-text": (
        "柳溪镇工作小结\n全年新增养老床位一百二十张，走访企业二百家，固定资产投资完\n"
        "成十二亿元，整改隐患四十六处，发放补助资金三百万元，修缮村道九公\n里。",
        "柳溪镇工作小结\n全年新增养老床位一百二十张,走访企业二百家,固定资产投资完成十二亿元,"
        "整改隐患四十六处,发放补助资金三百万元,修缮村道九公里。",
    ),
    "list-of-short-text": (
        "财政总收入完成三点二亿元，比上年增长百分之五点一\n"
        "固定资产投资完成十二亿元，比上年下降百分之二点三",
        "财政总收入完成三点二亿元,比上年增长百分之五点一\n"
        "固定资产投资完成十二亿元,比上年下降百分之二点三",
    ),
    "titles-of-short-text": (
        "关于柳溪镇民生实事项目完成情况的报告\n柳溪镇人民政府\n各位代表：",
        "关于柳溪镇民生实事项目完成情况的报告\n柳溪镇人民政府\n各位代表:",
    ),
    "broken-in-number": ("全年,新增岗位12\n万个。", "全年,新增岗位12万个。"),
    "broken-at-point": ("收入增长10.\n07%。", "收入增长10.07%。"),
    "broken-before-unit": ("实现税收320\n万元", "实现税收320万元"),
    "broken-before-figure": ("城镇化率\n86.38%,提高1%。", "城镇化率86.38%,提高1%。"),
    "broken-after-per-head": ("全县人均\nGDP9万元。", "全县人均GDP9万元。"),
    "list-after-number": ("共有12\n3.抓好落实", "共有12\n3.抓好落实"),
    "counts-open-a-line": ("民生实事\n18个镇街通公交。", "民生实事\n18个镇街通公交。"),
    "year-after-list-number": ("附件1.\n2023年计划", "附件1.\n2023年计划"),
    "blank-at-point": ("出口38. 6 亿美元", "出口38.6亿美元"),
    "blanks-in-chinese": ("播种三千 八百 九十六 万 亩", "播种三千八百九十六万亩"),
    "blanks-in-fraction": ("占总数的五 分之 一", "占总数的五分之一"),
    "blank-after-list-number": ("一、 百货业繁荣", "一、 百货业繁荣"),
    "sign-of-ratio": ("8.3∶41.4∶50.3", "8.3:41.4:50.3"),
    "quote-closes": ("他说:“要实干。\n”大家赞成。", "他说:“要实干。”大家赞成。"),
    "heading": ("一、工作回顾\n今年以来,成效明显。", "一、工作回顾\n今年以来,成效明显。"),
    "long-heading": ("稳增长,促改革,惠民生\n今年。", "稳增长,促改革,惠民生\n今年。"),
    "indented-paragraph": ("很好。要坚持下去\n　　第二段。", "很好。要坚持下去\n第二段。"),
    "list-item": ("很好。要坚持下去\n(二)第二项", "很好。要坚持下去\n(二)第二项"),
    "salutation": ("各位代表:\n现在报告工作。", "各位代表:\n现在报告工作。"),
}


@pytest.mark.parametrize(("raw", "text"), CASES.values(), ids=CASES.keys())
def test_clean(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "quote", "span"),
    [
        pytest.param("共11個(gè)項目", "11个", "11個(gè)", id="pinyin-of-last-character"),
        pytest.param("共11個(gè)項目", "11", "11", id="pinyin-not-reached"),
        pytest.param("約3萬(wàn)元", "3万元", "3萬(wàn)元", id="pinyin-inside"),
        pytest.param("产值1 9 2 ．5 亿", "192.5亿", "1 9 2 ．5 亿", id="blanks-inside"),
        pytest.param(
            "　　今年，增收５００\r\n万元，", "500万元", "５００\r\n万元", id="line-break-inside"
        ),
    ],
)
def test_raw_span(raw: str, quote: str, span: str) -> None:
    cleaned = clean(raw)
    at = cleaned.text.index(quote)
    start, end = cleaned.raw_span(at, at + len(quote))
    assert raw[start:end] == span


def test_text_wrapped_at_a_fixed_width_is_put_together() -> None:
    sentences = [
        "今年以来街道坚持项目为王全力推进招商引资工作并取得新的进展",
        "新增市级以上科技企业一百二十家其中高新技术企业达到三十五家同比增长百分之九",
        "累计走访企业七十家帮助解决用地用工融资等方面的困难问题共计四十八个群众满意",
    ]
    paragraphs = ["　　" + ",".join(sentences[at:] + sentences[:at]) + "。" for at in range(3)]
    wrapped = [
        paragraph[at : at + 20] for paragraph in paragraphs for at in range(0, len(paragraph), 20)
    ]
    raw = "一、经济发展\n" + "\n".join(wrapped)
    assert clean(raw).text.split("\n") == [
        "一、经济发展",
        *(paragraph.strip("　") for paragraph in paragraphs),
    ]


ANY_TEXT = st.text(max_size=80)
REPORT_LIKE = st.text(
    alphabet="國国家乾隆個年月一二,，。.．:(（)）《》“”gǔóāü' \u3000\t\r\n"
    "0123459５％%\u200b\ufeff\ue000",
    max_size=80,
)


@given(st.one_of(ANY_TEXT, REPORT_LIKE, st.text(st.characters(), max_size=20)))
@settings(max_examples=400, deadline=None)
def test_every_span_verifies(raw: str) -> None:
    cleaned = clean(raw)
    text, starts, ends = cleaned.text, cleaned.starts, cleaned.ends
    assert cleaned.raw == raw
    assert len(text) == len(starts) == len(ends)
    edge = 0
    for start, end in zip(starts, ends, strict=True):
        assert edge <= start < end <= len(raw)
        edge = end
    for at, char in enumerate(text):
        origin = raw[starts[at]]
        assert char == origin or not origin.isascii() or not origin.isprintable()
    assert "\n\n" not in text
    assert "  " not in text
    assert not any(line != line.strip(" \n") for line in text.split("\n"))
    assert cleaned.raw_span(0, len(text)) == (
        (starts[0], ends[-1]) if text else (len(raw), len(raw))
    )


@given(REPORT_LIKE)
@settings(max_examples=200, deadline=None)
def test_characters_are_kept_unless_blank_or_reading(raw: str) -> None:
    cleaned = clean(raw)
    kept = {at for a, b in zip(cleaned.starts, cleaned.ends, strict=True) for at in range(a, b)}
    lost = "".join(char for at, char in enumerate(raw) if at not in kept)
    assert not lost.strip(" \u3000\t\r\n\u200b\ufeff\x85\u2028\u2029")


# Time that grows with the square would be many minutes here.
@pytest.mark.timeout(120, method="signal")
@pytest.mark.parametrize(
    "unit", [" ", "(", "國(a", "1 ", "1 .", "税,\n", "《\n", "税\n \n"], ids=repr
)
def test_odd_text_takes_no_longer_than_its_length(unit: str) -> None:
    clean(unit * 40_000)


def test_lone_surrogates_do_no_harm() -> None:
    assert clean("税收\ud800增长\udfff5%").text == "税收\ufffd增长\ufffd5%"


def test_the_character_table_keeps_one_for_one() -> None:
    table = module._traditional_table()
    assert "國產".translate(table) == "国产"
    assert all(len(form) == 1 for form in table.values())
