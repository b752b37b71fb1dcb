"""Why each observation is what it is: its rules, its clause, its words, the source of each field.

Runs the steps of `parse` again and keeps what they throw away, so that `parse` itself need not.
What a rule says of the language is in its record; what a source of a period, a status, a subject
means is said here.
"""

from __future__ import annotations

from decimal import localcontext
from typing import Final, NamedTuple

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

PERIODS: Final[dict[PeriodSource, str]] = {
    "beside": "a time right before the figure",
    "change": "the change from one time to another that it is an end of",
    "stretch": "the nearest time that governs this part of the sentence",
    "era": "the plan that the paragraph looks back on",
    "paragraph": "the time that opens the paragraph",
    "section": "the section",
    "plan_year": "the time left to the report, as a plan names none",
    "report": "the period of the report, as nothing nearer names one",
    "unknown": "a plan that says no time",
}
STATUSES: Final[dict[StatusSource, str]] = {
    "words": "words of the sentence",
    "dates": "the period, before or after the end of the report's",
    "attribute": "an attribute of a named thing, a fact even in a plan",
    "passage": "the heading or the passage",
}
SUBJECTS: Final[dict[SubjectSource, str]] = {
    "rule": "the rule that named the figure",
    "area": "an area word above the report's own level",
    "body": "a body before nothing but a verb",
    "entity": "a name among the words before the indicator",
    "topic": "the body that opened the sentence",
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
    period: str
    status: str
    subject: str
    code: str
    sure: str

    def lines(self) -> tuple[str, ...]:
        """The explanation as text, a field a line."""
        seen = self.observation
        measure, name = rules()[self.measure_rule], rules()[self.name_rule]
        code, broader = seen.canonical_code, seen.code
        codes_said = f"{code} of {broader}" if broader and broader != code else code
        return (
            f"{seen.quote} [{seen.start}:{seen.end}]  {seen.indicator or '(no name)'}",
            f"  clause   {self.clause}",
            f"  left     {self.left or '-'}",
            f"  right    {self.right or '-'}",
            f"  measure  {seen.measure}, by rule '{measure.id}': {measure.says}",
            f"  name     {seen.indicator or '-'}, by rule '{name.id}': {name.says}",
            f"  period   {_days(seen)}, from {self.period}",
            f"  status   {seen.status}, from {self.status}",
            f"  subject  {f'{seen.subject}, from {self.subject}' if seen.subject else '-'}",
            f"  code     {codes_said or '-'}: {self.code}",
            f"  doubt    {_doubt(seen)}",
            f"  sure     {seen.confidence}: {self.sure}",
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
    by_words = f": {words}" if words and timing.status_from == "words" else ""
    time = f": {text[timing.time[0] : timing.time[1]]}" if timing.time else ""
    return Explanation(
        observation=observation,
        clause=_clause(text, sentence, frame),
        left=_spelled(site.left),
        right=_spelled(site.right),
        measure_rule=frame.read_by,
        name_rule=frame.kind,
        period=PERIODS[timing.period_from] + time,
        status=STATUSES[timing.status_from] + by_words,
        subject=SUBJECTS[frame.subject_from],
        sure=_sure(reasons),
        code=codes.reason(frame.indicator, frame.quantity, frame.measure),
    )


def _clause(text: str, sentence: Sentence, frame: Frame) -> str:
    """The clause around a number; of a number in a gap, the sentence."""
    at = frame.quantity.start
    around = (c for c in clauses(text, sentence) if c.start <= at < c.end)
    clause = next(around, None)
    return text[clause.start : clause.end] if clause else text[sentence.start : sentence.end]


def _spelled(run: Run) -> str:
    return " ".join([f"{token.text}/{token.role}" for token in run])


def _sure(reasons: Traits) -> str:
    """What speaks most for the row and against it, with points (100: odds e times as high)."""
    said = [
        f"{trait} {value} {scored:+d}" for trait, value, scored in points(reasons)[:_MOST_REASONS]
    ]
    return ", ".join(said) or "nothing is known of such rows"


def _days(observation: Observation) -> str:
    if observation.period_start is None or observation.period_end is None:
        return "-"
    return f"{observation.period_start} to {observation.period_end}"


def _doubt(observation: Observation) -> str:
    said = next((reason.says for reason in REASONS if reason.name == observation.doubt), "")
    return f"{observation.doubt}: {said}" if observation.doubt else "-"
