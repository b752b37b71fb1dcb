"""Whether a figure is planned or done: by its words, its dates, and the part that it stands in.

Which time governs a figure is the business of `clerk`, the part that of `layout`, the words inside
a sentence are found by `cues`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from pipelines import lexicon
from pipelines.text.layout.document import Report
from pipelines.text.marks import PAUSE
from pipelines.text.model import Clause, Period, Quantity, Sentence, Status, StatusSource
from pipelines.text.times.cues import Cue, cues
from pipelines.text.times.in_sentence import LATE, PASSED, DatedTime

_A_NATION = Decimal(100_000_000)  # so many people are no work of one year
_LAST = 12  # month of a report on a whole year
_SET = "(?:预期|预定|既定|原定|年度|全年|总|总体|奋斗|发展)?"  # of an aim
_DONE = frozenset({"done", "result"})
_RELATIVE = frozenset({"ratio", "point", "rank", "multiple"})


@cache
def _attributes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What a thing measures, right before a figure; before the thing's name; in a clause alone."""
    nouns = lexicon.alternation(lexicon.words("attribute_nouns"))
    before = lexicon.alternation(lexicon.words("attributes_before"))
    reach = "(?:[约为达近超]|达到|超过)*$"
    alone = lexicon.alternation(lexicon.words("attributes_alone"))
    return (
        re.compile(f"(?:{nouns}){reach}"),
        re.compile(f"(?:{nouns}|^(?:{before})){reach}"),
        re.compile(f"(?:{alone}){reach}"),
    )


