"""Composes the steps of the room: clean text in, everything that the report says out (raw offsets).

No rule of language stands here; each step has its own module.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Final, NamedTuple

from pipelines.reading.clean import CleanText
from pipelines.text.binding.anaphora import may_point, named_things
from pipelines.text.binding.bind import bind
from pipelines.text.binding.codes import Codes, codes_of
from pipelines.text.binding.frame import Frame
from pipelines.text.binding.subjects import area_parts
from pipelines.text.binding.titles import title, topic
from pipelines.text.binding.wording import arrived, bound_by
from pipelines.text.confidence import Traits, confidence, origins, traits, values
from pipelines.text.doubts import Source, doubted
from pipelines.text.grammar.tokens import Token, tokenize
from pipelines.text.headings import year_given
from pipelines.text.layout.furniture import beside_furniture
from pipelines.text.layout.outline import bounded, outline, overlong
from pipelines.text.layout.themes import themes_of
from pipelines.text.model import (
    Metadata,
    Numeral,
    Observation,
    Parsed,
    Passage,
    Period,
    Quantity,
    Sentence,
    TimeExpression,
    Timing,
    tuple_of,
)
from pipelines.text.numbers.damage import MARK, touches_damage, undamaged
from pipelines.text.numbers.numerals import EXACT
from pipelines.text.numbers.plans import plan_amounts
from pipelines.text.numbers.scan import scan
from pipelines.text.report.places import places_in
from pipelines.text.times.expressions import find_times
from pipelines.text.times.timing import govern

_YEAR = 366


def _go_on(_numerals: int) -> None:
    """The checkpoint of a reading that nothing ends early."""


def parse(
    source: CleanText, metadata: Metadata, checkpoint: Callable[[int], None] = _go_on
) -> Parsed:
    """Reads one report.

    Args:
        source: clean text with its offset map.
        metadata: what is known of the report; its period is the default of every figure.
        checkpoint: called between the steps and before each sentence that holds figures, with
            the number of numerals found so far; what it raises ends the reading.

    Returns:
        Passages, observations and the ledger, each in order of the text, with raw offsets.
    """
    with localcontext(EXACT):
        made = work(source, metadata, checkpoint)
        return put_together(source, made)


class Workings(NamedTuple):
    """What the rooms made of a report (clean offsets)."""

    metadata: Metadata
    sentences: tuple[Sentence, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    homes: list[int]  # index of the sentence of each quantity
    timings: tuple[Timing, ...]  # one a quantity
    frames: dict[int, Frame]  # of the quantities that may become observations, by index
    themes: Sequence[str]  # one a sentence


def work(
    source: CleanText, metadata: Metadata, checkpoint: Callable[[int], None] = _go_on
) -> Workings:
    """What the rooms make of a report, step by step. Wants the context of `EXACT`.

    Args:
        source: clean text with its offset map.
        metadata: what is known of the report.
        checkpoint: as of `parse`.
    """
    if _ordered(metadata.period) is None:
        metadata = replace(metadata, period=None)
    text = source.text
    times = find_times(text)
    checkpoint(0)
    quantities = scan(text, times)
    quantities = tuple(beside_furniture(text, quantities))
    if MARK in text:
        quantities = undamaged(text, quantities)
    checkpoint(len(quantities))
    sentences = outline(text)
    if overlong(sentences):
        sentences = bounded(text, sentences, _uncut(quantities, times))
    plans = plan_amounts(text, quantities)
    titled, kind = year_given(metadata.title or ""), metadata.report_kind
    day = metadata.published_on
    timings = govern(text, sentences, times, quantities, metadata.period, kind, plans, titled, day)
    homes = _homes(sentences, quantities)
    level = _own_level(metadata)
    places = places_in(metadata.region_path, metadata.region_level)
    frames = _bind_all(text, sentences, times, quantities, homes, level, places, plans, checkpoint)
    _leave_out_itself(frames.values(), metadata)
    themes = themes_of(text, sentences)
    return Workings(metadata, sentences, times, quantities, homes, timings, frames, themes)


def put_together(source: CleanText, made: Workings) -> Parsed:
    """What a report says, of what the rooms made of it: in order of the text, raw offsets."""
    text, homes, frames, timings = source.text, made.homes, made.frames, made.timings
    kept: list[Passage] = []
    for s, theme in zip(made.sentences, made.themes, strict=True):
        start, end = source.raw_span(s.start, s.end)
        said = (start, end, text[s.start : s.end], s.section, theme)
        kept.append(tuple_of(Passage, said))
    passages = tuple(kept)
    observations: list[Observation] = []
    sources: list[Source] = []
    numerals: list[Numeral] = []
    damaged = MARK in text
    for number, quantity in enumerate(made.quantities):
        frame = frames.get(number)
        start, end = source.raw_span(quantity.start, quantity.end)
        index = None
        if frame is not None:
            index = len(observations)
            theme = passages[homes[number]].theme
            codes = codes_of(frame.indicator, quantity, frame.measure)
            sources.append(Source(quantity, codes.unit))
            observations.append(
                _observation(
                    frame, codes, timings[number], start, end, source, homes[number], theme
                )
            )
        fields = (
            start,
            end,
            source.raw[start:end],
            quantity.value,
            quantity.unit,
            quantity.disposition,
            homes[number],
            index,
            "damaged" if damaged and touches_damage(text, quantity) else None,
        )
        numerals.append(tuple_of(Numeral, fields))
    rows = doubted(observations, sources, made.metadata)
    judged = [
        _sure(row, confidence(said))
        for row, said in zip(rows, _said_for(source.text, made, rows), strict=True)
    ]
    return Parsed(made.metadata, passages, tuple(judged), tuple(numerals))


# Where the confidence is among the fields: to replace one by its name costs three times as much.
_AT: Final = Observation._fields.index("confidence")


def _sure(row: Observation, chance: Decimal) -> Observation:
    """The row with its confidence."""
    fields = [*row]
    fields[_AT] = chance
    return tuple_of(Observation, fields)


def evidence(text: str, made: Workings, rows: Sequence[Observation]) -> Iterator[Traits]:
    """What speaks for and against each row of a report, in their order.

    Args:
        text: the clean text.
        made: what the rooms made of it.
        rows: its observations.
    """
    return map(traits, _said_for(text, made, rows))


def _said_for(text: str, made: Workings, rows: Sequence[Observation]) -> Iterator[tuple[str, ...]]:
    found = origins(text, made.sentences, made.homes, made.quantities, made.frames, made.timings)
    for row, origin in zip(rows, found, strict=True):
        yield values(row, origin, made.metadata)


def _uncut(
    quantities: Sequence[Quantity], times: Sequence[TimeExpression]
) -> list[tuple[int, int]]:
    """Numerals with their modifiers, and times: in order, those that touch as one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(
        [*((q.lead, q.tail) for q in quantities), *((time.start, time.end) for time in times)]
    ):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _homes(sentences: Sequence[Sentence], quantities: Sequence[Quantity]) -> list[int]:
    """Index of the sentence of each quantity; one in a gap belongs to the sentence before."""
    starts = [sentence.start for sentence in sentences]
    return [max(0, bisect_right(starts, quantity.start) - 1) for quantity in quantities]


