"""The report as a whole, before its sentences: its years, and what each of its parts is for.

The one place that sections, times and status ask whether a part tells or plans, of which year its
heading speaks, and which year 今年 and 明年 name there. What a heading's words say is read in
`headings`, what the words of a passage without one say in `stance`; which time governs a figure is
the business of `times`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from pipelines import lexicon
from pipelines.text.headings import heading_status, said_by, spoken_years
from pipelines.text.layout.stance import stances
from pipelines.text.model import Period, Sentence, Status

Evidence = Literal["heading", "year", "words"]  # in the order of their weight


class Part(NamedTuple):
    """What a stretch of a report is for: to tell what was done, or to plan.

    Attributes:
        status: whether it tells or plans.
        year: the one year that its headings name, or None.
        by: what says so: a heading's words, a heading's year, or the words of the passage.
    """

    status: Status
    year: int | None
    by: Evidence


@dataclass(slots=True)
class Report:
    """What is known of the whole report."""

    default: Period | None
    spoken: int | None  # the year that 今年 names
    plan_year: int | None  # the year that its plans are made for
    all_plan: bool  # it plans from end to end
    era: Period | None = None  # the years of a plan that runs while the report is given
    known: date | None = None  # the last day of which it can tell: of its period, or when given

    @property
    def whole(self) -> Period | None:
        """The period of a figure that nothing dates: that of the report, or of its running plan."""
        return self.era or self.default

    def this_year(self, part: Part | None) -> int | None:
        """The year that 今年 names in a part: under a heading, the year that it speaks of.

        Under 2017年工作回顾 it is the year looked back on, under 2018年工作安排 that of the plan.
        """
        if part is None or part.by == "words" or self.default is None:
            return self.spoken
        last = self.default.end.year
        if part.status == "actual":
            return last
        ahead = part.year is not None and part.year > last
        return part.year if ahead else max(self.spoken or last, self.plan_year or last)


@dataclass(slots=True)
class Document:
    """A report as a whole: its years, and the part that each of its sentences stands in."""

    report: Report
    parts: tuple[Part, ...]


def read_document(
    text: str,
    sentences: Sequence[Sentence],
    default: Period | None,
    kind: str,
    given: int | None = None,
    published: date | None = None,
) -> Document:
    """The document that a text is.

    Args:
        text: clean text.
        sentences: its outline.
        default: the report's period.
        kind: of the metadata; `plan` for a report that plans from end to end.
        given: the year that its title names, if any.
        published: the day on which it was given or came out, if known.
    """
    years: dict[tuple[str, ...], int | None] = {}
    plans: dict[tuple[str, ...], bool] = {}
    ahead: list[bool] = []
    title = text[sentences[0].start : sentences[0].end] if sentences else ""
    for sentence in sentences:
        section = sentence.section
        if section not in years:
            years[section] = year = _year_of(section, default)
            plans[section] = section != (title,) and _plans(section, year, default)
        ahead.append(plans[section] and sentence.section_status != "planned")
    stance = stances(text, sentences, kind, ahead)
    all_plan = kind == "plan" or _only_plans(sentences, stance, kind)
    parts: list[Part] = []
    for sentence, early, status in zip(sentences, ahead, stance, strict=True):
        by: Evidence = "year" if early else "heading" if sentence.section_status else "words"
        year = years[sentence.section]
        part = parts[-1] if parts else None
        if part is None or part.status != status or part.by != by or part.year != year:
            part = Part(status, year, by)  # most sentences have the part of the one before
        parts.append(part)
    later = kind == "work_report" and not _plans_next_year(text, sentences)
    later = later or _given_later(text, default)
    report = _years_of_report(default, all_plan, given, later=later)
    report.known = _known_until(report.default, published)
    return Document(report, tuple(parts))


def _known_until(default: Period | None, published: date | None) -> date | None:
    """The last day of which a report can tell: a page's day of years later is not that of it."""
    if default is None or published is None or published.year > default.end.year + 1:
        return default and default.end
    return max(default.end, published)


def _given_later(text: str, default: Period | None) -> bool:
    """Whether a review of years calls its last year 去年: it is given in the next."""
    if default is None or default.start.year == default.end.year:
        return False
    if not any(word in text for word in spoken_years(-1)):
        return False
    return not any(word in text for word in lexicon.words("this_year_words"))


def _plans_next_year(text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a heading plans for 明年 or 来年: the report is given before its year is over."""
    headings = (text[one.start : one.end] for one in sentences if one.is_heading)
    return any(
        heading_status(heading)[1] == "planned" and any(word in heading for word in spoken_years(1))
        for heading in headings
    )


def _years_of_report(
    default: Period | None, all_plan: bool, given: int | None, *, later: bool
) -> Report:
    """Spoken year and plan year of a report.

    A work report on a whole year is given in the year after, to a congress that meets in spring; a
    summary is written at the end of the year itself, a half-year report in its middle. A plan is
    given in its own year. A report on a five-year plan that is given in one of its first years
    looks back up to that year, and ahead over the whole plan.

    Args:
        default: the report's period.
        all_plan: whether it plans from end to end.
        given: the year that its title names, if any.
        later: whether it is given in the year after its period.
    """
    if default is None:
        return Report(None, None, None, all_plan)
    first, last = default.start.year, default.end.year
    whole = (default.end.month, default.end.day) == (12, 31)
    inside = given is not None and first < last and first <= given <= last
    if given is not None and inside and given < last:
        return Report(Period(default.start, date(given, 12, 31)), given, given, False, default)
    if all_plan:
        return Report(default, last, last, True)
    spoken = last + 1 if whole and later and not inside else last
    return Report(default, spoken, last + 1 if whole else last, False)


def _year_of(section: tuple[str, ...], default: Period | None) -> int | None:
    """The one year that the innermost heading with years names; None where it names several."""
    if default is None:
        return None
    for heading in reversed(section):
        named = {one.years for one in said_by(heading) if one.years}
        if named:
            first, last = max(named)
            return first if len(named) == 1 and first == last else None
    return None


def _plans(section: tuple[str, ...], year: int | None, default: Period | None) -> bool:
    """Whether headings plan by the year that they name: 2018年目标和重点工作.

    A year to come makes a plan of a heading that says nothing firm itself, whatever stands above
    it. 2017年工作总结暨2018年工作打算 names two, and says nothing of its parts.
    """
    if default is None or not section:
        return False
    if (year is None or year <= default.end.year) and not _names_the_rest(section, default):
        return False
    inner = (heading_status(heading) for heading in reversed(section))
    says, status = next(((says, status) for says, status in inner if says), ("", None))
    return not (says == "firmly" and status == "actual")


def _names_the_rest(section: tuple[str, ...], default: Period) -> bool:
    """Whether a heading names a part of the year after the period: 四季度重点工作."""
    parts = {word: int(first) for word, first, _ in lexicon.entries("part_year_words")}
    return any(first > default.end.month for word, first in parts.items() if word in section[-1])


def _only_plans(sentences: Sequence[Sentence], stance: Sequence[Status], kind: str) -> bool:
    """Whether a work report without headings tells of nothing but plans."""
    unheaded = all(sentence.section_status is None for sentence in sentences)
    return kind == "work_report" and bool(stance) and unheaded and "actual" not in stance
