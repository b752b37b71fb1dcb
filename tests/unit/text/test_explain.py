"""The reasons that are given for an observation."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from pipelines import explain_text, parse_text
from pipelines.text.binding.frame import SubjectSource
from pipelines.text.explain import PERIODS, STATUSES, SUBJECTS
from pipelines.text.model import PeriodSource, StatusSource

WHERE = "浙江省/杭州市/上城区"
YEAR = (date(2024, 1, 1), date(2024, 12, 31))

# text, a field of its last number, why it is so
CASES = [
    ("出口总额由2019年的3亿元增加到2023年的5亿元", "period", "beside", ": 到2023年"),
    ("2023年,出口总额达到5亿元", "period", "stretch", ": 2023年"),
    ("2023年,外贸形势向好,进口3亿元。出口总额达到5亿元。", "period", "paragraph", ": 2023年"),
    ("出口总额达到5亿元", "period", "report", ""),
    ("力争出口总额突破5亿元", "period", "unknown", ""),
    ("力争出口总额突破5亿元", "status", "words", ": 力争"),
    ("2027年,出口总额达到5亿元", "status", "dates", ""),
    ("出口总额达到5亿元", "status", "passage", ""),
    ("全省出口总额达到5亿元", "subject", "area", ""),
    ("“邻里通”平台注册用户3200人", "subject", "rule", ""),
    ("柳岸社区走访居民560户,新增健身点3处", "subject", "topic", ""),
]
SOURCES = {"period": PERIODS, "status": STATUSES, "subject": SUBJECTS}


@pytest.mark.parametrize(("text", "field", "source", "said"), CASES)
def test_where_a_field_is_from(text, field, source, said):
    last = explain_text(text, region=WHERE, period=YEAR)[-1]
    assert getattr(last, field) == SOURCES[field][source] + said


CODES = [
    ("财政总收入5亿元", "the phrase says all of a name of 财政总收入"),
    ("财政总收入5户", "fiscal_revenue_total is measured in 元"),
    ("走访商户5户", "no name of seeds/indicators.csv is all that the phrase says"),
]


@pytest.mark.parametrize(("text", "why"), CODES, ids=[row[0] for row in CODES])
def test_why_there_is_a_code_or_none(text, why):
    assert explain_text(text)[-1].code == why


def test_the_rules_the_clause_and_the_words_are_shown():
    *_, last = explain_text("财政总收入6亿元,同比增长9%", period=YEAR)
    lines = "\n".join(last.lines())
    assert "  clause   同比增长9%\n  left     同比增长/up\n  right    -\n" in lines
    assert "by rule 'change': A word of change" in lines
    assert "by rule 'head': A number without words of its own" in lines


def test_every_observation_is_explained_as_it_was_parsed():
    text = "税收收入、出口总额分别完成5亿元和3亿元,增长5%。\n一、下步打算\n新增站点3处、5处和8处。"
    explained = [e.observation for e in explain_text(text, period=YEAR)]
    assert explained == list(parse_text(text, period=YEAR).observations)


@pytest.mark.parametrize(
    ("sources", "said"),
    [(PeriodSource, PERIODS), (StatusSource, STATUSES), (SubjectSource, SUBJECTS)],
)
def test_every_source_has_its_words(sources, said):
    assert set(get_args(sources)) == set(said)


def test_the_reasons_are_given_in_chinese_too():
    text = "力争出口总额突破5亿元。粮食总产量300万。"
    first, last = explain_text(text, region=WHERE, period=YEAR)
    lines = [line.zh for line in first.lines()]
    assert lines[0].endswith("出口总额")
    assert "  时期    -，依据：计划未写时间" in lines
    assert "  状态    planned，依据：句中的词：力争" in lines
    doubt = "  存疑    unit_missing：指标应有单位，原文没有写（粮食总产量300万）。"
    assert doubt in [line.zh for line in last.lines()]
    assert not any(", from " in line for line in lines)
