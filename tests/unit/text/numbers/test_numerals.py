"""Numeral strings and their exact values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.numbers.numerals import read_numeral, whole_number


def value_of(text: str) -> Decimal | None:
    worth = read_numeral(text)
    return worth.value if worth else None


PLAIN = [
    ("零", "0"),
    ("〇", "0"),
    ("十", "10"),
    ("十五", "15"),
    ("两", "2"),
    ("俩", "2"),
    ("半", "0.5"),
    ("廿五", "25"),
    ("卅", "30"),
    ("12", "12"),
    ("１２", "12"),
    ("12,000", "12000"),
    ("1,100.9亿", "110090000000"),
    ("1.5万", "15000"),
    ("3万4000", "34000"),
    ("25万6千", "256000"),
    ("二十万亿", "20000000000000"),
    ("一万五千亿", "1500000000000"),
    ("十亿3000万", "1030000000"),
    ("二十七亿四千万", "2740000000"),
    ("一亿零六百万", "106000000"),
    ("一千零五十", "1050"),
    ("一百一十", "110"),
    ("一百二", "120"),
    ("一百零二", "102"),
    ("三万四", "34000"),
    ("十万零一千", "101000"),
    ("百万", "1000000"),
    ("万亿", "1000000000000"),
    ("六万万", "600000000"),
    ("三十三点五", "33.5"),
    ("零点五", "0.5"),
    ("一九五八", "1958"),
    ("一九八○", "1980"),
    ("二〇一五", "2015"),
    ("肆佰叁拾萬", "4300000"),
    ("贰仟零伍拾", "2050"),
    ("212.4千", "212400"),
    ("1,213.5千", "1213500"),
    ("14.5百万", "14500000"),
    ("-3.9", "-3.9"),
    ("负三", "-3"),
]
SHARES = [
    ("三分之二", "66.67"),
    ("百分之三十三点五", "33.5"),
    ("百分之百", "100"),
    ("百分之0.125", "0.125"),
    ("千分之三", "0.3"),
    ("十万分之三", "0.003"),
    ("七成", "70"),
    ("七成五", "75"),
    ("七成半", "75"),
    ("八折", "80"),
    ("七五折", "75"),
    ("1/3", "33.33"),
    ("1/4", "25"),
    ("3.5%", "3.5"),
    ("一半", "50"),
]
UNREADABLE = [
    "",
    "百百",
    "十五五",
    "三四",
    "三五",
    "12,34",
    "1.2.3",
    "1.9万5",
    "亿亿",
    "几十",
    "三十多",
    "3家",
    "abc",
    "--3",
    "点五",
    "三分之",
    "零分之一",
    "3/0",
]


@pytest.mark.parametrize(("text", "value"), PLAIN, ids=[text for text, _ in PLAIN])
def test_plain_numbers_are_exact(text: str, value: str) -> None:
    assert value_of(text) == Decimal(value)
    reading = read_numeral(text)
    assert reading is not None
    assert reading.unit is None


@pytest.mark.parametrize(("text", "value"), SHARES, ids=[text for text, _ in SHARES])
def test_shares_are_percent_points(text: str, value: str) -> None:
    reading = read_numeral(text)
    assert reading is not None
    assert (reading.value, reading.unit) == (Decimal(value), "%")


def test_a_share_in_thousandths_stays_one():
    reading = read_numeral("3.5‰")
    assert reading is not None
    assert (reading.value, reading.unit) == (Decimal("3.5"), "‰")


@pytest.mark.parametrize("text", UNREADABLE, ids=[text or "empty" for text in UNREADABLE])
def test_a_string_not_wholly_understood_has_no_value(text: str) -> None:
    assert value_of(text) is None


def _chinese(number: int) -> str:
    """Write a number below 10**12 in Chinese digits, as a careful clerk would."""
    digits = "零一二三四五六七八九"
    if number == 0:
        return "零"
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return _chinese(head) + name + (gap + _chinese(rest) if rest else "")
    out, pending = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            out += ("零" if pending else "") + digits[digit] + name
            pending = False
        elif out:
            pending = True
    return out


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_whole_number_reads_back_from_chinese(number: int) -> None:
    assert value_of(_chinese(number)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_every_decimal_reads_back(number: Decimal) -> None:
    assert value_of(f"{number:f}") == number
    assert value_of(f"{number:,f}") == number


@given(st.text(alphabet="零一二三十百千万亿两半点分之成折%‰,./-0123456789余多", max_size=12))
def test_no_string_raises(text: str) -> None:
    value = value_of(text)
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("31", 31),
        ("三十一", 31),
        ("十", 10),
        ("两", 2),
        ("一九八○", 1980),
        ("九八", 98),
        ("十十", 0),
    ],
)
def test_a_whole_number_or_a_year(text, number):
    assert whole_number(text) == number
