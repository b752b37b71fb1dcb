"""The times that hold beyond their sentence: of paragraphs, of sections, of whole plans.

Here belongs which time a passage hands on to the figures that name none of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipelines import lexicon
from pipelines.text.calendar import years
from pipelines.text.layout.document import Report
from pipelines.text.model import Period, Sentence, Status
from pipelines.text.times.expressions import find_times
from pipelines.text.times.in_sentence import (
    LATE,
    POINTS,
    DatedTime,
    passes,
    read_in,
    tells_a_change,
    within,
)

# What a review looks back on is three years at least: so many lie between its first and its last.
_REVIEW_YEARS = 2
# A year or a part of it that opens a sentence ends a review of years.
_ENDS_REVIEW = POINTS - {"as_of"}
# A date up to which something is counted holds for its own sentence only, and so does the frame of
# the year: 下半年抓好以下工作。全年产值突破5亿元。新上项目6个 are projects of the second half.
_TAKES_OVER = POINTS - {"as_of", "whole_year", "year_end"}
_SUMMED = frozenset({"year_to_date", "months"})
_PARTS_OF_YEAR = frozenset({"half", "quarter", "month", "months", "year_to_date"})
_SINGLE_POINTS = _PARTS_OF_YEAR | {"day", "month_part", "as_of"}
# 1952年的产量, 2022年签约的32个; no 时期走过的五年
_NUMERALS = "0-9一二两三四五六七八九十百"
_OWNED = re.compile(f"的|[^,，;；。:：、的0-9]{{1,6}}的(?=[{_NUMERALS}]+[^年{_NUMERALS}])")
# 1992年同1987年相比,: the two years frame all that is compared after it.
_FRAMES = re.compile("[同与和较比]")
_DASH = "——"  # opens a paragraph that sets out the one before


class Review(NamedTuple):
    """Years that a passage looks back on: 五年来,我们扎实工作。 and all that is told after it.

    It lasts until its section ends, or a sentence opens with a year.
    """

    section: tuple[str, ...]
    period: Period


class Paragraphs:
    """The time that governs the paragraph read at present, and what waits for its figures."""

    def __init__(self) -> None:
        self.time: DatedTime | None = None  # of the paragraph, as told so far
        self._waiting: DatedTime | None = None  # opened a sentence without figures
        self._introduced: DatedTime | None = None  # of the paragraph that dashed ones set out
        self._longest: DatedTime | None = (
            None  # of the times that opened sentences of this paragraph
        )
        self._opened = False  # whether a sentence that is no heading has been read
        self._first: DatedTime | None = None  # opened the paragraph
        self._frame: DatedTime | None = None  # of a comparison of years that goes on
        self._number = -1
        self.review: Review | None = None

    def enter(self, text: str, sentence: Sentence) -> None:
        """Goes on to a sentence, perhaps of a new paragraph."""
        if sentence.paragraph == self._number:
            return
        if not text.startswith(_DASH, sentence.start):
            self._introduced = None
        elif self._introduced is None:
            self._introduced = self._longest
        self._number, self._opened = sentence.paragraph, False
        self.time, self._waiting, self._longest = self._introduced, None, None
        self._first = self._frame = None

    def pass_over(self, sentence: Sentence) -> None:
        """A sentence with neither times nor figures."""
        self._opened = self._opened or not sentence.is_heading

    def read(
        self, text: str, sentence: Sentence, own: Sequence[DatedTime], *, figures: bool
    ) -> DatedTime | None:
        """Takes in the times of a sentence.

        Args:
            text: clean text.
            sentence: the sentence that was entered.
            own: its times.
            figures: whether it has figures.

        Returns:
            The time that its figures have of the paragraph, if any.
        """
        head = next((time for time in own if not time.mention), None)
        # 钢产量由1952年的3吨增加到8吨: the year is that of a figure, and opens nothing
        owned = head is not None and bool(_OWNED.match(text, head.end, sentence.end))
        owned = owned or (head is not None and tells_a_change(text, sentence, head))
        owned = owned or (head is not None and (head.kind == "ago" or passes(head, own)))
        owned = owned or (head is not None and not figures and _of_session(text, sentence, head))
        # 提出到2020年的目标 opens nothing
        owned = owned or (head is not None and head.start > sentence.start and _bounds(text, head))
        owned = owned or (head is not None and figures and self._sums_up(head, own))
        leads = head is not None and _leads(text[sentence.start : head.start])
        opens = leads and not owned
        if head and opens and (self._longest is None or _length(head) >= _length(self._longest)):
            self._longest = head
        if head and leads and _compares_years(text, head, own):
            self._frame = head
        elif head and opens:
            self._frame = None
        if head and opens and not sentence.is_heading:
            self._open(head, sentence, figures=figures)
        self._opened = self._opened or not sentence.is_heading
        if not figures:
            # A time that has opened a sentence without figures waits for those of the next.
            alone = head and opens and text[head.end : head.end + 1] in (",", "，")
            self._waiting = head if alone and head and head.kind in POINTS else None
            return self._frame or self.time
        if head is not None and self.time and _goes_beyond(self.time, own):
            self.time = None
        waiting, self._waiting = self._waiting, None
        return self._frame or self.time or waiting

    def _sums_up(self, head: DatedTime, own: Sequence[DatedTime]) -> bool:
        """Whether a sentence sets the last year of a review against one before it.

        2025年四大产业占比较2020年提高14个百分点 goes on with the review of the years between.
        """
        review = self.review
        if review is None or head.kind != "year" or not within(head.period, review.period):
            return False
        return any(time.mention and time.period.end < review.period.start for time in own)

    def _open(self, head: DatedTime, sentence: Sentence, *, figures: bool) -> None:
        """Takes in a time that opens a sentence, with figures or without."""
        reviews = not figures and _reviews(head)
        if not self._opened:
            self._first = head
        elif head.kind == "whole_year" and self._first and self._first.period == head.period:
            self.time = self._first  # 2024年,…。上半年完成征收。全年改造4个小区。新增就业2200人
            return
        takes_over = not self._opened or (self.time and head.kind in _TAKES_OVER)
        if self.time and self.time.kind in _SUMMED and within(head.period, self.time.period):
            takes_over = False  # 1-5月增长6%。5月增长7%。 goes back to five months
        if self.time and head.kind == "since" and within(head.period, self.time.period):
            takes_over = False  # 过去五年,…。党的十八大以来,…。 is a part of the five years
        anew = reviews and (self.time is None or self.time.period != head.period)
        # 今年任务很重。过去一年,工作取得成绩。产值增长8% looks back within the paragraph
        anew = anew or (bool(self.time) and head.kind == "span" and not figures)
        if takes_over or anew:
            self.time = head
        if reviews:
            self.review = Review(sentence.section, head.period)
        elif head.kind in _ENDS_REVIEW or (head.kind == "span" and not _is_years(head.period)):
            self.review = None


def _goes_beyond(opened: DatedTime, own: Sequence[DatedTime]) -> bool:
    """Whether a sentence has gone past the part of a year that opened its paragraph.

    上半年,清理楼道37处。改造工程10月底完工,更换管道2公里。 tells of more than the first half.
    """
    if opened.kind not in _PARTS_OF_YEAR:
        return False
    return any(
        time.kind in _SINGLE_POINTS
        and not time.mention
        and time.start > opened.start
        and time.period.end > opened.period.end
        and time.period.end.year == opened.period.end.year
        for time in own
    )


def _compares_years(text: str, head: DatedTime, own: Sequence[DatedTime]) -> bool:
    """Whether a sentence opens by setting one year against another: 1992年同1987年相比,."""
    other = next((time for time in own if time.start > head.start), None)
    if head.kind != "year" or other is None or not other.mention:
        return False
    return other.start - head.end <= 1 and _FRAMES.match(text, head.end) is not None


def _of_session(text: str, sentence: Sentence, head: DatedTime) -> bool:
    """Whether a day is that of a session or a document: 3月8日,县人代会开幕."""
    if head.kind not in ("day", "month"):
        return False
    return bool(lexicon.pattern("event_words").search(text, head.end, sentence.end))


def _bounds(text: str, head: DatedTime) -> bool:
    return head.kind in ("year", "as_of") and text[head.start] in "到至"


def _reviews(time: DatedTime) -> bool:
    """Whether a time that opens a sentence without figures opens a review of several years.

    近两年又出台了办法 is a remark in passing.
    """
    long = time.period.end.year - time.period.start.year >= _REVIEW_YEARS
    return time.kind in ("span", "plan_era") and not time.mention and long


def _leads(before: str) -> bool:
    """Whether what stands before the first time of a sentence leaves it the sentence's opening.

    各位代表,刚刚过去的2025年 opens with the year.
    """
    for salutation in lexicon.words("salutations"):
        if before.startswith(salutation):
            before = before[len(salutation) :].lstrip(",!")
    return len(before) <= 3 or before in lexicon.words("time_openers")


def _length(time: DatedTime) -> int:
    return (time.period.end - time.period.start).days


def time_left(report: Report) -> Period | None:
    """What a report plans for when it does not say: the rest of its year, or the next year."""
    if report.default is None or report.plan_year is None:
        return None
    if report.era:
        return report.era
    if report.default.end.year == report.plan_year and not report.all_plan:
        start = date.fromordinal(report.default.end.toordinal() + 1)
        if start.year == report.plan_year:
            return Period(start, date(report.plan_year, 12, 31))
    return years(report.plan_year, report.plan_year)


def _closes(time: DatedTime, report: Report) -> bool:
    """Whether a time is the last year of a report on several years (刚刚过去的2025年).

    What follows it in the section, in other paragraphs too, is told of that year.
    """
    default = report.default
    if default is None or default.start.year == default.end.year:
        return False
    return time.kind == "year" and time.period == years(default.end.year, default.end.year)


def _section_period(section: tuple[str, ...], report: Report, stance: Status) -> Period | None:
    """The time that the innermost heading with a time names, if it names only one."""
    for heading in reversed(section):
        context = report.plan_year if stance == "planned" else None
        if context is None and report.default:
            context = report.default.end.year
        readings = [
            read_in(heading, time, report, context, None, stance == "planned")
            for time in find_times(heading)
        ]
        # The day in a heading or a line of the page is that of a session or of the publication.
        found = [(kind, period) for kind, period, _ in readings if period and kind != "day"]
        if not found:
            continue
        if len(found) > 1:
            return None
        kind, period = found[0]
        if stance == "planned" and period == report.default and not report.all_plan:
            return None  # under 2016年工作总结, 下一步工作打算 plans for no year that is over
        late = report.default is None or (period.end - report.default.end).days > LATE
        # A heading that looks back on 过去一年和五年 names no one time; nor does one ahead of it.
        return None if stance == "actual" and (late or kind == "span") else period
    return None


class Sections:
    """The periods of sections, as their headings and the paragraphs read so far tell them."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told: dict[tuple[tuple[str, ...], Status], Period | None] = {}
        self._latest: tuple[tuple[str, ...], Period] | None = None

    def period(
        self,
        section: tuple[str, ...],
        stance: Status,
        paragraph: DatedTime | None,
        review: Review | None = None,
    ) -> Period | None:
        """The period of a section.

        Args:
            section: its headings.
            stance: of the sentence.
            paragraph: the time that opened the paragraph.
            review: the review of years that is under way.
        """
        key = (section, stance)
        if key not in self._told:
            self._told[key] = _section_period(section, self._report, stance)
        if stance == "planned":
            return self._told[key]
        if review and self.within(section, stance, review):
            return review.period
        if paragraph and _closes(paragraph, self._report):
            self._latest = (section, paragraph.period)
        if self._told[key] is None and self._latest:
            within, period = self._latest
            return period if section[: len(within)] == within else None
        return self._told[key]

    def within(self, section: tuple[str, ...], stance: Status, review: Review) -> bool:
        """Whether a review goes on in a section: one below its own that names no time itself.

        Args:
            section: its headings, outermost first.
            stance: whether it plans or tells.
            review: the review.
        """
        default = self._report.default
        if default is None or review.period.end > default.end or _is_years(default):
            return False
        if section[: len(review.section)] != review.section:
            return False
        return self._told[section, stance] == _section_period(review.section, self._report, stance)


def _is_years(period: Period) -> bool:
    return period.start.year < period.end.year
