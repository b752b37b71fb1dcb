"""Units: the words of seeds/units.csv, nouns in their place, and what the context makes of them.

What a number with its unit is worth is read in `with_unit`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipelines import lexicon


class Unit(NamedTuple):
    """A unit as written (empty for a noun in its place), its base unit, factor and dimension."""

    surface: str
    unit: str | None
    factor: Decimal
    dimension: str


ONE = Decimal(1)
_DOUBLING = re.compile("翻了?(?:将?近|接近|约|超过?|逾)?$")


def doubling_start(text: str, start: int) -> int:
    """Where 翻 or 翻了 before N番 begins: it belongs to the quote (翻两番, 翻了近一番)."""
    match = _DOUBLING.search(text, max(0, start - 4), start)
    return match.start() if match else start


def takes_half(unit: Unit, following: str) -> bool:
    """Whether 半 behind the unit is a half of it (一吨半), not the head of a word (半导体)."""
    if following and following in "导径岛数成自":
        return False
    return unit.dimension in ("time", "mass", "length", "area", "multiple", "ratio", "volume")


def in_context(text: str, start: int, end: int, unit: Unit) -> Unit:
    """Settle a unit that depends on the words around it.

    方 of earth, 港币 before 元, 每月 before money. The number begins at `start`, the unit ends at
    `end`.

    Args:
        text: the clean text.
        start: where the number begins.
        end: where the unit ends.
        unit: the unit as the table has it.
    """
    if unit.surface == "方":
        nouns = lexicon.pattern("volume_nouns")
        around = text[max(0, start - 8) : start] + text[end : end + 3]
        # No one builds 亿方 of floors.
        vast = text[end - 2 : end - 1] == "亿"
        return (
            unit._replace(unit="立方米", dimension="volume")
            if vast or nouns.search(around)
            else (unit._replace(dimension="area"))
        )
    if unit.dimension == "money":
        if unit.surface == "元":
            unit = unit._replace(unit=currency_before(text, start))
        return _priced(text, start, unit)
    return unit


@cache
def _mark_ends() -> frozenset[str]:
    return frozenset([mark[-1] for mark in lexicon.words("currency_marks")])


def currency_before(text: str, start: int) -> str:
    """The currency that is named right before an amount (港币300万元, US$500万); else 元."""
    if text[start - 1 : start] not in _mark_ends():
        return "元"
    match = lexicon.ending("currency_marks").search(text[max(0, start - 5) : start])
    return lexicon.column("currency_marks", "currency")[match[0]] if match else "元"


@cache
def _per() -> re.Pattern[str]:
    """每月2400元, 每平方米2.5元; with persons all of a clause (每人每月163元提高到178元)."""
    spans = lexicon.alternation(lexicon.words("price_spans"))
    persons = lexicon.alternation(lexicon.words("per_persons"))
    times = "[月年天]|学[年期]"
    return re.compile(f"每({spans})$|(?:(?:{persons})每?({times})|(月)人均)[^,;。:\n每]{{0,22}}$")


@cache
def _for_each() -> re.Pattern[str]:
    """每部电梯造价约46万元, 户均补助4500元: a few words may stand between, but none of change.

    每千瓦时0.62元涨至0.67元: the second amount, too.
    """
    each = lexicon.alternation(lexicon.words("price_counters"))
    word = r"[^,;。:、\n每均增减提涨降收\d]"
    return re.compile(
        rf"(?:每({each}){word}{{0,10}}|([户亩村])均{word}{{2,10}})"
        r"(?:\d[\d.]*元?[^,;。\d]{1,4}[至到])?$"
    )


# What each earns is no price (每人收入446元).
_EARNED = re.compile("收入|工资|平均")


def _priced(text: str, start: int, unit: Unit) -> Unit:
    before = text[max(0, start - 28) : start]
    match = _per().search(before)
    if match is None and not _EARNED.search(before, len(before) - 16):
        match = _for_each().search(before)
    if match is None:
        return unit
    per = next(filter(None, match.groups()))
    per = "平方米" if per == "平米" else per
    return unit._replace(unit=f"{unit.unit}/{per}", dimension="price")


@cache
def unit_table() -> dict[str, Unit]:
    """Surface forms of seeds/units.csv, with the nouns that stand in place of a counter."""
    units: dict[str, Unit] = {}
    for row in lexicon.table("units"):
        surface = row["surface"]
        units[surface] = Unit(surface, row["unit"], Decimal(row["factor"]), row["dimension"])
    for word in lexicon.words("counter_false"):
        units.setdefault(word, Unit("", None, Decimal(1), "none"))
    for word in lexicon.words("person_nouns"):
        units.setdefault(word, Unit("", "人", Decimal(1), "person"))
    for word in lexicon.words("household_nouns"):
        units[word] = Unit("", "户", Decimal(1), "count")
    # Units in Latin letters are written in any case (KM, Kg); one letter means different things.
    for surface in [known for known in units if known.isascii() and len(known) > 1]:
        for variant in (surface.lower(), surface.upper(), surface.capitalize()):
            units.setdefault(variant, units[surface]._replace(surface=variant))
    return units


@cache
def unit_lengths() -> dict[str, tuple[int, ...]]:
    """How long the units are that begin with a character, longest first."""
    table: dict[str, set[int]] = {}
    for surface in unit_table():
        table.setdefault(surface[0], set()).add(len(surface))
    return {first: tuple(sorted(found, reverse=True)) for first, found in table.items()}


@cache
def percent() -> Unit:
    """The unit of a share."""
    return unit_table()["%"]


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit (or noun in place of one) that begins at `at`."""
    units = unit_table()
    for length in unit_lengths().get(text[at : at + 1], ()):
        unit = units.get(text[at : at + length])
        if unit is not None and (text[at] > "z" or not _is_cut(text, at + length)):
            return unit
    return None


def _is_cut(text: str, end: int) -> bool:
    """Whether a unit in Latin letters goes on behind `end` (GW of GWh): then it is another one."""
    last, after = text[end - 1 : end], text[end : end + 1]
    return after.isascii() and after.isalnum() and last.isascii() and last.isalnum()


def compound(text: str, end: int, unit: Unit) -> Unit | None:
    """27克/千克, 0.6人/百亿元: a pair that no table has; what it is per stays as written.

    `end` is where `unit` ends. None where no other unit follows.

    Args:
        text: the clean text.
        end: where the unit ends.
        unit: the first of the pair.
    """
    if not text.startswith("/", end):
        return None
    at = end + 1
    while text[at : at + 1] in ("十", "百", "千", "万", "亿") and unit_at(text, at) is None:
        at += 1
    per = unit_at(text, at)
    if per is None or not per.surface:
        return None
    dimension = "price" if unit.dimension == "money" else "density"
    below = text[end + 1 : at] + per.surface
    return Unit(f"{unit.surface}/{below}", f"{unit.unit}/{below}", unit.factor, dimension)
