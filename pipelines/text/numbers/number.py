"""The number itself: its digits, how rough they are, and the range that two of them make.

Units are read in `with_unit`, the value of a string of digits in `numerals`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.text.model import Modifier
from pipelines.text.numbers.numerals import LONGEST, read_numeral
from pipelines.text.numbers.units import Unit, percent, unit_at

_CN = "[零〇○一二三四五六七八九十百千万亿两俩仨廿卅]"
_DIGIT = "[零〇○一二三四五六七八九]"
_MAG = "[十百千万亿]"
# The dot in 20.2026年 ends a list number; it is no decimal point. Old print sets 19·5% for 19.5%.
_ARABIC = (
    r"\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+·\d+(?=[%万亿])"
    r"|\d+(?:(?!\.(?:19|20)\d\d年)\.\d+)?"
)
_PART = f"(?:{_ARABIC}|{_CN}+)"
# After digits only a magnitude may go on (3万), after a magnitude only digits (3万4000).
_MORE = rf"(?:(?<={_MAG})(?:{_ARABIC})|(?<=\d){_MAG}{_CN}*)"
_COIN = "壹贰叁肆伍陆柒捌玖拾"  # 陆, 伍, 拾 are common characters: only beside a magnitude
_FORMAL = f"[{_COIN}][{_COIN}佰仟零万亿]*[拾佰仟万亿][{_COIN}佰仟零万亿]*"
_POINTED = f"{_CN}+点{_DIGIT}+(?:{_MAG}+)?"
NUMERAL = re.compile(
    rf"(?P<share>(?:{_CN}+|\d+)分之(?:{_POINTED}|{_PART}))"
    r"|(?P<slash>(?<![\d/])\d{1,3}/\d{1,3}(?![\d/]))"
    rf"|(?P<half>一半|半数)|(?P<first>首位)"
    rf"|(?P<formal>{_FORMAL})"
    rf"|(?P<plain>(?:[数几](?={_MAG}))?(?:{_POINTED}|{_PART})"
    rf"(?:[余多来几数](?={_MAG}){_MAG}+|{_MORE})*)"
)
_VAGUE = re.compile("[余多来几数]")
_SEPARATOR = re.compile("[-—–~～−]{1,2}|至|到")
_NEAR_JOINT = re.compile("[-—–~～−至到、]")
SECOND = re.compile(
    rf"(?P<share>(?:{_CN}+|\d+)分之(?:{_POINTED}|{_PART}))|(?:{_POINTED}|{_PART}){_MORE}*"
)
_TRAILING_MAG = re.compile("[十百千万亿]+$")
_DIGITS = "零一二三四五六七八九"
_PAIR = re.compile("(?P<a>[一二两三四五六七八九])(?P<b>[二两三四五六七八九])(?=[十百千万亿]|$)")
_ENUMERATED = re.compile("(?<![、一二三四五六七八九])([一二三四五六七八])、([二三四五六七八九])")
_FROM = re.compile("[由从自][^,;。:!?、\n]{0,12}$")


class Number(NamedTuple):
    """A number found in the text, before its unit."""

    end: int
    value: Decimal | None
    upper: Decimal | None
    unit: Unit | None  # set by a share sign (百分之三)
    vague: Modifier | None


def number_at(text: str, match: re.Match[str]) -> Number:
    """The number at `match`, cut back where its last character belongs to the unit (千瓦)."""
    start, end = match.span()
    if end - start > 1 and text[end - 1] in "百千万" and unit_at(text, end - 1):
        end -= 1
    if end - start > LONGEST:
        return Number(end, None, None, None, None)
    value, upper, unit, vague = _surface(text[start:end])
    return _suffixed(text, _ranged(text, start, Number(end, value, upper, unit, vague)))


@lru_cache(maxsize=16384)
def _surface(
    surface: str,
) -> tuple[Decimal | None, Decimal | None, Unit | None, Modifier | None]:
    """Value, upper bound of a rough pair, unit of a share and inner modifier of a numeral."""
    vague: Modifier | None = None
    if match := _VAGUE.search(surface):
        vague = "about" if match[0] == "来" else "over"
    plain = _VAGUE.sub("", surface).replace("·", ".")
    reading = read_numeral(plain)
    value, upper = (reading.value, None) if reading else _rough_pair(plain)
    shared = "分之" in surface or (reading is not None and reading.unit is not None)
    return value, upper, percent() if shared else None, vague


def _rough_pair(surface: str) -> tuple[Decimal | None, Decimal | None]:
    """三四十: from 30 to 40. Two neighbouring digits are a rough range, never a number."""
    for match in _PAIR.finditer(surface):
        pair = match[0].replace("两", "二")
        gap = _DIGITS.index(pair[1]) - _DIGITS.index(pair[0])
        if gap != 1 and match[0] != "三五":
            continue
        head, rest = surface[: match.start()], surface[match.end() :]
        low, high = read_numeral(head + match["a"] + rest), read_numeral(head + match["b"] + rest)
        if low and high and low.value < high.value:
            return low.value, high.value
    return None, None


def _suffixed(text: str, number: Number) -> Number:
    """余, 多, 来, 几 directly behind the digits (30余名, 十几个)."""
    char = text[number.end : number.end + 1]
    if not char or char not in "余多来几" or number.vague:
        return number
    if char in "来几" and text[number.end - 1] not in "十百千万亿":
        return number
    if char == "来" and unit_at(text, number.end + 1) is None:
        return number
    modifier: Modifier = "about" if char == "来" else "over"
    return number._replace(end=number.end + 1, vague=modifier)


def _ranged(text: str, start: int, number: Number) -> Number:
    """5-10家, 3%~5%, 三至五年: a range of two numbers, joined before or behind a first unit."""
    end = number.end
    if number.value is None or _NEAR_JOINT.search(text, end - 1, end + 7) is None:
        return number
    between = ""
    joint = _SEPARATOR.match(text, end)
    if joint is None and (first := unit_at(text, end)) is not None and first.surface:
        between = first.surface
        joint = _SEPARATOR.match(text, end + len(between))
    second = SECOND.match(text, joint.end()) if joint else None
    if joint is None or second is None:
        return _enumerated(text, number)
    # 由5家到10家 states two figures, 5家到10家 one range.
    if joint[0] in ("至", "到") and _FROM.search(text, max(0, start - 14), start):
        return number
    return _closed(text, start, number, second, between)


def _closed(text: str, start: int, number: Number, second: re.Match[str], between: str) -> Number:
    """The range from `number` to `second`, where their units agree and the second is larger."""
    stop = second.end()
    if stop - second.start() > 1 and text[stop - 1] in "百千万" and unit_at(text, stop - 1):
        stop -= 1
    surface = text[second.start() : stop]
    high = read_numeral(surface)
    last = unit_at(text, stop)
    if high is None or number.value is None or (between and last != unit_at(text, number.end)):
        return number
    if last is None and not high.unit and not number.unit:
        return number
    low = _same_magnitude(text[start : number.end], number.value, surface, high.value)
    if low >= high.value:
        return number
    return number._replace(end=stop, value=low, upper=high.value)


def _enumerated(text: str, number: Number) -> Number:
    """七、八百万: a rough pair written with a mark between its digits."""
    match = _ENUMERATED.match(text, number.end - 1)
    if match is None:
        return number
    second = SECOND.match(text, match.end() - 1)
    if second is None or not _TRAILING_MAG.search(second[0]):
        return number
    low = read_numeral(match[1] + second[0][1:])
    high = read_numeral(second[0])
    if low is None or high is None or number.value is None or not low.value < high.value:
        return number
    return number._replace(end=second.end(), value=low.value, upper=high.value)


def _same_magnitude(first: str, low: Decimal, second: str, high: Decimal) -> Decimal:
    """In 5—10万吨 the first number shares the magnitude of the second."""
    magnitude = _TRAILING_MAG.search(second)
    if magnitude is None or _TRAILING_MAG.search(first) or magnitude.start() == 0:
        return low
    factor = read_numeral(magnitude[0])
    if factor is None or low >= high / factor.value:
        return low
    return low * factor.value
