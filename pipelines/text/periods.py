"""The period and the status of every quantity, by the rules of ANNOTATION.md.

Here belongs which time governs a figure: its own, its clause's, its sentence's, its paragraph's,
its section's, the report's; and what the dates say of its status. How a time expression reads is
the business of `times`, the words of plans that of `status`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pipelines import lexicon
from pipelines.text.model import Clause, Period, Quantity, Sentence, Status, TimeExpression, Timing
from pipelines.text.status import Cue, cues, stances
from pipelines.text.structure import clauses
from pipelines.text.times import find_times, read_time

_PASSED = frozenset({"month", "months", "year_to_date", "month_part", "day", "since"})
_POINTS = _PASSED | {"year", "half", "quarter", "whole_year", "year_end", "as_of"}
# These name no time that a figure could have.
_MENTIONS = frozenset({"same_period", "plan_name", "reference", "clock", "decade"})
# A date up to which something is counted holds for its own sentence only.
_TAKES_OVER = _POINTS - {"as_of"}
_DASH = "——"  # opens a paragraph that sets out the one before
_OPENING = 12  # characters that may stand before the time that opens a sentence
# Numerals that can be no figure about the world: their timing is never asked.
_TIMELESS = frozenset({"date", "ordinal", "label", "name", "list_number", "address"}) | {
    "document_number",
    "model",
    "idiom",
    "footnote",
    "contact",
}
_GROUND = re.compile("[^,，。;]{0,15}基础上")
_EQUALS = frozenset({"是", "为", "于"})  # 是, 为, 相当于, 等于
_BASIS = re.compile("[^,，。;]{0,4}基础上")
_WITHIN = re.compile("[0-9一二两三四五六七八九十]+年内")
_LATE = 62  # days for which a report may run past its period
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}(?=年)")


@dataclass(frozen=True, slots=True)
class _Report:
    """What is known of the whole report."""

    default: Period | None
    spoken: int | None  # the year that 今年 names
    plan_year: int | None  # the year that its plans are made for
    all_plan: bool  # it plans from end to end


@dataclass(frozen=True, slots=True)
class _Time:
    """A time expression in its sentence."""

    start: int
    end: int
    kind: str
    period: Period
    mention: bool  # only what is compared with, or part of a name


@dataclass(frozen=True, slots=True)
class _Scope:
    """A stretch of a sentence that one time governs."""

    start: int
    end: int
    time: _Time


@cache
def _mentions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    rows = lexicon.entries("time_mentions")
    words = {
        side: lexicon.alternation([word for word, where in rows if where == side])
        for side in ("before", "than", "after")
    }
    return (
        re.compile(f"(?:{words['before']})(?:了|到|在)?$"),
        re.compile(f"(?:{words['than']})了?$"),
        re.compile(f"的?(?:{words['after']})"),
    )


@cache
def _dependent() -> re.Pattern[str]:
    return re.compile(f"[又并也都]?(?:{lexicon.alternation(lexicon.words('dependent_openers'))})")


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.words("yearly_words")))


@cache
def _attributes() -> re.Pattern[str]:
    return re.compile(
        f"(?:{lexicon.alternation(lexicon.words('attribute_nouns'))})(?:[约为达近超]|达到|超过)*$"
    )


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _report(default: Period | None, kind: str, all_plan: bool) -> _Report:
    """Spoken year and plan year of a report.

    A work report on a whole year is given in the year after, to a congress that meets in spring; a
    summary is written at the end of the year itself, a half-year report in its middle. A plan is
    given in its own year.
    """
    if default is None:
        return _Report(None, None, None, all_plan)
    last = default.end.year
    whole = (default.end.month, default.end.day) == (12, 31)
    if all_plan:
        return _Report(default, last, last, True)
    spoken = last + 1 if whole and kind == "work_report" else last
    return _Report(default, spoken, last + 1 if whole else last, False)


def _read_again(
    text: str,
    time: TimeExpression,
    report: _Report,
    context: int | None,
    sentence: Sentence | None,
    planned: bool,
) -> tuple[str, Period | None, int | None]:
    """Read a time with what its sentence says: the year it belongs to, and plan or past.

    Under a heading that looks back, 今年 is the year looked back on.
    """
    surface = text[time.start : time.end]
    if time.kind == "span" and time.period:
        if planned and _WITHIN.fullmatch(surface) and time.period != report.default:
            # 五年内 of a plan looks ahead, unless the report plans those very years.
            surface = f"今后{surface}"
        return read_time("span", surface, report.default, report.spoken, context)
    if time.kind in _MENTIONS or time.kind in ("now", "plan_era", "span"):
        return time.kind, time.period, None
    spoken = report.spoken
    looks_back = sentence is not None and sentence.section_status == "actual"
    if looks_back and report.default and surface[0] == "今":
        spoken = report.default.end.year
    kind, period, own = read_time("point", surface, report.default, spoken, context)
    if period is None and time.period is not None:
        return time.kind, time.period, None
    return kind, period, own


def _is_mention(text: str, time: TimeExpression, sentence: Sentence) -> bool:
    before, than, after = _mentions()
    head = text[max(sentence.start, time.start - 5) : time.start]
    if before.search(head):
        return True
    if after.match(text, time.end, sentence.end):
        # 完成全年计划 names a plan; 全年计划投资 plans.
        verb = cues(text, time.end, min(time.end + 4, sentence.end))
        return not (verb and verb[0].start == time.end)
    # 高于2020年5个百分点 compares; 高于前五年平均每年增长5% tells the growth of those years.
    if than.search(head):
        return text[time.end : time.end + 1].isnumeric()
    if time.kind == "since" and text[time.end : time.end + 1] == "最":
        return True  # 1985年以来最高
    # 在去年快速增长的基础上 is where the figure starts from.
    return bool(_GROUND.match(text, time.end, sentence.end))


def _times_of(
    text: str,
    sentence: Sentence,
    times: Sequence[TimeExpression],
    report: _Report,
    stance: Status,
) -> list[_Time]:
    """The times of a sentence, read in its light."""
    context = report.default.end.year if report.default else None
    if stance == "planned":
        context = report.plan_year
    found = []
    for time in times:
        kind, period, own = _read_again(text, time, report, context, sentence, stance == "planned")
        mention = _is_mention(text, time, sentence)
        if own is not None and not mention and kind not in ("since", "range"):
            context = own
        if period is None or kind in _MENTIONS:
            continue
        found.append(_Time(time.start, time.end, kind, period, mention))
    return found


def _opens(text: str, sentence: Sentence, time: _Time, first_quantity: int) -> bool:
    """Whether a time opens its sentence: before any figure, at most after a short head."""
    if time.start > first_quantity or time.start - sentence.start > _OPENING:
        return False
    head = text[sentence.start : time.start]
    return len(head) <= 1 or not _inner(text, time)


def _inner(text: str, time: _Time) -> bool:
    """Whether a time stands in the middle of its clause (在5月揭牌) and so governs that alone."""
    return text[time.start - 1 : time.start] in ("在", "于")


def _scopes(
    text: str,
    sentence: Sentence,
    parts: Sequence[Clause],
    times: Sequence[_Time],
    figures: Sequence[int],
) -> list[_Scope]:
    """Which stretch of the sentence each of its times governs."""
    governing = [time for time in times if not time.mention]
    starts = [clause.start for clause in parts]
    scopes = []
    for position, time in enumerate(governing):
        at = max(0, bisect_left(starts, time.end) - 1)
        clause = parts[at]
        before = position and governing[position - 1].start >= clause.start
        if _opens(text, sentence, time, figures[0]) and not before:
            scopes.append(_Scope(time.start, sentence.end, time))
        elif text[time.start] == "截":
            # 截至10月底 governs from there to the full stop.
            scopes.append(_Scope(time.start, sentence.end, time))
        elif _begins_part(text, clause, time):
            stop = text.find(";", time.end, sentence.end)
            scopes.append(_Scope(time.start, stop if stop > 0 else sentence.end, time))
        else:
            start = time.start if before else clause.start
            scopes.append(_Scope(start, _reach(text, parts[at:], time, figures), time))
    return scopes


def _begins_part(text: str, clause: Clause, time: _Time) -> bool:
    """Whether a time opens a part between semicolons, or is a clause all by itself."""
    if time.start != clause.start:
        return False
    return text[clause.start - 1 : clause.start] == ";" or time.end == clause.end


def _reach(text: str, parts: Sequence[Clause], time: _Time, figures: Sequence[int]) -> int:
    """Where the first clause, that of a time, ends, with those that go on about its figure."""
    end = parts[0].end
    if time.kind not in _POINTS:
        return end
    last = end
    for clause in parts[1:]:
        if ";" in text[last : clause.start]:
            break
        last = clause.end
        if _dependent().match(text, clause.start, clause.end):
            end = last
        elif any(clause.start <= figure < clause.end for figure in figures):
            break
    return end


def _scope_of(scopes: Sequence[_Scope], position: int) -> _Time | None:
    """The nearest governing time: of the scopes around a figure, the one that begins last."""
    inside = [scope for scope in scopes if scope.start <= position < scope.end]
    return max(inside, key=lambda scope: scope.start).time if inside else None


@cache
def _change() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """`由A上升到B`: the mark before A, words that only look like it, and what joins A to B."""
    words = {
        side: lexicon.alternation([word for word, where in rows if where == side])
        for rows in [lexicon.entries("change_marks")]
        for side in ("from", "false", "to")
    }
    return (
        re.compile(f"(?:{words['from']})[^,;:，；：]*$"),
        re.compile(words["false"]),
        re.compile(f"[^,;:，；。]{{0,8}}?(?:{words['to']})"),
    )


_AND = re.compile("[、和及与,]?")


@dataclass(frozen=True, slots=True)
class _Pair:
    """Figures of a change from A to B: positions in the sentence's list."""

    before: range
    after: range
    mark: int  # where the words that hold A begin


