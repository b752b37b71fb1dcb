"""Numbers that type-setting cuts in two: 38. 6亿, 一百 五 十 二, 10.⏎07%, 城镇化率⏎86.38%.

Here belongs whether a blank or the end of a line stands inside a number or between it and what it
is of. Which of them go is for `clean` to say; what a number means is no business of this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipelines import lexicon

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇○\U00020000-\U0003ffff"
IS_HAN = re.compile(f"[{HAN}]")
DIGITS = frozenset("0123456789")
_BLANKS = re.compile("  *")  # faster than " +"
_CN_DIGIT, _CN_MAGNITUDE = "零〇一二三四五六七八九两兩", "十百千万亿萬億"
_END = r"(?=[,。;、\s]|$)"
_CUTS = frozenset(".个之点點又分成折余多餘几幾") | frozenset(_CN_DIGIT + _CN_MAGNITUDE)


_Cut = tuple[re.Pattern[str], re.Pattern[str]]  # what stands before the cut, and what behind


@cache
def _unit_opens() -> str:
    return f"[百千万亿]{{0,3}}(?:{lexicon.alternation(lexicon.words('cut_units'))})|[%‰]"


@cache
def _cut_numbers() -> tuple[_Cut, ...]:
    """A number that a line break or a blank cuts in two."""
    unit = _unit_opens()
    counter = f"(?:{lexicon.alternation(lexicon.words('cut_counters'))})[,。;、(]"
    return _cuts(
        (r"[^\d\s.:] ?\d(?: ?\d)*\.$", rf"(?!(?:19|20)\d\d年)\d+ ?(?:[百千万亿%‰]|{unit})"),
        (r"[^\d\s.]\d+$", rf"\.\d+(?:[百千万亿%‰]|{unit})"),
        (r"[^\d\s.]\d+(?:\.\d+)?$", f"{unit}|{counter}"),
        (r"\d个$", "百分点"),
    )


@cache
def _cut_chinese() -> tuple[_Cut, ...]:
    """In Chinese digits: 五 十, 三千 八百, 百分之 五, 十二 点 五, 五 分之 一, 九 九 折."""
    unit = _unit_opens()
    made = (
        (f"[{_CN_DIGIT}0-9几]", f"[余多餘]? ?[{_CN_MAGNITUDE}]"),
        (f"[{_CN_MAGNITUDE}0-9] ?[余多餘几幾]", f"[{_CN_MAGNITUDE}]"),
        (
            f"[{_CN_MAGNITUDE}又]|分之",
            f"[{_CN_DIGIT}{_CN_MAGNITUDE}]|[余多餘几幾] ?[{_CN_MAGNITUDE}]|{unit}",
        ),
        (
            f"[{_CN_DIGIT}{_CN_MAGNITUDE}]",
            f"[点點] ?[{_CN_DIGIT}]|分 ?之 ?[{_CN_DIGIT}{_CN_MAGNITUDE}0-9壹]"
            f"|又 ?[{_CN_DIGIT}]|[成折]{_END}|个 ?百 ?分 ?点",
        ),
        (f"[{_CN_DIGIT}{_CN_MAGNITUDE}] ?[点點]|[分又]", f"[{_CN_DIGIT}]|之 ?[{_CN_DIGIT}0-9]"),
        (f"[{_CN_DIGIT}]", f"[{_CN_DIGIT}] ?折{_END}"),
        (f"[{_CN_DIGIT}]成", f"[{_CN_DIGIT}半]{_END}"),
        ("个|个 ?百|百 ?分", "百? ?分? ?点"),
    )
    return _cuts(*((f"(?:{before})$", behind) for before, behind in made))


def _cuts(*pairs: tuple[str, str]) -> tuple[_Cut, ...]:
    return tuple([(re.compile(before), re.compile(behind)) for before, behind in pairs])


@cache
def _figure_opens() -> re.Pattern[str]:
    """A figure of money, a share or persons, and a mark."""
    return re.compile(rf"-?\d[\d,]*(?:\.\d+)?[百千万亿]*(?:{_unit_opens()}|人|户)(?:[,。;、)]|$)")


def is_cut_name(before: str, behind: str) -> bool:
    """Whether a line ends in a name and the next has its figure: 城镇化率 and 86.38%,比上年….

    A line that begins with a figure of money, a share or persons and a mark says nothing alone.
    Nor does one that ends in 人均.
    """
    if before in lexicon.words("per_heads"):
        return True
    return IS_HAN.match(before[-1:]) is not None and _figure_opens().match(behind) is not None


def is_cut_number(before: str, behind: str) -> bool:
    """Whether one number goes on from `before` to `behind`: 10. and 07%, 320 and 万元."""
    return any(a.search(before) and b.match(behind) for a, b in _cut_numbers())


def spare_blanks(text: str) -> Iterable[tuple[int, int]]:
    """Blanks that go: all but one of a run, and those that type-setting put around a number."""
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if _splits_number(text, start, end):
            yield start, end
        elif end > start + 1:
            yield start + 1, end


def _splits_number(text: str, start: int, end: int) -> bool:
    """Whether the blanks `start:end` stand inside a number or between it and a Han character.

    Two digits are closed up only where both stand alone (1 9 9 9): else two numbers would become
    one. A list number keeps its blank (3 强化管理), or it would grow into the words.
    """
    left, right = text[start - 1 : start], text[end : end + 1]
    if (left in _CUTS or right in _CUTS) and _is_cut_in_two(text, start, end):
        return True
    if left in DIGITS:
        return _closes_up(text, start, end, right)
    if right not in DIGITS:
        return False
    return bool(IS_HAN.match(left)) or (left == "." and text[start - 2 : start - 1] == " ")


def _closes_up(text: str, start: int, end: int, right: str) -> bool:
    """Whether the blanks `start:end` behind a digit stand inside a number or before its unit."""
    if right in DIGITS:
        spaced = text[end + 1 : end + 3] == ". "  # 1 2. 6
        spelt = text[start - 3 : start - 1] in (" .", ". ")  # 1 0 . 0 6
        whole = (_in_number(text, start - 2) and not spelt) or (
            _in_number(text, end + 1) and not spaced
        )
        return not whole and text[end + 1 : end + 2] != "/"
    if right in ("%", "‰"):
        return True
    if right == ".":
        return text[end + 1 : end + 2] in DIGITS or text[end + 1 : end + 3].strip() in DIGITS
    return bool(IS_HAN.match(right)) and not _is_list_number(text, start)


def _is_cut_in_two(text: str, start: int, end: int) -> bool:
    """38. 6亿, 一百 五 十 二, 1.2 个 百分点: blanks inside one number, or before its unit."""
    before, behind = text[max(0, start - 9) : start], text[end : end + 12]
    if before.endswith("."):
        head, tail = _cut_numbers()[0]
        return head.search(before) is not None and tail.match(behind) is not None
    return any(a.search(before) and b.match(behind) for a, b in _cut_chinese())


def _in_number(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at] in DIGITS or text[at] == ".")


def _is_list_number(text: str, end: int) -> bool:
    line = text.rfind("\n", max(0, end - 3), end) + 1 or (0 if end <= 2 else end)
    return line < end and text[line:end].isdigit()
