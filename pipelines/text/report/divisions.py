"""The administrative divisions of China, and where their names stand in a text.

Provinces, cities and counties come from seeds/regions.csv, streets and towns from
seeds/townships.csv, which is read when the first one is looked up. Which of the named divisions a
report speaks for is the business of `regions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipelines import lexicon

_COUNTRY = "country"
_ALWAYS = (0, 9999)
# A name of two characters (和县, 云县) is also the tail of longer ones (紫云县).
_SHORT = 2
_DATE_ENDS = "年月日"


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city or county, and the years in which it has this code and name."""

    code: str
    name: str
    level: str
    parent: str
    short: str
    aliases: tuple[str, ...]
    years: tuple[int, int]  # first and last
    successor: str

    @property
    def is_current(self) -> bool:
        """Whether it is there today."""
        return self.years[1] == _ALWAYS[1]

    def is_of(self, year: int | None) -> bool:
        """Whether it is there in a year; today where no year is known."""
        return self.years[0] <= year <= self.years[1] if year else self.is_current


def short_name(name: str) -> str:
    """A name without its generic ending: 浙江省 -> 浙江, 广西壮族自治区 -> 广西."""
    for suffix in _suffixes():
        stem = name.removesuffix(suffix)
        if stem != name and len(stem) >= 2:
            return stem
    return name


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(lexicon.words("region_suffixes"), key=len, reverse=True))


@cache
def divisions() -> Mapping[str, Division]:
    """All divisions by code, dissolved ones too."""
    return {
        row["code"]: Division(
            row["code"],
            row["name"],
            row["level"],
            row["parent_code"],
            short_name(row["name"]),
            tuple(filter(None, row["aliases"].split("|"))),
            (int(row["valid_from"] or _ALWAYS[0]), int(row["valid_to"] or _ALWAYS[1])),
            row["successor"],
        )
        for row in lexicon.table("regions")
    }


@cache
def by_name() -> Mapping[str, tuple[Division, ...]]:
    """Divisions by full name and alias (恩施州), the country aside."""
    named: dict[str, tuple[Division, ...]] = {}
    for division in divisions().values():
        if division.level != _COUNTRY:
            for name in (division.name, *division.aliases):
                named[name] = (*named.get(name, ()), division)
    return named


def above(division: Division) -> tuple[Division, ...]:
    """The divisions that this one lies in, the country aside, innermost first."""
    parent = divisions().get(division.parent)
    if parent is None or parent.level == _COUNTRY:
        return ()
    return (parent, *above(parent))


@cache
def below(code: str) -> tuple[Division, ...]:
    """All divisions inside the one of this code."""
    children = _children().get(code, ())
    return tuple(one for child in children for one in (child, *below(child.code)))


@cache
def _children() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for division in divisions().values():
        found.setdefault(division.parent, []).append(division)
    return {code: tuple(children) for code, children in found.items()}


def path_of(division: Division) -> str:
    """Names from the province down: 浙江省/杭州市/上城区."""
    return "/".join([one.name for one in reversed((division, *above(division)))])


@cache
def _predecessors() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    for division in divisions().values():
        if division.successor:
            found[division.successor] = (*found.get(division.successor, ()), division)
    return found


def predecessors(division: Division) -> tuple[Division, ...]:
    """The dissolved divisions whose land this one took over."""
    return _predecessors().get(division.code, ())


def homes(township: str) -> tuple[Division, ...]:
    """The divisions that have a street, town or township of this name."""
    return tuple([divisions()[code] for code in _homes().get(township, ())])


@cache
def _homes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in lexicon.table("townships"):
        for name in row["names"].split("|"):
            found[name] = (*found.get(name, ()), row["parent_code"])
    return found


@cache
def _full_names() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(by_name())
    return AhoCorasick(names), names


def mentions(text: str) -> list[tuple[int, int, tuple[Division, ...]]]:
    """Full names and aliases in a text, in order, none inside a longer one: start, end, whose."""
    finder, names = _full_names()
    matches = finder.find_matches_as_indexes(text, overlapping=True)
    spans = sorted([(start, -end, names[index]) for index, start, end in matches])
    found: list[tuple[int, int, tuple[Division, ...]]] = []
    behind = 0
    for start, end, name in spans:
        if -end > behind and (named := _meant(text, start, -end, name)):
            found.append((start, -end, named))
            behind = -end
    return found


def _meant(text: str, start: int, end: int, name: str) -> tuple[Division, ...]:
    """The divisions that a name may mean where it stands.

    A name that is a common noun, too (城区), or the tail of others, counts behind its parent; the
    noun also as all that a title says of a region, the tail where no name goes before it.
    """
    named = by_name()[name]
    if name in lexicon.words("region_common_nouns"):
        if start == 0 and _title_goes_on().match(text, end):
            return named
    elif len(name) > _SHORT or _stands_free(text, start):
        return named
    return tuple([one for one in named if _follows_parent(text, start, one)])


def _follows_parent(text: str, start: int, division: Division) -> bool:
    return any(text.endswith((one.name, one.short), 0, start) for one in above(division))


def _stands_free(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return not _han().match(before) or before in _DATE_ENDS or before in _prepositions()


@cache
def _title_goes_on() -> re.Pattern[str]:
    governments = lexicon.alternation(lexicon.words("governments"))
    return re.compile(rf"$|[^\u4e00-\u9fff]|{governments}")


@cache
def _han() -> re.Pattern[str]:
    return re.compile("[\u4e00-\u9fff]")


@cache
def _prepositions() -> frozenset[str]:
    roles = lexicon.column("roles", "role")
    return frozenset([word for word, role in roles.items() if role in {"prep", "conj"}])
