"""The period and the status of every quantity, by the rules of ANNOTATION.md.

Here belongs the way through a report, sentence after sentence; what is decided for the figures of
one is the business of `clerk`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date

from pipelines.text.layout.document import read_document
from pipelines.text.ledger import DISPOSITIONS
from pipelines.text.model import (
    Period,
    Quantity,
    Sentence,
    TimeExpression,
    Timing,
)
from pipelines.text.times.announced import Announced
from pipelines.text.times.clerk import Clerk
from pipelines.text.times.in_passage import (
    Paragraphs,
    Sections,
)
from pipelines.text.times.in_sentence import (
    times_of,
)

# Numerals that can be no figure about the world: their timing is never asked.
_TIMELESS = frozenset([code for code, kind in DISPOSITIONS.items() if not kind.counts])


def govern(
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    quantities: Sequence[Quantity],
    default: Period | None,
    report_kind: str,
    plans: Collection[int] = (),
    titled: int | None = None,
    published: date | None = None,
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
        plans: where amounts of plans begin that stand beside what is done of them.
        titled: the year that the report's title names, if any.
        published: the day on which it was given or came out, if known.

    Returns:
        One timing a quantity, in the same order.
    """
    document = read_document(text, sentences, default, report_kind, titled, published)
    report = document.report
    given: dict[int, Timing] = {}
    time_starts = [time.start for time in times]
    sections = Sections(report)
    paragraphs = Paragraphs()
    announced = Announced(report)
    at = 0
    for sentence, whole in zip(sentences, document.parts, strict=True):
        paragraphs.enter(text, sentence)
        listed = announced.period(text, sentence)
        part = whole._replace(status="planned") if listed else whole
        first = at
        while at < len(quantities) and quantities[at].start < sentence.end:
            at += 1
        low = bisect_left(time_starts, sentence.start)
        high = bisect_left(time_starts, sentence.end)
        figures = [figure for figure in quantities[first:at] if figure.disposition not in _TIMELESS]
        if low == high and not figures:
            paragraphs.pass_over(sentence)
            continue
        own = times_of(text, sentence, times[low:high], report, part) if low < high else []
        # 是极不平凡的五年 tells no figure
        told = any(figure.disposition != "duration" for figure in figures)
        governing = paragraphs.read(text, sentence, own, figures=told)
        if part.status == "actual":
            announced.read(text, sentence, own)
        if not figures:
            continue
        period = listed or sections.period(
            sentence.section, part.status, paragraphs.time, paragraphs.review
        )
        clerk = Clerk(text, sentence, own, figures, part.status, report, governing, period, plans)
        for figure, timing in zip(figures, clerk.timings(), strict=True):
            given[figure.start] = timing
    # What lies outside every sentence has nothing but the report's period.
    bare = Timing(default, "actual", "report", "passage", None)
    return tuple([given.get(figure.start, bare) for figure in quantities])
