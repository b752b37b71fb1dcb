"""Lines that a web page puts around a report: counts of readers, licences, links to other pages.

They stay in the text, so that nothing of it is lost; their numerals are no results.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from pipelines import lexicon
from pipelines.text.information import information
from pipelines.text.ledger import Spot, at_spot
from pipelines.text.model import Quantity

_LONGEST = 100  # characters of such a line
_SENTENCE = "。"


@cache
def _finder() -> AhoCorasick:
    words = sorted(lexicon.words("page_words"))
    return AhoCorasick(words, implementation=Implementation.DFA)


def furniture(text: str) -> tuple[tuple[int, int], ...]:
    """The lines of clean text that belong to a page: in order, as spans."""
    lines: list[tuple[int, int]] = []
    for _, begin, stop in _finder().find_matches_as_indexes(text):
        if lines and begin < lines[-1][1]:
            continue
        start = text.rfind("\n", 0, begin) + 1
        end = text.find("\n", stop)
        end = len(text) if end < 0 else end
        if end - start > _LONGEST or text.find(_SENTENCE, start, end) >= 0:
            continue
        lines.append((start, end))
    return tuple(lines)


def beside_furniture(text: str, quantities: Sequence[Quantity]) -> Sequence[Quantity]:
    """The numerals of a text; counts in lines of a page are none of the report's.

    Args:
        text: clean text.
        quantities: its numerals, in order.
    """
    quantities = _beside_information(text, quantities)
    lines = furniture(text)
    if not lines:
        return quantities
    found: list[Quantity] = []
    at = 0
    for one in quantities:
        while at < len(lines) and lines[at][1] <= one.start:
            at += 1
        inside = at < len(lines) and lines[at][0] <= one.start
        found.append(_at_spot(one, Spot.PAGE_LINE) if inside else one)
    return tuple(found)


def _beside_information(text: str, quantities: Sequence[Quantity]) -> Sequence[Quantity]:
    """The numerals of a text; those of the labels above it name a document."""
    lines = information(text).lines
    if not lines:
        return quantities
    return [
        _at_spot(one, Spot.DOCUMENT_LABEL)
        if any(start <= one.start < end for start, end in lines)
        else one
        for one in quantities
    ]


def _at_spot(one: Quantity, place: Spot) -> Quantity:
    said = at_spot(one.disposition, place)
    return one if said == one.disposition else one._replace(disposition=said)
