"""Sentences of sub-district, town, county and bureau reports: what each figure is of."""

from __future__ import annotations

import pytest

from pipelines import parse_text

TITLE = "清河县2023年工作总结\n"
# text -> each figure: quote, indicator, subject
SENTENCES = {
    "镇畜牧总站检疫生猪3万头,查处违规案件2起。": [
        "3万头 检疫生猪 镇畜牧总站",
        "2起 查处违规案件 镇畜牧总站",
    ],
    "县林业站检查苗圃18家,发现隐患7处。": [
        "18家 检查苗圃 县林业站",
        "7处 发现隐患 县林业站",
    ],
    "县水政总队查处案件32起。": [
        "32起 查处案件 县水政总队",
    ],
    "综合执法队立案6起。": [
        "6起 立案 综合执法队",
    ],
    "县第二医院门急诊量突破60万人次。": [
        "60万人次 门急诊量 县第二医院",
    ],
    "县矛调中心接待群众910批,化解矛盾纠纷330件。": [
        "910批 接待群众 县矛调中心",
        "330件 化解矛盾纠纷 县矛调中心",
    ],
    "金鼎大厦入驻率达到88%,实现楼宇税收480万元。": [
        "88% 入驻率 金鼎大厦",
        "480万元 楼宇税收 金鼎大厦",
    ],
    "柳溪桥于5月建成通车,全长46米。": [
        "46米 全长 柳溪桥",
    ],
    "县场所检查32家。": [
        "32家 县场所检查 -",
    ],
    "普惠性幼儿园覆盖率达到93%。": [
        "93% 普惠性幼儿园覆盖率 -",
    ],
    "1.新建公厕12座。2.改造老旧小区3个,惠及居民480户。": [
        "12座 新建公厕 -",
        "3个 改造老旧小区 -",
        "480户 老旧小区惠及居民 -",
    ],
    "主要任务:1.改造农房30户;2.加装路灯85盏。": [
        "30户 改造农房 -",
        "85盏 加装路灯 -",
    ],
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items(), ids=SENTENCES)
def test_what_a_figure_is_of(text, expected):
    rows = [
        f"{row.quote} {row.indicator} {row.subject or '-'}"
        for row in parse_text(TITLE + text).observations
    ]
    assert rows == expected