def _pairs(text: str, sentence: Sentence, figures: Sequence[Quantity]) -> list[_Pair]:
    """The changes from A to B in a sentence; A and B may each be a list of figures."""
    found = []
    position = 0
    edge = sentence.start
    joint = _change()[2]
    while position + 1 < len(figures):
        mark = _from_mark(text, edge, figures[position].lead)
        last = position
        while (
            mark is not None
            and last + 1 < len(figures)
            and _listed(text, figures[last], figures[last + 1])
        ):
            last += 1
        to = last + 1
        if (
            mark is not None
            and to < len(figures)
            and joint.match(text[figures[last].tail : figures[to].start])
        ):
            later = range(to, min(to + last - position + 1, len(figures)))
            found.append(_Pair(range(position, to), later, mark))
            position = to
        edge = figures[position].tail
        position += 1
    return found


def _from_mark(text: str, start: int, end: int) -> int | None:
    """Where the words that hold A begin, if the stretch before a figure marks it as one."""
    mark, false, _ = _change()
    stretch = text[start:end]
    # 自由, 由于, 从业 hold the character and not the mark.
    hidden = false.sub(lambda match: "-" * len(match.group()), stretch)
    found = mark.search(hidden)
    return start + found.start() if found else None


def _listed(text: str, one: Quantity, other: Quantity) -> bool:
    return bool(_AND.fullmatch(text[one.tail : other.lead]))


