"""What the words of a title or heading say: of which years it speaks, and whether done or to do.

The one place that reads a title or a heading: `report` asks it for the years of the whole,
`layout` for the role of each part. Where headings are is the business of `layout`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines import lexicon
from pipelines.text.model import Status
from pipelines.text.numbers.numerals import whole_number

_CHINESE_YEAR = re.compile(
    # looks back from its first character: a pattern that begins with one is found far faster
    "[一二](?<![一二三四五六七八九十].)[一二三四五六七八九〇○零]{3}(?=年)"
)
# A day (2016年12月13日, 2016-12-13) is that of a session or a page, and names no year of work.
_NO_DAY = r"(?!年[0-9]{1,2}月[0-9]{1,2}日|[-/.][0-9]{1,2}[-/.][0-9]{1,2})"
_YEAR = re.compile(
    "(?<![0-9A-Za-z.])((?:19[4-9]|20[0-9])[0-9])(?![0-9A-Za-z.])"
    f"{_NO_DAY}(?:年?[-—–~至到]{{1,2}}((?:19[4-9]|20[0-9])[0-9])(?![0-9]))?"
)

_TWO = 2
_TIMES = re.compile("(?:19|20)[0-9]{2}年?度?|[上下]半年|第?[一二三四1-4]季度|[0-9年月日、和及至—-]")


class Said(NamedTuple):
    """What a stretch of a title says: 2018年工作打算 of the year 2018, that it is planned."""

    years: tuple[int, int] | None  # first and last
    status: Status | None


def normal_years(text: str) -> str:
    """The text with years in Chinese numerals as digits, length kept: 二○二三年 -> 2023年."""
    return _CHINESE_YEAR.sub(lambda match: str(whole_number(match[0])), text)


def year_in(text: str) -> int | None:
    """The first year that a title or file name states; a day states none."""
    match = _YEAR.search(normal_years(text))
    return int(match[1]) if match else None


def year_given(title: str) -> int | None:
    """The one year that a title names first; None where that begins a span (2016-2020年)."""
    match = _YEAR.search(normal_years(title))
    return int(match[1]) if match and not match[2] else None


@cache
def spoken_years(distance: int) -> tuple[str, ...]:
    """What speakers call the year at a distance from their own: 去年 (-1), 明年 (1)."""
    named = lexicon.entries("relative_years")
    return tuple([w for w, by, origin in named if (int(by), origin) == (distance, "spoken")])


@cache
def _status_words() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = {fields[0]: fields[1] for fields in lexicon.entries("heading_status")}
    return re.compile(lexicon.alternation(frozenset(rows))), rows


def heading_status(text: str) -> tuple[str, Status | None]:
    """What a heading's words say of its section.

    Returns:
        How firmly they say it (firmly, weakly, or not at all: ""), and the status: None for a
        section that is neither, or both (去年工作回顾和今年工作安排).
    """
    pattern, says = _status_words()
    found = [says[word] for word in pattern.findall(text)]
    if not found:
        return "", None
    if "neutral" in found:
        return "firmly", None
    if "actual" in found:
        if _goes_on(text):
            return "firmly", None
        # An aim before the word of completion is what was completed; one after it stands beside it.
        after = found[found.index("actual") :]
        beside = "planned" in found or "aim" in after or "ahead" in after
        return "firmly", None if beside else "actual"
    if _joins_ahead(text):
        return "firmly", None
    firm = "planned" in found or "ahead" in found
    return "firmly" if firm else "weakly", "planned"


@cache
def _joint() -> re.Pattern[str]:
    """What joins something of a later time to what was said before it: 及下半年, 和2024年."""
    later = lexicon.alternation(lexicon.words("later_times"))
    return re.compile(f"(?:以?及|和|与|暨|、|,|并)(?:{later}|((?:19|20)[0-9]{{2}})年)")


def _joins_ahead(text: str) -> bool:
    """Whether a heading joins what is planned for a later time to something else: 盘点及下半年打算.

    Whatever the first part calls itself, it is no plan. What it joins to a plan (思路和今后打算) or
    to a bare time (2024年和今后一个时期的工作安排) is one.
    """
    text = normal_years(text)
    joint = _joint().search(text)
    if joint is None or (joint[1] and not _is_later(text[: joint.start()], int(joint[1]))):
        return False
    first = text[: joint.start()]
    return len(_TIMES.sub("", first)) >= _TWO and not _status_words()[0].search(first)


def _is_later(text: str, year: int) -> bool:
    """Whether a year comes after one that a text names."""
    return any(int(match[1]) < year for match in _YEAR.finditer(text))


def _goes_on(text: str) -> bool:
    """Whether a heading looks back on a year and then speaks of a later one, in whatever words.

    2019年工作总结与2020年工作谋划 does; 2018—2019年工作总结 speaks of one span.
    """
    years = list(_YEAR.finditer(normal_years(text)))
    if len(years) < _TWO:
        return False
    between = heading_status(text[years[0].end() : years[-1].start()])[1]
    return between == "actual" and int(years[-1][1]) > int(years[0][2] or years[0][1])


def said_by(title: str) -> tuple[Said, ...]:
    """What a title or heading says, stretch by stretch.

    2017年度工作总结暨2018年工作打算 says that 2017 is done and 2018 is to do; 2018年政府工作报告
    names a year and no more. A year lends itself to the words behind it; 工作总结和下步打算 names
    none.
    """
    title = normal_years(title)
    years = list(_YEAR.finditer(title))
    found: list[Said] = []
    edges = [match.start() for match in years] + [len(title)]
    if edges[0] > 0:
        found.extend(_stretch(None, title[: edges[0]]))
    for match, edge in zip(years, edges[1:], strict=True):
        span = int(match[1]), int(match[2] or match[1])
        found.extend(_stretch(span, title[match.end() : edge]))
    if len(found) > 1 and _joins_ahead(title):
        # 2023年工作盘点及2024年打算: what is no plan looks back
        found = [_back(one) if k + 1 < len(found) else one for k, one in enumerate(found)]
    return tuple(found)


def _back(said: Said) -> Said:
    return Said(said.years, said.status or "actual")


def _stretch(years: tuple[int, int] | None, words: str) -> list[Said]:
    """What the words behind a year, up to the next one, say of it and of what stands beside."""
    says, status = heading_status(words)
    if status is not None:
        return [Said(years, status)]
    if not says:
        return [Said(years, None)] if years else []
    pattern, rows = _status_words()
    first = next(iter(rows[word] for word in pattern.findall(words)))
    if first == "neutral":
        return [Said(years, None)]
    one: Status = "planned" if first == "planned" else "actual"
    return [Said(years, one), Said(None, "actual" if one == "planned" else "planned")]
