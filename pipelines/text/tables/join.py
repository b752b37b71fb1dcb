"""The tables of a report: cut out of its prose before that is read, put back among its rows after.

What is in a table is the business of `read`; where tables are, of `find` and of the formats.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipelines.reading.clean import clean
from pipelines.reading.document import Grid
from pipelines.text.binding.codes import codes_of
from pipelines.text.doubts import Source, doubted
from pipelines.text.layout.themes import themes_of
from pipelines.text.ledger import Spot, at_spot
from pipelines.text.model import (
    Numeral,
    Observation,
    Parsed,
    Passage,
    Sentence,
    UnknownReason,
    quantity,
)
from pipelines.text.numbers.damage import MARK
from pipelines.text.numbers.numerals import fits
from pipelines.text.numbers.scan import scan
from pipelines.text.tables.captions import context_of, unit_line, units_of_caption
from pipelines.text.tables.find import find_grids
from pipelines.text.tables.grid import Table, TableCell, is_year, table_of
from pipelines.text.tables.panels import has_figures
from pipelines.text.tables.read import read_table
from pipelines.text.tables.readings import Reading, TableReading
from pipelines.text.times.expressions import find_times

_PROSE = 40  # characters: a longer cell is read as prose
_ABOVE = 3  # lines above a table that may be its caption or its unit
_CAPTION = 80
# Of the cells of our own cases nearly all are right; a figure without a unit is often misread.
_SURE, _UNSURE = Decimal("0.9"), Decimal("0.7")
_UNIT_BELOW = re.compile(r"\s*([^\n]{0,3}单\s*位\s*[:：][^\n]{1,20})")
_LINES = " |│｜┃+-─"
_TABLE_NUMBER = re.compile("附?[表件图]\\s*[0-9０-９一二三四五六七八九十]")
_DAY = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{0,2}日?)?(?:[-~至—].{4,12})?")


class Block(NamedTuple):
    """A table that is read as one, and the stretch of raw text that is not prose for it."""

    start: int
    end: int
    table: Table
    units: tuple[str, ...]
    caption: str


def blocks_of(raw: str, given: Sequence[Grid]) -> tuple[Block, ...]:
    """The tables of a report.

    Args:
        raw: its raw text.
        given: the tables that its format has.
    """
    found: list[Block] = []
    grids = find_grids(raw, given)
    for number, grid in enumerate(grids):
        table = table_of(raw, grid)
        if table is None or not has_figures(table):
            continue
        first = grid.cells[0].start if grid.cells else grid.start
        inside = raw[grid.start : max(first, grid.start)]
        units = next((own for line in inside.split("\n") if (own := unit_line(line))), ())
        start, lines = grid.start, _lines_above(raw, grid.start, found[-1].end if found else 0)
        caption = ""
        for begin, line in lines:
            if not units and (own := unit_line(line)):
                units, start = own, begin
            elif not caption:
                caption = line
                if _TABLE_NUMBER.match(line):
                    start = min(start, begin)
        end = grid.end
        units = units or units_of_caption(caption)
        below = None if units else _UNIT_BELOW.match(raw, end)
        if below is not None and not any(
            g.start < below.end() + _CAPTION for g in grids[number + 1 :]
        ):
            units, end = unit_line(below[1]), below.end()
        found.append(Block(start, end, table, units, caption))
    return tuple(found)


def _lines_above(raw: str, start: int, floor: int) -> list[tuple[int, str]]:
    """The nearest short lines above a place, the nearest first."""
    lines: list[tuple[int, str]] = []
    end = start
    while end > floor and len(lines) < _ABOVE:
        begin = raw.rfind("\n", floor, end - 1) + 1 or floor
        text = raw[begin:end].strip()
        if len(text) > _CAPTION or "。" in text:
            break
        if text:
            lines.append((begin, text))
        end = begin
    return lines


def cuts(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """What of the raw text is no prose: tables, without those of their cells that are prose."""
    spans: list[tuple[int, int]] = []
    for block in blocks:
        at = block.start
        for cell in block.table.cells:
            if _is_prose(cell):
                start, end = cell.start, cell.start + len(cell.source.raw)
                if start > at:
                    spans.append((at, start))
                at = end
        if block.end > at:
            spans.append((at, block.end))
    return spans


def _is_prose(cell: TableCell) -> bool:
    text = cell.source.text
    return len(text) > _PROSE or "。" in text


def with_tables(
    parsed: Parsed,
    raw: str,
    blocks: Sequence[Block],
    checkpoint: Callable[[int], None] | None = None,
) -> Parsed:
    """A report with the rows of its tables among those of its prose.

    Args:
        parsed: what its prose says.
        raw: its raw text.
        blocks: its tables.
        checkpoint: as of `parse`; called once a table.
    """
    clerk = _Clerk(parsed, raw)
    for block in blocks:
        if checkpoint is not None:
            checkpoint(len(parsed.numerals) + len(clerk.numerals))
        clerk.take(block)
    return clerk.put_together()


class _Clerk:
    """Writes the rows of tables, and joins them with those of the prose."""

    def __init__(self, parsed: Parsed, raw: str) -> None:
        self.parsed = parsed
        self.raw = raw
        self._starts = [passage.start for passage in parsed.passages]
        self.passages: list[Passage] = []
        self.numerals: list[Numeral] = []  # their passages and observations count from 0 here
        self.observations: list[Observation] = []
        self.sources: list[Source] = []

    def take(self, block: Block) -> None:
        """Take in the rows of one table."""
        table = block.table
        context = context_of(block.caption, block.units, self.parsed.metadata)
        self._head(block)
        result = read_table(table, context)
        readings = {id(reading.cell): reading for reading in result.readings}
        section = self._section(block.start)
        rows: dict[int, list[TableCell]] = {}
        for cell in table.cells:
            if not _is_prose(cell) and cell.source.text:
                rows.setdefault(cell.row, []).append(cell)
        texts = [" ".join(cell.text for cell in cells) for cells in rows.values()]
        themes = _themes(texts, section)
        for cells, text, theme in zip(rows.values(), texts, themes, strict=True):
            number = len(self.passages)
            last = cells[-1].source
            end = cells[-1].start + last.raw_span(0, len(last.text))[1]
            start = cells[0].raw_span(0, 1)[0]
            self.passages.append(Passage(start, end, text, section, theme))
            for cell in cells:
                reading = readings.get(id(cell))
                if reading is not None and fits(reading.value):
                    self._observe(reading, number, theme)
                else:
                    self._account(cell, number, result)

    def _head(self, block: Block) -> None:
        """Write the lines above the cells that belong to the table: its number, its unit."""
        first = min((cell.start for cell in block.table.cells), default=block.end)
        source = clean(self.raw[block.start : first])
        at = 0
        for line in source.text.split("\n"):
            found = [] if not line.strip(_LINES) else scan(line, find_times(line))
            if line.strip(_LINES):
                start, end = source.raw_span(at, at + len(line))
                section = self._section(block.start)
                number = len(self.passages)
                self.passages.append(
                    Passage(block.start + start, block.start + end, line, section, "other")
                )
            for one in found:
                start, end = source.raw_span(at + one.start, at + one.end)
                start, end = block.start + start, block.start + end
                disposition = at_spot(one.disposition, Spot.TABLE_HEAD)
                self.numerals.append(
                    Numeral(
                        start, end, self.raw[start:end], None, one.unit, disposition, number, None
                    )
                )
            at += len(line) + 1

    def _section(self, start: int) -> tuple[str, ...]:
        """The headings above a place."""
        at = bisect_left(self._starts, start) - 1
        return self.parsed.passages[at].section if at >= 0 else ()

    def _observe(self, reading: Reading, passage: int, theme: str) -> None:
        figure = reading.cell.figure
        if figure is None:
            return
        start, end = reading.cell.raw_span(figure.start, figure.end)
        period, unit = reading.period, reading.unit
        made = quantity(
            start=start,
            end=end,
            lead=start,
            tail=end,
            value=abs(reading.value),
            upper=None,
            unit=unit.unit if unit is not None else None,
            counter=unit.counter if unit is not None else "",
            dimension=unit.dimension if unit is not None else None,
            modifier="exact",
            disposition="observation",
        )
        codes = codes_of(reading.indicator, made, reading.measure)
        self.numerals.append(
            Numeral(
                start,
                end,
                self.raw[start:end],
                abs(reading.value),
                made.unit,
                "observation",
                passage,
                len(self.observations),
            )
        )
        self.sources.append(Source(made, codes.unit))
        self.observations.append(
            Observation(
                start=start,
                end=end,
                quote=self.raw[start:end],
                value=reading.value,
                upper=None,
                unit=made.unit,
                modifier="exact",
                measure=reading.measure,
                basis=reading.basis,
                indicator=reading.indicator,
                code=codes.annotated,
                canonical_code=codes.canonical,
                subject=reading.subject,
                scope=reading.scope,
                period_start=period.start if period is not None and not reading.since else None,
                period_end=period.end if period is not None else None,
                status=reading.status,
                theme=theme,
                passage=passage,
                rule=f"{reading.measure}:cell",
                confidence=_SURE if unit is not None else _UNSURE,
            )
        )

    def _account(self, cell: TableCell, passage: int, result: TableReading) -> None:
        """Write what became of the numerals of a cell that is no observation."""
        text = cell.source.text
        place = Spot.HEADING_CELL if result.is_heading(cell) else Spot.PLAIN_CELL
        if cell.figure is not None:
            start, end = cell.raw_span(cell.figure.start, cell.figure.end)
            if id(cell) in result.serials:
                place = Spot.SERIAL_CELL
            elif is_year(cell.figure):
                place = Spot.YEAR_CELL
            said = at_spot("observation", place)
            digits = Decimal(cell.figure.digits)
            value = digits if said == "unknown" and fits(digits) else None
            self.numerals.append(
                Numeral(
                    start,
                    end,
                    self.raw[start:end],
                    value,
                    None,
                    said,
                    passage,
                    None,
                    "table" if said == "unknown" else None,
                )
            )
            return
        if _DAY.fullmatch(text):
            place = Spot.YEAR_CELL
        for found in scan(text, find_times(text)):
            start, end = cell.raw_span(found.start, found.end)
            disposition = at_spot(found.disposition, place)
            self.numerals.append(
                Numeral(
                    start,
                    end,
                    self.raw[start:end],
                    found.value,
                    found.unit,
                    disposition,
                    passage,
                    None,
                    _why(text) if disposition == "unknown" else None,
                )
            )

    def put_together(self) -> Parsed:
        """All rows in order of the text."""
        parsed = self.parsed
        rows = doubted(self.observations, self.sources, parsed.metadata)
        passages, prose, tables = _merged(
            [p.start for p in parsed.passages], [p.start for p in self.passages]
        )
        observations, in_prose, in_tables = _merged(
            [o.start for o in parsed.observations], [o.start for o in rows]
        )
        numerals, _, _ = _merged(
            [n.start for n in parsed.numerals], [n.start for n in self.numerals]
        )
        return Parsed(
            parsed.metadata,
            tuple([(parsed.passages if old else self.passages)[at] for old, at in passages]),
            tuple(
                [
                    parsed.observations[at]._replace(passage=prose[parsed.observations[at].passage])
                    if old
                    else rows[at]._replace(passage=tables[rows[at].passage])
                    for old, at in observations
                ]
            ),
            tuple(
                [
                    _moved(parsed.numerals[at], prose, in_prose)
                    if old
                    else _moved(self.numerals[at], tables, in_tables)
                    for old, at in numerals
                ]
            ),
        )


def _why(cell: str) -> UnknownReason:
    return "damaged" if MARK in cell else "table"


def _moved(numeral: Numeral, passages: Sequence[int], observations: Sequence[int]) -> Numeral:
    observation = numeral.observation
    return numeral._replace(
        passage=passages[numeral.passage],
        observation=None if observation is None else observations[observation],
    )


def _merged(
    one: Sequence[int], other: Sequence[int]
) -> tuple[list[tuple[bool, int]], list[int], list[int]]:
    """Two ordered lists as one: what comes where, and the new place of each of the old."""
    order = sorted(
        [(start, True, at) for at, start in enumerate(one)]
        + [(start, False, at) for at, start in enumerate(other)],
        key=lambda item: item[0],
    )
    new_one, new_other = [0] * len(one), [0] * len(other)
    for place, (_, first, at) in enumerate(order):
        (new_one if first else new_other)[at] = place
    return [(first, at) for _, first, at in order], new_one, new_other


def _themes(texts: Sequence[str], section: tuple[str, ...]) -> tuple[str, ...]:
    sentences = []
    at = 0
    for text in texts:
        sentences.append(Sentence(at, at + len(text), 0, section, False, None))
        at += len(text) + 1
    return themes_of("\n".join(texts), sentences)