def _own_level(metadata: Metadata) -> str | None:
    """The level whose area word is the region's own: 全市 of a city with a county's rank."""
    path, level = metadata.region_path, metadata.region_level
    return "city" if level == "county" and path and path.endswith("市") else level


def _bind_all(
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    quantities: Sequence[Quantity],
    homes: Sequence[int],
    level: str | None,
    places: frozenset[str],
    plans: Collection[int],
    checkpoint: Callable[[int], None],
) -> dict[int, Frame]:
    """Frames of all quantities that may become observations, by their index."""
    frames: dict[int, Frame] = {}
    before: tuple[Frame, ...] = ()
    paragraph = -1
    for home, numbers, tokens in worded(text, sentences, times, quantities, homes, places):
        checkpoint(len(quantities))
        if sentences[home].paragraph != paragraph:
            before, paragraph = (), sentences[home].paragraph
        own = [quantities[number] for number in numbers]
        section = sentences[home].section
        heading = title(section[-1]) if section else ""
        if led := _led(text, sentences, home):
            heading, before = led, ()  # a topic of its own
        spoken = _spoken(text, sentences, home, places)
        before = bind(tokens, own, before, level, plans, heading, spoken)
        frames.update(zip(numbers, before, strict=True))
    return frames


def _led(text: str, sentences: Sequence[Sentence], home: int) -> str:
    """What the sentence before, in the same paragraph, says something of."""
    before = sentences[home - 1] if home else None
    if before is None or before.paragraph != sentences[home].paragraph:
        return ""
    return topic(text[before.start : before.end])


