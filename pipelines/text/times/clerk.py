"""The period and the status of each figure of one sentence.

Here belongs which time governs a figure: its own, its clause's, its sentence's, its paragraph's,
its section's, the report's. How a time expression reads is the business of `expressions`, what it
means in its sentence that of `in_sentence`, what passages hand on that of `in_passage`; `status`
says what is planned. Sentence after sentence goes through `timing`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from pipelines.text.calendar import plan_ending, years
from pipelines.text.layout.document import Report
from pipelines.text.marks import clauses
from pipelines.text.model import (
    Period,
    PeriodSource,
    Quantity,
    Sentence,
    Status,
    Timing,
)
from pipelines.text.times.ahead import Ahead
from pipelines.text.times.compared import against_year_before, ground, is_base, yearly
from pipelines.text.times.dealt import deal
from pipelines.text.times.from_to import Pair, find_pairs
from pipelines.text.times.in_sentence import (
    DatedTime,
    governing_time,
    stretches,
    within,
)
from pipelines.text.times.status import StatusReader

_RATES = frozenset({"ratio", "point"})
_OF = re.compile(
    "[^,，;；。:：、的0-9]{0,6}的"
)  # between a time and the one figure that is its own
_BARE_YEARS = re.compile("[0-9一二两三四五六七八九十]+年[内中间]?")
_EQUALS = frozenset({"是", "为", "于"})  # 是, 为, 相当于, 等于


class Clerk:
    """Gives each figure of one sentence its period and status."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        times: list[DatedTime],
        figures: Sequence[Quantity],
        stance: Status,
        report: Report,
        paragraph: DatedTime | None,
        section: Period | None,
        plans: Collection[int],
    ) -> None:
        self.text, self.sentence, self.times, self.figures = text, sentence, times, figures
        self.stance, self.report = stance, report
        self.paragraph, self.section, self.plans = paragraph, section, plans
        self.clauses = clauses(text, sentence)
        self.verdict = StatusReader(text, sentence, self.clauses, figures, stance, report)
        self.times = times = self.own_apart(times)
        self.ahead = Ahead(self.verdict, times, paragraph, section)
        starts = [figure.start for figure in figures]
        framed = self.ahead.rest is not None
        self.reaches = stretches(
            text, sentence, self.clauses, times, starts, framed=framed, planned=stance == "planned"
        )
        self.pairs = find_pairs(text, sentence, figures)
        self.dealt = deal(text, times, figures, report.default) if len(figures) > 1 else {}

    def own_apart(self, times: list[DatedTime]) -> list[DatedTime]:
        """The times, those that belong to one figure alone (2020年的5亿元) marked as mentions."""
        leads = {figure.lead for figure in self.figures}
        amounts = {figure.lead for figure in self.figures if figure.dimension not in _RATES}
        multiples = [figure.start for figure in self.figures if figure.dimension == "multiple"]

        def apart(time: DatedTime) -> bool:
            own = _OF.match(self.text, time.end, self.sentence.end)
            if own and (own.end() in amounts or (own[0] == "的" and own.end() in leads)):
                return True  # 2020年的5亿元, 2022年签约的32个; no 全年任务的80%
            # 是2020年全省产量的1.8倍
            clause = self.verdict.clause_start(time.start)
            return self.text[time.start - 1 : time.start] in _EQUALS and any(
                time.end <= start and self.verdict.clause_start(start) == clause
                for start in multiples
            )

        return [replace(time, mention=True) if apart(time) else time for time in times]

    def timings(self) -> list[Timing]:
        """One timing a figure."""
        given = {index: self.at(index, time) for index, time in self.dealt.items()}
        if not self.pairs:
            return [given.get(i) or self.timed(f, ()) for i, f in enumerate(self.figures)]
        earlier: Period | None = None
        arrived: DatedTime | None = None
        # 甲由1952年的3吨增加到8吨,乙增加到5吨: the year is that of the 3吨, not of what follows
        hidden = [time for time in self.times if any(self.holds(p, time) for p in self.pairs)]
        last = self.sentence.start
        for pair in self.pairs:
            # A later change in the sentence shares the years of the one before.
            if any(last <= time.start < pair.mark and not time.mention for time in self.times):
                earlier, arrived = None, None
            start, later = self.ends(pair)
            shares = start is None
            earlier = start or earlier
            own = self.arrival(pair)
            arrived = own or (arrived if shares else None)
            for index in pair.before:
                given[index] = Timing(earlier, "actual", "change", "passage", None)
                last = self.figures[index].tail
            for index in pair.after:
                figure = self.figures[index]
                last = figure.tail
                listed = index > pair.after[0]  # 调整为2020年的12.7:44.1:43.2
                end = later or (arrived.period if arrived and (listed or not own) else None)
                if end:
                    status, why = self.verdict.status(figure, None if later else arrived)
                    given[index] = Timing(end, status, "change", why, None)
                else:
                    given[index] = self.timed(figure, hidden)
        return [given.get(i) or self.timed(figure, hidden) for i, figure in enumerate(self.figures)]

    def at(self, index: int, time: DatedTime) -> Timing:
        """The timing of a figure at a time of its own."""
        status, why = self.verdict.status(self.figures[index], time)
        return Timing(time.period, status, "stretch", why, time.span)

    def holds(self, pair: Pair, time: DatedTime) -> bool:
        """Whether a time belongs to the A of a change from A to B alone."""
        return pair.mark < time.end <= self.figures[pair.before[-1]].start

    def arrival(self, pair: Pair) -> DatedTime | None:
        """The time at which a change from A to B arrives: 增长到2024年的B."""
        if not pair.after:
            return None
        start = self.figures[pair.before[-1]].tail
        stop = self.figures[pair.after[0]].start
        return next((time for time in self.times if start <= time.start < time.end <= stop), None)

    def ends(self, pair: Pair) -> tuple[Period | None, Period | None]:
        """The period of A, and that of B where the sentence's span gives it."""
        head = self.figures[pair.before[0]]
        own = [time for time in self.times if self.holds(pair, time)]
        if own:
            return own[-1].period, None
        taken = [self.arrival(other) for other in self.pairs]
        compared = [
            time
            for time in self.times
            if time.mention
            and time.end <= head.start
            and time not in taken
            and not any(self.holds(other, time) for other in self.pairs)
        ]
        if compared:
            return compared[-1].period, None
        time = governing_time(self.reaches, head.start)
        if time and time.kind == "range":
            return years(time.period.start.year, time.period.start.year), years(
                time.period.end.year, time.period.end.year
            )
        return None, None

    def timed(self, figure: Quantity, hidden: Sequence[DatedTime]) -> Timing:
        """The timing of one figure by itself."""
        if figure.start in self.plans or (self.stance == "actual" and self.verdict.aimed(figure)):
            return self.ahead.of_plan(governing_time(self.reaches, figure.start))
        return self.timing(figure, hidden)

    def timing(self, figure: Quantity, hidden: Sequence[DatedTime]) -> Timing:
        """The timing of a figure of no plan beside its completion."""
        if beside := self.beside(figure):
            status, why = self.verdict.status(figure, beside)
            if not self.verdict.is_future(beside.period) and not self.verdict.aimed(figure):
                status, why = "actual", "dates"  # 计划由1982年的31万人,增加到55万人
            return Timing(beside.period, status, "beside", why, beside.span)
        time, told = self.nearest(figure, hidden)
        status, why = self.verdict.status(figure, time)
        if status == "planned" and self.verdict.settled(figure, time):
            return self.ahead.of_plan(governing_time(self.reaches, figure.start))
        if status == "planned":
            found = self.ahead.timing(figure, time, told, why)
            return self.ahead.through(figure, found) if self.is_yearly(figure) else found
        if time is not None and self.verdict.is_attribute(figure):
            # What a named thing measures is no event of the time that opens the sentence.
            own = time.start >= self.verdict.clause_start(figure.start)
            opens = time.start == self.sentence.start and self.verdict.is_alone(figure)
            own = (own or opens) and self.verdict.said(figure) != "plan"
            time = time if own and not self.verdict.is_future(time.period) else None
        if self.stance == "planned" and time is None:
            return Timing(self.report.whole, status, "report", why, None)
        period = time.period if time else self.section or self.report.whole
        if time is None:
            told = "section" if self.section else "report"
        if period and self.is_yearly(figure):
            period = self.years_of(period, figure)
        elif period and time is None and self.is_of_last_year(figure):
            period = years(period.end.year, period.end.year)
        return Timing(self.until_now(period), status, told, why, time.span if time else None)

    def nearest(
        self, figure: Quantity, hidden: Sequence[DatedTime]
    ) -> tuple[DatedTime | None, PeriodSource]:
        """The nearest time that governs a figure, and where it stands.

        Without the times that belong to another figure.
        """
        reaches = [reach for reach in self.reaches if reach.time not in hidden]
        time = governing_time(reaches, figure.start)
        if time is not None and self.section and self.as_long(time, self.section):
            # under “十五”计划完成情况, 五年 are those of that plan
            return replace(time, period=self.section), "stretch"
        if time is not None:
            return time, "stretch"
        if self.stance == "planned":
            return self.era_told(figure), "era"
        return None if self.verdict.is_attribute(figure) else self.paragraph, "paragraph"

    def as_long(self, time: DatedTime, section: Period) -> bool:
        """Whether a bare number of years (五年) may be the years of a section of as many."""
        if time.kind != "span" or not _BARE_YEARS.fullmatch(self.text[time.start : time.end]):
            return False
        length = time.period.end.year - time.period.start.year
        return length > 0 and section.end.year - section.start.year == length

    def is_yearly(self, figure: Quantity) -> bool:
        """Whether a change is said to be that of every year of a span: 年均增长5%.

        A level may be yearly by its name: PM2.5年均浓度.
        """
        clause = self.text[self.verdict.clause_start(figure.start) : figure.lead]
        rate, change = yearly()
        if self.is_of_last_year(figure):
            return False  # PM2.5年均浓度36微克、同比下降5%
        return bool((rate if figure.dimension == "ratio" else change).search(clause))

    def is_of_last_year(self, figure: Quantity) -> bool:
        """Whether a change is set against the year before: in a review of years, of its last."""
        if figure.dimension not in _RATES:
            return False
        clause = self.text[self.verdict.clause_start(figure.start) : figure.lead]
        return bool(against_year_before().search(clause))

    def years_of(self, period: Period, figure: Quantity) -> Period:
        """The span of a yearly rate.

        From the year compared with; else that of the report or of the section, where it is of
        years; else the five-year plan that ends with the report.
        """
        default = self.report.default
        if period.start.year != period.end.year or default is None:
            return period
        compared = [time for time in self.times if time.mention and time.end <= figure.start]
        if compared and compared[-1].period.end.year < period.end.year:
            return Period(date(compared[-1].period.end.year + 1, 1, 1), period.end)
        for span in (default, self.section, plan_ending(default.end.year)):
            if span and span.start.year < span.end.year and within(period, span):
                return span
        return default if within(period, default) else period

    def until_now(self, period: Period | None) -> Period | None:
        """今年 and 全年, of what is done, reach only to the end of the report's period."""
        default = self.report.default
        whole = period and (period.end.month, period.end.day) == (12, 31)
        if period and default and whole and period.start <= default.end < period.end:
            return Period(period.start, default.end)
        return period

    def beside(self, figure: Quantity) -> DatedTime | None:
        """A time that stands right before a figure is its own: 一九八○年的七千一百亿元.

        But not of a comparison: 比2020年5个百分点, 是2020年的1.8倍.
        """
        for time in reversed(self.times):
            gap = self.text[time.end : figure.lead]
            base = time.mention and ground().match(self.text, figure.tail)
            if base and time.end <= figure.lead and not re.search("[,;]", gap):
                return time  # 在去年新建8个的基础上
            if time.mention and is_base(self.text, time.start, time.end):
                continue
            rate = figure.dimension in _RATES or self.text[figure.lead] == "翻"
            if time.end <= figure.lead and (gap in ("", "的") or (not rate and _OF.fullmatch(gap))):
                relative = rate and time.mention and not gap
                return None if relative or figure.dimension == "multiple" else time
        # 8月18日开工的11个项目,总投资8亿元: what those measure is told of their day
        counted = None
        if figure.dimension not in _RATES and any(time.mention for time in self.times):
            counted = self.verdict.counted(figure)
        return self.beside(counted) if counted else None

    def era_told(self, figure: Quantity) -> DatedTime | None:
        """The years that are over, where a paragraph among plans looks back on them.

        “十五”期间,…。 or 过去一年,…。
        """
        era = self.paragraph
        if (
            era is None
            or era.kind not in ("plan_era", "span")
            or self.verdict.is_future(era.period)
        ):
            return None
        return None if self.verdict.said(figure) == "plan" else era
