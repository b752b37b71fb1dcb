"""Which of several divisions a text means: how often it names them and those above them.

Where names stand in a text is the business of `divisions`, whose report it is that of `regions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from pipelines import lexicon
from pipelines.text.report.divisions import (
    Division,
    above,
    below,
    by_name,
    divisions,
    homes,
    mentions,
    predecessors,
)

_FULL_NAME = 3  # weight of 上城区 against 上城, which may be a word of another sense


def settled(named: tuple[Division, ...], body: str, year: int | None) -> Division | None:
    """Of divisions with one name, that of the year whose parents the text names most.

    Args:
        named: the divisions of that name.
        body: the text that may name their parents.
        year: of the report, if known.
    """
    there = tuple([one for one in named if one.is_of(year)]) or named
    if len(there) == 1:
        return there[0]
    weights = weights_of(body)
    scores = {one: _score_above(one, weights) for one in there}
    best = [one for one in there if scores[one] == max(scores.values())]
    return best[0] if len(best) == 1 else None


def home_of(name: str, within: Division | None, body: str, year: int | None) -> Division | None:
    """The division that a township lies in: by the table, as far as the text agrees.

    The table knows today's divisions. A report of a county that has since been dissolved names it:
    that county it is, or any other that the text names and the table does not have.

    Args:
        name: of the township.
        within: what it must lie in, if known.
        body: the text that may name where it lies.
        year: of the report, if known.
    """
    known = homes(name)
    if within:
        inside = [one for one in known if within == one or within in above(one)]
        return inside[0] if len(inside) == 1 else within
    body = body.replace(name, " ")  # 朝阳镇 says nothing of 朝阳市
    said = _parent_of(name, body, year)
    weights = weights_of(body)
    for home in known:
        for former in predecessors(home):
            if weights.get(former.name) and (year is None or former.is_of(year)):
                return former
    scores = {
        one: sum(_scores(one, weights, body)) or body.count(one.name) * _FULL_NAME for one in known
    }
    best = max(scores.values(), default=0)
    if best:
        found = [one for one in known if scores[one] == best]
        return found[0] if len(found) == 1 else said
    return said or (known[0] if len(known) == 1 else None)


def _parent_of(name: str, body: str, year: int | None) -> Division | None:
    """The division that a township most likely lies in: the named county, else city or province."""
    weights = weights_of(body)
    best: tuple[float, Division] | None = None
    for division in _counties(weights):
        if division.name == name or (year and not division.is_of(year)):
            continue
        own, city = _scores(division, weights, body)
        if own and (best is None or own + city > best[0]):
            best = own + city, division
    if best:
        return best[1]
    return most_named(("city", "province"), weights)


def _counties(weights: Mapping[str, float]) -> Iterable[Division]:
    """The counties that are named, or lie in what is named, in the order of their codes."""
    named = [one for name in weights for one in by_name()[name]]
    inside = [child for one in named for child in below(one.code)]
    return sorted(
        {one for one in (*named, *inside) if one.level == "county"}, key=lambda one: one.code
    )


def most_named(levels: Iterable[str], weights: Mapping[str, float]) -> Division | None:
    """The division named most of the first of these levels that has one named."""
    for level in levels:
        named = [one for one in divisions().values() if one.level == level]
        best = max(named, key=lambda one: weights.get(one.name, 0), default=None)
        if best and weights.get(best.name, 0):
            return best
    return None


def _scores(division: Division, weights: Mapping[str, float], body: str) -> tuple[float, float]:
    """How well the text knows a division, and how well those above it.

    A county's short name counts only where its city is named, too: 钱塘 is also a river.
    """
    own = weights.get(division.name, 0) * _FULL_NAME
    city = _score_above(division, weights)
    common = division.name in lexicon.words("region_common_nouns")
    if division.level == "county" and city and len(division.short) >= 2 and not common:
        own += _short_counts(body)[division.short]
    return own, city


def _score_above(division: Division, weights: Mapping[str, float]) -> float:
    """How well the text knows the divisions above this one."""
    return sum(
        weights.get(one.name, 0) * (1 if one.level == "city" else 0.5) for one in above(division)
    )


@lru_cache(maxsize=4)
def weights_of(body: str) -> Mapping[str, float]:
    """How often provinces and cities are named, in full or short, and counties in full."""
    weights: Counter[str] = Counter()
    for _, _, found in mentions(body):
        if found[0].level == "county":
            weights[found[0].name] += 1
    counts = _short_counts(body)
    for name, short in _short_names():
        if count := counts[short]:
            weights[name] = count
    return weights


@lru_cache(maxsize=4)
def _short_counts(body: str) -> Counter[str]:
    """How often each short name stands in the text, be it a word of another sense."""
    finder, names = _short_finder()
    matches = finder.find_matches_as_indexes(body, overlapping=True)
    return Counter([names[index] for index, _, _ in matches])


@cache
def _short_finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    shorts = {one.short for one in divisions().values() if one.level == "county"}
    names = tuple(sorted(shorts | {short for _, short in _short_names()}))
    return AhoCorasick(names), names


@cache
def _short_names() -> tuple[tuple[str, str], ...]:
    """Names of provinces and cities with their short forms; 吉林 is the province, not the city."""
    provinces = {one.short for one in divisions().values() if one.level == "province"}
    return tuple(
        (one.name, one.name if one.level == "city" and one.short in provinces else one.short)
        for one in divisions().values()
        if one.level in ("province", "city")
    )
