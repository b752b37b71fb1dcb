"""What a person gets to see of sentences, numbers and disagreements."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rich.console import Console

from pipelines.display import disagreement, marked, observation
from pipelines.scoring import Claim, Miss

WANT = Claim(
    start=20,
    end=25,
    quote="86[家]",
    value=Decimal(86),
    unit="家",
    modifier="exact",
    measure="level",
    indicator="走访企业",
    code=None,
    subject=None,
    scope=None,
    period=("2023-01-01", None),
    status="actual",
)


def shown(thing: object) -> str:
    console = Console(width=120, color_system=None)
    with console.capture() as got:
        console.print(thing)
    return got.get()


@pytest.mark.parametrize(
    ("sentence", "quote", "offset", "text"),
    [
        ("收入3亿元。", "3亿元", 2, "收入【3亿元】。"),
        ("甲5个,乙5个。", "5个", 5, "甲5个,乙【5个】。"),
        ("甲5个,乙5个。", "5个", 1, "甲【5个】,乙5个。"),
        ("增长5.5%。", "\uff15\uff0e\uff15\uff05", 2, "增长【5.5%】。"),
        ("另有一事。", "9个", 0, "另有一事。"),
        (
            "前" * 70 + "3亿元" + "后" * 70,
            "3亿元",
            70,
            "…" + "前" * 60 + "【3亿元】" + "后" * 60 + "…",
        ),
    ],
    ids=["plain", "the second of two", "the first of two", "full width", "not there", "long"],
)
def test_the_quote_is_marked_in_its_sentence(sentence: str, quote: str, offset: int, text: str):
    assert marked(sentence, quote, offset).plain == text


def test_a_wrong_field_shows_what_was_got_and_wanted():
    got = Claim(
        **{name: getattr(WANT, name) for name in WANT.__slots__} | {"value": Decimal("8.60")}
    )
    miss = Miss("r", "wrong", got, WANT, ("value",))
    text = shown(disagreement(miss, marked("走访企业86[家]。", "86[家]", 4)))
    assert "r, character 20" in text
    assert "走访企业【86[家]】。" in text
    assert ["value", "8.6", "86"] in [line.split() for line in text.splitlines()]


@pytest.mark.parametrize(
    ("field", "text"),
    [("span", "20-25 86[家]"), ("period", "2023-01-01 to ?"), ("subject", "none")],
)
def test_every_kind_of_field_can_be_shown(field: str, text: str):
    assert text in shown(disagreement(Miss("r", "wrong", WANT, WANT, (field,)), None))


@pytest.mark.parametrize("kind", ["missed", "extra"])
def test_one_sided_disagreements_show_all_that_was_said(kind: str):
    sides = (None, WANT) if kind == "missed" else (WANT, None)
    text = shown(disagreement(Miss("r", kind, *sides), None))
    assert text.startswith(kind)
    assert "走访企业" in text
    assert "【86[家]】" in text


ROW: dict[str, object] = {
    "file_name": "a.txt",
    "char_start": 12,
    "char_end": 15,
    "passage_start": 10,
    "section_path": "一、经济",
    "sentence": "收入3亿元。",
    "quote": "3亿元",
    "region": "东沙街道",
    "indicator": "收入",
    "canonical_code": None,
    "value": Decimal("300000000.00000000"),
    "value_upper": None,
    "unit": "元",
    "modifier": "exact",
    "measure": "level",
    "basis": None,
    "subject": None,
    "period_label": "2023年",
    "scope": None,
    "status": "actual",
}


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({}, "3亿 元"),
        ({}, "东沙街道 itself"),
        ({}, "收入【3亿元】。"),
        ({"modifier": "over"}, "3亿 元, over"),
        ({"value_upper": Decimal(500000000)}, "3亿 to 5亿 元"),
        ({"unit": None}, "3亿"),
        ({"basis": "yoy"}, "level, yoy"),
        ({"subject": "甲公司"}, "甲公司"),
        ({"indicator": ""}, "(none)"),
    ],
)
def test_an_observation_is_shown_for_judgement(change: dict, text: str):
    assert text in shown(observation(ROW | change, "1/1"))
