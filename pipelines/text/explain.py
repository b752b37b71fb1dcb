"""Why each observation is what it is: its rules, its clause, its words, the source of each field.

Runs the steps of `parse` again and keeps what they throw away, so that `parse` itself need not.
What a rule says of the language is in its record; what a source of a period, a status, a subject
means is said here.
"""

from __future__ import annotations

from decimal import localcontext
from typing import Final, NamedTuple

from pipelines.bilingual import Both
from pipelines.reading.clean import CleanText
from pipelines.text.binding import codes
from pipelines.text.binding.catalog import rules
from pipelines.text.binding.frame import Frame, SubjectSource
from pipelines.text.binding.kinds import MeasureKind, NameKind
from pipelines.text.confidence import Traits, points
from pipelines.text.doubts import REASONS
from pipelines.text.grammar.sites import Run, Site, sites
from pipelines.text.marks import clauses
from pipelines.text.model import (
    Metadata,
    Observation,
    PeriodSource,
    Sentence,
    StatusSource,
    Timing,
)
from pipelines.text.numbers.numerals import EXACT
from pipelines.text.parse import Workings, evidence, put_together, worded, work
from pipelines.text.report.places import places_in
from pipelines.text.times.cues import cues

PERIODS: Final[dict[PeriodSource, Both]] = {
    "beside": Both("a time right before the figure", "紧接在数字之前的时间"),
    "change": Both(
        "the change from one time to another that it is an end of",
        "一段变化（由某时到某时），数字是其起点或终点",
    ),
    "stretch": Both(
        "the nearest time that governs this part of the sentence", "本句这一部分所属的最近时间"
    ),
    "era": Both("the plan that the paragraph looks back on", "段落所回顾的规划"),
    "paragraph": Both("the time that opens the paragraph", "段首的时间"),
    "section": Both("the section", "章节"),
    "plan_year": Both(
        "the time left to the report, as a plan names none", "计划未写时间，取报告期余下的时间"
    ),
    "report": Both(
        "the period of the report, as nothing nearer names one", "附近没有写明时间，取报告期"
    ),
    "unknown": Both("a plan that says no time", "计划未写时间"),
}
STATUSES: Final[dict[StatusSource, Both]] = {
    "words": Both("words of the sentence", "句中的词"),
    "dates": Both(
        "the period, before or after the end of the report's", "时期在报告期末之前或之后"
    ),
    "attribute": Both(
        "an attribute of a named thing, a fact even in a plan", "具名事物的属性，在计划中也是事实"
    ),
    "passage": Both("the heading or the passage", "标题或段落"),
}
SUBJECTS: Final[dict[SubjectSource, Both]] = {
    "rule": Both("the rule that named the figure", "确定数字名称的规则"),
    "area": Both("an area word above the report's own level", "级别高于报告本级的地区用语"),
    "body": Both("a body before nothing but a verb", "后面只接动词的单位"),
    "entity": Both("a name among the words before the indicator", "指标之前的名称"),
    "topic": Both("the body that opened the sentence", "句首的单位"),
}


_MOST_REASONS: Final = 6


class Explanation(NamedTuple):
    """One observation with its reasons, each of them a line for people to read."""

    observation: Observation
    clause: str
    left: str  # words left of the number with their roles
    right: str
    measure_rule: MeasureKind
    name_rule: NameKind
    period: Both
    status: Both
    subject: Both
    code: Both
    sure: Both

    def lines(self) -> tuple[Both, ...]:
        """The explanation as text, a field a line. What a rule says is English in both."""
        seen = self.observation
        measure, name = rules()[self.measure_rule], rules()[self.name_rule]
        code, broader = seen.canonical_code, seen.code
        codes_said = f"{code} of {broader}" if broader and broader != code else code
        none = Both("(no name)", "（无名称）")
        days, doubt = _days(seen), _doubt(seen)
        subject = Both("-", "-")
        if seen.subject:
            subject = Both(
                f"{seen.subject}, from {self.subject}",
                f"{seen.subject}，依据：{self.subject.zh}",
            )
        return (
            Both(
                f"{seen.quote} [{seen.start}:{seen.end}]  {seen.indicator or none}",
                f"{seen.quote} [{seen.start}:{seen.end}]  {seen.indicator or none.zh}",
            ),
            Both(f"  clause   {self.clause}", f"  分句    {self.clause}"),
            Both(f"  left     {self.left or '-'}", f"  左侧    {self.left or '-'}"),
            Both(f"  right    {self.right or '-'}", f"  右侧    {self.right or '-'}"),
            Both(
                f"  measure  {seen.measure}, by rule '{measure.id}': {measure.says}",
                f"  度量    {seen.measure}，规则“{measure.id}”：{measure.says}",
            ),
            Both(
                f"  name     {seen.indicator or '-'}, by rule '{name.id}': {name.says}",
                f"  名称    {seen.indicator or '-'}，规则“{name.id}”：{name.says}",
            ),
            Both(
                f"  period   {days}, from {self.period}",
                f"  时期    {days.zh}，依据：{self.period.zh}",
            ),
            Both(
                f"  status   {seen.status}, from {self.status}",
                f"  状态    {seen.status}，依据：{self.status.zh}",
            ),
            Both(f"  subject  {subject}", f"  主体    {subject.zh}"),
            Both(
                f"  code     {codes_said or '-'}: {self.code}",
                f"  编码    {codes_said or '-'}：{self.code.zh}",
            ),
            Both(f"  doubt    {doubt}", f"  存疑    {doubt.zh}"),
            Both(
                f"  sure     {seen.confidence}: {self.sure}",
                f"  把握    {seen.confidence}：{self.sure.zh}",
            ),
        )


