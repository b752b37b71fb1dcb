"""Each reason to doubt a row: a sentence that gives it and one beside it that does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from pipelines import contracts, parse_text
from pipelines.text.doubts import REASONS, Source, doubted
from pipelines.text.model import Doubt, Metadata, Observation, Period, Quantity

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
REPORT = Metadata("云溪县年度报告", "浙江省/云溪县", "county", "annual_summary", YEAR, None)
ROW = Observation(
    start=0,
    end=2,
    quote="5家",
    value=Decimal(5),
    upper=None,
    unit="家",
    modifier="exact",
    measure="level",
    basis=None,
    indicator="引进企业",
    code=None,
    canonical_code="enterprises_introduced",
    subject=None,
    scope=None,
    period_start=YEAR.start,
    period_end=YEAR.end,
    status="actual",
    theme="economy",
    passage=0,
    rule="level:left",
)
NUMBER = Quantity(0, 2, 0, 2, Decimal(5), None, "家", "家", "count", "exact", "observation")
PUBLISHED = "云溪县2024年工作总结\n发布日期:2025-01-20\n"


def row_of(text: str, quote: str) -> Observation:
    (found,) = (
        row
        for row in parse_text(text, region="浙江省/云溪县", period=YEAR).observations
        if row.quote == quote
    )
    return found


@pytest.mark.parametrize(
    ("text", "quote", "doubt", "none", "kept"),
    [
        ("全县总人口15944户。", "15944户", "unit_of_indicator", "code", "period_end"),
        ("现有贫困人口412户。", "412户", "unit_of_indicator", "code", "period_end"),
        ("新增就业300个。", "300个", "unit_of_indicator", "code", "period_end"),
        ("整改隐患20人。", "20人", "unit_of_indicator", "code", "period_end"),
        ("上市公司3名。", "3名", "unit_of_indicator", "code", "period_end"),
        ("财政总收入30公里。", "30公里", "unit_of_indicator", "code", "period_end"),
        ("全年粮食总产量300万。", "300万", "unit_missing", "unit", "period_end"),
        ("全县用电量突破300亿。", "300亿", "unit_missing", "unit", "period_end"),
        (
            f"{PUBLISHED}2025年二季度完成税收收入3亿元。",
            "3亿元",
            "period_after_publication",
            "period_end",
            "code",
        ),
        ("2025年1-3月税收收入3亿元。", "3亿元", "period_after_report", None, "period_end"),
        ("到2020年,力争税收收入达到3亿元。", "3亿元", "plan_before_report", None, "period_end"),
        ("2024年税收收入年均增长5%。", "5%", "average_of_one_year", "period_end", "code"),
        ("绿化占比为120%。", "120%", "value_out_of_range", None, "period_end"),
        ("税收收入增长2000%。", "2000%", "value_out_of_range", None, "code"),
        ("税收收入下降130%。", "130%", "value_out_of_range", None, "code"),
        (
            "2024年税收收入3亿元,2024年税收收入5亿元。",
            "5亿元",
            "two_values",
            None,
            "code",
        ),
        ("全国粮食产量1.4万亿斤。", "1.4万亿斤", "subject_of_country", None, "subject"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else None,
)
def test_a_doubtful_row_says_why(
    text: str, quote: str, doubt: str, none: str | None, kept: str
) -> None:
    row = row_of(text, quote)
    assert row.doubt == doubt
    assert none is None or getattr(row, none) is None
    assert none != "code" or row.canonical_code is None
    assert getattr(row, kept) is not None
    assert row.value  # never the number


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("全县总人口15944人。", "15944人"),
        ("新增就业300人。", "300人"),
        ("粮食总产量300万吨。", "300万吨"),
        ("引进企业12个。", "12个"),
        ("财政总收入30亿元。", "30亿元"),
        ("财政总收入增速居全市第3位。", "第3位"),
        ("城乡居民收入比2.1。", "2.1"),
        (f"{PUBLISHED}2025年1月税收收入3亿元。", "3亿元"),
        ("2024年四季度税收收入3亿元。", "3亿元"),
        ("到2025年,力争税收收入达到3亿元。", "3亿元"),
        ("2021-2024年税收收入年均增长5%。", "5%"),
        ("2024年PM2.5年均浓度为30微克/立方米。", "30微克/立方米"),
        ("绿化占比为12%。", "12%"),
        ("新能源汽车产量增长17倍。", "17倍"),
        ("能耗下降3%至5%。", "3%至5%"),
        ("税收收入突破4亿元,税收收入达到4.2亿元。", "4.2亿元"),
        ("2023年税收收入3亿元,2024年税收收入5亿元。", "5亿元"),
        ("税收收入3亿元,税收收入3亿元以上的镇2个。", "2个"),
        ("全县粮食产量14万吨。", "14万吨"),
    ],
    ids=lambda value: value if len(value) < 40 else None,
)
def test_a_row_that_is_right_bears_no_doubt(text: str, quote: str) -> None:
    assert row_of(text, quote).doubt is None


def judged(row: Observation, number: Quantity = NUMBER, unit: str | None = None) -> Observation:
    (found,) = doubted([row], [Source(number, unit)], REPORT)
    return found


def test_a_measure_in_another_unit_has_no_code() -> None:
    """The parser gives measures by the unit: no sentence is known that does this."""
    row = judged(ROW._replace(measure="change_rate"))
    assert (row.doubt, row.canonical_code, row.value) == ("unit_of_measure", None, 5)
    assert judged(ROW._replace(measure="rank")).doubt == "unit_of_measure"
    assert judged(ROW).doubt is None


def test_a_period_of_a_century_is_doubtful() -> None:
    century = ROW._replace(period_start=date(1920, 1, 1))
    assert judged(century).doubt == "period_too_long"
    assert judged(century._replace(period_start=date(1980, 1, 1))).doubt is None


def test_the_first_reason_names_the_doubt_and_each_empties_its_fields() -> None:
    row = judged(
        ROW._replace(measure="change_rate", basis="yearly", value=Decimal(-200)), unit="家"
    )
    assert (row.doubt, row.canonical_code, row.period_start) == ("unit_of_measure", None, None)


@pytest.mark.parametrize("level", ["country", None])
def test_a_report_of_the_country_may_speak_of_it(level: str | None) -> None:
    report = Metadata(None, None, level, "work_report", YEAR, None)
    (row,) = doubted([ROW._replace(subject="全国")], [Source(NUMBER, None)], report)
    assert row.doubt is None


def test_the_order_of_the_reasons_is_that_of_the_closed_list() -> None:
    assert tuple(reason.name for reason in REASONS) == get_args(Doubt)


def test_the_glossary_explains_every_reason() -> None:
    words = contracts.describe("fact_observation", "doubt")
    for name in get_args(Doubt):
        assert name in words.zh
        assert name in words.en
