"""Where the columns of a table are that shows them by position alone, and what stands over which.

Plain geometry: lengths are in any one unit (characters of a line, points of a page). What the
pieces say is no business of this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_SKIP = 0.25  # of the distance of columns: what it costs that a heading leaves one out


class Extent(NamedTuple):
    """From where to where something goes in a line."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    def meets(self, other: Extent) -> bool:
        """Whether both have a part of the line."""
        return self.left < other.right and other.left < self.right

    def joined(self, other: Extent) -> Extent:
        """From where the first of both begins to where the last ends."""
        return Extent(min(self.left, other.left), max(self.right, other.right))


def columns_of(lines: Sequence[Sequence[Extent]]) -> list[Extent]:
    """The columns of a table without its headings, from left to right.

    Pieces that overlap are in one column; one that lies across several parts none, and two columns
    of which no line has both are one (names that are set in).

    Args:
        lines: the pieces of each.
    """
    found: list[Extent] = []
    across: list[Extent] = []
    for piece in sorted((piece for line in lines for piece in line), key=lambda piece: piece.width):
        met = [column for column in found if column.meets(piece)]
        if len(met) > 1:
            across.append(piece)
            continue
        whole = piece
        while more := [column for column in found if column.meets(whole)]:
            whole = whole.joined(more[0])
            found.remove(more[0])
        found.append(whole)
    found.sort()
    for piece in across:
        met = [column for column in found if column.meets(piece)]
        while len(met) > 1 and not any(
            any(met[0].meets(one) and not met[1].meets(one) for one in line)
            and any(met[1].meets(one) and not met[0].meets(one) for one in line)
            for line in lines
        ):
            found[found.index(met[0]) : found.index(met[1]) + 1] = [met[0].joined(met[1])]
            met = [column for column in found if column.meets(piece)]
    return found


def column_at(columns: Sequence[Extent], piece: Extent) -> int:
    """The column that a piece is in: the one that it shares most with, else the nearest."""

    def off(column: Extent) -> tuple[float, float]:
        shared = min(column.right, piece.right) - max(column.left, piece.left)
        return -shared, abs(column.middle - piece.middle)

    return min(range(len(columns)), key=lambda number: off(columns[number]))


def spread(
    pieces: Sequence[Extent],
    columns: Sequence[Extent],
    headed: frozenset[int] = frozenset(),
    *,
    by_left: bool = False,
) -> list[tuple[int, int]]:
    """Which columns the headings of one line stand over.

    Each stands over neighbours, in order; over the middle of them, or from their left on. Columns
    may be left out.

    Args:
        pieces: the headings from left to right, no more than columns.
        columns: from left to right.
        headed: those with headings of their own below these: no heading stands over one of them
            and one of the others.
        by_left: whether headings may begin where their columns do, instead of in the middle.

    Returns:
        The first column of each heading, and how many it covers.
    """
    choices = [_spread(pieces, columns, headed, left=False)]
    if by_left:
        choices.append(_spread(pieces, columns, headed, left=True))
    return min(choices)[1]


def _spread(
    pieces: Sequence[Extent], columns: Sequence[Extent], headed: frozenset[int], *, left: bool
) -> tuple[float, list[tuple[int, int]]]:
    gaps = [b.middle - a.middle for a, b in pairwise(columns)]
    skip = _SKIP * (sum(gaps) / len(gaps) if gaps else 1.0)
    # By number of columns: the least cost with the pieces so far in them, and how.
    best: list[tuple[float, list[tuple[int, int]]]] = [
        (number * skip, []) for number in range(len(columns) + 1)
    ]
    for piece in pieces:
        shared = [max(min(c.right, piece.right) - max(c.left, piece.left), 0.0) for c in columns]
        now: list[tuple[float, list[tuple[int, int]]]] = [(float("inf"), [])]
        for end in range(1, len(columns) + 1):
            options = [(now[end - 1][0] + skip, now[end - 1][1])]
            for begin in range(end):
                cost, placed = best[begin]
                own = Extent(columns[begin].left, columns[end - 1].right)
                off = own.left - piece.left if left else own.middle - piece.middle
                beside = sum(shared[:begin]) + sum(shared[end:])  # over columns of others
                own_heads = len(headed & set(range(begin, end)))
                if 0 < own_heads < end - begin:
                    beside += 2 * skip
                options.append((cost + abs(off) + beside, [*placed, (begin, end - begin)]))
            now.append(min(options, key=lambda option: option[0]))
        best = now
    return best[len(columns)]
