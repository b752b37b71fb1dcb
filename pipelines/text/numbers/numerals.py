"""The value of a numeral: a string of digits, Arabic or Chinese, to an exact decimal.

Belongs here: reading one numeral string from end to end. Does not belong here: finding numerals
in running text, units, modifiers (`scan`). A string that is not wholly understood has no
value (None); it is never guessed at.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

# Thirty digits before the point and eight behind: what a DECIMAL(38, 8) of sql/ can keep.
_LARGEST = Decimal("9" * 30 + "." + "9" * 8)
# Digits for any product of two such numbers. A result beyond all bounds is infinite or no number
# instead of an error, and `fits` refuses it like one that is merely too large.
EXACT = Context(prec=96, traps=[])
# No longer string of digits can fit: five megabytes of them are not even looked at.
LONGEST = 64


class Worth(NamedTuple):
    """What a numeral string says: its value, and `%` when it is a share (in percent points)."""

    value: Decimal
    unit: str | None


# The digits of the writing system itself, not vocabulary: variants fold to one form.
_FOLD = str.maketrans(
    "〇○Ｏ壹弌贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟萬億兩两俩仨點．，％０１２３４５６７８９",
    "零零零一一二二二三三三四五六六七八九十百千万亿二二二三点.,%0123456789",
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_OLD_FORMS = {"廿": "二十", "卅": "三十", "卌": "四十", "万万": "亿"}
_MAGNITUDES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

_ARABIC = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_FRACTIONAL = re.compile(r"\.\d+")
_POINT = re.compile(r"([零一二三四五六七八九十百千万亿]+|\d+)点([零一二三四五六七八九]+|\d+)")
_SINGLY = re.compile(r"[零一二三四五六七八九]{2,}")
_SCALED = re.compile(r"((?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)([百千])")  # 212.4千(公顷)
# Thousands, hundreds, tens, ones: a bare leading magnitude (百, 千) counts once.
_SECTION = re.compile(
    r"(?:(?P<k>[一二三四五六七八九]|\d(?:\.\d+)?)?千)?"
    r"(?P<zk>零)?(?:(?P<h>[一二三四五六七八九]|\d(?:\.\d+)?)?百)?"
    r"(?P<zh>零)?(?:(?P<t>[一二三四五六七八九]|\d)?十)?"
    r"(?P<zt>零)?(?P<o>[一二三四五六七八九]|\d+)?"
)
_FRACTION = re.compile(r"(.+)分之(.+)")
_MIXED = re.compile(r"(.+)又(.+)分之(.+)")
_SLASH = re.compile(r"(\d+)/(\d+)")
_TENTHS = re.compile(
    r"(?:(?P<two>[一二三四五六七八九]{2}|\d{2})折|(?P<whole>[一二三四五六七八九十]|\d+(?:\.\d+)?|"
    r"[一二三四五六七八九]点[一二三四五六七八九])[成折](?P<rest>半|[一二三四五六七八九]|[1-9])?)"
)
_PERCENT = re.compile(r"(.+)[%‰]")
_HUNDREDTH = Decimal("0.01")
_LAST_PLACE = Decimal("1E-8")
_HALVES = {"一半": 50, "半数": 50, "对折": 50, "对半": 50, "半成": 5}


def fits(*values: Decimal | None) -> bool:
    """Whether the warehouse can keep the values: the one place that decides how large is too large.

    None fits: it says that there is no value.
    """
    return all(value is None or -_LARGEST <= value <= _LARGEST for value in values)


def read_numeral(text: str) -> Worth | None:
    """Read a numeral string with its share signs (百分之三, 七成五, 三分之二, 一半, 3.5%).

    Args:
        text: the numeral alone: no unit, no modifier, no blanks around it.

    Returns:
        The exact value (fractions as percent points to two decimals, as ANNOTATION.md has them)
        and the unit `%` for a share, or None when a part of the string is not understood or the
        value does not fit.
    """
    return None if len(text) > LONGEST else _read(text)


@lru_cache(maxsize=16384)
def _read(text: str) -> Worth | None:
    text = text.translate(_FOLD)
    if text.startswith("负"):
        text = "-" + text[1:]
    if text.startswith(("-", "−")):
        inner = _read(text[1:]) if text[1:2] not in ("-", "−") else None
        return Worth(-inner.value, inner.unit) if inner else None
    if match := _MIXED.fullmatch(text):
        mixed = _mixed(match)
        return None if mixed is None or not fits(mixed) else Worth(mixed, None)
    share = _share(text)
    value = _number(text) if share is None else share
    if value is None or not fits(value):
        return None
    if share is None:
        return Worth(_plain(value), None)
    return Worth(share, "‰" if text.endswith("‰") else "%")


def _plain(value: Decimal) -> Decimal:
    """An integer without decimal places (1.5万 is 15000, not 15000.0)."""
    whole = value.to_integral_value()
    return whole if value == whole else value


@lru_cache(maxsize=4096)
def whole_number(text: str) -> int:
    """A small whole number or a year (31, 三十一, 一九八○); 0 where it is none.

    Digits without a magnitude are read one by one: 九八 is 98, as the name of a year.
    """
    text = text.translate(_FOLD)
    if all(char in _DIGITS or char.isdigit() for char in text):
        return int("".join([str(_DIGITS.get(char, char)) for char in text]) or 0)
    value = _grouped(text)
    return int(value) if value is not None else 0


def _share(text: str) -> Decimal | None:
    """A share in hundredths (or, with ‰, in thousandths), or None."""
    if text in _HALVES:
        return Decimal(_HALVES[text])
    if match := _PERCENT.fullmatch(text):
        return _number(match[1])
    if match := _TENTHS.fullmatch(text):
        return _tenths(match)
    if match := _SLASH.fullmatch(text) or _FRACTION.fullmatch(text):
        below = match[2].removeprefix("负")
        first, second = _number(match[1]), _number(below)
        if first is None or second is None:
            return None
        if below != match[2]:  # 百分之负三
            second = -second
        return _ratio(second, first) if "分之" in text else _ratio(first, second)
    return None


def _mixed(match: re.Match[str]) -> Decimal | None:
    """三又二分之一 is 3.5, to eight places."""
    whole, below, above = (_number(match[k]) for k in (1, 2, 3))
    if whole is None or not below or above is None:
        return None
    return whole + (above / below).quantize(_LAST_PLACE).normalize()


def _tenths(match: re.Match[str]) -> Decimal | None:
    """七成五 is 75 percent; so is 七五折."""
    if match["two"]:
        return Decimal("".join(str(_DIGITS.get(char, char)) for char in match["two"]))
    value = _number(match["whole"])
    if value is None or not 0 < value <= 10:
        return None
    rest = match["rest"]
    return value * 10 + (5 if rest == "半" else _digit(rest) if rest else 0)


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    if not whole:
        return None
    exact = part * 100 / whole
    # 百分之0.125 is exact as it stands; only a true fraction (三分之一) is cut to two decimals.
    tenfold = str(whole).rstrip("0") == "1"
    return (exact if tenfold else exact.quantize(_HUNDREDTH)).normalize() + 0


def _number(text: str) -> Decimal | None:
    """Value of a plain number: 1,100.9亿, 三十三点五, 一九五八, 3万4000."""
    if not text:
        return None
    if text == "半":
        return Decimal("0.5")
    if _ARABIC.fullmatch(text) or _FRACTIONAL.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _SINGLY.fullmatch(text):
        return _singly(text)
    for short, long in _OLD_FORMS.items():
        text = text.replace(short, long)
    return _section(text) if _POINT.fullmatch(text) else _grouped(text)


def _singly(text: str) -> Decimal | None:
    """一九五八 is 1958. Two digits (三四, 三五) are a rough pair: they have no one value."""
    if len(text) == 2 and "零" not in text:
        return None
    return Decimal("".join(str(_DIGITS[char]) for char in text))


def _grouped(text: str) -> Decimal | None:
    """A number split at 亿, then at 万: each side is read on its own."""
    for char in "亿万":
        cut = text.rfind(char)
        if cut < 0:
            continue
        unit = Decimal(10) ** _MAGNITUDES[char]
        head, rest = text[:cut], text[cut + 1 :]
        left = Decimal(1) if not head else _left(head, char)
        right = _rest(rest, unit, whole=left is not None and left == left.to_integral_value())
        return None if left is None or right is None else left * unit + right
    return _section(text)


def _left(head: str, magnitude: str) -> Decimal | None:
    """What stands before 万 or 亿; 万 may stand before 亿 (万亿), not the other way round."""
    if _ARABIC.fullmatch(head):
        return Decimal(head.replace(",", ""))
    nested = magnitude == "亿" and ("亿" not in head or (head.endswith("亿") and len(head) > 1))
    value = _grouped(head) if nested else _section(head)
    return value if value else None


def _rest(rest: str, unit: Decimal, *, whole: bool) -> Decimal | None:
    """What follows 万 or 亿: nothing, a smaller number (3万4000), or one digit (三万四)."""
    if not rest:
        return Decimal(0)
    if not whole:
        return None
    if len(rest) == 1 and (rest in _DIGITS or rest.isdigit()) and rest not in "零0":
        return _digit(rest) * unit / 10
    value = _grouped(rest.lstrip("零")) if len(rest) > 1 else None
    return value if value is not None and 0 < value < unit else None


def _section(text: str) -> Decimal | None:
    """A number below ten thousand, with or without a decimal part."""
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if match := _POINT.fullmatch(text):
        whole = _number(match[1])
        if whole is None:
            return None
        digits = "".join(str(_DIGITS.get(char, char)) for char in match[2])
        return whole + Decimal(f"0.{digits}")
    if match := _SCALED.fullmatch(text):
        return Decimal(match[1].replace(",", "")) * Decimal(10) ** _MAGNITUDES[match[2]]
    match = _SECTION.fullmatch(text)
    if match is None or not text:
        return Decimal(0) if text == "零" else None
    return _sum_section(text, match)


def _sum_section(text: str, match: re.Match[str]) -> Decimal | None:
    if text == "零":
        return Decimal(0)
    total = Decimal(0)
    lowest = 0
    for name, char in (("k", "千"), ("h", "百"), ("t", "十")):
        if char not in text:
            continue
        digit = match[name]
        # 百, 千 without a digit stand alone at the head (百, 千二); 十 may always (一百十).
        if digit is None and char != "十" and text[0] != char:
            return None
        total += _digit(digit or "一") * Decimal(10) ** _MAGNITUDES[char]
        lowest = _MAGNITUDES[char]
    if match["o"] is None:
        return total if lowest else None
    if len(match["o"]) > max(lowest, 1):
        return None
    ones = _digit(match["o"])
    # 一百二 is 120, 一百零二 is 102.
    short = lowest > 1 and "零" not in text and len(match["o"]) == 1
    return total + (ones * Decimal(10) ** (lowest - 1) if short else ones)


def _digit(text: str) -> Decimal:
    return Decimal(_DIGITS[text]) if text in _DIGITS else Decimal(text)
