"""Words around a number that say how exact it is: 近, 超过, 左右, 以上, 不低于."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.model import Modifier, Quantity
from pipelines.text.numbers.candidates import Candidate
from pipelines.text.numbers.units import Unit

# No clause of a report is longer; a text without marks is not searched from end to end.
_CLAUSE_LENGTH = 120
_UNIT_BRACKET = re.compile(r"\([^()\n\d]{1,4}\)")
_LIGHT = frozenset("有达在需为占是合计值产卖")
_PAIR_JOINT = re.compile("[和、及与]|以及")


@cache
def _leads() -> tuple[dict[str, Modifier], frozenset[str], int, frozenset[str]]:
    """Modifiers before a number, the words that only end like one, and their last characters."""
    table = {fields[0]: _modifier(fields) for fields in lexicon.entries("modifiers_lead")}
    last = frozenset(word[-1] for word in table)
    return table, lexicon.words("modifier_false"), max(map(len, table)), last


@cache
def _tails() -> tuple[re.Pattern[str], dict[str, Modifier], frozenset[str]]:
    """Modifiers behind a quantity, and the characters that they begin with."""
    table = {fields[0]: _modifier(fields) for fields in lexicon.entries("modifiers_tail")}
    first = frozenset(word[0] for word in table) | {"("}
    return re.compile(lexicon.alternation(tuple(table))), table, first


def _modifier(fields: tuple[str, ...]) -> Modifier:
    return cast("Modifier", fields[1])  # one of them, says the schema


def lead_of(text: str, start: int, *, bare: bool) -> tuple[int, Modifier | None]:
    """The modifier right before the number, and where it begins.

    Args:
        text: the clean text.
        start: where the number begins.
        bare: whether it begins with a magnitude (近百), before which 近 and 上 are modifiers.
    """
    table, false, longest, last = _leads()
    before = text[start - 1 : start]
    if before not in last:
        return _over_verb(text, start) if before in _LIGHT else (start, None)
    for length in range(min(longest, start), 0, -1):
        word = text[start - length : start]
        modifier = table.get(word)
        if modifier is None:
            continue
        if length == 1:
            if word in "上成好过" and not bare:
                return start, None
            if text[start - 2 : start] in false or text[start - 3 : start] in false:
                return start, None
        return start - length, modifier
    return _over_verb(text, start) if before in _LIGHT else (start, None)


def _over_verb(text: str, start: int) -> tuple[int, Modifier | None]:
    """约有一千二百万人, 大约达3万户: a verb of one character stands between."""
    if text[start - 2 : start - 1] not in _leads()[3]:
        return start, None
    match = _with_verb().search(text, max(0, start - 8), start)
    return (match.start(), _leads()[0][match[1]]) if match else (start, None)


@cache
def _with_verb() -> re.Pattern[str]:
    # One character alone is a modifier only right before a number (近有, 过在), but for 约.
    words = [w for w in _leads()[0] if len(w) > 1 or w == "约"]
    false = "".join(w[0] for w in lexicon.words("modifier_false") if len(w) == 2 and w[1] == "约")
    light = "".join(sorted(_LIGHT))
    return re.compile(f"(?<![{false}])({lexicon.alternation(words)})[{light}]$")


def distant(text: str, start: int, unit: Unit) -> Modifier:
    """不低于低保标准的1.6倍: what is compared with stands between the modifier and the number.

    Args:
        text: the clean text.
        start: where the number begins.
        unit: its unit.
    """
    if unit.dimension not in ("ratio", "multiple"):
        return "exact"
    table = _leads()[0]
    clause = marks.before(text, start, _CLAUSE_LENGTH, marks.CLAUSE + marks.PAUSE)
    found = [word for word in table if word.startswith("不") and word in clause]
    return table[max(found, key=len)] if found else "exact"


def tail_of(text: str, end: int, unit: Unit | None) -> tuple[int, Modifier | None]:
    """The modifier right behind the quantity, and where it ends.

    Args:
        text: the clean text.
        end: where the unit ends.
        unit: the unit, if there is one.
    """
    pattern, table, first = _tails()
    at = end
    if text[at : at + 1] not in first:
        return end, None
    if text.startswith("(", at) and (bracket := _UNIT_BRACKET.match(text, at)):
        at = bracket.end()
    match = pattern.match(text, at)
    if match is None:
        return end, None
    word = match[0]
    dimension = unit.dimension if unit else None
    if word == "内" and dimension not in ("time", "length"):
        return end, None
    if word in ("强", "弱", "以外", "之间") and dimension not in ("ratio", "length", "multiple"):
        return end, None
    return match.end(), table[word]


def shared_modifier(text: str, found: Candidate, last: Quantity) -> Modifier:
    """分别近8000万元和5000万元: the modifier of a coordinated pair holds for both.

    Args:
        text: the clean text.
        found: the numeral.
        last: the one before it.
    """
    if last.lead == last.start or not _PAIR_JOINT.fullmatch(text, last.tail, found.lead):
        return "exact"
    if "分别" not in text[max(0, last.lead - 6) : last.lead]:
        return "exact"
    return last.modifier
