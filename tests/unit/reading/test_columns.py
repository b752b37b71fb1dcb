"""Columns by position alone."""

from __future__ import annotations

import pytest

from pipelines.reading.columns import Extent, column_at, columns_of, spread


def lines(*rows: str) -> list[list[Extent]]:
    """The pieces of lines of letters that blanks part."""
    made = []
    for row in rows:
        pieces, start = [], None
        for at, char in enumerate(f"{row} "):
            if char != " " and start is None:
                start = at
            elif char == " " and start is not None:
                pieces.append(Extent(start, at))
                start = None
        made.append(pieces)
    return made


def test_pieces_that_overlap_are_in_one_column() -> None:
    assert columns_of(lines("aaa   1.5", "bb   21.5", "cccc    —")) == [(0, 4), (5, 9)]


def test_names_that_are_set_in_are_in_the_column_of_the_others() -> None:
    assert columns_of(lines("aa      1", "   bbb  2", "cccccc  3")) == [(0, 6), (8, 9)]


def test_a_piece_across_two_columns_does_not_join_them() -> None:
    assert columns_of(lines("aa  bb  1", "cc  dd  2", " tttt   3")) == [(0, 2), (4, 6), (8, 9)]


def test_a_piece_is_in_the_column_that_it_shares_most_with() -> None:
    columns = [Extent(0, 4), Extent(6, 9)]
    assert column_at(columns, Extent(3, 8)) == 1
    assert column_at(columns, Extent(4.2, 5)) == 0


@pytest.mark.parametrize(
    ("pieces", "by_left", "places"),
    [
        pytest.param([(4, 6), (14, 16)], False, [(0, 2), (2, 2)], id="in the middle of two"),
        pytest.param([(0, 3), (10, 12)], True, [(0, 2), (2, 2)], id="from the left on"),
        pytest.param([(0, 3), (6, 9), (14, 16)], False, [(0, 1), (1, 1), (2, 2)], id="one and two"),
        pytest.param([(8.5, 11.5)], False, [(0, 4)], id="over all"),
    ],
)
def test_headings_stand_over_columns(
    pieces: list[tuple[float, float]], by_left: bool, places: list[tuple[int, int]]
) -> None:
    columns = [Extent(at, at + 3) for at in (0, 6, 11, 17)]
    assert spread([Extent(*piece) for piece in pieces], columns, by_left=by_left) == places


def test_no_heading_is_over_columns_with_and_without_headings_of_their_own() -> None:
    columns = [Extent(at, at + 3) for at in (0, 6, 12, 18, 30)]
    pieces = [Extent(1, 5), Extent(13, 17), Extent(21, 33)]
    assert spread(pieces, columns)[-1] == (3, 2)
    assert spread(pieces, columns, frozenset((0, 1, 2, 3)))[-1] == (4, 1)


def test_a_heading_is_over_the_columns_that_it_covers() -> None:
    columns = [Extent(0, 3), Extent(5, 9), Extent(14, 16), Extent(20, 34)]
    assert spread([Extent(0, 9), Extent(16, 22)], columns) == [(0, 2), (2, 2)]