class _Clerk:
    """Gives each figure of one sentence its period and status."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        times: list[_Time],
        figures: Sequence[Quantity],
        stance: Status,
        report: _Report,
        paragraph: _Time | None,
        section: Period | None,
    ) -> None:
        self.text, self.sentence, self.times, self.figures = text, sentence, times, figures
        self.stance, self.report = stance, report
        self.paragraph, self.section = paragraph, section
        self.clauses = clauses(text, sentence)
        self.times = times = self.own_apart(times)
        self.scopes = _scopes(
            text, sentence, self.clauses, times, [figure.start for figure in figures]
        )
        self.cues = cues(text, sentence.start, sentence.end)
        self.pairs = _pairs(text, sentence, figures)

    def own_apart(self, times: list[_Time]) -> list[_Time]:
        """The times, those that belong to one figure alone (2020年的5亿元) marked as mentions."""
        leads = {figure.lead for figure in self.figures}
        multiples = [figure.start for figure in self.figures if figure.dimension == "multiple"]

        def apart(time: _Time) -> bool:
            if self.text[time.end : time.end + 1] == "的" and time.end + 1 in leads:
                return True
            # 是2020年全省产量的1.8倍
            clause = self.clause_start(time.start)
            return self.text[time.start - 1 : time.start] in _EQUALS and any(
                time.end <= start and self.clause_start(start) == clause for start in multiples
            )

        return [replace(time, mention=True) if apart(time) else time for time in times]

    def timings(self) -> list[Timing]:
        """One timing a figure."""
        if not self.pairs:
            return [self.timing(figure, ()) for figure in self.figures]
        given: dict[int, Timing] = {}
        earlier: Period | None = None
        for pair in self.pairs:
            # A later change in the sentence shares the years of the one before.
            start, later = self.ends(pair)
            earlier = start or earlier
            for index in pair.before:
                given[index] = Timing(earlier, "actual")
            hidden = [time for time in self.times if self.holds(pair, time)]
            for index in pair.after:
                figure = self.figures[index]
                if later:
                    given[index] = Timing(later, self.status(figure, None))
                else:
                    given[index] = self.timing(figure, hidden)
        return [given.get(i) or self.timing(figure, ()) for i, figure in enumerate(self.figures)]

    def holds(self, pair: _Pair, time: _Time) -> bool:
        """Whether a time belongs to the A of a change from A to B alone."""
        return pair.mark < time.end <= self.figures[pair.before[-1]].start

    def ends(self, pair: _Pair) -> tuple[Period | None, Period | None]:
        """The period of A, and that of B where the sentence's span gives it."""
        head = self.figures[pair.before[0]]
        own = [time for time in self.times if self.holds(pair, time)]
        if own:
            return own[-1].period, None
        compared = [time for time in self.times if time.mention and time.end <= head.start]
        if compared:
            return compared[-1].period, None
        time = _scope_of(self.scopes, head.start)
        if time and time.kind == "range":
            return _year(time.period.start.year), _year(time.period.end.year)
        return None, None

    def timing(self, figure: Quantity, hidden: Sequence[_Time]) -> Timing:
        """The timing of one figure by itself, without the times that belong to another."""
        beside = self.beside(figure)
        scopes = self.scopes
        if hidden:
            scopes = [scope for scope in scopes if scope.time not in hidden]
        time = beside or _scope_of(scopes, figure.start) or self.era_told(figure)
        status = self.status(figure, time)
        if beside:
            return Timing(beside.period, status)
        if status == "planned":
            return Timing(self.plan_period(time), status)
        if _attributes().search(self.text[self.sentence.start : figure.lead]):
            # What a named thing measures is no event of the time that opens the sentence.
            own = time and time.start >= self.clause_start(figure.start)
            time = time if own and time and not self.is_future(time.period) else None
        else:
            time = time or (self.paragraph if self.stance == "actual" else None)
        if self.stance == "planned" and time is None:
            return Timing(self.report.default, status)
        period = time.period if time else self.section or self.report.default
        if period and figure.dimension == "ratio" and self.is_yearly(figure):
            period = self.years_of(period, figure)
        return Timing(self.until_now(period), status)

    def clause_start(self, position: int) -> int:
        """Where the clause around a position begins."""
        start = self.sentence.start
        for clause in self.clauses:
            if clause.start > position:
                break
            start = clause.start
        return start

    def is_yearly(self, figure: Quantity) -> bool:
        """Whether a rate is said to be that of every year of a span: 年均增长5%."""
        clause = self.text[self.clause_start(figure.start) : figure.lead]
        return bool(_yearly().search(clause))

    def years_of(self, period: Period, figure: Quantity) -> Period:
        """The span of a yearly rate: from the year compared with, else that of the report."""
        default = self.report.default
        if period.start.year != period.end.year or default is None:
            return period
        compared = [time for time in self.times if time.mention and time.end <= figure.start]
        if compared and compared[-1].period.end.year < period.end.year:
            return Period(date(compared[-1].period.end.year + 1, 1, 1), period.end)
        within = default.start <= period.start and period.end <= default.end
        return default if within else period

    def until_now(self, period: Period | None) -> Period | None:
        """今年 and 全年, of what is done, reach only to the end of the report's period."""
        default = self.report.default
        whole = period and (period.end.month, period.end.day) == (12, 31)
        if period and default and whole and period.start <= default.end < period.end:
            return Period(period.start, default.end)
        return period

    def beside(self, figure: Quantity) -> _Time | None:
        """A time that stands right before a figure is its own: 一九八○年的七千一百亿元.

        But not of a comparison: 比2020年5个百分点, 是2020年的1.8倍.
        """
        for time in reversed(self.times):
            gap = self.text[time.end : figure.lead]
            ground = time.mention and _BASIS.match(self.text, figure.tail)
            if ground and time.end <= figure.lead and not re.search("[,;]", gap):
                return time  # 在去年新建8个的基础上
            if time.end <= figure.lead and gap in ("", "的"):
                relative = figure.dimension in ("ratio", "point") and time.mention and not gap
                return None if relative or figure.dimension == "multiple" else time
        return None

    def era_told(self, figure: Quantity) -> _Time | None:
        """The years of a plan that are over, where a paragraph among plans looks back on them."""
        era = self.paragraph if self.stance == "planned" else None
        if era is None or era.kind != "plan_era" or self.is_future(era.period):
            return None
        return None if self.said(figure) == "plan" else era

    def plan_period(self, time: _Time | None) -> Period | None:
        """The period of a plan: its time, else that of the plan's section; else unknown."""
        if time:
            return time.period
        if self.stance == "actual":
            return None
        if self.paragraph and self.is_future(self.paragraph.period):
            return self.paragraph.period
        return self.section or _rest(self.report)

    def is_future(self, period: Period) -> bool:
        """Whether a period ends after the report's, or in the year that a whole report plans."""
        default = self.report.default
        if default is None:
            return False
        return period.end > default.end or (
            self.report.all_plan and period.end.year == default.end.year
        )

    def is_ahead(self, time: _Time) -> bool:
        """Whether a time by itself makes a plan of what else reads as done.

        今年 in the middle of the year, and single months after the report's period, do not: a
        report is given after its period, and takes in what happened since.
        """
        default = self.report.default
        if default is None:
            return False
        first_part = time.kind in ("half", "quarter") and time.period.end.month < 12
        if time.kind in _PASSED or first_part:
            return False
        bound = time.kind in ("whole_year", "year_end", "as_of")
        late = (time.period.end - default.end).days > _LATE
        return late and (bound or time.period.start > default.end)

    def status(self, figure: Quantity, time: _Time | None) -> Status:
        """The status of one figure: its words, then its dates, then its passage."""
        said = self.said(figure)
        future = time is not None and self.is_future(time.period)
        ahead = time is not None and self.is_ahead(time)
        if self.stance == "planned":
            if _attributes().search(self.text[self.sentence.start : figure.lead]):
                return "actual"
            past = time is not None and not future and said != "plan"
            return "actual" if past or said == "done" else "planned"
        if said == "plan":
            return "planned"
        if said == "rough":
            return "actual" if time and not future else "planned"
        return "planned" if ahead and said != "done" else "actual"

    def said(self, figure: Quantity) -> str:
        """What the cues say of a figure: the last in its clause, or a plan before it."""
        clause = self.clause_start(figure.start)
        answer, aim = "", False
        for cue in self.cues:
            if cue.start >= figure.end:
                if cue.says == "plan" and self.clause_start(cue.start) == clause:
                    answer = answer or cue.says
                break
            inside = cue.start >= clause
            if cue.says != "done":
                if inside or not self.broken(cue, figure):
                    answer, aim = cue.says, inside
            elif not (inside and aim):
                # 确保高于去年同期 stays a plan; 已建成的有: holds for the list that it opens.
                listed = ":" in self.text[cue.end : figure.start]
                answer = "done" if inside or listed else ""
        return answer

    def broken(self, cue: Cue, figure: Quantity) -> bool:
        """A plan word speaks up to the semicolon."""
        return ";" in self.text[cue.end : figure.start]


