"""Numerals beside damaged bytes: not guessed, and told as such."""

from __future__ import annotations

import pytest

from pipelines import parse_text
from pipelines.reading.decode import decode


@pytest.mark.parametrize(
    ("text", "unknown", "known"),
    [
        ("2023年,财政收入3\ufffd2亿元,走访企业15家。", ["3", "2亿元"], ["15家"]),
        ("2023年,财政收入\ufffd32亿元,走访企业15家。", ["32亿元"], ["15家"]),
        ("2023年,财政收入32\ufffd元,走访企业15家。", ["32"], ["15家"]),
        ("2023年,财\ufffd收入32亿元,走访企业15家。", [], ["32亿元", "15家"]),
    ],
)
def test_a_numeral_that_touches_damage_is_unknown(text: str, unknown: list[str], known: list[str]):
    parsed = parse_text(text)
    damaged = [n for n in parsed.numerals if n.reason == "damaged"]
    assert [n.text for n in damaged] == unknown
    assert all(n.disposition == "unknown" and n.value is None for n in damaged)
    assert [o.quote for o in parsed.observations] == known


def test_one_bad_byte_costs_no_report():
    data = "2023年,街道财政收入3.2亿元,走访企业15家,整改隐患28处,加装电梯6台。".encode()
    at = data.index("走访".encode())
    raw = decode(data[:at] + b"\xff" + data[at:], "a.txt").raw
    assert [o.quote for o in parse_text(raw).observations] == ["3.2亿元", "15家", "28处", "6台"]
