"""One page of a report file: text with marks, a table of the figures, the ledger of the rest.

The page has no script and asks for nothing from outside. Whatever a report says is text in it:
the template escapes every expression, after `shown` made control characters visible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipelines import explain_text, parse_text
from pipelines.pages.labels import (
    DISPOSITIONS,
    DOUBTS,
    MEASURES,
    MODIFIERS,
    STATUSES,
    label,
    number,
    word,
)
from pipelines.pages.marks import Paragraph, paragraphs, shown
from pipelines.reading.document import Document, Places, Refused
from pipelines.text.binding.catalog import rules
from pipelines.text.explain import Explanation
from pipelines.text.model import Numeral, Observation, Parsed

# A figure that is more likely wrong than right is marked as unsure.
UNSURE: Final = Decimal("0.5")
_HEADS = (
    "no",
    "quote",
    "indicator",
    "value",
    "measure",
    "period",
    "status",
    "subject",
    "scope",
    "code",
    "confidence",
    "doubt",
    "rule",
    "where",
)


class Cell(NamedTuple):
    """A cell of the table of figures."""

    text: str
    note: str = ""
    number: bool = False


class Mark(NamedTuple):
    """What a marked stretch is: its classes, and what a reader hears of it."""

    css: str
    said: str


class Row(NamedTuple):
    """A figure, and the mark that it leads to."""

    mark: int
    quote: str
    cells: tuple[Cell, ...]


class Other(NamedTuple):
    """A numeral that is no figure, and why."""

    mark: int
    quote: str
    reason: str
    where: str


class Report(NamedTuple):
    """One report of the file, ready for the template."""

    title: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: Sequence[Paragraph]
    marks: Sequence[Mark]
    heads: Sequence[str]
    figures: Sequence[Row]
    others: Sequence[Other]


class Annotated(NamedTuple):
    """A file as a page, with what an index says of it."""

    html: str
    reports: Sequence[Report]
    refused: Sequence[Refused]


def annotated(
    documents: Sequence[Document | Refused], name: str, lang: str, *, index: str = ""
) -> Annotated:
    """The page of a file.

    Args:
        documents: what was read in it.
        name: its name, for the title and as a source of region and period.
        lang: zh or en.
        index: the address of the page that lists it among others, if one does.
    """
    reports = [_report(one, name, lang) for one in documents if isinstance(one, Document)]
    refused = [one for one in documents if isinstance(one, Refused)]
    html = rendered(
        "annotated.html.j2",
        lang,
        name=name,
        index=index,
        measures=[(key, label(MEASURES, key, lang)) for key in MEASURES],
        planned=label(STATUSES, "planned", lang),
        reports=reports,
        refused=refused,
    )
    return Annotated(html, reports, refused)


def rendered(template: str, lang: str, **values: object) -> str:
    """A page; whatever its values say is text in it."""
    return (
        _templates()
        .get_template(template)
        .render(lang=lang, version=version("zhibiao"), w=lambda key: word(key, lang), **values)
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("pipelines.pages", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _report(document: Document, name: str, lang: str) -> Report:
    raw, region, title = document.raw, document.region, document.title
    parsed = parse_text(raw, region=region, title=title, file_name=name)
    reasons = explain_text(raw, region=region, title=title, file_name=name)
    places = Places(document)
    figures = tuple(_figures(parsed, reasons, places, lang))
    # Columns that no row fills only take room.
    filled = [k for k in range(len(_HEADS) - 2) if any(row.cells[k].text for row in figures)]
    return Report(
        title=parsed.metadata.title or "",
        facts=_facts(parsed, lang),
        paragraphs=tuple(paragraphs(document.raw, [(n.start, n.end) for n in parsed.numerals])),
        marks=[_mark(numeral, parsed, lang) for numeral in parsed.numerals],
        heads=[word(_HEADS[k], lang) for k in (0, 1, *(k + 2 for k in filled))],
        figures=[row._replace(cells=tuple([row.cells[k] for k in filled])) for row in figures],
        others=[
            Other(i, n.text, label(DISPOSITIONS, n.disposition, lang), places.of(n.start))
            for i, n in enumerate(parsed.numerals)
            if n.observation is None
        ],
    )


def _facts(parsed: Parsed, lang: str) -> tuple[tuple[str, str], ...]:
    said = parsed.metadata
    period = said.period
    days = _days(period.start, period.end, lang) if period else ""
    return (
        (word("region", lang), said.region_path or ""),
        (word("period", lang), days),
        (word("published", lang), str(said.published_on or "")),
    )


def _days(start: date | None, end: date | None, lang: str) -> str:
    return f"{start} {word('to', lang)} {end}" if start and end else ""


def _mark(numeral: Numeral, parsed: Parsed, lang: str) -> Mark:
    if numeral.observation is None:
        return Mark("other", label(DISPOSITIONS, numeral.disposition, lang))
    seen = parsed.observations[numeral.observation]
    said = (
        seen.indicator,
        label(MEASURES, seen.measure, lang),
        _value(seen, lang),
        _days(seen.period_start, seen.period_end, lang),
        label(STATUSES, seen.status, lang),
    )
    unsure = " unsure" if seen.confidence < UNSURE else ""
    return Mark(f"{seen.measure} {seen.status}{unsure}", " · ".join(filter(None, said)))


def _value(seen: Observation, lang: str) -> str:
    value = number(seen.value, lang)
    if seen.upper is not None:
        value += f"–{number(seen.upper, lang)}"
    modifier = "" if seen.modifier == "exact" else label(MODIFIERS, seen.modifier, lang) + " "
    return f"{modifier}{value} {seen.unit or ''}".strip()


def _figures(
    parsed: Parsed, reasons: Sequence[Explanation], places: Places, lang: str
) -> Iterator[Row]:
    known = rules()
    for mark, numeral in enumerate(parsed.numerals):
        if numeral.observation is None:
            continue
        seen, why = parsed.observations[numeral.observation], reasons[numeral.observation]
        note = f"{known[why.measure_rule].says} {known[why.name_rule].says}"
        yield Row(
            mark,
            seen.quote,
            (
                Cell(seen.indicator),
                Cell(_value(seen, lang), number=True),
                Cell(label(MEASURES, seen.measure, lang)),
                Cell(_days(seen.period_start, seen.period_end, lang), why.period),
                Cell(label(STATUSES, seen.status, lang), why.status),
                Cell(seen.subject or "", why.subject if seen.subject else ""),
                Cell(seen.scope or ""),
                Cell(seen.canonical_code or "", why.code),
                Cell(f"{seen.confidence:.2f}", number=True),
                Cell(label(DOUBTS, seen.doubt, lang)),
                Cell(seen.rule, note),
                Cell(places.of(seen.start)),
            ),
        )