def _rest(report: _Report) -> Period | None:
    """What a report plans for when it does not say: the rest of its year, or the next year."""
    if report.default is None or report.plan_year is None:
        return None
    if report.default.end.year == report.plan_year and not report.all_plan:
        start = date.fromordinal(report.default.end.toordinal() + 1)
        if start.year == report.plan_year:
            return Period(start, date(report.plan_year, 12, 31))
    return _year(report.plan_year)


def _leads(before: str) -> bool:
    """Whether what stands before the first time of a sentence leaves it the sentence's opening."""
    return len(before) <= 3 or before in lexicon.words("time_openers")


def _length(time: _Time) -> int:
    return (time.period.end - time.period.start).days


def _closes(time: _Time, report: _Report) -> bool:
    """Whether a time is the last year of a report on several years (刚刚过去的2025年).

    What follows it in the section, in other paragraphs too, is told of that year.
    """
    default = report.default
    if default is None or default.start.year == default.end.year:
        return False
    return time.kind == "year" and time.period == _year(default.end.year)


def _section_period(section: tuple[str, ...], report: _Report, stance: Status) -> Period | None:
    """The time that the innermost heading with a time names, if it names only one."""
    for heading in reversed(section):
        found = [time for time in find_times(heading, report.default) if time.period]
        if not found:
            continue
        context = report.plan_year if stance == "planned" else None
        if context is None and report.default:
            context = report.default.end.year
        _, period, _ = _read_again(heading, found[0], report, context, None, stance == "planned")
        if len(found) > 1 or period is None:
            return None
        late = report.default is None or (period.end - report.default.end).days > _LATE
        # A heading that looks back on 过去一年和五年 names no one time; nor does one ahead of it.
        return None if stance == "actual" and (late or found[0].kind == "span") else period
    return None


