"""A number with its unit: what is written between them, and the value in base units."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pipelines import lexicon
from pipelines.text.numbers.around import begins_word, is_border
from pipelines.text.numbers.number import SECOND, Number
from pipelines.text.numbers.numerals import read_numeral
from pipelines.text.numbers.units import (
    Unit,
    compound,
    doubling_start,
    in_context,
    takes_half,
    unit_at,
    unit_table,
)

_SHARE_REST = re.compile("[一二三四五六七八九半1-9](?![一二三四五六七八九十百千万亿0-9.、])")
_COIN = "[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_CENTS = f"零?(?P<fen>{_COIN})分(?![之钟别配布类期批散解析])"
_COINS = {
    "元": re.compile(f"(?:(?P<jiao>{_COIN})[角毛])?(?:{_CENTS})?"),
    "角": re.compile(_CENTS),
    "块": re.compile(f"(?P<jiao>{_COIN})(?:[角毛](?:{_CENTS})?|(?=[,。;、)\n]|$))"),
}
_BRACKET = re.compile(r"\([^()\n\d]{1,14}\)(?P<magnitude>[十百千万亿]*)")
_LIST_JOINT = re.compile(
    "[、和]|(?:增加|增长|提高|提升|扩大|上升|减少|下降|降低|压缩|压减|回落)?[到至](?=[0-9一二三四五六七八九十百两])"
)
_MOST_DOUBLINGS = 64  # 翻亿番: no number can say so much
_MEDALS = ("金", "银", "铜")
_MEDAL_ENDS = re.compile("[、,。;和)\\n0-9一二三四五六七八九十]|$")
_BEFORE_SIGN = frozenset(["", *"为是至到达由从,(;:、 \n"])
_POINTS = re.compile(r"(?:(?:[、和]|以及)\d+(?:\.\d+)?个)*(?:[、和]|以及)\d+(?:\.\d+)?个百分点")
RATIO = re.compile(r"(?:[∶:]|比)(\d+(?:\.\d+)?)(?!\d)")


def signed(text: str, start: int, number: Number, *, bare: bool) -> tuple[int, Number]:
    """A number written negative: -3.9%, 负增长3%, 零下5摄氏度.

    Before a bare number a dash is a sign only behind a mark or a verb: 为-3.9, but 歼-35.

    Args:
        text: the clean text.
        start: where the number begins.
        number: its absolute value.
        bare: whether it has no unit.
    """
    if start and text[start - 1] in "-−负" and _is_sign(text, start - 1):
        if (
            bare
            and text[start - 1] != "负"
            and text[max(0, start - 2) : start - 1] not in _BEFORE_SIGN
        ):
            return start, number
        start -= 1
    elif not text.endswith(_negative_words(), 0, start):
        return start, number
    value = None if number.value is None else -number.value
    return start, replace(number, value=value)


@cache
def _negative_words() -> tuple[str, ...]:
    return tuple(sorted(lexicon.words("negative_words")))


def _is_sign(text: str, at: int) -> bool:
    """Whether the mark at `at` is a minus: no number, letter or date stands before it."""
    before = text[at - 1] if at else " "
    if text[at] == "负":
        return is_border(text, at) and is_border(text, at + 1)
    return not (before.isalnum() and before.isascii()) and before not in "年月日号幢万亿%"


def with_unit(text: str, start: int, number: Number) -> tuple[Number, Unit | None, int]:
    """Attach the unit behind the number, and turn the value into base units.

    Args:
        text: the clean text.
        start: where the number begins.
        number: the number, before its unit.
    """
    end = number.end
    if number.unit is not None:
        return number, number.unit, trailing(text, end, number.unit)
    unit = unit_at(text, end)
    if unit is None and text.startswith("(", end):
        bracket = _BRACKET.match(text, end)
        inner = unit_at(text, bracket.end()) if bracket else None
        if bracket and inner and inner.surface and inner.unit:
            number = _times(number, bracket["magnitude"])
            unit, end = inner, bracket.end()
    if unit is None and (joint := _LIST_JOINT.match(text, end)):
        if not text[start].isdigit() and text[end - 1] not in "万亿":
            return number, None, end
        unit = _listed_unit(text, end, joint)
        return (_scaled(number, unit, "") if unit else number), unit, end
    if unit is None or not unit.surface:
        return number, unit, end
    if unit.surface in _MEDALS and not _MEDAL_ENDS.match(text, end + 1):
        return number, None, end  # 5金融机构
    return _counted(text, start, number, unit, end)


def _after_counter(text: str, number: Number, end: int) -> tuple[Number, Unit, int] | None:
    """What 个 may hide: 3个亿 (money without 元), 三个多月, 一个半小时."""
    if text.startswith("亿", end) and text[end + 1 : end + 2] not in ("元", "级", "吨"):
        return _times(number, "亿"), unit_table()["元"], end + 1
    char = text[end : end + 1]
    if not char or char not in "多余半":
        return None
    for length in (2, 1):
        inner = unit_table().get("个" + text[end + 1 : end + 1 + length])
        if inner is not None:
            number = _half(number) if char == "半" else replace(number, vague="over")
            return number, inner, end + len(inner.surface)
    return None


# Years and house numbers are listed too (1980、1981年), but each is complete in itself.
_NO_LIST = ("time", "number", "none")
_LONGEST_LIST = 20  # numbers with one unit: a row of a table may be much longer, but not that


def _listed_unit(text: str, end: int, joint: re.Match[str] | None) -> Unit | None:
    """In 提高15、22个百分点 the first number shares the unit of the last of its list.

    So it does in 从70万增加到85万户.
    """
    rounded = text[end - 1] in "万亿"
    for _ in range(_LONGEST_LIST):
        second = SECOND.match(text, joint.end()) if joint else None
        if second is None:
            break
        end = second.end()
        if (text[end - 1] in "万亿") != rounded:
            return None
        joint = _LIST_JOINT.match(text, end)
        if joint is None:
            unit = unit_at(text, end)
            counts = unit is not None and unit.surface and unit.dimension not in _NO_LIST
            return unit if counts else None
    return None


def _times(number: Number, magnitude: str) -> Number:
    factor = read_numeral(magnitude) if magnitude else None
    if factor is None or number.value is None:
        return number
    return replace(number, value=number.value * factor.value)


def _counted(
    text: str, start: int, number: Number, unit: Unit, end: int
) -> tuple[Number, Unit, int]:
    """The special forms between a number and the end of its unit."""
    end += len(unit.surface)
    if unit.surface == "个" and (special := _after_counter(text, number, end)):
        return special
    if unit.surface == "个" and _POINTS.match(text, end):  # 高于全国、全省1.2个和0.8个百分点
        return number, unit_table()["百分点"], end
    if unit.surface in ("成", "折") and (tenths := _tenths(text, start, end)):
        number, end = replace(number, value=tenths[0]), tenths[1]
        return _trailed(text, number, unit, end)
    if unit.surface in _COINS and (coined := _coined(text, number, unit, end)):
        return coined
    if text.startswith("/", end):
        unit = in_context(text, start, end, unit)
        if (pair := compound(text, end, unit)) is not None:
            end += len(pair.surface) - len(unit.surface)
            unit = pair
    unit = in_context(text, start, end, unit)
    number = _scaled(number, unit, text[max(0, start - 4) : start])
    if text.startswith("半", end) and takes_half(unit, text[end + 1 : end + 2]):
        return _half(number, unit.factor), unit, end + 1
    return _trailed(text, number, unit, end)


def _trailed(text: str, number: Number, unit: Unit, end: int) -> tuple[Number, Unit, int]:
    """The quantity with the 多 or 余 behind its unit."""
    stop = trailing(text, end, unit)
    return (replace(number, vague="over") if stop > end else number), unit, stop


def _tenths(text: str, start: int, end: int) -> tuple[Decimal, int] | None:
    """七成五, 3成5, 75折: the share up to its last digit, and where it ends."""
    rest = _SHARE_REST.match(text, end)
    if rest is not None and not (rest[0].isdigit() and unit_at(text, rest.end())):
        reading = read_numeral(text[start : rest.end()])
        if reading is not None:
            return reading.value, rest.end()
    reading = read_numeral(text[start:end])
    return (reading.value, end) if reading is not None and reading.unit is not None else None


def _coined(text: str, number: Number, unit: Unit, end: int) -> tuple[Number, Unit, int] | None:
    """三元五角二分, 八角五分, 两块五: an amount with its small coins."""
    match = _COINS[unit.surface].match(text, end)
    if match is None or match.end() == end or number.value is None:
        return None
    total = number.value * (unit.factor if unit.dimension == "money" else 1)
    coins = match.groupdict()
    for name, factor in (("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        reading = read_numeral(coins[name]) if coins.get(name) else None
        total += reading.value * factor if reading else 0
    return replace(number, value=total), unit_table()["元"], match.end()


def _half(number: Number, factor: Decimal = Decimal(1)) -> Number:
    if number.value is None:
        return number
    return replace(number, value=number.value + factor / 2)


def _scaled(number: Number, unit: Unit, before: str) -> Number:
    if number.value is None:
        return number
    if unit.dimension == "doubling":  # 翻两番 is fourfold, thus up 300 percent
        doubled = doubling_start(before, len(before)) < len(before)
        if number.value > _MOST_DOUBLINGS:
            return replace(number, value=None)
        return replace(
            number,
            value=(Decimal(2) ** int(number.value) - 1) * unit.factor if doubled else number.value,
        )
    if unit.factor == 1:
        return number
    upper = None if number.upper is None else number.upper * unit.factor
    return Number(number.end, number.value * unit.factor, upper, number.unit, number.vague)


def trailing(text: str, end: int, unit: Unit) -> int:
    """余 or 多 behind a measure belongs to the quote (一年多, 3倍多); counters have it before them.

    So 5条多式联运线路 are five lines. 比预算270亿元多38亿元 opens the next number.

    Args:
        text: the clean text.
        end: where the unit ends.
        unit: the unit.
    """
    counted = unit.dimension in ("count", "person", "place", "group")
    numbered = text[end + 1 : end + 2].isdigit()
    if text[end : end + 1] in ("多", "余") and not (counted or numbered or begins_word(text, end)):
        return end + 1
    return end
