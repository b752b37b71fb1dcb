"""A report as the warehouse has it: sentences with the places of their numerals. Pure.

The file keeps clean sentences, and offsets of the raw text. Cleaning moved characters, so each
numeral is looked for in its sentence, in order, nearest to where it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.pages.marks import Piece, pieces
from pipelines.reading.clean import clean


class Sentence(NamedTuple):
    """A sentence: raw offsets, clean text, and the headings above it."""

    start: int
    end: int
    text: str
    section: str


class Numeral(NamedTuple):
    """A numeral of the ledger: raw offsets and characters."""

    start: int
    end: int
    text: str


class Block(NamedTuple):
    """A paragraph in pieces; their marks are indexes of the numerals of the report."""

    pieces: tuple[Piece, ...]
    is_heading: bool


def blocks(sentences: Sequence[Sentence], numerals: Sequence[Numeral]) -> Iterator[Block]:
    """The paragraphs of a report.

    Args:
        sentences: in order.
        numerals: in order.
    """
    headings = {one.section.rpartition(" / ")[2] for one in sentences}
    own = _by_sentence(sentences, numerals)
    line: list[Piece] = []
    before: Sentence | None = None
    for place, sentence in enumerate(sentences):
        is_heading = sentence.text in headings
        if before and (sentence.start > before.end or is_heading or before.text in headings):
            yield Block(tuple(line), before.text in headings)
            line = []
        members = own.get(place, [])
        spans = spans_of(sentence, [numerals[number] for number in members])
        line += [
            piece if piece.mark is None else Piece(piece.text, members[piece.mark])
            for piece in pieces(sentence.text, spans)
        ]
        before = sentence
    if before:
        yield Block(tuple(line), before.text in headings)


def _by_sentence(
    sentences: Sequence[Sentence], numerals: Sequence[Numeral]
) -> Mapping[int, list[int]]:
    """The numerals of each sentence; one in a gap belongs to the sentence before."""
    found: dict[int, list[int]] = {}
    place = 0
    for number, numeral in enumerate(numerals):
        while place + 1 < len(sentences) and sentences[place + 1].start <= numeral.start:
            place += 1
        found.setdefault(place, []).append(number)
    return found


def spans_of(sentence: Sentence, numerals: Sequence[Numeral]) -> list[tuple[int, int]]:
    """Where the numerals of a sentence stand in its clean text; empty where one is not found."""
    stretch = len(sentence.text) / max(sentence.end - sentence.start, 1)
    spans: list[tuple[int, int]] = []
    at = 0
    for numeral in numerals:
        expected = (numeral.start - sentence.start) * stretch
        place, words = -1, ""
        for words in _spellings(numeral.text):
            place = _nearest(sentence.text, words, at, expected)
            if place >= 0:
                break
        if place < 0:
            spans.append((at, at))
            continue
        at = place + len(words)
        spans.append((place, at))
    return spans


def _spellings(words: str) -> Iterator[str]:
    """What cleaning may have made of a numeral: around it, blanks go that it keeps alone."""
    yield words
    cleaned = clean(words).text
    yield cleaned
    yield cleaned.replace(" ", "")


def _nearest(text: str, words: str, at: int, expected: float) -> int:
    """Where `words` stand from `at` on, nearest to `expected`; -1 for nowhere."""
    best = text.find(words, at) if words else -1
    after = best
    while 0 <= after < expected:
        after = text.find(words, after + 1)
        if after >= 0 and abs(after - expected) < abs(best - expected):
            best = after
    return best