class _Sections:
    """The periods of sections, as their headings and the paragraphs read so far tell them."""

    def __init__(self, report: _Report) -> None:
        self._report = report
        self._told: dict[tuple[tuple[str, ...], Status], Period | None] = {}
        self._latest: tuple[tuple[str, ...], Period] | None = None

    def period(
        self, section: tuple[str, ...], stance: Status, paragraph: _Time | None
    ) -> Period | None:
        """The period of a section, given the time that opened the paragraph."""
        key = (section, stance)
        if key not in self._told:
            self._told[key] = _section_period(section, self._report, stance)
        if stance == "planned":
            return self._told[key]
        if paragraph and _closes(paragraph, self._report):
            self._latest = (section, paragraph.period)
        if self._told[key] is None and self._latest:
            within, period = self._latest
            return period if section[: len(within)] == within else None
        return self._told[key]


def _plan_headings(sentences: Sequence[Sentence], default: Period | None) -> list[bool]:
    """For each sentence, whether the innermost year in its headings is still to come."""
    if default is None:
        return [False] * len(sentences)
    known: dict[tuple[str, ...], bool] = {}
    found = []
    for sentence in sentences:
        section = sentence.section
        if section not in known:
            years = [int(year) for heading in section for year in _YEAR.findall(heading)]
            known[section] = bool(years) and years[-1] > default.end.year and len(section) > 1
        found.append(known[section] and sentence.section_status is None)
    return found