@cache
def _standing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says before a figure that it is there already, and behind it that it is a people."""
    there = lexicon.alternation(lexicon.words("there_already"))
    people = lexicon.alternation(lexicon.words("peoples"))
    return re.compile(f"(?:{there})的?[约近]?$"), re.compile(f"(?:以上)?(?:{people})")


@cache
def _aims() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = lexicon.alternation(lexicon.words("plan_amount_nouns"))
    year = "全年|年度|年初|当年|今年|本年|年"
    return (
        re.compile(
            f"(?<!超)(?:{year})(?:{nouns}){{1,2}}(?:投资|数|量)?[为是]?$|(?:{nouns})数?[为是]$"
        ),
        # and with those listed before it: 能耗降低4%、排放减少2%的目标
        re.compile(
            f"(?:[^,;。:]*[0-9一二两三四五六七八九十百千万亿%元])?(?:左右|以上|以内)?的{_SET}(?:{nouns})"
        ),
    )


class StatusReader:
    """Says of each figure of one sentence whether it is planned or done."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        clauses: Sequence[Clause],
        figures: Sequence[Quantity],
        stance: Status,
        report: Report,
    ) -> None:
        self.text, self.sentence, self.clauses = text, sentence, clauses
        self.figures, self.stance, self.report = figures, stance, report
        self.cues = cues(text, sentence.start, sentence.end)
        self.tails = {figure.tail for figure in figures}

    def is_attribute(self, figure: Quantity) -> bool:
        """Whether a figure is what a named thing measures: a fact, whatever is planned with it.

        总投资5亿元的园区 is named, 该项目占地5亩 too. But 总面积9亩 is as planned as the parks that
        it is told of: 新建公园2个,总面积9亩.
        """
        noun, before, _ = _attributes()
        if figure.dimension in _RELATIVE:
            return False  # 超过计划总投资额14%: no attribute, but how far it went
        at = self.clause_start(figure.start)
        if self.is_attributive(figure):
            return bool(before.search(self.text[at : figure.lead]))
        if not self.is_alone(figure) and not noun.search(
            self.text, self.sentence.start, figure.lead
        ):
            return False
        return self.counted(figure) is None

    def is_alone(self, figure: Quantity) -> bool:
        """Whether a clause says but what something named before it measures: ,面积420平方米."""
        at = self.clause_start(figure.start)
        return _attributes()[2].fullmatch(self.text, at, figure.lead) is not None

    def counted(self, figure: Quantity) -> Quantity | None:
        """The count of things that a figure is the measure of: 2个,总面积9亩; 78项、总投资3亿元.

        None where its own words name the thing: 新建公园2个,北湖总面积9亩.
        """
        noun = _attributes()[0]
        at = self.clause_start(figure.start)
        counts = [
            one for one in self.figures if one.dimension == "count" and one.start < figure.start
        ]
        found = noun.search(self.text, self.sentence.start, figure.lead)
        if self.is_alone(figure) or (found and found.start() <= at):
            return next((one for one in reversed(counts) if one.start < at), None)
        # money is that of the things counted; 住户1460户、占地320亩 are of the place named before
        listed = found and counts and counts[-1].tail + 1 == found.start()
        if listed and figure.dimension == "money" and self.text[counts[-1].tail] == PAUSE:
            return counts[-1]
        return None

    def is_standing(self, figure: Quantity) -> bool:
        """Whether a figure tells of what there is, among plans: 我国有13亿人口, 现有的86个."""
        there, people = _standing()
        if figure.dimension in _RELATIVE:
            return False
        at = self.clause_start(figure.start)
        if there.search(self.text[at : figure.lead]):
            return True
        many = figure.value is not None and figure.value >= _A_NATION
        return many and bool(people.match(self.text, figure.tail, self.sentence.end))

    def is_attributive(self, figure: Quantity) -> bool:
        """Whether a figure stands before the name of what it tells of: 5亿元的园区."""
        return figure.dimension not in _RELATIVE and self.text.startswith("的", figure.tail)

    def clause_start(self, position: int) -> int:
        """Where the clause around a position begins."""
        start = self.sentence.start
        for clause in self.clauses:
            if clause.start > position:
                break
            start = clause.start
        return start

    def is_future(self, period: Period) -> bool:
        """Whether a period ends after the report's, or in the year that a whole report plans.

        What was over on the day on which it was given is not to come.
        """
        default = self.report.default
        if default is None:
            return False
        return period.end > (self.report.known or default.end) or (
            self.report.all_plan and period.end.year == default.end.year
        )

    def is_ahead(self, time: DatedTime) -> bool:
        """Whether a time by itself makes a plan of what else reads as done.

        今年 in the middle of the year, single months after the report's period and the first parts
        of the year after it do not: a report is given after its period, and takes in what happened
        since.
        """
        default = self.report.default
        if default is None:
            return False
        if time.period == self.report.era:
            return True  # 五年内, in a report on a plan that runs
        first_part = time.kind in ("half", "quarter") and time.period.end.month < 12
        first_part = first_part and default.end.month == _LAST
        if time.kind in PASSED or first_part or self.text[time.start] == "截":
            return False
        bound = time.kind in ("whole_year", "year_end", "as_of")
        late = (time.period.end - default.end).days > LATE
        # 12月底前, after a report on ten months, is a deadline
        late = late or (self.text[time.end - 1] == "前" and time.period.end > default.end)
        return late and (bound or time.period.start > default.end)

    def status(self, figure: Quantity, time: DatedTime | None) -> tuple[Status, StatusSource]:
        """The status of one figure and what says so: its words, its dates, its passage."""
        said = self.said(figure)
        future = time is not None and self.is_future(time.period)
        past = time is not None and not future
        if (
            time
            and said == "plan"
            and self.is_before(time)
            and not self.planned_beside(figure, time)
        ):
            said = ""  # 力争增长5%,高于2023年的3%: the plan ends where a time gone by begins
        weighs = self.stance == "planned" or (bool(said) and self.is_attributive(figure))
        standing = self.stance == "planned" and said != "plan" and self.is_standing(figure)
        if standing or (weighs and self.is_attribute(figure)):
            return "actual", "attribute"
        if self.stance == "planned" and self.aimed(figure):
            said = "plan"
        if self.stance == "planned" and past and said != "plan":
            return "actual", "dates"
        if said:
            ahead = said == "plan" or (said == "rough" and (future or self.stance == "planned"))
            return "planned" if ahead else "actual", "words"
        if self.stance == "planned":
            return "planned", "passage"
        if time is not None and self.is_ahead(time):
            return "planned", "dates"
        return "actual", "passage"

    def is_before(self, time: DatedTime) -> bool:
        """Whether a time is over before the report's period begins."""
        default = self.report.default
        return default is not None and time.period.end < default.start

    def planned_beside(self, figure: Quantity, time: DatedTime) -> bool:
        """Whether a word of plans speaks in the clause that a time gone by stands in, too."""
        clause = self.clause_start(figure.start)
        ends = (one.end for one in self.clauses if one.start == clause)
        end = next(ends, self.sentence.end)
        cue = any(cue.says == "plan" and clause <= cue.start < end for cue in self.cues)
        return cue or not clause <= time.start < figure.start

    def aimed(self, figure: Quantity) -> bool:
        """Whether a figure is the aim of what was done: 年度任务12台, 收入6亿元的目标圆满完成."""
        before, behind = _aims()
        at = self.clause_start(figure.start)
        said = self.text.find("的", figure.tail, self.sentence.end) >= 0
        if said and behind.match(self.text, figure.tail, self.sentence.end):
            return True
        return figure.dimension not in _RELATIVE and bool(
            before.search(self.text[at : figure.lead])
        )

    def said(self, figure: Quantity) -> str:
        """What the cues say of a figure: the last in its clause, or a plan before it."""
        clause = self.clause_start(figure.start)
        answer, aim = "", False
        for cue in self.cues:
            if cue.start in self.tails or self.aside(cue, figure) or self.completes(cue):
                continue  # 285个计划新开工项目 counts what a plan is made of
            if cue.start >= figure.end:
                if cue.says == "plan" and self.clause_start(cue.start) == clause:
                    answer = answer or cue.says
                break
            inside = cue.start >= clause
            if cue.says == "result" and self.stance == "planned" and not answer:
                continue  # 实际到位资金不少于2亿元 is a name; 计划6座,实际完成7座 sets off a plan
            if cue.says not in _DONE:
                if inside or not self.broken(cue, figure):
                    answer, aim = cue.says, inside
            elif not (inside and aim):
                # 确保高于去年同期 stays a plan; 已建成的有: holds for the list that it opens.
                listed = ":" in self.text[cue.end : figure.start]
                answer = "done" if inside or listed else ""
        return answer

    def settled(self, figure: Quantity, time: DatedTime | None) -> bool:
        """Whether what is planned is told to be done right after: 计划改造6座,实际完成7座.

        A plan with a time of its own stays in it.
        """
        own = time is not None and time.start >= self.clause_start(figure.start)
        if self.stance == "planned" or (own and time and self.text[time.start] != "截"):
            return False
        return any(
            cue.says in _DONE
            and cue.start >= figure.tail
            and ";" not in self.text[figure.tail : cue.start]
            for cue in self.cues
        )

    def completes(self, cue: Cue) -> bool:
        """Whether a word of plans tells how far one is done: 产值计划完成102%."""
        if self.text[cue.start : cue.end] not in lexicon.words("plan_completions"):
            return False
        return any(one.lead == cue.end and one.dimension == "ratio" for one in self.figures)

    def aside(self, cue: Cue, figure: Quantity) -> bool:
        """Whether a word is said in a bracket that the figure stands outside of.

        增长4.1%(计划目标为5%左右),产值9亿元: the plan is that of the bracket alone.
        """
        opened = self.text.rfind("(", self.sentence.start, cue.start)
        if opened < 0:
            return False
        closed = self.text.find(")", opened, self.sentence.end)
        return closed >= cue.end and not opened < figure.start < closed

    def broken(self, cue: Cue, figure: Quantity) -> bool:
        """A plan word speaks up to the semicolon."""
        return ";" in self.text[cue.end : figure.start]
