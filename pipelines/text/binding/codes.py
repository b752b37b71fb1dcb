"""Canonical indicator codes of phrases.

A phrase bears a code when a name of seeds/indicators.csv is all it says, neutral words aside: a
part of an indicator (工业增加值 of 地区生产总值, 金融类企业 of 引进企业) is not the indicator. A
name written `甲+乙` asks for all its words in any order, with nothing but neutral words behind
them, for indicators that are told as something done to something (整改+隐患: 整改各类隐患, not
隐患整改率).

The tiers of the seed share this mechanism and nothing else: `core` indicators give an observation
its code, `extended` ones only a common name. How a phrase is bound to its number is not decided
here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipelines import lexicon
from pipelines.text.model import Measure, Quantity

CORE: Final = "core"
EXTENDED: Final = "extended"

# Dimensions of numbers that count: a number of people is no number of things (人口412户), whereas
# any counter may count things. A numeral without a unit may be either.
_PERSONS = frozenset({"person", ""})
_THINGS = frozenset({"count", "group", "place", "number", ""})
_COUNTS = _PERSONS | _THINGS | {"transport"}
# Marks that do not part words: 地区生产总值(GDP) is two names of one thing.
_MARKS = str.maketrans("", "", "“”‘’《》()、 ")


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one tier: whole ones, their pattern (longest first), and those in parts."""

    whole: dict[str, dict[str, str]]
    pattern: re.Pattern[str]
    parts: tuple[tuple[tuple[str, ...], dict[str, str]], ...]
    words: re.Pattern[str]  # the words that names in parts are made of


@cache
def _names(tier: str) -> _Names:
    whole: dict[str, dict[str, str]] = {}
    parts: list[tuple[tuple[str, ...], dict[str, str]]] = []
    for row in lexicon.table("indicators"):
        if row["tier"] != tier:
            continue
        for name in filter(None, (row["name_zh"], *row["aliases"].split("|"))):
            if "+" in name:
                parts.append((tuple(name.split("+")), row))
            else:
                whole[name] = row
    words = frozenset(word for named, _ in parts for word in named)
    pattern = re.compile(lexicon.alternation(tuple(whole)))
    return _Names(whole, pattern, tuple(parts), re.compile(lexicon.alternation(words)))


@cache
def _neutral(*kinds: str) -> re.Pattern[str]:
    """Runs of the words of code_neutral that have one of these attributes."""
    words = [row[0] for row in lexicon.entries("code_neutral") if (*row, "")[1] in kinds]
    return re.compile(f"(?:{lexicon.alternation(words)})+")


@cache
def _dimensions() -> dict[str, str]:
    """The dimension of each unit: that of its own name, for 方 is a 平方米 of another dimension."""
    own_name_last = sorted(lexicon.table("units"), key=lambda row: row["surface"] == row["unit"])
    return {row["unit"]: row["dimension"] for row in own_name_last}


def _before(text: str) -> str:
    return _neutral("").sub("", text)


def _behind(text: str) -> str:
    return _neutral("", "tail").sub("", text)


@lru_cache(maxsize=100_000)
def _find(phrase: str, tier: str) -> tuple[dict[str, str], bool] | None:
    """The indicator that a phrase names, and whether it names it whole."""
    plain = _neutral("inside").sub("", phrase.translate(_MARKS))
    names = _names(tier)
    for match in names.pattern.finditer(plain):
        row = names.whole[match.group()]
        rest = _before(plain[: match.start()]) + _behind(plain[match.end() :])
        if not rest or names.whole.get(rest) is row:
            return row, True
    said = set(names.words.findall(plain))
    for words, row in names.parts:
        if said.issuperset(words):
            end = max(plain.rindex(word) + len(word) for word in words)
            if not _behind(plain[end:]):
                return row, False
    return None


class Codes(NamedTuple):
    """What the indicator phrase of an observation names."""

    core: str | None  # the code of tier core
    extended: str | None  # of tier extended, where there is none of tier core
    unit: str | None  # the unit that the first indicator it names asks for, whether it fits or not


def codes_of(phrase: str, quantity: Quantity, measure: Measure) -> Codes:
    """The codes that an indicator phrase gives its observation.

    Args:
        phrase: the indicator as bound.
        quantity: its number; a level must be in a unit that fits the indicator's.
        measure: what the number says of the indicator.

    Returns:
        The code of tier `core` of seeds/indicators.csv, or None; where there is none, the code of
        tier `extended`, which says under which common name the phrase belongs; and the unit that
        the phrase lets expect.
    """
    core, core_unit = _code(phrase, quantity, measure, CORE)
    if core is not None:
        return Codes(core, None, core_unit)
    extended, unit = _code(phrase, quantity, measure, EXTENDED)
    return Codes(None, extended, unit if extended is not None else core_unit or unit)


def _code(
    phrase: str, quantity: Quantity, measure: Measure, tier: str
) -> tuple[str | None, str | None]:
    found = _find(phrase, tier)
    if found is None:
        return None, None
    row, whole = found
    unit = row["unit"]
    if measure in {"level", "change_amount"}:
        return row["code"] if fits(unit, quantity) else None, unit
    # 改造老旧小区 may be told in 平方米, 户 or 个: what its growth is the growth of, none can tell.
    return row["code"] if whole or _dimension(unit) in _COUNTS else None, unit


def reason(phrase: str, quantity: Quantity, measure: Measure) -> str:
    """Why a phrase has the code that `codes_of` gives, or none: a line for people to read."""
    refused = []
    for tier in (CORE, EXTENDED):
        found = _find(phrase, tier)
        if found is None:
            continue
        row, whole = found
        if _code(phrase, quantity, measure, tier)[0]:
            said = "all" if whole else "every word"
            return f"the phrase says {said} of a name of {row['name_zh']}"
        refused.append(f"{row['code']} is measured in {row['unit'] or 'no unit'}")
    return "; ".join(refused) or "no name of seeds/indicators.csv is all that the phrase says"


def _dimension(unit: str) -> str:
    return _dimensions().get(unit, "count")


def fits(unit: str, quantity: Quantity) -> bool:
    """Whether a level or its change may be in the unit of this number.

    Args:
        unit: the base unit of an indicator of seeds/indicators.csv.
        quantity: the number; without a unit it may count anything.
    """
    if quantity.unit in {"百分点", "%"}:
        return unit == "%" or quantity.unit == "百分点"
    wanted, given = _dimension(unit), (quantity.dimension or "") if quantity.unit else ""
    return wanted == given or any({wanted, given} <= some for some in (_PERSONS, _THINGS))
