"""The period of a figure that is planned.

Here belongs which of the times around it a plan takes, and what it is made for where none is named.
That it is planned says `status`; the times of what is done are the business of `clerk`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.text.calendar import plan_beginning, years
from pipelines.text.model import Period, PeriodSource, Quantity, StatusSource, Timing
from pipelines.text.times.in_passage import time_left
from pipelines.text.times.in_sentence import YEARLY, DatedTime, acts
from pipelines.text.times.status import StatusReader


class Ahead:
    """Gives the planned figures of one sentence their period."""

    def __init__(
        self,
        verdict: StatusReader,
        times: Sequence[DatedTime],
        paragraph: DatedTime | None,
        section: Period | None,
    ) -> None:
        self.text, self.stance, self.report = verdict.text, verdict.stance, verdict.report
        self.verdict, self.times = verdict, times
        self.paragraph, self.section = paragraph, section
        self.rest = self.rest_of_year()

    def rest_of_year(self) -> Period | None:
        """What is left of the year, where the sentence plans for that: 下半年工作打算."""
        ahead = self.section or time_left(self.report)
        default = self.report.default
        if self.stance == "actual" or ahead is None or default is None:
            return None
        follows = default.end < ahead.start and default.end.year == ahead.start.year
        return ahead if follows else None

    def is_frame(self, opened: DatedTime, figure: Quantity) -> bool:
        """Whether the time of a paragraph leaves a figure to the rest of the year.

        确保全年增长9%。新建公厕3座 are works of that rest. A time of this sentence that did not
        reach the figure in it does not reach it from outside.
        """
        if self.rest is None:
            return False
        if opened.kind in YEARLY:
            return acts(self.text, self.part_of(figure))
        return opened.start >= self.verdict.sentence.start

    def is_deadline(self, opened: DatedTime) -> bool:
        """Whether the time of a paragraph is a day up to which the work of its own sentence is due.

        9月底前完成旧改5个。新建公厕3座: those are due when the year is over.
        """
        due = opened.kind in ("as_of", "year_end") and self.text[opened.end - 1] == "前"
        return due and opened.start < self.verdict.sentence.start

    def part_of(self, figure: Quantity) -> int:
        """Where the part between semicolons begins that a figure stands in."""
        start = self.verdict.sentence.start
        return max(start, self.text.rfind(";", start, figure.lead) + 1)

    def timing(
        self, figure: Quantity, time: DatedTime | None, told: PeriodSource, why: StatusSource
    ) -> Timing:
        """The timing of a plan: its time, else that of the plan's section; else unknown."""
        # 去年开工的项目6月建成,产值可达5亿元: no plan is made for a year gone by
        gone = self.stance == "planned" and time is not None and self.is_gone(time)
        # nor for the time that a paragraph of what is done opens with
        gone = gone or (
            told == "paragraph" and time is not None and not self.verdict.is_future(time.period)
        )
        if time and not gone:
            period = self.next_year(time) or time.period
            return Timing(period, "planned", told, why, time.span)
        if self.stance == "actual":
            named = self.year_named(figure)
            if named is not None:
                return Timing(named.period, "planned", "stretch", why, named.span)
            return Timing(self.year_after(figure), "planned", "unknown", why, None)
        opened = self.paragraph
        if opened and self.is_deadline(opened):
            opened = None
        if opened and not self.is_frame(opened, figure) and self.verdict.is_future(opened.period):
            return Timing(opened.period, "planned", "paragraph", why, opened.span)
        if self.section:
            return Timing(self.section, "planned", "section", why, None)
        return Timing(time_left(self.report), "planned", "plan_year", why, None)

    def of_plan(self, time: DatedTime | None) -> Timing:
        """The timing of what was planned of a thing done: the years of what was done of it."""
        time = time or self.paragraph
        done = time.period if time else self.section or self.report.whole
        period = years(done.start.year, done.end.year) if done else None
        return Timing(period, "planned", "plan_year", "words", None)

    def through(self, figure: Quantity, found: Timing) -> Timing:
        """The timing of a planned yearly rate: that of all years of the plan."""
        return found._replace(period=self.years_ahead(found.period, figure))

    def years_ahead(self, period: Period | None, figure: Quantity) -> Period | None:
        """The span of a yearly rate that is planned: from the first year of the plan.

        到2030年产值800亿元,年均增长8% tells of all years up to 2030, or from the year that they are
        compared with; where no year is named, of the five-year plan that begins with the year
        planned for.
        """
        first, whole = self.report.plan_year, self.report.era
        if first is None or (period and period.start.year != period.end.year):
            return period
        if whole and (period is None or period.end.year == whole.end.year):
            return whole
        compared = [time for time in self.times if time.mention and time.end <= figure.start]
        if period and compared and compared[-1].period.end.year + 1 < period.end.year:
            return years(compared[-1].period.end.year + 1, period.end.year)
        if self.section and self.section.start.year < self.section.end.year:
            return self.section
        if period and period.end.year > first:
            return years(first, period.end.year)
        era = plan_beginning(first)
        return era if era and (period is None or period.end.year == first) else period

    def next_year(self, time: DatedTime) -> Period | None:
        """The year that 今年 names in a plan at the end of a report on a whole year.

        So does 全年 in a paragraph on that year. A year that is over is planned no more:
        一九七八年粮食增产。今年要增产5%.
        """
        default, ahead = self.report.default, self.report.plan_year
        over = default is not None and not self.report.all_plan and time.period == default
        opened = self.paragraph and self.verdict.is_future(self.paragraph.period)
        if not over or ahead is None or self.text[time.start] not in ("今全" if opened else "今"):
            return None
        return years(ahead, ahead) if ahead > time.period.end.year else None

    def year_named(self, figure: Quantity) -> DatedTime | None:
        """The year to come that a sentence has named for its plans: 将于2023年实施38项,其中….

        A day or a month is that of its clause alone.
        """
        for time in reversed(self.times):
            if time.kind == "year" and not time.mention and time.end <= figure.start:
                return time if self.verdict.is_future(time.period) else None
        return None

    def year_after(self, figure: Quantity) -> Period | None:
        """The year after the one that a planned change is set against: 将比1956年增长5%."""
        at = self.verdict.clause_start(figure.start)
        compared = [t for t in self.times if t.mention and at <= t.start < t.end <= figure.start]
        if figure.dimension != "ratio" or not compared or self.report.default is None:
            return None
        year = compared[-1].period.end.year
        one = compared[-1].period == years(year, year) and year >= self.report.default.end.year - 1
        return years(year + 1, year + 1) if one else None

    def is_gone(self, time: DatedTime) -> bool:
        """Whether a time is over in a report on one year; one on a running plan looks ahead."""
        default = self.report.default
        one = default is not None and default.start.year == default.end.year
        return one and not self.verdict.is_future(time.period)
