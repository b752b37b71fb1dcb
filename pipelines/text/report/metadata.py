"""What a report says of itself: title, region, kind, period, day of publication.

Puts together what `regions` and `period` find. Figures and their own times are not its
business. What a reports.csv states about a file wins over all this, elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import PurePath

from pipelines import lexicon
from pipelines.text.calendar import day_of
from pipelines.text.evidence import weigh
from pipelines.text.headings import heading_status, normal_years, said_by, year_in
from pipelines.text.information import Information, information
from pipelines.text.model import Metadata, Period
from pipelines.text.report.period import is_half_year, names_half_year, period_of
from pipelines.text.report.regions import Place, place_of

_TITLE = 60  # characters that a title has at most
_FIRST_LINES = 15
_HEADING_LINES = 80
_OPENING = 150  # characters in which a summary says under whom the work was done
_FIRST_CHAPTER = 3000  # characters whose words are weighed against a title that plans
_REFUTED = -8  # evidence of things done, from which a title alone makes no plan
_BORDERS = 400  # a first or last line longer than this is no date line
# 2026年02月10日, 2026-02-10, 2026.2.10; no 2021年1-10月
_DAY = re.compile(
    "((?:19|20)[0-9]{2})(?:年([0-9]{1,2})月([0-9]{1,2})日"
    "|(?P<mark>[-/.])([0-9]{1,2})(?P=mark)([0-9]{1,2})(?![0-9]))"
)
_YEAR_PART = re.compile("^(?:19|20)[0-9]{2}年?度?")
_SHORTENED = re.compile("[(（]?(?:摘要|摘登|节选|全文|草案|送审稿)[)）]?$")
_OF_A_YEAR = frozenset({"annual_summary", "work_report"})
_NO_TITLE_END = "。;:,、"


def read_metadata(text: str, file_name: str) -> Metadata:
    """Read a report's metadata from its text and its file name.

    Args:
        text: the clean text.
        file_name: the name of the file, with or without folder; may be "".

    Returns:
        The metadata; what the report does not say is None. The title is made up from region,
        period and kind where the text has none.
    """
    known = information(text)
    lines = text.split("\n")
    stem = PurePath(file_name).stem
    body = _without(text, known)
    found = _title(body.split("\n")) or known.title[:_TITLE]
    kind = _kind(text, lines, found, stem)
    place = place_of(body, found, stem)
    if place is None and known.agency:
        place = place_of(known.agency, known.agency, "")
    published = _published(lines)
    period = period_of(text, found, stem, kind, published)
    if kind == "annual_summary" and period and (period.start.month, period.end.month) == (1, 6):
        kind = "half_year_summary"
    named = found if found and not _is_bare(found) else _made_up(place, period, kind, stem)
    return Metadata(
        title=named or found or stem or None,
        region_path=place.path if place else None,
        region_level=place.level if place else None,
        report_kind=kind,
        period=period,
        published_on=published,
    )


def with_known(
    metadata: Metadata, text: str, *, region: str | None, title: str | None, period: Period | None
) -> Metadata:
    """The metadata with what is known from elsewhere (reports.csv, a caller), which wins.

    A work report is titled with the year in which it is given, early in that year: one that is said
    to speak of that very year is its plan.

    Args:
        metadata: what the report says of itself.
        text: its clean text.
        region: the region it speaks for, by name or by path (浙江省/杭州市), if known.
        title: its title, if known.
        period: the period it speaks of, if known.
    """
    own = metadata
    if region is not None:
        place = place_of("", region, region)
        metadata = replace(
            metadata,
            region_path=place.path if place and "/" not in region else region,
            region_level=place.level if place else metadata.region_level,
        )
    if title is not None:
        kind = _kind(text, [title, *text.split("\n")], title, title)
        metadata = replace(metadata, title=title, report_kind=kind)
    if period is not None:
        titled = metadata.report_kind == "work_report" and _names_year(metadata.title or "", period)
        kind = "plan" if titled and not _tells_of(own, period) else metadata.report_kind
        metadata = replace(metadata, period=period, report_kind=kind)
    given = region is not None or title is not None or period is not None
    return replace(metadata, given=given)


def _names_year(title: str, period: Period) -> bool:
    """Whether a title names the year of a period, or one before it, and no plan for it."""
    named = [one.years for one in said_by(title) if one.status is None]
    return any(span is not None and span[0] <= period.start.year for span in named)


def _tells_of(own: Metadata, period: Period) -> bool:
    """Whether a text looks back on a period by its own words, or came out later.

    Some towns title 二〇一一年政府工作报告 what they give in January 2012.
    """
    published = own.published_on
    later = published is not None and published.year > period.end.year
    return later or (own.period == period and own.report_kind != "plan")


def _without(text: str, known: Information) -> str:
    """A text without the labels above it."""
    for start, end in reversed(known.lines):
        text = text[:start] + text[end + 1 :]
    return text


def _title(lines: Sequence[str]) -> str:
    """The line that titles the report, or ""."""
    first = [_bare_of_marks(line.strip()) for line in lines[:_FIRST_LINES]]
    words = lexicon.words("title_words")
    for at, line in enumerate(first):
        if any(word in line for word in lexicon.words("salutations")):
            break
        if _may_be_title(line) and any(word in line for word in words):
            return line
        # A title set in two short lines: 政府工作报 / 告
        following = first[at + 1] if at + 1 < len(first) else ""
        both = line + following
        if (
            len(both) <= _TITLE // 3
            and any(word in both and word not in following for word in words)
            and _may_be_title(both)
        ):
            return both
    # Any other short first line is one, unless it is the start of the text.
    opening = first[0] if first else ""
    return opening if len(opening) >= 8 and _may_be_title(opening) and len(first) > 1 else ""


def _bare_of_marks(line: str) -> str:
    """A title without the marks around it: 《…》, and 《政府工作报告》摘要 without those inside."""
    return (
        line.strip("《》 ")
        if line.find("》") in (-1, len(line) - 1)
        else re.sub("[《》]", "", line)
    )


def _may_be_title(line: str) -> bool:
    return (
        4 <= len(line) <= _TITLE
        and not _DAY.search(normal_years(line))  # the line of a session, or of the page
        and line[-1] not in _NO_TITLE_END
        and "。" not in line
        and not _numbered().match(line)
        and not line.startswith(lexicon.affixes("salutations"))
        and not any(word in line for word in lexicon.words("gazettes"))  # 人民政府公报
    )


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(r"\(?[一二三四五六七八九十0-9]{1,3}[)、.]|[-—――]")


def _is_bare(title: str) -> bool:
    """Whether a title holds but year and kind (2024年政府工作报告): many reports are so titled."""
    rest = _SHORTENED.sub("", _YEAR_PART.sub("", normal_years(title)))
    return rest in lexicon.words("report_kinds")


def _made_up(place: Place | None, period: Period | None, kind: str, stem: str) -> str:
    """A title from what is known: 某街道2023年上半年工作总结."""
    if place is None or period is None:
        return ""
    name = (
        lexicon.only("national_author")
        if place.level == "country"
        else place.path.rsplit("/", 1)[-1]
    )
    year = period.end.year
    when = f"{year}年" if period.end.month == 12 else f"{year}年上半年"
    if kind == "work_report":
        when = f"{year_in(stem) or year + 1}年"
    titles = lexicon.column("kind_titles", "title_of")
    title = next(title for title, kinds in titles.items() if kind in kinds.split("|"))
    return f"{name}{when}{title}"


def _kind(text: str, lines: Sequence[str], title: str, stem: str) -> str:
    """The report kind: by title or file name, else by its manner, else by its headings.

    A word of a title makes no plan of a report whose first chapter tells what was done.
    """
    stated = _kind_of(title) or _kind_of(stem)
    if stated == "plan" and _tells(text, title):
        return "half_year_summary" if is_half_year(text, title) else "other"
    if stated:
        return stated
    # A speech to a people's congress. A half-year report of an office addresses nobody.
    speech = lexicon.words("salutations") | lexicon.words("national_openings")
    if any(word in text[:_BORDERS] for word in speech) or _names_nation(stem):
        return "work_report"
    if is_half_year(text, "") or names_half_year(stem):
        return "half_year_summary"
    if not title and any(word in text[:_OPENING] for word in lexicon.words("summary_openings")):
        return "annual_summary"  # 2019年,在县委的坚强领导下: a summary without its title
    headings = (
        _kind_named(line)
        for line in lines[:_HEADING_LINES]
        if len(line) <= _TITLE and line[-1:] not in _NO_TITLE_END
    )
    kind = next(filter(None, headings), "other")
    # 二、2017年工作计划 heads a part: below what was done it makes no plan of the report
    backward = any(one.status == "actual" for one in said_by(title))
    return "other" if kind == "plan" and (backward or _tells(text, title)) else kind


def _tells(text: str, title: str) -> bool:
    """Whether the words of a text, up to a heading that plans, tell what was done."""
    evidence, at = 0, 0
    for line in text[:_FIRST_CHAPTER].split("\n"):
        end = at + len(line)
        heads = len(line) <= _TITLE and line[-1:] not in _NO_TITLE_END
        titles = _bare_of_marks(line.strip()) == title
        if heads and not titles and heading_status(line) == ("firmly", "planned"):
            break
        evidence += 0 if heads else weigh(text, at, end)
        at = end + 1
    return evidence <= _REFUTED


def _kind_of(title: str) -> str:
    """The report kind that a title or a file name states, or ""."""
    kind = _kind_named(title)
    if kind == "plan" and any(one.status == "actual" for one in said_by(title)):
        return "other"  # 一季度工作完成情况及二季度工作计划
    if kind in _OF_A_YEAR and is_half_year("", title):
        return "half_year_summary"
    kind = kind or _kind_said(title)
    return "half_year_summary" if not kind and is_half_year("", title) else kind


def _kind_said(title: str) -> str:
    """plan, of a title that speaks of plans alone: 2023年街道工作安排."""
    says, status = heading_status(title)
    dated = any(one.years for one in said_by(title))
    listed = not says and any(word in title for word in lexicon.words("plan_subjects"))
    # 2020年重点工作 plans, 2020年重点工作汇报 does not; 第十四个五年规划的建议 does
    weak = dated and not any(word in title for word in lexicon.words("telling_titles"))
    plans = status == "planned" and (says == "firmly" or weak or "五年规划" in title)
    return "plan" if plans or listed else ""


def _kind_named(source: str) -> str:
    return next((kind for word, kind in _kinds() if word in source), "")


@cache
def _kinds() -> tuple[tuple[str, str], ...]:
    """Words that name a kind, those that decide first."""
    ranked = sorted(lexicon.entries("report_kinds"), key=lambda row: int(row[2]))
    return tuple([(word, kind) for word, kind, _ in ranked])


def _names_nation(stem: str) -> bool:
    return any(word in stem for word in lexicon.words("national_names"))


def _published(lines: Sequence[str]) -> date | None:
    """The day in a labelled line (发布日期), else in a short line at the beginning or the end."""
    first = [normal_years(line) for line in lines[:_FIRST_LINES] if len(line) <= _BORDERS]
    labels = re.compile(
        f"(?:{lexicon.alternation(lexicon.words('date_labels'))})[::]? ?{_DAY.pattern}"
    )
    for line in first:
        match = labels.search(line)
        if match and (day := _day(match)):
            return day
    last = [normal_years(line) for line in lines[-4:]]
    for line in (*first, *last):
        match = _DAY.search(line) if len(line) <= _TITLE else None
        if match and "。" not in line and (day := _day(match)):
            return day
    return None


def _day(match: re.Match[str]) -> date | None:
    year, month, day, _, dashed_month, dashed_day = match.groups()
    return day_of(int(year), int(month or dashed_month), int(day or dashed_day))
