"""Which days a whole report speaks of: the default of every figure that names no time itself.

Only the title, the file name, date lines, headings, the opening and the day of publication are
asked; what a title or heading says is read in `headings`. Times inside sentences are the business
of `text.times`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from pipelines import lexicon
from pipelines.text.calendar import day_of, months, plan_years, years
from pipelines.text.headings import normal_years, said_by, spoken_years, year_in
from pipelines.text.model import Period
from pipelines.text.numbers.numerals import whole_number
from pipelines.text.report.spoken import given_by_congress, spoken_of

# The headings of parts: 二、2017年主要任务, 第二部分 2017年主要任务
_PART = re.compile(
    "^[ \u3000]*(?:第[一二三四五]部分|[(（]?[一二三四五六七八九十]{1,3}[)）、]).+", re.M
)
_HEADING = 45  # characters that a heading has at most
_OPENING = 300
_BEGINNING = 1500  # characters in which a report without a period of its own says how far it goes
_FIRST_CHAPTER = 3000  # characters within which the heading that looks back stands
_DATE_LINES = 6
# A congress that meets from November on hears the report on the year that is ending.
_LATE_AUTUMN = 11
_YEARLY = frozenset({"annual_summary", "communique"})
_DASH = "[-—–~～至到]{1,2}"
_SPAN = re.compile("([二两三四五六七八九十])年")
# “十四五”时期, 第六个五年计划
_ERA = re.compile(
    '[“"「]([一二三四五六七八九十]{1,2})五[”"」]|第([一二三四五六七八九十]{1,2})个五年(?:计划|规划)'
)
# A text that opens with 过去的五年中 tells of five years.
_YEARS_OPEN = re.compile(r"\s*在?(?:刚刚)?(?:过去)?的?这?([三四五])年(?:以?来|[中间里])")
_ERA_TIME = re.compile('[“"「]([一二三四五六七八九十]{1,2})五[”"」](?:时期|期间)')
# 1-10月, 9月份; no 9月2日
_MONTHS = re.compile(
    f"(?<![0-9])(?:(1[0-2]|[1-9])月?{_DASH})?(1[0-2]|[1-9])月(?!份?[0-9]|{_DASH}[0-9])"
)
_AS_OF = re.compile("截[至止]到?((?:19|20)[0-9]{2})年(1[0-2]|0?[1-9])月(?:([0-3]?[0-9])日|份?底)?")
_UP_TO = re.compile("截[至止]到?(?:今年|本年)?$")
_TO_DATE = re.compile(
    f"(?:1月?{_DASH}|前)(1[0-2]|[2-9])个?月|截[至止]到?(?:今年|本年|目前)?(1[0-2]|[1-9])月"
)
_NOW_REPORTED = re.compile("现将([^,。;:\n]{2,40})如下")
# Parts of a year as file names write them: 2023h1, 2024Q3, 2024m5, 202405, 2024-05.
_STEM_PART = re.compile(
    "(?<![0-9])((?:19|20)[0-9]{2})"
    "(?:[-_年]?(?:[hH]([12])|[qQ]([1-4])|[mM](1[0-2]|0?[1-9]))|[-_]?(0[1-9]|1[0-2]))(?![-_0-9])"
)

# 2023年度, 关于1957年工作的报告: the work of that year, whatever is said of it
_OF_ITS_YEAR = "(?:度|(?:政府|各项|主要)?工作(?:的|情况))"
_STEM_DAY = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")


@cache
def _era_report() -> re.Pattern[str]:
    documents = lexicon.alternation(lexicon.words("plan_documents"))
    return re.compile(f"(?:{_ERA.pattern})(?:{documents})")


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


def names_half_year(stem: str) -> bool:
    """Whether a file name writes a half of a year in figures: pujin-2023h1."""
    match = _STEM_PART.search(stem)
    return match is not None and match[2] is not None


def period_of(
    text: str, title: str, file_stem: str, kind: str, published_on: date | None
) -> Period | None:
    """The days that a report speaks of.

    The first of these that says it: a title or file name with a part of a year (上半年, 1-10月,
    2024q3); a line that says up to when (截至2025年10月31日); a title with a year to look back on,
    or 年度; the first heading that looks back (2017年工作总结, 过去五年工作回顾,
    “六五”计划执行情况); the words of a half-year report; a five-year plan as the matter of the
    report; the year of a work report, which looks back on the year before; the year of a summary or
    plan, as far as a report that is none of these says that it goes.

    Args:
        text: the clean text.
        title: the title found in it, or "".
        file_stem: the file name without folder and suffix.
        kind: the report kind, as in `Metadata`.
        published_on: the day of publication or delivery, if known.

    Returns:
        The period, or None where the report states no year at all.
    """
    text, title, stem = normal_years(text), normal_years(title), normal_years(file_stem)
    lines = text[:_FIRST_CHAPTER].split("\n")
    stated = year_in(title) or year_in(stem) or _year_of_stem(stem)
    if stated is None and published_on is None and not spoken_of(text):
        published_on = _day_of_stem(stem)
    if stated is None and kind == "communique" and published_on:
        # A communiqué tells of a year gone by: 普查公报 of 2021 counts what was there in 2020.
        stated = spoken_of(text, until=published_on.year) or published_on.year - 1
    given = _given_in(text, kind, stated or _year_given(kind, published_on))
    named = f"{title}\n{stem}"
    half = kind == "half_year_summary" or is_half_year("", named)
    part = _part_named(title, stem, kind, text, given or spoken_of(text)) or _as_of(
        [title, *lines[:_DATE_LINES]]
    )
    if part:
        return part
    if kind == "plan":
        return _planned(text, title, given)
    if stated and re.search(f"{stated}年{_OF_ITS_YEAR}", named):
        return years(stated, stated)
    reviewed = _told_of(title, half=half) or _reviewed([title, *lines], given, half=half)
    if reviewed is None and given is None and (spoken := spoken_of(text)):
        reviewed = _reviewed([title, *lines], spoken + 1, half=half)
    if reviewed:
        return reviewed
    if stated is None and given and kind in _YEARLY and published_on and published_on.month <= 3:
        given -= 1  # a summary that comes out early in the year tells of the year before
    whole = _by_year(text, kind, given, half=half)
    return _up_to(text, whole, published_on) if kind == "other" and not half else whole


def _given_in(text: str, kind: str, given: int | None) -> int | None:
    """The year in which a report is given: that of its title or day, or what its text says.

    A work report that plans for the year after that of its title was given when its own was over;
    one that speaks of 去年 and plans early was not.
    """
    ahead = _year_planned(text) if given is None or kind == "work_report" else None
    early = any(word in text for word in spoken_years(-1))
    if ahead and (given is None or (ahead == given + 1 and not early)):
        return ahead
    if given is None and spoken_of(text) is None:
        given = given_by_congress(text[:_BEGINNING])
    return given


def _year_planned(text: str) -> int | None:
    """The year that the first heading of a plan names: 二、2017年主要任务."""
    for heading in _PART.findall(text):
        if len(heading) > _HEADING or heading[-1] in "。;:!,":
            continue
        for one in said_by(heading):
            if one.status == "planned" and one.years and one.years[0] == one.years[1]:
                return one.years[0]
    return None


def _year_of_stem(stem: str) -> int | None:
    match = _STEM_PART.search(stem)
    return int(match[1]) if match else None


def _day_of_stem(stem: str) -> date | None:
    """The day that a file name writes in eight figures (20231231): that of the page."""
    match = _STEM_DAY.search(stem)
    return day_of(int(match[1]), int(match[2]), int(match[3])) if match else None


def _year_given(kind: str, published_on: date | None) -> int | None:
    """The year that a report without one in its title counts as given in."""
    if published_on is None:
        return None
    late = kind == "work_report" and published_on.month >= _LATE_AUTUMN
    return published_on.year + late


def _part_named(title: str, stem: str, kind: str, text: str, given: int | None) -> Period | None:
    """The part of a year that a title, a file name or 现将…情况报告如下 names."""
    announced = _NOW_REPORTED.search(text[:_BEGINNING])
    for source in (title, stem, announced[1] if announced else ""):
        year = year_in(source) or given
        if year is None:
            continue
        word = _part_pattern().search(source)
        if word:
            # 2021年决算和2022年上半年预算执行情况: the year before the part is the part's
            year = max(_years_before(source, word.start()), default=year)
        if word and "全年" in source:
            return years(year, year)  # 第四季度及全年经济形势
        if word:
            return _named_part(year, word[0], text[:_BEGINNING])
        month = _MONTHS.search(source)
        if month and int(month[1] or 0) <= int(month[2]):
            # 9月份经济运行情况 tells of January to September where its text counts so.
            # That month's 工作简报 tells of the month all the same.
            summed = _counts_up(text, int(month[2])) and not _is_periodical(source)
            summed = summed or _UP_TO.search(source[: month.start()]) is not None
            first = int(month[1]) if month[1] else 1 if summed else int(month[2])
            return months(year, first, int(month[2]))
    return _part_of_stem(stem, text, of_page=year_in(title) is not None or kind == "work_report")


def _is_periodical(title: str) -> bool:
    """Whether a title is that of an issue on a part of a year; no 8月主要经济指标月报."""
    periodical = any(word in title for word in lexicon.words("periodicals"))
    return periodical and not any(word in title for word in lexicon.words("title_subjects"))


def _years_before(source: str, end: int) -> list[int]:
    """The years that a title names before a place in it."""
    return [span[0] for one in said_by(source[:end]) if (span := one.years)]


def _counts_up(text: str, month: int) -> bool:
    """Whether a text counts from January up to a month: 1-9月."""
    return re.search(f"(?<![0-9])1月?{_DASH}{month}月", text[:_BEGINNING]) is not None


def _part_of_stem(stem: str, text: str, *, of_page: bool) -> Period | None:
    """The part of a year that a file name writes in figures: 2023h1, 2024Q3, 202405.

    A month is that of the page, where something else says the year of the work; where the text
    counts up to it, it is the last one.
    """
    match = _STEM_PART.search(stem)
    if match is None or (of_page and match[5]):
        return None
    year = int(match[1])
    if match[2]:
        return months(year, 1, 6) if match[2] == "1" else months(year, 7, 12)
    if match[3]:
        return months(year, 3 * int(match[3]) - 2, 3 * int(match[3]))
    month = int(match[4] or match[5])
    return months(year, 1 if _counts_up(text, month) else month, month)


def _as_of(lines: Sequence[str]) -> Period | None:
    """From January to the day that the title or a line under it says: (截至2025年10月31日)."""
    for line in lines:
        match = _AS_OF.search(line) if len(line) <= _HEADING else None
        if match and "。" not in line:
            year, month = int(match[1]), int(match[2])
            last = day_of(year, month, int(match[3])) if match[3] else months(year, 1, month).end
            if last:
                return Period(date(year, 1, 1), last)
    return None


def _planned(text: str, title: str, given: int | None) -> Period | None:
    """What a plan is made for: the years or the five-year plan of its title, else its year."""
    era = _ERA.search(title)
    if era:
        return _era(era[1] or era[2])
    said = [one.years for one in said_by(title) if one.years]
    if said:
        return years(*said[-1]) if said[-1][0] <= said[-1][1] else None
    era = _ERA.search(text[:_OPENING])
    if era and not given:
        return _era(era[1] or era[2])
    year = given or spoken_of(text)
    return years(year, year) if year else None


def _by_year(text: str, kind: str, given: int | None, *, half: bool) -> Period | None:
    """The period of a report whose headings do not tell it."""
    if half:
        year = _half_year_named(text) or given or spoken_of(text)
        return months(year, 1, 6) if year else None
    era = _era_report().search(text[:_OPENING])
    if era and kind == "work_report":
        return _era(era[1] or era[2])
    if given and kind == "work_report":
        return years(given - 1, given - 1)
    year = given or spoken_of(text)
    if year is None:
        return _era_spoken_of(text)
    if year == _year_planned(text):
        year -= 1  # 二、2017年工作安排 stands in a report on 2016
    opened = _YEARS_OPEN.match(text) if kind == "other" else None
    count = whole_number(opened[1]) if opened else 1
    return years(year - count + 1, year)


def _era_spoken_of(text: str) -> Period | None:
    """The five-year plan in which a text without any year tells of things: “六五”期间."""
    found = _ERA_TIME.search(text[:_FIRST_CHAPTER])
    return _era(found[1]) if found else None


def _up_to(text: str, whole: Period | None, published_on: date | None) -> Period | None:
    """The year of a report of no usual kind, up to the months that it counts (今年1-11月).

    Only where the report came out before the year was over.
    """
    if whole is None or published_on is None or published_on.year != whole.end.year:
        return whole
    said = [int(match[1] or match[2]) for match in _TO_DATE.finditer(text[:_BEGINNING])]
    past = [month for month in said if month < published_on.month]
    return months(whole.end.year, 1, max(past)) if past else whole


def _told_of(title: str, *, half: bool) -> Period | None:
    """The one year that a title looks back on, whatever else it names; or its one span of years.

    五年工作回顾(2016-2020年) looks back on the span behind it.
    """
    said = said_by(title)
    told = {one.years for one in said if one.status == "actual" and one.years}
    if not told and any(one.status == "actual" for one in said):
        named = {one.years for one in said if one.years}
        told = named if all(first < last for first, last in named) else told
    if half or len(told) != 1:
        return None
    first, last = next(iter(told))
    return years(first, last) if first <= last else None


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


@cache
def _part_pattern() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.words("part_year_words")))


def _named_part(year: int, part: str, beginning: str) -> Period:
    """The months of a part of the year that a title names.

    A title of 三季度 tells of three quarters where the text counts them so (前三季度).
    """
    parts = lexicon.entries("part_year_words")
    first, last = next((int(a), int(b)) for word, a, b in parts if word == part)
    counted = (word for word, a, b in parts if a == "1" and int(b) == last and "季" in part)
    if any(word in beginning for word in counted):
        first = 1
    return months(year, first, last)
