"""Tables without rules in a PDF page: pieces of lines that stand in columns.

A row is a line with figures beside a name; what wraps to other lines in a cell joins it. Lines of
prose are none of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pipelines.reading.columns import Extent, column_at, columns_of, spread
from pipelines.reading.formats.builder import Filled

_GAP = 0.6  # widths of a character that part cells
_BLANK = 0.2  # widths of a character that part figures, and words of letters
_HAIR = 0.1  # widths of a character that may part headings over two columns
_FIGURE_END, _FIGURE_START = re.compile(r"[\d%％)）\-—–]$"), re.compile(r"[\d(（+\-−–—▲△]")
_FIGURE = re.compile(
    r"[(（]?[+\-−–±▲△↑↓]?\s*\d[\d,，. ]*\s*(?:[%％‰]|[^\s\d。，；：:、年月日\-—–~]{1,3})?[)）]?"
    r"|[\-−–—─~*/…]{1,4}"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_PROSE = re.compile("[。！？；]")
_CAPTION = re.compile(
    r"附?[表件图]\s*[\d一二三四五六七八九十]|.*(?:表|情况)(?:[(（].*)?$|.*单\s*位\s*[:：]"
)
_ITEM = re.compile(r"[一二三四五六七八九十]+[、.]|[(（]|\d+[、.]|其中|#|合\s*计|总\s*计|小\s*计")
_UNIT = re.compile(r"[(（](?![一二三四五六七八九十\d]+[)）])[^()（）]{1,8}[)）]")
_LEAST = 2  # rows of a table
_MOST_HEADS = 8  # lines of headings
_NARROW = 0.6  # of the width of a page's text: a line in one piece that is wider is prose
_NEAR = 0.85  # heights of a character between two lines of one cell that is set in the middle
_WRAP = 1.7  # heights of a character between the lines of one cell
_BELOW = 0.7  # of the way down to the lowest headings: what a heading over several is over
_MOST_HEADING = 20  # characters


class Piece(NamedTuple):
    """A part of a line that blanks set apart."""

    text: str
    extent: Extent
    gaps: tuple[tuple[int, float], ...] = ()  # smaller blanks inside: before which character, where


class Lined(NamedTuple):
    """A line of a page in pieces."""

    number: int  # among the lines of its page
    pieces: tuple[Piece, ...]
    top: float
    size: float

    @property
    def figures(self) -> int:
        """How many of its pieces behind the first are figures."""
        return sum(
            _FIGURE.fullmatch(piece.text) is not None and not _YEAR.fullmatch(piece.text)
            for piece in self.pieces[1:]
        )


class Found(NamedTuple):
    """A table, and the lines that it is made of."""

    cells: tuple[Filled, ...]
    lines: frozenset[int]
    top: float


def pieces_of(chars: Sequence[dict[str, Any]], size: float) -> tuple[Piece, ...]:
    """The pieces of a line.

    Args:
        chars: its characters, from left to right.
        size: their height.
    """
    made: list[Piece] = []
    for char in chars:
        if not char["text"].strip():
            continue
        left, right = float(char["x0"]), float(char["x1"])
        if made and not _parts(made[-1].text, char["text"], left - made[-1].extent.right, size):
            last = made[-1]
            gap = left - last.extent.right
            blank = " " if gap > _BLANK * size and char["text"] not in "年月日" else ""
            dated = last.text[-1:].isdigit() and char["text"] in "年月日"
            cut = gap > _HAIR * size and not dated
            inside = ((len(last.text), left - gap / 2),) if cut else ()
            made[-1] = Piece(
                f"{last.text}{blank}{char['text']}",
                Extent(last.extent.left, max(right, last.extent.right)),
                last.gaps + inside,
            )
        else:
            made.append(Piece(char["text"], Extent(left, right)))
    return tuple(made)


def _parts(before: str, after: str, gap: float, size: float) -> bool:
    """Whether a gap parts cells: a small one does between two figures."""
    if gap >= _GAP * size:
        return True
    dash = after in "—–" and before[-1:].isdigit() and gap > 0.1 * size
    figures = _FIGURE_END.search(before) and _FIGURE_START.match(after)
    return dash or (gap > _BLANK * size and bool(figures))


def find(lines: Sequence[Lined], name: str, first: int) -> list[Found]:
    """The tables of a page.

    Args:
        lines: its lines from top to bottom.
        name: of the page, for locators.
        first: the number of the first table found.
    """
    if not lines:
        return []
    width = max(line.pieces[-1].extent.right for line in lines) - min(
        line.pieces[0].extent.left for line in lines
    )
    found: list[Found] = []
    run: list[Lined] = []
    for line in [*lines, None]:
        if line is not None and not _is_prose(line, width):
            run.append(line)
            continue
        for part in _tables(run):
            table = _table(run, part, f"{name} table {first + len(found)}")
            if table is not None:
                found.append(table)
        run = []
    return found


def _is_prose(line: Lined, width: float) -> bool:
    if _PROSE.search("".join(piece.text for piece in line.pieces)):
        return True
    return len(line.pieces) == 1 and line.pieces[0].extent.width > width * _NARROW


def _tables(run: Sequence[Lined]) -> list[tuple[int, int]]:
    """The first and last row of each table of a run: a caption or a wide gap parts them."""
    rows = [number for number, line in enumerate(run) if line.figures]
    parts: list[tuple[int, int]] = []
    for number in rows:
        if parts:
            between = run[parts[-1][1] + 1 : number]
            parted = any(
                len(line.pieces) == 1 and _CAPTION.match(line.pieces[0].text) for line in between
            )
            if not parted:
                parts[-1] = (parts[-1][0], number)
                continue
        parts.append((number, number))
    return [(a, b) for a, b in parts if sum(a <= row <= b for row in rows) >= _LEAST]


def _table(run: Sequence[Lined], part: tuple[int, int], name: str) -> Found | None:
    first, last = part
    body = run[_start(run, first) : last + 1]
    columns = columns_of([[piece.extent for piece in line.pieces] for line in body])
    if len(columns) < 2:
        return None
    rows = _rows(run, first, last, columns)
    top = min(min(lines) for lines in rows)
    heads = _heads(run, top, columns)
    cells: list[Filled] = []
    above = [_whole(run[number], columns) for number in heads]
    for row, column, height, wide, text in _headings(above, columns):
        where = f"{name} row {row + 1} column {column + 1}"
        cells.append(Filled(text, row, column, where, height, wide))
    for count, lines in enumerate(rows, start=len(above)):
        texts: dict[int, str] = {}
        for piece in (piece for number in lines for piece in run[number].pieces):
            column = column_at(columns, piece.extent)
            texts[column] = _joined(texts.get(column, ""), piece.text)
        for column, text in sorted(texts.items()):
            cells.append(Filled(text, count, column, f"{name} row {count + 1} column {column + 1}"))
    taken = {*heads, *(number for lines in rows for number in lines)}
    return Found(
        tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        frozenset(run[number].number for number in taken),
        min(run[number].top for number in taken),
    )


def _joined(one: str, other: str) -> str:
    latin = one[-1:].isascii() and other[:1].isascii() and one
    return f"{one} {other}" if latin else one + other


def _rows(
    run: Sequence[Lined], first: int, last: int, columns: Sequence[Extent]
) -> list[list[int]]:
    """The lines of each row: those with figures, and those of words that belong to their cells."""
    anchors = [number for number in range(first, last + 1) if run[number].figures]
    rows: dict[int, list[int]] = {number: [number] for number in anchors}
    names = [line.pieces[0].extent.right for line in run[first : last + 1] if line.pieces]
    edge = max(right for right in names if right <= columns[0].right + 1) if names else 0.0
    start, stop = _start(run, first), last
    while stop + 1 < len(run) and stop < last + 2 and not run[stop + 1].figures:
        stop += 1
    for number in range(start, stop + 1):
        if number in rows:
            continue
        line = run[number]
        before = max((a for a in anchors if a < number), default=None)
        after = min((a for a in anchors if a > number), default=None)
        upper = max(rows[before]) if before is not None else None
        home = before if _wraps(run, number, upper, edge) else _home(run, number, before, after)
        if home is not None:
            rows[home].append(number)
        elif first < number < last and len(line.pieces) <= len(columns):
            rows[number] = [number]
    return [sorted(lines) for _, lines in sorted(rows.items())]


def _start(run: Sequence[Lined], first: int) -> int:
    """The first line of the first row: what wraps in its cells is above its figures."""
    start = first
    while start > 0 and run[first].top - run[start - 1].top < _NEAR * run[first].size:
        start -= 1
    if start == first and first > 1 and len(run[first - 1].pieces) == 1:
        gap, more = run[first].top - run[first - 1].top, run[first - 1].top - run[first - 2].top
        start -= gap < _WRAP * run[first].size and gap < 0.85 * more
    return start


def _wraps(run: Sequence[Lined], number: int, upper: int | None, edge: float) -> bool:
    """Whether a line of words goes on the name of the line above, which was full."""
    line = run[number]
    if upper is None or len(line.pieces) != 1:
        return False
    text = line.pieces[0].text
    if _ITEM.match(text) and not _UNIT.fullmatch(text):
        return False
    full = _UNIT.fullmatch(text) or run[upper].pieces[0].extent.right > edge - 1.2 * line.size
    return bool(full) and line.top - run[upper].top < _WRAP * line.size


def _home(run: Sequence[Lined], number: int, before: int | None, after: int | None) -> int | None:
    """The row whose cells a line of words goes on, None for a row of its own."""
    line = run[number]
    size = line.size
    up = line.top - run[before].top if before is not None else float("inf")
    down = run[after].top - line.top if after is not None else float("inf")
    near, home = min((up, before), (down, after), key=lambda one: one[0])
    if near < _NEAR * size:
        return home
    close = before is None or near < 0.7 * max(up, down) < float("inf")
    return home if near < _WRAP * size and close else None


def _heads(run: Sequence[Lined], top: int, columns: Sequence[Extent]) -> list[int]:
    """The lines of headings above the first row."""
    heads: list[int] = []
    number = top - 1
    while number >= 0 and len(heads) < _MOST_HEADS:
        line = run[number]
        below = run[number + 1]
        if below.top - line.top > 3 * max(line.size, below.size):
            break
        if any(len(piece.text) > _MOST_HEADING for piece in line.pieces):
            break
        if _CAPTION.match(line.pieces[0].text):
            break
        if len(_whole(line, columns).pieces) > len(columns):
            break
        heads.append(number)
        number -= 1
    # A line in one piece is a heading only below another, or right above one.
    while heads and len(run[heads[-1]].pieces) == 1 and not _over(run, heads):
        heads.pop()
    return heads[::-1]


def _whole(line: Lined, columns: Sequence[Extent]) -> Lined:
    """A line of headings, each whole: without the blanks inside of one (项　　目), and apart."""
    made: list[Piece] = []
    for piece in (part for one in line.pieces for part in _apart(one, columns)):
        last = made[-1] if made else None
        if last and 1 in (len(last.text), len(piece.text)):
            extent = Extent(last.extent.left, piece.extent.right)
            if column_at(columns, last.extent) == column_at(columns, piece.extent):
                made[-1] = Piece(last.text + piece.text, extent)
                continue
        made.append(piece)
    return line._replace(pieces=tuple(made))


def _apart(piece: Piece, columns: Sequence[Extent]) -> list[Piece]:
    """Headings over columns that stand so near that hardly a blank parts them: 2022年 2023年."""
    own = piece.extent
    over = [column for column in columns if own.left < column.middle < own.right]
    cuts: list[tuple[int, float]] = []
    for one, other in pairwise(over):
        fitting = [gap for gap in piece.gaps if one.middle < gap[1] < other.middle]
        edge = (one.right + other.left) / 2
        cuts += sorted(fitting, key=lambda gap: abs(gap[1] - edge))[:1]
    if not cuts or len(cuts) < len(over) - 1:
        return [piece]
    edges = [(0, own.left), *cuts, (len(piece.text), own.right)]
    parts = [
        Piece(piece.text[start:end].strip(), Extent(left, right))
        for (start, left), (end, right) in pairwise(edges)
    ]
    return parts if all(len(part.text) > 1 for part in parts) else [piece]


def _over(run: Sequence[Lined], heads: Sequence[int]) -> bool:
    """Whether the topmost line, in one piece, stands over some of the headings below it."""
    if len(heads) < 2:
        return False
    line, below = run[heads[-1]], run[heads[-2]]
    return below.top - line.top < 2.4 * line.size and len(line.pieces[0].text) <= 12


class _Block(NamedTuple):
    """A heading: lines of one cell."""

    text: str
    extent: Extent
    top: float
    bottom: float  # top of its last line
    first: int  # number of its first line
    last: int

    @property
    def middle(self) -> float:
        """Halfway down."""
        return (self.top + self.bottom) / 2


def _headings(
    lines: Sequence[Lined], columns: Sequence[Extent]
) -> list[tuple[int, int, int, int, str]]:
    """Cells of headings: row, column, height, width and text."""
    blocks = _blocks(lines)
    lowest = {block: column_at(columns, block.extent) for block in blocks}
    groups = [
        block
        for block in blocks
        if any(
            other.top > block.bottom and other.extent.meets(_about(block, columns))
            for other in blocks
        )
    ]
    made = {block: (column, 1) for block, column in lowest.items() if block not in groups}
    for row in sorted({block.first for block in groups}, reverse=True):
        made.update(_grouped([g for g in groups if g.first == row], made, columns))
    return [
        (block.first, column, block.last - block.first + 1, wide, block.text)
        for block, (column, wide) in made.items()
    ]


def _about(block: _Block, columns: Sequence[Extent]) -> Extent:
    """The extent of a heading with that of the column that it is over."""
    return block.extent.joined(columns[column_at(columns, block.extent)])


def _blocks(lines: Sequence[Lined]) -> list[_Block]:
    """Headings, those of several lines put together."""
    made: list[_Block] = []
    for number, line in enumerate(lines):
        for piece in line.pieces:
            above = next(
                (
                    one
                    for one in made
                    if 0 < line.top - one.bottom < _WRAP * line.size
                    and _in_line(one.extent, piece.extent, line.size)
                ),
                None,
            )
            if above is None:
                made.append(_Block(piece.text, piece.extent, line.top, line.top, number, number))
                continue
            extent = above.extent.joined(piece.extent)
            text = _joined(above.text, piece.text)
            made[made.index(above)] = _Block(text, extent, above.top, line.top, above.first, number)
    return made


def _in_line(one: Extent, other: Extent, size: float) -> bool:
    """Whether two lines are set in one cell: in its middle, or at one of its sides."""
    if abs(one.middle - other.middle) < 0.6 * size:
        return True
    return min(abs(one.left - other.left), abs(one.right - other.right)) < 0.2 * size


def _grouped(
    groups: Sequence[_Block], made: dict[_Block, tuple[int, int]], columns: Sequence[Extent]
) -> dict[_Block, tuple[int, int]]:
    """The columns of headings of one line over others: those whose own headings are below."""
    above = groups[0].middle
    lowest = max(block.middle for block in made)
    least = above + _BELOW * (lowest - above)
    between = [block.middle for block, (_, wide) in made.items() if wide > 1]
    if between:  # over others, too: what is as low as they are is below this line
        least = min(least, max(min(between) - _HAIR, above + _HAIR))
    under = sorted(
        {
            column
            for block, (first, wide) in made.items()
            if block.middle >= least
            for column in range(first, first + wide)
        }
    )
    runs: list[list[int]] = []
    for column in under:
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    placed: dict[_Block, tuple[int, int]] = {}
    for run in runs:
        own = Extent(columns[run[0]].left, columns[run[-1]].right)
        over = sorted(
            (g for g in groups if own.left <= g.extent.middle <= own.right),
            key=lambda block: block.extent.left,
        )
        if not over or len(over) > len(run):
            continue
        own_columns = [columns[column] for column in run]
        spans = spread([block.extent for block in over], own_columns, by_left=True)
        for block, (first, wide) in zip(over, spans, strict=True):
            placed[block] = (run[first], wide)
    for block in groups:
        placed.setdefault(block, (column_at(columns, block.extent), 1))
    return placed
