"""Marks that part a sentence, and the clause around a place in it.

The one account of where a clause ends. What a clause says is no business of this module.
"""

from __future__ import annotations

import re
from typing import Final

from pipelines.text.model import Clause, Sentence, tuple_of

# Marks that end a clause, wherever they are. A dash and an ellipsis end one between words, but
# stand inside numbers too (5—10), so they count only where numbers are tokens.
CLAUSE: Final = ",;:。!?()\n"
BETWEEN_WORDS: Final = frozenset(CLAUSE) | frozenset("…—")
PAUSE: Final = "、"  # parts the items of a list

# A comma before three digits separates thousands (not 第4,2016年), a colon between digits is a time
# of day.
_COMMA = re.compile(
    "[，；：,;:](?:(?<=[，；：;])|(?<![0-9].)|(?![0-9])|(?<=,)(?![0-9]{3}(?![0-9])))"
)


def clauses(text: str, sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order: what stands between its marks, empty stretches left out.

    Asked for only where a sentence holds figures, which most do not.
    """
    start, end = sentence.start, sentence.end
    marks = [mark.start() for mark in _COMMA.finditer(text, start, end)]
    found: list[Clause] = []
    for mark in (*marks, end):
        if start < mark:
            found.append(tuple_of(Clause, (start, mark)))
        start = mark + 1
    return tuple(found)


def before(text: str, at: int, most: int, marks: str = CLAUSE) -> str:
    """The characters of the clause before `at`, at most so many of them.

    Args:
        text: the clean text.
        at: where to look back from.
        most: characters.
        marks: what ends a clause.
    """
    start = first = max(0, at - most)
    for index in range(at - 1, first - 1, -1):
        if text[index] in marks:
            start = index + 1
            break
    return text[start:at]


def after(text: str, at: int, most: int, marks: str = CLAUSE) -> str:
    """The characters of the clause from `at` on, at most so many of them.

    Args:
        text: the clean text.
        at: where to look on from.
        most: characters.
        marks: what ends a clause.
    """
    end = last = min(len(text), at + most)
    for index in range(at, last):
        if text[index] in marks:
            end = index
            break
    return text[at:end]
