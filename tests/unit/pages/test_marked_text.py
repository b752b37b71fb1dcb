"""A text in pieces is the text, and nothing in it is obeyed by a page."""

from __future__ import annotations

import pytest

from pipelines.pages.marks import Piece, paragraphs, pieces, shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("收入3亿元\t增长", "收入3亿元\t增长"),
        ("a\x00b\x1b[2J", "a␀b␛[2J"),
        ("\u202e反\u2066", "\ufffd反\ufffd"),
        ("\ud800\uffff\x7f", "\ufffd\ufffd␡"),
    ],
    ids=["plain", "controls", "marks of direction", "no characters"],
)
def test_what_a_page_would_obey_is_shown_as_a_sign(text: str, said: str):
    assert shown(text) == said
    assert len(said) == len(text)


@pytest.mark.parametrize(
    ("spans", "marks"),
    [
        ([], []),
        ([(0, 2)], ["收入"]),
        ([(2, 5), (7, 9)], ["3亿元", "9%"]),
        ([(2, 5), (4, 7)], ["3亿元"]),
        ([(3, 3), (5, 6)], [","]),
    ],
    ids=["none", "first", "last", "overlap", "empty"],
)
def test_pieces_are_the_whole_text(spans, marks):
    text = "收入3亿元,增9%"
    found = list(pieces(text, spans))
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.mark is not None] == marks


def test_paragraphs_are_lines_without_blank_ones():
    text = "一、经济\r\n\n  \n收入3亿元\u2028完"
    found = ["".join(piece.text for piece in line) for line in paragraphs(text, [(10, 13)])]
    assert found == ["一、经济", "收入3亿元", "完"]


def test_a_mark_over_two_lines_stays_whole():
    assert list(paragraphs("共10.\n07%。", [(1, 7)])) == [
        (Piece("共"), Piece("10.\n07", 0), Piece("%。"))
    ]


def test_a_line_of_megabytes_is_parted():
    text = "甲" * 10_000 + "3亿元" + "乙" * 3_000
    found = list(paragraphs(text, [(10_000, 10_003)]))
    assert "".join(piece.text for line in found for piece in line) == text
    assert max(sum(len(piece.text) for piece in line) for line in found) <= 4_000
    assert [piece.text for line in found for piece in line if piece.mark == 0] == ["3亿元"]
