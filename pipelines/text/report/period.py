"""Which days a whole report speaks of: the default of every figure that names no time itself.

Only titles, headings, the opening and the day of publication are asked. Times inside sentences
are the business of `text.times`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

from pipelines import lexicon
from pipelines.text.calendar import months, plan_years, years
from pipelines.text.model import Period
from pipelines.text.numbers.numerals import whole_number

_HEADING = 45  # characters that a heading has at most
_OPENING = 300
_FIRST_CHAPTER = 3000  # characters within which the heading that looks back stands
# A congress that meets from November on hears the report on the year that is ending.
_LATE_AUTUMN = 11
_CHINESE_YEAR = re.compile(
    # looks back from its first character: a pattern that begins with one is found far faster
    "[一二](?<![一二三四五六七八九十].)[一二三四五六七八九〇○零]{3}(?=年)"
)
_YEAR = re.compile("(?<![0-9A-Za-z.])((?:19[4-9]|20[0-9])[0-9])(?![0-9A-Za-z.])")
_SPAN = re.compile("([二两三四五六七八九十])年")
# “十四五”时期, 第六个五年计划
_ERA = re.compile(
    '[“"「]([一二三四五六七八九十]{1,2})五[”"」]|第([一二三四五六七八九十]{1,2})个五年计划'
)


@cache
def _era_report() -> re.Pattern[str]:
    documents = lexicon.alternation(lexicon.words("plan_documents"))
    return re.compile(f"(?:{_ERA.pattern})(?:{documents})")


def normal_years(text: str) -> str:
    """The text with years in Chinese numerals as digits, length kept: 二○二三年 -> 2023年."""
    return _CHINESE_YEAR.sub(lambda match: str(whole_number(match[0])), text)


def year_in(text: str) -> int | None:
    """The first year that a title or file name states."""
    match = _YEAR.search(normal_years(text))
    return int(match[1]) if match else None


def is_half_year(text: str, title: str) -> bool:
    """Whether a report speaks of the first half of a year: by its title, else by its words.

    A half-year report says 上半年 again and again, and opens with 今年以来 or looks ahead to
    下半年. An annual report may say 上半年 once.
    """
    if any(word in title for word in lexicon.words("half_year_words")):
        return True
    said = sum(text.count(word) for word in lexicon.words("half_year_words"))
    opening = text[:_OPENING]
    return said >= 2 and (
        "下半年" in text or any(word in opening for word in lexicon.words("this_year_words"))
    )


def period_of(
    text: str, title: str, file_stem: str, kind: str, published_on: date | None
) -> Period | None:
    """The days that a report speaks of.

    The first of these that says it: a title with 上半年, 一季度 or 年度; the first heading that
    looks back (2017年工作总结, 过去五年工作回顾, “六五”计划执行情况); the words of a half-year
    report; a five-year plan as the matter of the report; the year of a work report,
    which looks back on the year before; the year of a summary or plan.

    Args:
        text: the clean text.
        title: the title found in it, or "".
        file_stem: the file name without folder and suffix.
        kind: the report kind, as in `Metadata`.
        published_on: the day of publication or delivery, if known.

    Returns:
        The period, or None where the report states no year at all.
    """
    text = normal_years(text)
    named = f"{normal_years(title)}\n{normal_years(file_stem)}"
    stated = year_in(title) or year_in(file_stem)
    given = stated or _year_given(kind, published_on)
    half = kind == "half_year_summary" or is_half_year("", named)
    part = _part_pattern().search(named)
    if stated and part:
        return _named_part(stated, part[0])
    if stated and f"{stated}年度" in named:
        return years(stated, stated)
    if kind != "plan":
        reviewed = _reviewed([title, *text[:_FIRST_CHAPTER].split("\n")], given, half=half)
        if reviewed:
            return reviewed
    return _by_year(text, kind, given, half=half)


def _year_given(kind: str, published_on: date | None) -> int | None:
    """The year that a report without one in its title counts as given in."""
    if published_on is None:
        return None
    late = kind == "work_report" and published_on.month >= _LATE_AUTUMN
    return published_on.year + late


def _by_year(text: str, kind: str, given: int | None, *, half: bool) -> Period | None:
    """The period of a report whose headings do not tell it."""
    if half:
        year = _half_year_named(text) or given or _spoken_of(text)
        return months(year, 1, 6) if year else None
    era = _era_report().search(text[:_OPENING])
    if era and kind == "work_report":
        return _era(era[1] or era[2])
    if given and kind == "work_report":
        return years(given - 1, given - 1)
    year = given or _spoken_of(text)
    return years(year, year) if year else None


def _reviewed(lines: Iterable[str], given: int | None, *, half: bool) -> Period | None:
    """What the first heading that looks back covers, if it says so."""
    for line in lines:
        if not 0 < len(line) <= _HEADING or line[-1] in "。;:!,":
            continue
        signs = list(_review_pattern().finditer(line))
        if not signs:
            continue
        # What stands behind the last sign looks ahead: 2023年工作总结和2024年工作思路.
        period = _covered(line[: signs[-1].end()], given, half=half)
        if period or (period := _covered(line, given, half=half)):
            return period
    return None


@cache
def _review_pattern() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.words("review_words")))


def _covered(heading: str, given: int | None, *, half: bool) -> Period | None:
    year = year_in(heading)
    if year:
        first_half = half or any(word in heading for word in lexicon.words("half_year_words"))
        return months(year, 1, 6) if first_half else years(year, year)
    if given and any(word in heading for word in lexicon.words("past_year_words")):
        return years(given - 1, given - 1)
    era = _ERA.search(heading)
    if era:
        return _era(era[1] or era[2])
    span = _SPAN.search(heading)
    if span and given:
        return years(given - whole_number(span[1]), given - 1)
    return None


def _era(numeral: str) -> Period | None:
    """The years of the five-year plan that a numeral counts."""
    number = whole_number(numeral)
    return plan_years(number) if number else None


def _half_year_named(text: str) -> int | None:
    """The year that stands most often before 上半年 or 下半年."""
    years = Counter(re.findall("((?:19|20)[0-9]{2})年(?:度)?[上下]半年", text))
    return int(years.most_common(1)[0][0]) if years else None


def _spoken_of(text: str) -> int | None:
    """The year that the text names most. A year that it only plans for lies one further on."""
    planned = re.compile(f"(?:{lexicon.alternation(lexicon.words('plan_year_words'))})于?在?到?$")
    said: Counter[int] = Counter()
    ahead: list[int] = []
    for match in re.finditer("((?:19[4-9]|20[0-9])[0-9])年", text):
        if planned.search(text[max(0, match.start() - 6) : match.start()]):
            ahead.append(int(match[1]))
        else:
            said[int(match[1])] += 1
    if said:
        return max(said, key=lambda year: (said[year], year))
    return min(ahead) - 1 if ahead else None


@cache
def _part_pattern() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.words("part_year_words")))


def _named_part(year: int, part: str) -> Period:
    """The months of a part of the year that a title names."""
    parts = lexicon.entries("part_year_words")
    first, last = next((int(a), int(b)) for word, a, b in parts if word == part)
    return months(year, first, last)
