"""Which administrative region a report speaks for.

What names itself wins over what is merely mentioned. A name that several regions bear is settled
by what else the text names, or stays open: the report then has the bare name. The table of
divisions is the business of `divisions`, the rest of the metadata that of `metadata`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    path_of,
    predecessors,
)

_COUNTRY = "全国"
_HEAD = 1500  # characters in which a report says whose it is
_OPENING = 300  # characters in which a township calls itself by name
_SCANNED = 40_000  # characters looked at for names: enough for any report's self-naming
_FULL_NAME = 3  # weight of 上城区 against 上城, which may be a word of another sense
_LONGEST = 15  # characters of the longest name of a township
_HAN = "[\u4e00-\u9fff]"
_SAID_OFTEN = 3  # mentions of 全国 that are more than a comparison in passing
_YEAR = re.compile("((?:19|20)[0-9]{2})年?度?")
_LEVEL_BELOW = {"province": "city", "city": "county", "county": "township"}


@dataclass(frozen=True, slots=True)
class Place:
    """A region that a report may speak for: its path from the province down, and its level."""

    path: str
    level: str


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
    year = _year_in(title, file_stem, body[:_OPENING])
    for source in (file_stem, title):
        place = _named(source, body, year)
        if place:
            return place
    return _addressed(body[:_HEAD], year) or _frequent(body, year)


def _year_in(*sources: str) -> int | None:
    found = (match for source in sources if (match := _YEAR.search(source)))
    first = next(found, None)
    return int(first[1]) if first else None


def _place(division: Division) -> Place:
    return Place(path_of(division), division.level)


def _one_of(name: str, named: tuple[Division, ...], body: str, year: int | None) -> Place:
    """The place of a name; the bare name where several divisions bear it and nothing settles it."""
    division = _settled(named, body, year)
    return _place(division) if division else Place(name, named[0].level)


def _settled(named: tuple[Division, ...], body: str, year: int | None) -> Division | None:
    """Of divisions with one name, that of the year whose parents the text names most."""
    there = tuple([one for one in named if one.is_of(year)]) or named
    if len(there) == 1:
        return there[0]
    weights = _weights(body)
    scores = {one: _score_above(one, weights) for one in there}
    best = [one for one in there if scores[one] == max(scores.values())]
    return best[0] if len(best) == 1 else None


def _named(source: str, body: str, year: int | None) -> Place | None:
    """The region that a file name or title names: the last, most special one of a chain."""
    source = _YEAR.sub(lambda match: " " * len(match[0]), source).strip()
    if not source:
        return None
    zone = _zone(source, body, year)
    if zone:
        return zone
    chain = mentions(source)
    behind = chain[-1][1] if chain else 0
    name = _township_in(source, behind, body)
    if name:
        within = _settled(chain[-1][2], source + body, year) if chain else None
        return _township(name, _home(name, within, source + body, year))
    if chain:
        start, end, named = chain[-1]
        return _one_of(source[start:end], named, source + body, year)
    if any(word in source for word in lexicon.words("national_names")):
        return Place(_COUNTRY, "country")
    return None


def _township_in(source: str, behind: int, body: str) -> str:
    """The township that a file name or title names behind its last division, or ""."""
    for match in _township_ends().finditer(source, behind):
        starts = range(max(behind, match.end() - _LONGEST), match.end() - 1)
        for start in starts:
            opens = start == behind or not source[start - 1].isalpha()
            if opens and homes(source[start : match.end()]):
                return source[start : match.end()]
    township = _township_pattern().search(source, behind)
    if township and not _is_common(township[0]):
        return _fitted(township["stem"], township["suffix"], body)
    return ""


@cache
def _township_ends() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.words("township_suffixes")))


def _zone(source: str, body: str, year: int | None) -> Place | None:
    """A development zone behind the name of its division: 苏州工业园区 is not 苏州."""
    for match in _zone_pattern().finditer(source):
        run = match[0]
        if any(run[start:] in by_name() for start in range(len(run))):
            continue  # 浦东新区 is a division itself
        township = _township_pattern().search(source, match.end())
        if township and not _is_common(township[0]):
            return None
        found = next(filter(None, (_division_at(run, at) for at in range(len(run)))), None)
        division = _settled(found[1], source + body, year) if found else None
        if found and division:
            level = _LEVEL_BELOW.get(division.level, "township")
            name = run[found[0] :].removeprefix(division.name)
            return Place(f"{path_of(division)}/{name}", level)
    return None


@cache
def _zone_pattern() -> re.Pattern[str]:
    kinds = lexicon.alternation(lexicon.words("zone_suffixes"))
    return re.compile(f"{_HAN}{{2,12}}?(?:{kinds})")


def _division_at(run: str, start: int) -> tuple[int, tuple[Division, ...]] | None:
    """Where a zone's own name begins, at a division's short name or full one, and which that is.

    Of divisions one behind the other (江苏省|苏州), the last.
    """
    for end in range(len(run) - 1, start + 1, -1):
        named = _by_any_name().get(run[start:end])
        if named:
            inner = _division_at(run, end)
            return inner if inner and above(inner[1][0]) else (start, named)
    return None


@cache
def _by_any_name() -> Mapping[str, tuple[Division, ...]]:
    named = dict(by_name())
    for division in divisions().values():
        if division.parent and division.short != division.name and division.is_current:
            others = named.get(division.short, ())
            # 吉林 is the province, 杭州 the city
            if not others or others[0].level == division.level:
                named[division.short] = (*others, division)
    return named


@cache
def _township_pattern() -> re.Pattern[str]:
    suffixes = lexicon.alternation(lexicon.words("township_suffixes"))
    words = lexicon.alternation(lexicon.words("township_words"))
    return re.compile(f"(?P<stem>{_HAN}{{1,6}}?)(?!{words})(?P<suffix>{suffixes})")


def _is_common(name: str) -> bool:
    return name.endswith(lexicon.affixes("township_common_nouns"))


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


def _township(name: str, home: Division | None) -> Place:
    return Place(f"{path_of(home)}/{name}" if home else name, "township")


def _home(name: str, within: Division | None, body: str, year: int | None) -> Division | None:
    """The division that a township lies in: by the table, as far as the text agrees.

    The table knows today's divisions. A report of a county that has since been dissolved names it:
    that county it is, or any other that the text names and the table does not have.
    """
    known = homes(name)
    if within:
        inside = [one for one in known if within == one or within in above(one)]
        return inside[0] if len(inside) == 1 else within
    body = body.replace(name, " ")  # 朝阳镇 says nothing of 朝阳市
    said = _parent_of(name, body, year)
    weights = _weights(body)
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
    weights = _weights(body)
    best: tuple[float, Division] | None = None
    for division in _counties(weights):
        if division.name == name or (year and not division.is_of(year)):
            continue
        own, city = _scores(division, weights, body)
        if own and (best is None or own + city > best[0]):
            best = own + city, division
    if best:
        return best[1]
    return _most(("city", "province"), weights)


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


def _counties(weights: Mapping[str, float]) -> Iterable[Division]:
    """The counties that are named, or lie in what is named, in the order of their codes."""
    named = [one for name in weights for one in by_name()[name]]
    inside = [child for one in named for child in below(one.code)]
    return sorted(
        {one for one in (*named, *inside) if one.level == "county"}, key=lambda one: one.code
    )


@lru_cache(maxsize=4)
def _weights(body: str) -> Mapping[str, float]:
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


def _score_above(division: Division, weights: Mapping[str, float]) -> float:
    """How well the text knows the divisions above this one."""
    return sum(
        weights.get(one.name, 0) * (1 if one.level == "city" else 0.5) for one in above(division)
    )


def _most(levels: Iterable[str], weights: Mapping[str, float]) -> Division | None:
    for level in levels:
        named = [one for one in divisions().values() if one.level == level]
        best = max(named, key=lambda one: weights.get(one.name, 0), default=None)
        if best and weights.get(best.name, 0):
            return best
    return None


@cache
def _address_pattern() -> re.Pattern[str]:
    # 在某市第十五届人民代表大会…, 我代表某县人民政府
    bodies = lexicon.alternation(lexicon.words("addressed_bodies"))
    return re.compile(f"第[一二三四五六七八九十0-9]{{1,4}}届|{bodies}")


def _addressed(head: str, year: int | None) -> Place | None:
    """The region whose congress or government the opening names."""
    ends = {match.start() for match in _address_pattern().finditer(head)}
    for start, end, named in mentions(head):
        if end in ends:
            return _one_of(head[start:end], named, head, year)
    if any(word in head for word in lexicon.words("national_openings")):
        return Place(_COUNTRY, "country")
    return None


def _frequent(body: str, year: int | None) -> Place | None:
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
    return _township(fitted, _home(fitted, None, body, year))


@cache
def _level_words() -> Mapping[str, str]:
    return {words[0]: words[1] for words in lexicon.entries("level_words")}


def _by_level(body: str, own: Mapping[str, int]) -> Place | None:
    """The most named region of the level at which the report says 全县, 全市, 全省."""
    levels = _level_words()
    word = max((one for one in own if levels[one] != "country"), key=lambda one: own[one])
    best = _most([levels[word]] if own[word] else ["county", "city", "province"], _weights(body))
    if best:
        return _place(best)
    return Place(_COUNTRY, "country") if not own[word] and _is_national(body) else None


def _is_national(body: str) -> bool:
    """Whether a text that names no region speaks for the country: not of honours that it gives."""
    if any(said in body for said in lexicon.words("own_country")):
        return True
    honours = len(_honour_pattern().findall(body))
    said = body.count(_COUNTRY) - honours
    return said >= _SAID_OFTEN and said > honours


@cache
def _honour_pattern() -> re.Pattern[str]:
    # 全国文明单位, 全国首批试点
    honours = lexicon.words("national_honours") | lexicon.words("superlatives")
    return re.compile(f"{_COUNTRY}(?:{lexicon.alternation(honours)})")
