"""Which administrative region a report speaks for.

What names itself wins over what is merely mentioned. A name that several regions bear is settled
by what else the text names, or stays open: the report then has the bare name. Which of several
divisions is meant is the business of `context`, the rest of the metadata that of `metadata`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipelines import lexicon
from pipelines.text.report.context import home_of, most_named, settled, weights_of
from pipelines.text.report.divisions import (
    Division,
    above,
    by_name,
    divisions,
    homes,
    mentions,
    path_of,
)
from pipelines.text.report.unlisted import named_in_address, named_in_title

_COUNTRY = "全国"
_HEAD = 1500  # characters in which a report says whose it is
_OPENING = 300  # characters in which a township calls itself by name
_SCANNED = 40_000  # characters looked at for names: enough for any report's self-naming
_LONGEST = 15  # characters of the longest name of a township
_SIGNED = 3  # lines at either end in which the author may stand
_LINE = 18  # characters of such a line at most
_MARKS = re.compile("[。,，;；:：、()《]")
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
    head = body[:_HEAD]
    unlisted = named_in_title(_YEAR.sub(" ", title).strip(), body)
    place = None if unlisted else _addressed(head, year)
    unlisted = unlisted or (None if place else named_in_address(head))
    if unlisted or place:
        return Place(*unlisted) if unlisted else place
    return _signed(body, year) or _frequent(body, year)


def _signed(body: str, year: int | None) -> Place | None:
    """The region of the body that a short line at either end names: 喀什地区统计局."""
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    for line in (*lines[:_SIGNED], *lines[-_SIGNED:]):
        if len(line) <= _LINE and not _MARKS.search(line) and (place := _named(line, body, year)):
            return place
    return None


def _year_in(*sources: str) -> int | None:
    found = (match for source in sources if (match := _YEAR.search(source)))
    first = next(found, None)
    return int(first[1]) if first else None


def _place(division: Division) -> Place:
    return Place(path_of(division), division.level)


def _one_of(name: str, named: tuple[Division, ...], body: str, year: int | None) -> Place:
    """The place of a name; the bare name where several divisions bear it and nothing settles it."""
    division = settled(named, body, year)
    return _place(division) if division else Place(name, named[0].level)


def _named(source: str, body: str, year: int | None) -> Place | None:
    """The region that a file name or title names: the last, most special one of a chain."""
    source = _YEAR.sub(lambda match: " " * len(match[0]), source.removeprefix("关于")).strip()
    if not source:
        return None
    zone = _zone(source, body, year)
    if zone:
        return zone
    chain = mentions(source)
    behind = chain[-1][1] if chain else 0
    name = _township_in(source, behind, body)
    if name:
        within = settled(chain[-1][2], source + body, year) if chain else None
        return _township(name, home_of(name, within, source + body, year))
    if chain:
        start, end, named = chain[-1]
        return _one_of(source[start:end], named, source + body, year)
    national = lexicon.words("national_names") | lexicon.words("ministries")
    if any(word in source for word in national):
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
        division = settled(found[1], source + body, year) if found else None
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
    return _township(fitted, home_of(fitted, None, body, year))


@cache
def _level_words() -> Mapping[str, str]:
    return {words[0]: words[1] for words in lexicon.entries("level_words")}


def _by_level(body: str, own: Mapping[str, int]) -> Place | None:
    """The most named region of the level at which the report says 全县, 全市, 全省.

    Where it says none of these, the most special one, or one above it that is named as often; or
    the country, where the text speaks of it as its own more often still.
    """
    levels, weights = _level_words(), weights_of(body)
    word = max((one for one in own if levels[one] != "country"), key=lambda one: own[one])
    if own[word]:
        best = most_named([levels[word]], weights)
        return _place(best) if best else None
    best = most_named(["county", "city", "province"], weights)
    for wider in above(best) if best else ():
        best = wider if best and weights.get(wider.name, 0) >= weights.get(best.name, 0) else best
    ours = sum(body.count(said) for said in lexicon.words("own_country"))
    if ours > (weights.get(best.name, 0) if best else 0) or (not best and _is_national(body)):
        return Place(_COUNTRY, "country")
    return _place(best) if best else None


def _is_national(body: str) -> bool:
    """Whether a text that names no region speaks for the country: not of honours that it gives."""
    honours = len(_honour_pattern().findall(body))
    said = body.count(_COUNTRY) - honours
    return said >= _SAID_OFTEN and said > honours


@cache
def _honour_pattern() -> re.Pattern[str]:
    # 全国文明单位, 全国首批试点
    honours = lexicon.words("national_honours") | lexicon.words("superlatives")
    return re.compile(f"{_COUNTRY}(?:{lexicon.alternation(honours)})")
