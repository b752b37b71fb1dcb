"""A table as rows and columns of clean cells: merged ones are found at each place they cover."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.reading.clean import CleanText, clean
from pipelines.reading.document import Grid

# A number as a cell has it, with a sign or a bracket around it, and whatever unit is behind it.
_NUMBER = re.compile(
    r"(?P<sign>[+\-−–▲△↑↓±]?)\s*(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<unit>[^\d\s,.;:，。；：]{0,8})"
)
_BRACKETED = re.compile(r"[(（\[【](.*)[)）\]】]")
_NOTHING = re.compile(r"[\s\-−–—~*/\\.…·#]*|无|不适用|持平|空")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Figure(NamedTuple):
    """The number of a cell (offsets in the clean cell)."""

    start: int
    end: int  # with the unit, if the cell gives one
    digits: str  # without the marks between thousands
    negative: bool
    unit: str  # as the cell gives it, or nothing


class TableCell(NamedTuple):
    """A cell in clean text."""

    row: int
    column: int
    height: int
    width: int
    source: CleanText
    start: int  # of the cell in the raw text of the report
    figure: Figure | None
    indent: int = 0  # widths of a letter that are blank before its words

    @property
    def text(self) -> str:
        """Its clean text, in one line."""
        return self.source.text.replace("\n", "")

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the report's raw text of a span of the clean cell."""
        first, last = self.source.raw_span(start, end)
        return self.start + first, self.start + last


class Table(NamedTuple):
    """All cells, and which of them covers each place."""

    cells: tuple[TableCell, ...]
    places: tuple[tuple[int, ...], ...]  # index of the cell by row and column, -1 for none
    width: int

    def at(self, row: int, column: int) -> TableCell | None:
        """The cell that covers a place."""
        index = self.places[row][column]
        return self.cells[index] if index >= 0 else None


_MOST_PLACES = 400_000
_BLANKS = " \u3000\xa0"
_PLAIN = re.compile("[!-~]*")


def _clean(text: str) -> CleanText:
    """A cell in clean text; one of plain digits is clean as it is, and most are."""
    if len(text) < 40 and _PLAIN.fullmatch(text):
        return CleanText(text, text, range(len(text)), range(1, len(text) + 1))
    return clean(text)


def table_of(raw: str, grid: Grid) -> Table | None:
    """The cells of a grid in clean text; None where it has more places than any table."""
    height = max(cell.row + cell.height for cell in grid.cells)
    width = max(cell.column + cell.width for cell in grid.cells)
    if height * width > _MOST_PLACES:
        return None
    cells: list[TableCell] = []
    places = [[-1] * width for _ in range(height)]
    for cell in grid.cells:
        source = _clean(raw[cell.start : cell.end])
        figure = figure_of(source.text)
        index = len(cells)
        cells.append(
            TableCell(
                cell.row,
                cell.column,
                cell.height,
                cell.width,
                source,
                cell.start,
                figure,
                _indent(raw, grid.start, cell.start),
            )
        )
        for row in range(cell.row, cell.row + cell.height):
            for column in range(cell.column, cell.column + cell.width):
                if places[row][column] < 0:
                    places[row][column] = index
    return Table(tuple(cells), tuple(tuple(row) for row in places), width)


def _indent(raw: str, floor: int, start: int) -> int:
    """How wide the blanks before a cell are: a part of a row above is set in."""
    at = start
    while at > floor and raw[at - 1] in _BLANKS:
        at -= 1
    return sum(2 if blank == "\u3000" else 1 for blank in raw[at:start])


def figure_of(text: str) -> Figure | None:
    """The number that a cell consists of; None for words, times and empty cells."""
    begin, end = 0, len(text)
    bracket = _BRACKETED.fullmatch(text)
    if bracket is not None:
        begin, end = bracket.span(1)
    match = _NUMBER.fullmatch(text, begin, end)
    if match is None:
        return None
    unit = match["unit"]
    if unit[:1] in ("年", "月", "日", "号", "季", "-", "—", "–", "~", "至"):
        return None
    sign = match["sign"]
    start = match.start("digits") if sign in "±▲△↑↓" else match.start()
    negative = sign in ("-", "−", "–", "▲", "△", "↓") or (
        not sign and bracket is not None and text[0] in "(（"
    )
    stop = match.end("unit") if unit else match.end("digits")
    return Figure(start, stop, re.sub("[, ]", "", match["digits"]), negative, unit)


def is_nothing(text: str) -> bool:
    """Whether a cell is empty, or says that there is no figure."""
    return _NOTHING.fullmatch(text) is not None


def is_year(figure: Figure | None) -> bool:
    """Whether a cell is a bare year."""
    return figure is not None and not figure.unit and _YEAR.fullmatch(figure.digits) is not None
