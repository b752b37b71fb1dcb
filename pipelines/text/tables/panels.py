"""Whether a grid is a table of figures, and how many tables stand side by side in it."""

from __future__ import annotations

from pipelines.text.information import is_information
from pipelines.text.tables.grid import Table, is_nothing, is_year
from pipelines.text.tables.headings import stub_kind

_LABELS = 40  # cells among which those of what a site says of a document are
_LEAST = 3  # numbers in one column


def has_figures(table: Table) -> bool:
    """Whether a table has enough numbers to be one of data: a column of them."""
    if len(table.places) < 2 or table.width < 2:
        return False
    if is_information([cell.text for cell in table.cells[:_LABELS]]):
        return False
    counts = [0] * table.width
    filled = 0
    for cell in table.cells:
        filled += not is_nothing(cell.text)
        if cell.figure is not None and not is_year(cell.figure):
            counts[cell.column] += 1
    return max(counts) >= 1 and (max(counts) >= _LEAST or 8 * sum(counts) >= filled)


def side_by_side(table: Table) -> list[tuple[int, int]]:
    """Tables that stand side by side in one: their first heading comes again."""
    for row in range(min(2, len(table.places))):
        cells = [table.at(row, column) for column in range(table.width)]
        first = cells[0]
        if first is None or stub_kind(first.text) not in ("indicator", "subject", "period"):
            continue
        starts = [
            column
            for column, cell in enumerate(cells)
            if cell is not None and cell.column == column and cell.text == first.text
        ]
        if len(starts) > 1:
            return list(zip(starts, [*starts[1:], table.width], strict=True))
    if _in_pairs(table):
        return [(left, left + 2) for left in range(0, table.width, 2)]
    return [(0, table.width)]


def _in_pairs(table: Table) -> bool:
    """Whether all columns are names and figures by turns, without headings."""
    if table.width < 4 or table.width % 2:
        return False
    figures = [0, 0]
    for cell in table.cells:
        if cell.width > 1 or cell.height > 1:
            return False
        figures[cell.column % 2] += cell.figure is not None
    first = [table.at(0, column) for column in range(1, table.width, 2)]
    named = all(cell is not None and cell.figure is not None for cell in first)
    return named and not figures[0] and figures[1] * 4 > len(table.cells)
