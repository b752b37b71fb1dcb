"""The times of one sentence, and the stretch of it that each governs.

Here belongs what a time expression means in its sentence and report: the year that it leaves out,
whether it only compares, how far it reaches. Which figure takes which time is decided in `clerk`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines import lexicon
from pipelines.text.layout.document import Part, Report
from pipelines.text.model import Clause, Period, Sentence, TimeExpression
from pipelines.text.numbers.numerals import whole_number
from pipelines.text.times.compared import PEAK, is_base
from pipelines.text.times.cues import cues
from pipelines.text.times.reader import read_time

PASSED = frozenset({"month", "months", "year_to_date", "month_part", "day", "since"})
POINTS = PASSED | {"year", "half", "quarter", "whole_year", "year_end", "as_of"}
YEARLY = frozenset({"whole_year", "year_end"})
_SINGLE = frozenset({"month", "months", "day"})
# These name no time that a figure could have.
_MENTIONS = frozenset({"same_period", "plan_name", "reference", "clock", "decade"})
# 1981年计划,产值3亿元; 今年的主要目标是:产值4亿元
_PLAN_HEAD = re.compile(
    "(?:计划|预算|目标|安排)[,:，：]|的?[^,，;；。:：0-9]{0,8}(?:目标|任务)[是为]?[:：]|的?(?:目标|任务)[是为]"
    "|计划(?![的草任指完执])"
)
# 比建场初期的1958年增长三成; no 比原定的1957年投资多
_SET_AGAINST = re.compile("(?<![相对])比(?![重例率价])[^,，;；。0-9]{1,8}的$")
_CHANGED = re.compile("[增减提降升翻高低]|下降|上升|多|少|[0-9百]")
_PARTS = frozenset({"half", "quarter", "year_to_date", "month", "months", "as_of"})
_OPENING = 12  # characters that may stand before the time that opens a sentence
_WITHIN = re.compile("这?[0-9一二两三四五六七八九十]+年内?")
LATE = 62  # days for which a report may run past its period


@cache
def _ground() -> re.Pattern[str]:
    return re.compile(f"[^,，。;]{{0,15}}(?:{lexicon.alternation(lexicon.words('grounds'))})")


@dataclass(slots=True)
class DatedTime:
    """A time expression with the days that it names in its sentence."""

    start: int
    end: int
    kind: str
    period: Period
    mention: bool  # only what is compared with, or part of a name

    @property
    def span(self) -> tuple[int, int]:
        """Where it is in the clean text."""
        return self.start, self.end


@dataclass(slots=True)
class Stretch:
    """A stretch of a sentence that one time governs."""

    start: int
    end: int
    time: DatedTime


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


def read_in(
    text: str,
    time: TimeExpression,
    report: Report,
    context: int | None,
    part: Part | None,
    planned: bool,
) -> tuple[str, Period | None, int | None]:
    """Read a time in the light of its part of the report: the year it belongs to, plan or past.

    Args:
        text: the clean text.
        time: the expression.
        report: what the report is about, and when.
        context: the year that was named last, if any.
        part: the part of the report that it stands in.
        planned: whether its sentence speaks of plans.
    """
    surface = text[time.start : time.end]
    if report.era and time.form == "span" and _WITHIN.fullmatch(surface):
        count = whole_number(surface[: surface.index("年")].lstrip("这"))
        if count == report.era.end.year - report.era.start.year + 1:
            return "span", report.era, None  # 五年内, of the five years of the plan
    if time.form == "span" and planned and _WITHIN.fullmatch(surface):
        # 五年 and 五年内 of a plan look ahead, unless the report plans those very years.
        past = read_time("span", surface, report.default, report.spoken, context)[1]
        planned_for = report.all_plan and past == report.default
        surface = surface if past is None or planned_for else f"今后{surface}"
    spoken = report.this_year(part) if surface[0] == "今" else report.spoken
    kind, period, own = read_time(time.form, surface, report.default, spoken, context)
    return kind, period, None if kind in _MENTIONS else own


def _is_mention(text: str, time: TimeExpression, kind: str, sentence: Sentence) -> bool:
    before, than, after = _mentions()
    head = text[max(sentence.start, time.start - 5) : time.start]
    if before.search(head) or is_base(text, time.start, time.end):
        return True
    against = _SET_AGAINST.search(text, sentence.start, time.start)
    if PEAK.search(text, sentence.start, time.start) or (
        against and _CHANGED.match(text, time.end)
    ):
        return True
    if after.match(text, time.end, sentence.end):
        # 完成全年计划 names a plan; 全年计划投资 plans.
        verb = cues(text, time.end, min(time.end + 4, sentence.end))
        return not (verb and verb[0].start == time.end)
    # 高于2020年5个百分点 compares; 高于前五年平均每年增长5% tells the growth of those years.
    if than.search(head):
        return text[time.end : time.end + 1].isnumeric()
    if kind == "since" and text[time.end : time.end + 1] == "最":
        return True  # 1985年以来最高
    # 在去年快速增长的基础上 is where the figure starts from.
    return bool(_ground().match(text, time.end, sentence.end))


def _heads_plan(text: str, time: TimeExpression, year: int, report: Report) -> bool:
    """Whether a year to come heads what is planned for it: 1981年计划,产值3亿元."""
    ahead = report.default is not None and year > report.default.end.year
    return ahead and bool(_PLAN_HEAD.match(text, time.end))


def _names_a_project(
    text: str, time: TimeExpression, year: int | None, sentence: Sentence, report: Report
) -> bool:
    """Whether a year gone by begins the name of something: 2022年危旧房改造项目通过验收.

    2022年实施改造项目5个 is told of that year.
    """
    if year is None or report.default is None or year >= report.default.start.year:
        return False
    named = _project().match(text, time.end, sentence.end)
    return bool(named) and not text.startswith(lexicon.affixes("predicates"), time.end)


@cache
def _project() -> re.Pattern[str]:
    names = lexicon.alternation(lexicon.words("dated_names"))
    return re.compile(f"度?[^,，。;:的0-9]{{2,14}}?(?:{names})(?![0-9一二三四五六七八九十])")


def times_of(
    text: str,
    sentence: Sentence,
    times: Sequence[TimeExpression],
    report: Report,
    part: Part,
) -> list[DatedTime]:
    """The times of a sentence, read in its light and in that of its part of the report.

    Args:
        text: the clean text.
        sentence: the sentence.
        times: its time expressions, in order.
        report: what the report is about, and when.
        part: the part that the sentence stands in.
    """
    planned = part.status == "planned"
    context = report.default.end.year if report.default else None
    if planned:
        context = report.plan_year
    found: list[DatedTime] = []
    for time in times:
        kind, period, own = read_in(text, time, report, context, part, planned)
        if kind == "plan_name" and _states().match(text, time.end):
            kind = "plan_era"  # “六五”计划安排的项目, 第一个五年合计 are those of its years
        heads = own is not None and _heads_plan(text, time, own, report)
        mention = (not heads and _is_mention(text, time, kind, sentence)) or (
            kind == "year" and _names_a_project(text, time, own, sentence, report)
        )
        if own is not None and not mention and kind not in ("since", "range"):
            context = own
        if period is None or kind in _MENTIONS:
            continue
        last = found[-1] if found else None
        if last and kind == last.kind == "year" and _two_years(text, last, time.end, time.start):
            # 1958年和1959年两年 is one time
            period = Period(last.period.start, period.end)
            found[-1] = DatedTime(last.start, time.end, "range", period, mention)
            continue
        found.append(DatedTime(time.start, time.end, kind, period, mention))
    return found


@cache
def _states() -> re.Pattern[str]:
    settle = lexicon.alternation(lexicon.words("plan_settlers"))
    summed = lexicon.alternation(lexicon.words("sum_words"))
    return re.compile(f"(?:草案|纲要)?[还也]?(?:{settle})(?![,，:：])|{summed}")


_YEARS_TOLD = re.compile("[两二]年")


def _two_years(text: str, one: DatedTime, end: int, start: int) -> bool:
    """Whether two years beside each other are summed up as two: 1958年和1959年两年."""
    beside = text[one.end : start] in lexicon.words("list_marks") | {""}
    return beside and bool(_YEARS_TOLD.match(text, end))


def _opens(text: str, sentence: Sentence, time: DatedTime, first_quantity: int) -> bool:
    """Whether a time opens its sentence: before any figure, at most after a short head."""
    if time.start > first_quantity or time.start - sentence.start > _OPENING:
        return False
    head = text[sentence.start : time.start]
    return not tells_a_change(text, sentence, time) and (len(head) <= 1 or not _inner(text, time))


def tells_a_change(text: str, sentence: Sentence, time: DatedTime) -> bool:
    """Whether years behind a head are those of one change alone: 收入五年增长30%.

    Args:
        text: the clean text.
        sentence: the sentence.
        time: the years.
    """
    if time.kind != "span" or time.start == sentence.start:
        return False
    return text[time.end : time.end + 2] in lexicon.words("changes_of_years")


def _inner(text: str, time: DatedTime) -> bool:
    """Whether a time stands in the middle of its clause (在5月揭牌) and so governs that alone."""
    return text[time.start - 1 : time.start] in ("在", "于")


def passes(head: DatedTime, own: Sequence[DatedTime]) -> bool:
    """Whether a sentence goes through parts of a year, so that the first governs its clause alone.

    一季度下降5.6%,上半年增长0.7% does; 1-9月产值5亿元,其中9月6000万元 tells of nine months.
    """
    return head.kind in _PARTS and any(
        time.kind in _PARTS and not time.mention and not within(time.period, head.period)
        for time in own
    )


def within(period: Period, span: Period) -> bool:
    """Whether a period lies in a span."""
    return span.start <= period.start and period.end <= span.end


def stretches(
    text: str,
    sentence: Sentence,
    parts: Sequence[Clause],
    times: Sequence[DatedTime],
    figures: Sequence[int],
    *,
    framed: bool = False,
    planned: bool = False,
) -> list[Stretch]:
    """Which stretch of the sentence each of its times governs.

    Args:
        text: the clean text.
        sentence: the sentence.
        parts: its clauses.
        times: its times, in order.
        figures: where its figures begin.
        framed: whether it plans for the rest of a year.
        planned: whether it speaks of plans.
    """
    governing = [time for time in times if not time.mention]
    starts = [clause.start for clause in parts]
    reaches = []
    for position, time in enumerate(governing):
        at = max(0, bisect_left(starts, time.end) - 1)
        clause = parts[at]
        before = position and governing[position - 1].start >= clause.start
        through = position == 0 and passes(time, times)
        aside = _aside(text, sentence, time)
        if aside:
            reaches.append(Stretch(time.start, aside, time))
        elif not position and not through and _opens(text, sentence, time, figures[0]):
            stop = _end_of_frame(text, sentence, time) if framed else sentence.end
            reaches.append(Stretch(time.start, stop, time))
        elif text[time.start] == "截":
            # 截至10月底 governs from there to the full stop.
            reaches.append(Stretch(time.start, sentence.end, time))
        elif position and time.kind == "whole_year" and governing[0].kind in _PARTS:
            # 下半年投资加快,全年增长19%,存款增长14%: the year that follows its part goes on; of
            # plans for that part (确保全年收入5亿元;新建公厕3座) to the semicolon
            stop = text.find(";", time.end, sentence.end) if planned else -1
            reaches.append(Stretch(time.start, stop if stop > 0 else sentence.end, time))
        elif _begins_part(text, clause, time):
            stop = text.find(";", time.end, sentence.end)
            reaches.append(Stretch(time.start, stop if stop > 0 else sentence.end, time))
        else:
            start = time.start if before else clause.start
            reaches.append(Stretch(start, _reach(text, parts[at:], time, figures), time))
    return reaches


def acts(text: str, at: int) -> bool:
    """Whether a part of a sentence opens with a work to be done: 新建公厕3座, 完成剩余5个.

    Args:
        text: the clean text.
        at: where the part begins.
    """
    return _works().match(text, at) is not None


@cache
def _works() -> re.Pattern[str]:
    strong = [verb for verb, strength, *_ in lexicon.entries("predicates") if strength == "strong"]
    return re.compile(lexicon.alternation(lexicon.words("rest_openers") | frozenset(strong)))


def _end_of_frame(text: str, sentence: Sentence, time: DatedTime) -> int:
    """Where a time that opens a sentence of plans for the rest of a year lets go of it.

    全年 ends where works follow behind a semicolon, a month without a comma (9月投用5所;) always.
    """
    at = text.find(";", time.end, sentence.end)
    while at >= 0:
        month = time.kind in _SINGLE and text[time.end : time.end + 1] != ","
        if month or (time.kind in YEARLY and acts(text, at + 1)):
            return at
        at = text.find(";", at + 1, sentence.end)
    return sentence.end


def _aside(text: str, sentence: Sentence, time: DatedTime) -> int | None:
    """Where the bracket ends that says more than a time: (2013年是普查年份); no (2013年)."""
    opens = text.rfind("(", sentence.start, time.start)
    if opens < 0 or text.find(")", opens, time.start) >= 0:
        return None
    closes = text.find(")", time.end, sentence.end)
    alone = closes == time.end and opens + 1 == time.start
    return None if closes < 0 or alone else closes


def _begins_part(text: str, clause: Clause, time: DatedTime) -> bool:
    """Whether a time opens a part between semicolons, or is a clause all by itself."""
    head = text[clause.start : time.start]
    if head in lexicon.words("plan_year_words"):
        head = ""  # 力争到2030年产值达到9亿元
    if head and head not in lexicon.words("time_openers"):
        return False  # 而一九五八年 opens one
    if time.kind in ("year", "as_of") and text[time.start] in "到至":
        return True  # 到2030年产值达到9亿元,城镇化率达到60%
    return text[clause.start - 1 : clause.start] == ";" or time.end == clause.end


def _reach(text: str, parts: Sequence[Clause], time: DatedTime, figures: Sequence[int]) -> int:
    """Where the first clause, that of a time, ends, with those that go on about its figure."""
    end = parts[0].end
    summed = text.startswith(lexicon.affixes("sum_words"), time.end)  # 1-11月累计800人,完成…
    if time.kind not in POINTS and not summed:
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


def governing_time(reaches: Sequence[Stretch], position: int) -> DatedTime | None:
    """The nearest governing time: of the reaches around a figure, the one that begins last."""
    inside = [reach for reach in reaches if reach.start <= position < reach.end]
    return max(inside, key=lambda reach: reach.start).time if inside else None