_BACK = 2  # sentences that a clause may point back over


def _spoken(
    text: str, sentences: Sequence[Sentence], home: int, places: frozenset[str]
) -> list[str] | None:
    """Names in the sentences of the paragraph right before one, if it may point back to them."""
    sentence = sentences[home]
    if not may_point(text, sentence.start, sentence.end):
        return None
    names: list[str] = []
    for earlier in sentences[max(0, home - _BACK) : home]:
        if earlier.paragraph == sentence.paragraph:
            names += named_things(tokenize(text, earlier, (), (), places))
    return names


def worded(
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    quantities: Sequence[Quantity],
    homes: Sequence[int],
    places: frozenset[str] = frozenset(),
) -> Iterator[tuple[int, list[int], list[Token]]]:
    """Each sentence with quantities to bind: its index, theirs, and its tokens.

    Args:
        text: the clean text.
        sentences: its outline.
        times: its time expressions.
        quantities: its numerals, in order.
        homes: index of the sentence of each.
        places: names of the divisions inside the report's region.
    """
    members: dict[int, list[int]] = {}
    for number, quantity in enumerate(quantities):
        if quantity.disposition == "observation":
            members.setdefault(homes[number], []).append(number)
    asides = sorted([*times, *_lengths(quantities)], key=lambda time: time.start)
    starts = [time.start for time in asides]
    for home, numbers in members.items():
        sentence = sentences[home]
        own = [quantities[number] for number in numbers]
        inside = asides[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        yield home, numbers, tokenize(text, sentence, own, inside, places)


def _lengths(quantities: Sequence[Quantity]) -> list[TimeExpression]:
    """Lengths of time that measure no result (连续3年): no part of a phrase, as times are."""
    return [
        TimeExpression(quantity.lead, quantity.tail, "length")
        for quantity in quantities
        if quantity.disposition == "duration"
    ]


def _ordered(period: Period | None) -> Period | None:
    """The period, unless it ends before it begins: whatever was read so is no period."""
    return period if period is not None and period.start <= period.end else None


def _of_years(period: Period | None) -> bool:
    return period is not None and (period.end - period.start).days > _YEAR


def _leave_out_itself(frames: Iterable[Frame], metadata: Metadata) -> None:
    """Takes a subject that is but the end of the report's own name from its figures: 经开区."""
    region, title = metadata.region_path or "", metadata.title or ""
    for frame in frames:
        subject = frame.subject
        if subject is None or len(subject) < 2:
            continue
        if region.endswith(subject) or (subject in title and subject in area_parts()):
            frame.subject = None


def _observation(
    frame: Frame,
    codes: Codes,
    timing: Timing,
    start: int,
    end: int,
    source: CleanText,
    passage: int,
    theme: str,
) -> Observation:
    quantity, period = frame.quantity, _ordered(timing.period)
    wording, commitment = bound_by(source.text, quantity, timing.status)
    basis = frame.basis
    if basis is None and frame.measure == "level" and _of_years(period):
        basis = "reached" if arrived(source.text, quantity) else None
    fields = (
        start,
        end,
        source.raw[start:end],
        frame.value,
        frame.upper,
        quantity.unit,
        quantity.modifier,
        frame.measure,
        basis,
        frame.indicator,
        codes.annotated,
        codes.canonical,
        frame.subject,
        frame.scope,
        period.start if period else None,
        period.end if period else None,
        timing.status,
        theme,
        passage,
        frame.rule,
        None,
        Decimal(0),
        wording,
        commitment,
    )
    return tuple_of(Observation, fields)
