"""Single sentences that readers found misread, with what should come of them.

The sentences are in ../shared/cases; here is only what is expected of each, by its line: for a
quote the fields that matter. An empty table: nothing at all is an observation. Lines that are
still misread are marked; when one is mended its mark has to go.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import parse_text
from pipelines.text.model import Observation

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "sentences.jsonl"
Y20, Y25, SPAN = ("2020", "2020"), ("2025", "2025"), ("2021", "2025")
Fields = dict[str, object]
EXPECTED: dict[int, dict[str, Fields]] = {
    0: {"3.7%": {"years": SPAN}, "3万公里": {"years": SPAN}},
    1: {"261万人": {"years": SPAN}},
    2: {"5.2%": {"years": SPAN}},
    3: {"30.8%": {"years": SPAN}},
    4: {"141%": {"basis": "vs_year"}},
    5: {"3826亿元": {"years": Y20}, "4398亿元": {"years": Y25}},
    6: {"2000亿元": {"subject": "怀化"}, "5%": {"subject": "怀化"}},
    7: {"620亿斤": {"subject": None}},
    8: {
        "第二": {"code": "primary_value_added"},
        "第七": {"code": "secondary_value_added"},
        "第九": {"code": "tertiary_value_added"},
    },
    9: {"第四": {"basis": "growth", "indicator": "固定资产投资"}},
    10: {"4万亿": {"value": 4_000_000_000_000}, "5万亿": {"value": 5_000_000_000_000}},
    11: {"5万亿": {"unit": "元", "code": "gdp"}},
    12: {"325天": {"modifier": "over", "code": "good_air_days"}},
    13: {"9.6年": {"years": Y20}, "10.2年": {"years": Y25}},
    14: {"30万": {"unit": "人", "value": 300_000}},
    15: {"160Eflops": {"value": 160, "modifier": "over"}},
    16: {"55GWh": {"value": 55}},
    17: {key: {"measure": "share"} for key in ("8.3", "41.4", "50.3")},
    **{number: {} for number in range(18, 23)},
    23: {"250个": {"value": 250}},
    24: {"2000多亿方": {"unit": "立方米"}},
    25: {"0.6人/百亿元": {"modifier": "within"}},
    26: {"2000万千瓦": {"code": None}},
    27: {"14.6万个": {"indicator": "婴幼儿托位数"}},
    28: {"1万人": {"indicator": "退役军人就业帮扶"}},
    29: {"877件": {"code": "deputies_proposals"}},
    30: {"4.8%": {"indicator": "地区生产总值", "measure": "change_rate"}},
    31: {"12%": {"code": "foreign_trade"}},
    32: {"100元": {"indicator": "急难型临时救助最低标准"}},
    33: {"100处": {"indicator": "新增城市金角银边"}},
    34: {"106家": {"subject": None}, "50家": {"subject": None}},
    35: {"3.9%": {"subject": None, "indicator": "城镇常住居民人均可支配收入"}},
    36: {"25.9微克/立方米": {"code": "pm25"}},
    37: {"25微克/立方米": {"code": "pm25"}},
    38: {"第1位": {"scope": "各省区"}},
    39: {"11%": {"status": "actual"}},
    40: {"645元/月": {"years": Y20}, "801元/月": {"measure": "price", "years": Y25}},
    41: {"80%": {"measure": "share"}},
    42: {"76亿斤": {"indicator": "粮食总产量", "code": "grain_output"}},
    43: {"5%": {"years": ("2026", "2030")}},
    44: {"4.5%-5%": {"status": "planned"}},
    45: {"一千一百七十亿元": {"indicator": "工业和手工业总产值", "subject": None, "code": None}},
    46: {"五百七十三万吨": {"years": ("1958", "1958")}},
    47: {"百分之八十八": {"subject": "内蒙古、广西"}, "百分之八十三": {"subject": "内蒙古、广西"}},
    48: {"百分之四十二": {"measure": "share", "scope": "工业总产值"}},
    49: {"百分之四十五": {"measure": "share"}},
}
MISREAD = {26, 28}


def field(row: Observation, name: str) -> object:
    if name == "years":
        return str(row.period_start)[:4], str(row.period_end)[:4]
    return getattr(row, name)


@pytest.mark.skipif(not CASES.is_file(), reason="the sentences are not here")
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, marks=pytest.mark.xfail(strict=True) if number in MISREAD else ())
        for number in EXPECTED
    ],
)
def test_a_sentence_that_was_misread(number: int) -> None:
    case = json.loads(CASES.read_text("utf-8").splitlines()[number])
    start = len(case["title"])
    rows = parse_text(case["title"] + case["text"]).observations
    found = {row.quote: row for row in rows if row.start >= start}
    wanted = EXPECTED[number]
    if not wanted:
        assert found == {}
    got = {
        quote: {name: field(found[quote], name) for name in fields}
        for quote, fields in wanted.items()
        if quote in found
    }
    assert got == wanted
