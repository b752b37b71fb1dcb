"""Canonical indicator codes of phrases.

A phrase bears a code when an alias of seeds/indicators.csv is all it says, neutral words aside: a
part of an indicator (工业增加值 of 地区生产总值, 金融类企业 of 引进企业) is not the indicator. An alias
written `甲+乙` asks for both words in any order, for indicators that are told as something done to
something (整改+隐患).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines import lexicon
from pipelines.text.model import Measure, Quantity

# Things that are counted, whatever the counter.
_COUNTS = frozenset({"count", "person", "group", "place", "number", "transport"})
_MARKS = str.maketrans("", "", "“”‘’《》、 ")


@cache
def _plain() -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for row in lexicon.table("indicators"):
        for name in (row["name_zh"], *row["aliases"].split("|")):
            if name and "+" not in name:
                rows.setdefault(name, row)
    return rows


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(tuple(_plain())))


@cache
def _pairs() -> tuple[tuple[frozenset[str], dict[str, str]], ...]:
    return tuple(
        (frozenset(name.split("+")), row)
        for row in lexicon.table("indicators")
        for name in row["aliases"].split("|")
        if "+" in name
    )


@cache
def _neutral() -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.alternation(lexicon.words('code_neutral'))})+")


@cache
def _dimensions() -> dict[str, str]:
    return {row["unit"]: row["dimension"] for row in lexicon.table("units")}


@cache
def _find(phrase: str) -> dict[str, str] | None:
    for match in _pattern().finditer(phrase):
        rest = phrase[: match.start()] + phrase[match.end() :]
        if not _neutral().sub("", rest):
            return _plain()[match.group()]
    for words, row in _pairs():
        if all(word in phrase for word in words):
            return row
    return None


def code_of(phrase: str, quantity: Quantity, measure: Measure) -> str | None:
    """The code of an indicator phrase, or None.

    Args:
        phrase: the indicator as bound.
        quantity: its number; a level must be in a unit of the indicator's dimension.
        measure: what the number says of the indicator.
    """
    row = _find(phrase.translate(_MARKS))
    if row is None:
        return None
    if measure in {"level", "change_amount"} and not _fits(row["unit"], quantity):
        return None
    return row["code"]


def _fits(unit: str, quantity: Quantity) -> bool:
    if quantity.unit in {"百分点", "%"}:
        return unit == "%" or quantity.unit == "百分点"
    wanted = _dimensions().get(unit, "count")
    given = quantity.dimension or "count"
    return wanted == given or (wanted in _COUNTS and given in _COUNTS)
