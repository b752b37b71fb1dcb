"""The definitions of the scores, on cases small enough to count by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.scoring import (
    Claim,
    claim_of,
    figures,
    pair,
    phrase_f1,
    read_gold,
    score,
    score_report,
)

BASE = Claim(
    start=10,
    end=16,
    quote="3.25亿元",
    value=Decimal(325000000),
    unit="元",
    modifier="exact",
    measure="level",
    indicator="财政总收入",
    code="tax_revenue",
    subject=None,
    scope=None,
    period=("2023-01-01", "2023-06-30"),
    status="actual",
)


def at(start: int, end: int, **changes) -> Claim:
    return replace(BASE, start=start, end=end, **changes)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("财政总收入", "财政总收入", 1.0),
        ("“一号”工程", "一号工程", 1.0),
        ("走访企业", "企业", 2 * 2 / 6),
        ("收入", "支出", 0.0),
        (None, None, 1.0),
        (None, "", 1.0),
        ("全区", None, 0.0),
    ],
)
def test_phrase_f1(left, right, expected):
    assert phrase_f1(left, right) == pytest.approx(expected)


def test_pairs_by_widest_overlap_one_to_one():
    got = [at(0, 4), at(5, 20)]
    want = [at(3, 12), at(14, 16)]
    assert pair(got, want) == [(0, 0)] or pair(got, want) == [(1, 0)]
    assert pair(got, want) == [(1, 0)]


def test_touching_spans_are_no_pair():
    assert pair([at(0, 4)], [at(4, 8)]) == []


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("span", {"start": 9}),
        ("value", {"value": Decimal(325000999)}),
        ("value", {"value": None}),
        ("unit", {"unit": "美元"}),
        ("modifier", {"modifier": "about"}),
        ("measure", {"measure": "share"}),
        ("indicator", {"indicator": "税收"}),
        ("code", {"code": None}),
        ("subject", {"subject": "全区"}),
        ("scope", {"scope": "全区"}),
        ("period", {"period": (None, None)}),
        ("status", {"status": "planned"}),
    ],
)
def test_one_wrong_field_is_found_alone(field: str, change: dict):
    result = score_report("r", [replace(BASE, **change)], [BASE])
    (miss,) = result.misses
    assert miss.kind == "wrong"
    assert miss.fields == (field,)
    assert result.detection.f1 == 1.0
    assert result.strict.hits == (field in {"span", "modifier", "code", "subject", "scope"})


def test_a_value_may_be_off_by_a_millionth():
    assert score_report("r", [replace(BASE, value=Decimal(325000300))], [BASE]).misses == ()


def test_optional_gold_counts_neither_way():
    optional = replace(BASE, optional=True)
    result = score_report("r", [BASE], [optional])
    assert (result.detection.predicted, result.detection.gold) == (0, 0)
    assert score_report("r", [], [optional]).detection.gold == 0


def test_extra_and_missed():
    result = score({"r": [at(0, 4), at(40, 44)]}, {"r": [at(0, 4), at(20, 24), at(30, 34)]})
    assert result.detection.precision == 1 / 2
    assert result.detection.recall == 1 / 3
    assert [(miss.kind, miss.start) for miss in result.misses] == [
        ("missed", 20),
        ("missed", 30),
        ("extra", 40),
    ]


def test_panel_is_of_coded_observations_alone():
    got = [at(0, 4), at(10, 14, code=None), at(20, 24)]
    want = [at(0, 4), at(10, 14, code=None), at(20, 24, subject="全区")]
    panel = score({"r": got}, {"r": want}).panel
    assert (panel.hits, panel.predicted, panel.gold) == (1, 2, 2)


def test_measures_part_the_same_counts():
    got = [at(0, 4), at(10, 14, measure="share"), at(30, 34, measure="rank")]
    want = [at(0, 4), at(10, 14), at(20, 24)]
    result = score({"r": got}, {"r": want})
    assert list(result.measures) == ["level", "rank"]
    level, rank = result.measures.values()
    assert (level.detection.hits, level.detection.predicted, level.detection.gold) == (2, 2, 3)
    assert level.strict.hits == 1
    assert level.fields["measure"] == 1 / 2
    assert (rank.detection.predicted, rank.detection.gold) == (1, 0)


def test_figures_are_plain_data():
    result = score({"r": [at(0, 4)]}, {"r": [at(0, 4), at(20, 24)]})
    plain = json.loads(json.dumps(figures(result)))
    assert plain["gold"] == 2
    assert plain["strict"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert plain["measures"]["level"]["gold"] == 2
    assert plain["reports"]["r"]["fields"]["value"] == 1.0


def test_a_report_without_predictions_is_missed_whole():
    result = score({}, {"r": [BASE]})
    assert result.detection.f1 == 0.0
    assert result.fields["value"] == 0.0


def test_gold_is_read_with_exact_values(tmp_path: Path):
    line = {
        "start": 1,
        "end": 5,
        "quote": "0.1%",
        "value": 0.1,
        "unit": "%",
        "modifier": "exact",
        "measure": "share",
        "indicator": "x",
        "code": None,
        "subject": None,
        "scope": None,
        "period_start": None,
        "period_end": None,
        "status": "actual",
        "optional": True,
    }
    (tmp_path / "r.jsonl").write_text(json.dumps(line) + "\n\n", "utf-8")
    (claim,) = read_gold(tmp_path)["r"]
    assert claim.value == Decimal("0.1")
    assert claim.optional
    assert claim == claim_of(line)
