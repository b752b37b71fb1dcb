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


def doubling_start(text: str, start: int) -> int:
    """Where 翻 or 翻了 before N番 begins: it belongs to the quote (翻两番)."""
    for verb in ("翻了", "翻"):
        if text.endswith(verb, 0, start):
            return start - len(verb)
    return start


def takes_half(unit: Unit, following: str) -> bool:
    """Whether 半 behind the unit is a half of it (一吨半), not the head of a word (半导体)."""
    if following and following in "导径岛数成自":
        return False
    return unit.dimension in ("time", "mass", "length", "area", "multiple", "ratio", "volume")


def in_context(text: str, start: int, end: int, unit: Unit) -> Unit:
    """Settle a unit that depends on the words around it: 方 of earth, 每月 before money."""
    if unit.surface == "方":
        nouns = lexicon.pattern("volume_nouns")
        around = text[max(0, start - 8) : start] + text[end : end + 3]
        return (
            unit._replace(unit="立方米", dimension="volume")
            if nouns.search(around)
            else (unit._replace(dimension="area"))
        )
    if unit.dimension == "money":
        return _priced(text, start, unit)
    return unit


@cache
def _per() -> re.Pattern[str]:
    """每月2400元, 每平方米2.5元; with persons all of a clause (每人每月163元提高到178元)."""
    spans = lexicon.alternation(lexicon.words("price_spans"))
    persons = lexicon.alternation(lexicon.words("per_persons"))
    return re.compile(f"每({spans})$|(?:{persons})每?([月年天])[^,;。:\n每]{{0,22}}$")


def _priced(text: str, start: int, unit: Unit) -> Unit:
    match = _per().search(text[max(0, start - 28) : start])
    if match is None:
        return unit
    per = "平方米" if match[1] == "平米" else match[1] or match[2]
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
        if unit is not None:
            return unit
    return None


def compound(unit: Unit, per: Unit) -> Unit:
    """27克/千克, 10次/秒: a pair that the table does not hold; what it is per stays as written."""
    dimension = "price" if unit.dimension == "money" else "density"
    surface, base = f"{unit.surface}/{per.surface}", f"{unit.unit}/{per.surface}"
    return Unit(surface, base, unit.factor, dimension)