def _only_plans(sentences: Sequence[Sentence], stance: Sequence[Status], kind: str) -> bool:
    """Whether a work report without headings tells of nothing but plans."""
    unheaded = all(sentence.section_status is None for sentence in sentences)
    return kind == "work_report" and bool(stance) and unheaded and "actual" not in stance


def govern(
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    quantities: Sequence[Quantity],
    default: Period | None,
    report_kind: str,
) -> tuple[Timing, ...]:
    """The period and status of every quantity.

    The nearest time wins: one beside the figure, then of its clause, then the one that opens its
    sentence, its paragraph (or the one that dashed paragraphs set out), its section; else the
    report's period. A plan without a date has none,
    unless it stands in a section of plans, whose period it takes.

    Args:
        text: clean text.
        sentences: its outline.
        times: its time expressions.
        quantities: its numerals, in order.
        default: the report's period.
        report_kind: of the metadata; `plan` for a report that plans from end to end.

    Returns:
        One timing a quantity, in the same order.
    """
    stance = stances(text, sentences, report_kind, _plan_headings(sentences, default))
    all_plan = report_kind == "plan" or _only_plans(sentences, stance, report_kind)
    report = _report(default, report_kind, all_plan)
    given: dict[int, Timing] = {}
    time_starts = [time.start for time in times]
    sections = _Sections(report)
    paragraph: _Time | None = None
    waiting: _Time | None = None
    introduced: _Time | None = None  # the time of the paragraph that dashed ones set out
    longest: _Time | None = None  # of the times that opened sentences of this paragraph
    opened = False
    number = -1
    at = 0
    for sentence, base in zip(sentences, stance, strict=True):
        if sentence.paragraph != number:
            if not text.startswith(_DASH, sentence.start):
                introduced = None
            elif introduced is None:
                introduced = longest
            number, paragraph, waiting, opened = sentence.paragraph, introduced, None, False
            longest = None
        first = at
        while at < len(quantities) and quantities[at].start < sentence.end:
            at += 1
        low = bisect_left(time_starts, sentence.start)
        high = bisect_left(time_starts, sentence.end)
        figures = [figure for figure in quantities[first:at] if figure.disposition not in _TIMELESS]
        if low == high and not figures:
            opened = opened or not sentence.is_heading
            continue
        own = _times_of(text, sentence, times[low:high], report, base) if low < high else []
        head = next((time for time in own if not time.mention), None)
        opens = head is not None and _leads(text[sentence.start : head.start])
        if head and opens and (longest is None or _length(head) >= _length(longest)):
            longest = head
        takes_over = not opened or (paragraph and head and head.kind in _TAKES_OVER)
        if head and opens and takes_over and not sentence.is_heading:
            paragraph = head
        opened = opened or not sentence.is_heading
        if not figures:
            # A time that has opened a sentence without figures waits for those of the next.
            alone = head and opens and text[head.end : head.end + 1] in (",", "，")
            waiting = head if alone and head and head.kind in _POINTS else None
            continue
        section_period = sections.period(sentence.section, base, paragraph)
        governing = paragraph or waiting
        waiting = None
        clerk = _Clerk(text, sentence, own, figures, base, report, governing, section_period)
        for figure, timing in zip(figures, clerk.timings(), strict=True):
            given[figure.start] = timing
    # What lies outside every sentence has nothing but the report's period.
    bare = Timing(default, "actual")
    return tuple([given.get(figure.start, bare) for figure in quantities])
