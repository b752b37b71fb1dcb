"""Which columns the cells of one line of plain text are in, and which a heading stands over.

By their number, or by where they stand where rows stand in columns. How lines part into cells is
the business of `find`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.reading.columns import Extent, column_at, columns_of, spread

_LEAST_ROWS = 2

Span = tuple[int, int]
Placed = tuple[int, int, int, int]  # start, end, column, width


def by_number(cells: list[Span], width: int, *, is_row: bool) -> list[Placed]:
    """Cells with the columns that they cover.

    A short line of headings over the columns of figures leaves out the first column, or its cells
    share the columns evenly.

    Args:
        cells: of one line.
        width: columns of the table.
        is_row: whether it is a line of figures.
    """
    count = len(cells)
    if count == width or is_row:
        return [(start, end, column, 1) for column, (start, end) in enumerate(cells)]
    if count == width - 1:
        return [(start, end, column + 1, 1) for column, (start, end) in enumerate(cells)]
    rest = width - 1
    if count > 1 and rest % (count - 1) == 0:
        share = rest // (count - 1)
        first = cells[0]
        return [
            (*first, 0, 1),
            *((start, end, 1 + n * share, share) for n, (start, end) in enumerate(cells[1:])),
        ]
    if rest % count == 0:
        share = rest // count
        return [(start, end, 1 + n * share, share) for n, (start, end) in enumerate(cells)]
    return [(start, end, column, 1) for column, (start, end) in enumerate(cells)]


def over_empty(spans: list[Placed], width: int, above: Sequence[Placed] = ()) -> list[Placed]:
    """Headings over the empty places to their right, as far as the heading above them goes.

    Args:
        spans: of one line.
        width: columns of the table.
        above: headings of the line before.
    """
    filled = [span for span in spans if span[1] > span[0]]
    nexts = [*(span[2] for span in filled[1:]), width]
    starts = [span[2] for span in above]
    return [
        (start, end, column, max(min([after, *(s for s in starts if s > column)]) - column, 1))
        for (start, end, column, _), after in zip(filled, nexts, strict=True)
    ]


def by_place(
    raw: str,
    begins: Sequence[int],
    parted: Sequence[list[Span]],
    numbers: range,
    rows: Sequence[int],
    width: int,
) -> dict[int, list[Placed]]:
    """Cells of lines without one for each column, by the columns that they stand in or over.

    Args:
        raw: the raw text.
        begins: where each line begins.
        parted: the cells of each.
        numbers: of the lines of the table.
        rows: of those that have figures.
        width: of the table.

    Returns:
        Such lines by number; nothing where the rows do not stand in columns.
    """
    odd = [number for number in numbers if parted[number] and len(parted[number]) != width]
    whole = [number for number in rows if len(parted[number]) == width]
    if not odd or len(whole) < _LEAST_ROWS:
        return {}
    extents = {number: _extents(raw, begins[number], parted[number]) for number in (*whole, *odd)}
    columns = columns_of([extents[number] for number in whole])
    if len(columns) != width:
        return {}
    made: dict[int, list[Placed]] = {}
    heads = [number for number in numbers if number < rows[0]]
    covered = columns
    headed: frozenset[int] = frozenset()
    for number in reversed(numbers):
        spans = parted[number]
        if number in heads and len(spans) == width:
            covered = _widened(covered, _extents(raw, begins[number], spans))
        if number not in odd:
            continue
        pieces = extents[number]
        if number in heads:
            spans, pieces = _one_name(spans, pieces, columns[0])
        places = [column_at(covered, piece) for piece in pieces]
        first = number not in heads or number == heads[-1]
        if first and len(set(places)) == len(places):
            made[number] = [
                (start, end, place, 1) for (start, end), place in zip(spans, places, strict=True)
            ]
            if number in heads:
                covered = _widened(covered, pieces)
                headed = frozenset(place - 1 for place in places)
        elif number in heads and len(pieces) <= width:
            stub = places[:1] == [0]
            over = spread(pieces[stub:], covered[1:], headed, by_left=True)
            made[number] = [(*spans[0], 0, 1)] if stub else []
            made[number] += [
                (start, end, 1 + column, wide)
                for (start, end), (column, wide) in zip(spans[stub:], over, strict=True)
            ]
    return made


def _extents(raw: str, begin: int, spans: Sequence[Span]) -> list[Extent]:
    """Where pieces are in a line, in widths of a letter: a Chinese character has two."""

    def wide(start: int, end: int) -> int:
        return sum(2 if char >= "\u1100" else 1 for char in raw[start:end])

    return [Extent(wide(begin, start), wide(begin, end)) for start, end in spans]


def _widened(columns: Sequence[Extent], pieces: Sequence[Extent]) -> list[Extent]:
    """Columns with the headings right above them."""
    made = list(columns)
    for piece in pieces:
        at = column_at(columns, piece)
        made[at] = made[at].joined(piece)
    return made


def _one_name(
    spans: list[Span], pieces: list[Extent], first: Extent
) -> tuple[list[Span], list[Extent]]:
    """A heading with blanks in it over the first column (地  区) in one piece."""
    count = sum(piece.middle < first.right for piece in pieces)
    if count < 2:
        return spans, pieces
    whole = Extent(pieces[0].left, pieces[count - 1].right)
    return [(spans[0][0], spans[count - 1][1]), *spans[count:]], [whole, *pieces[count:]]
