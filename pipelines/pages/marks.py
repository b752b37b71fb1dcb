"""A text cut into paragraphs of pieces, each plain or a mark: what pages show. Pure.

Marks come as spans; what they mean is for the page to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.pictures import picture

# What a page must not obey, or cannot write: C0 and C1 controls but tab and line end, marks of
# direction, lone halves of surrogate pairs, characters that are none.
_UNSHOWN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
# A longer paragraph is parted: browsers lay out each as a whole, and one of megabytes for minutes.
_LONGEST = 4_000  # characters
_LINE_END = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")


class Piece(NamedTuple):
    """Some characters in a row; `mark` is the index of the span that they are, if any."""

    text: str
    mark: int | None = None


Paragraph = tuple[Piece, ...]


def shown(text: str) -> str:
    """`text` with a sign in the place of each character that a page would obey or cannot hold."""
    return _UNSHOWN.sub(picture, text)


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The whole text in pieces, marked or not.

    Args:
        text: any text.
        spans: half-open, in order; of two that overlap the first is marked.
    """
    at = 0
    for number, (start, end) in enumerate(spans):
        if start < at or end <= start:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], number)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Paragraph]:
    """The lines of a text, each in pieces, without those that are blank.

    A mark that spans lines stays whole, in the paragraph in which it begins. Lines too long for a
    browser are parted.
    """
    line: list[Piece] = []
    for piece in pieces(text, spans):
        if piece.mark is not None:
            line.append(piece)
            continue
        first, *rest = _LINE_END.split(piece.text)
        line.append(Piece(first))
        for part in rest:
            yield from _whole(line)
            line = [Piece(part)]
    yield from _whole(line)


def _whole(line: list[Piece]) -> Iterator[Paragraph]:
    if not any(piece.text.strip() for piece in line):
        return
    part: list[Piece] = []
    room = _LONGEST
    for piece in _short(line):
        if len(piece.text) > room and part:
            yield tuple(part)
            part, room = [], _LONGEST
        part.append(piece)
        room -= len(piece.text)
    yield tuple(part)


def _short(line: list[Piece]) -> Iterator[Piece]:
    """The pieces that are not empty, plain ones parted where they are too long."""
    for piece in line:
        if piece.mark is not None:
            yield piece
            continue
        for at in range(0, len(piece.text), _LONGEST):
            yield Piece(piece.text[at : at + _LONGEST])