def explain(source: CleanText, metadata: Metadata) -> tuple[Explanation, ...]:
    """The observations of `parse` in the same order, each with its reasons.

    Args:
        source: clean text with its offset map.
        metadata: what is known of the report.
    """
    with localcontext(EXACT):
        made = work(source, metadata)
        parsed = put_together(source, made)
        reasons = list(evidence(source.text, made, parsed.observations))
    places = _places(source.text, made)
    found: list[Explanation] = []
    for number, numeral in enumerate(parsed.numerals):
        if numeral.observation is None:
            continue
        sentence = made.sentences[made.homes[number]]
        found.append(
            _explained(
                source.text,
                parsed.observations[numeral.observation],
                made.frames[number],
                made.timings[number],
                places[number],
                sentence,
                reasons[numeral.observation],
            )
        )
    return tuple(found)


def _places(text: str, made: Workings) -> dict[int, Site]:
    """The site of each quantity that was bound, by its index."""
    return {
        numbers[site.index]: site
        for _, numbers, tokens in worded(
            text,
            made.sentences,
            made.times,
            made.quantities,
            made.homes,
            places_in(made.metadata.region_path, made.metadata.region_level),
        )
        for site in sites(tokens)
    }


def _explained(
    text: str,
    observation: Observation,
    frame: Frame,
    timing: Timing,
    site: Site,
    sentence: Sentence,
    reasons: Traits,
) -> Explanation:
    found = cues(text, sentence.start, sentence.end)
    words = "、".join([text[cue.start : cue.end] for cue in found])
    by_words = words if timing.status_from == "words" else ""
    time = text[timing.time[0] : timing.time[1]] if timing.time else ""
    return Explanation(
        observation=observation,
        clause=_clause(text, sentence, frame),
        left=_spelled(site.left),
        right=_spelled(site.right),
        measure_rule=frame.read_by,
        name_rule=frame.kind,
        period=_with(PERIODS[timing.period_from], time),
        status=_with(STATUSES[timing.status_from], by_words),
        subject=SUBJECTS[frame.subject_from],
        sure=_sure(reasons),
        code=codes.reason(frame.indicator, frame.quantity, frame.measure),
    )


def _with(source: Both, words: str) -> Both:
    return Both(f"{source}: {words}", f"{source.zh}：{words}") if words else source


def _clause(text: str, sentence: Sentence, frame: Frame) -> str:
    """The clause around a number; of a number in a gap, the sentence."""
    at = frame.quantity.start
    around = (c for c in clauses(text, sentence) if c.start <= at < c.end)
    clause = next(around, None)
    return text[clause.start : clause.end] if clause else text[sentence.start : sentence.end]


def _spelled(run: Run) -> str:
    return " ".join([f"{token.text}/{token.role}" for token in run])


def _sure(reasons: Traits) -> Both:
    """What speaks most for the row and against it, with points (100: odds e times as high)."""
    said = [
        f"{trait} {value} {scored:+d}" for trait, value, scored in points(reasons)[:_MOST_REASONS]
    ]
    if not said:
        return Both("nothing is known of such rows", "此类数字没有可参照的记录")
    return Both.quoted(", ".join(said))


def _days(observation: Observation) -> Both:
    if observation.period_start is None or observation.period_end is None:
        return Both("-", "-")
    start, end = observation.period_start, observation.period_end
    return Both(f"{start} to {end}", f"{start} 至 {end}")


def _doubt(observation: Observation) -> Both:
    said = next((reason for reason in REASONS if reason.name == observation.doubt), None)
    if said is None:
        return Both("-", "-")
    return Both(f"{said.name}: {said.says}", f"{said.name}：{said.says.zh}")
