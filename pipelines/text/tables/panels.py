"""Whether a grid is a table of figures, and how many tables stand side by side in it."""

from __future__ import annotations

from pipelines.text.information import is_information
from pipelines.text.tables.grid import Table, is_nothing, is_year
from pipelines.text.tables.headings import stub_kind

_LABELS = 40  # cells among which those of what a site says of a document are
_LEAST = 3  # numbers in one column
_LEAST_HALF = 2  # columns


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
    both = _both_sides(table)
    if both:
        return [(0, both), (both, table.width)]
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


def _both_sides(table: Table) -> int:
    """Where the second half of a table begins, with names and figures as the first: 收入 | 支出."""
    half = table.width // 2
    if table.width % 2 or half < _LEAST_HALF:
        return 0
    words, figures = [0] * table.width, [0] * table.width
    for cell in table.cells:
        if cell.width == cell.height == 1:
            figures[cell.column] += cell.figure is not None
            words[cell.column] += cell.figure is None and not is_nothing(cell.text)
    named = [words[column] > figures[column] + 1 for column in range(table.width)]
    if named != [True, *[False] * (half - 1)] * 2:
        return 0
    for row in range(min(3, len(table.places))):
        heads = [table.at(row, column) for column in range(table.width)]
        texts = ["" if head is None else head.text for head in heads]
        if any(texts[1:half]) and texts[1:half] == texts[half + 1 :] and texts[half]:
            return half
    return 0
