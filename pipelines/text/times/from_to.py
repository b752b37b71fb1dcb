"""Figures that tell of one thing at two times: from A to B, B against A.

Only finds the pairs; which period each end takes is decided in `clerk`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines import lexicon
from pipelines.text.model import Quantity, Sentence


@cache
def _change() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """`由A上升到B`: the mark before A, words that only look like it, and what joins A to B."""
    words = {
        side: lexicon.alternation([word for word, where in rows if where == side])
        for rows in [lexicon.entries("change_marks")]
        for side in ("from", "false", "to")
    }
    return (
        re.compile(f"(?:{words['from']})[^,;:，；：]*$"),
        re.compile(words["false"]),
        re.compile(f"[^,;:，；。]{{0,8}}?(?:{words['to']})"),
    )


_NOUGHT = ("零", "0", "清零")  # 由5.6%降至零 arrives at no figure
# 由9.2:43.1:47.7调整为… is a list, too
_AND = re.compile("[、和及与,:∶]?")


@dataclass(slots=True)
class Pair:
    """Figures of a change from A to B: positions in the sentence's list."""

    before: range
    after: range
    mark: int  # where the words that hold A begin


def find_pairs(text: str, sentence: Sentence, figures: Sequence[Quantity]) -> list[Pair]:
    """The changes from A to B in a sentence; A and B may each be a list of figures.

    Args:
        text: the clean text.
        sentence: the sentence.
        figures: its figures, in order.
    """
    found = []
    position = 0
    edge = sentence.start
    joint = _change()[2]
    while position < len(figures):
        mark = _from_mark(text, edge, figures[position].lead)
        last = position
        while (
            mark is not None
            and last + 1 < len(figures)
            and _listed(text, figures[last], figures[last + 1])
        ):
            last += 1
        to = last + 1
        arrives = joint.match(text, figures[last].tail, sentence.end) if mark is not None else None
        if mark is not None and arrives:
            if to < len(figures) and not _parted(text, arrives.end(), figures[to].start):
                later = range(to, min(to + last - position + 1, len(figures)))
                found.append(Pair(range(position, to), later, mark))
                position = to
            elif text.startswith(_NOUGHT, arrives.end()):
                found.append(Pair(range(position, to), range(0), mark))
                position = last
        edge = figures[position].tail
        position += 1
    return found


def _from_mark(text: str, start: int, end: int) -> int | None:
    """Where the words that hold A begin, if the stretch before a figure marks it as one."""
    mark, false, _ = _change()
    stretch = text[start:end]
    if mark.search(stretch) is None:
        return None
    # 自由, 由于, 从业 hold the character and not the mark.
    hidden = false.sub(lambda match: "-" * len(match.group()), stretch)
    found = mark.search(hidden)
    return start + found.start() if found else None


def _parted(text: str, start: int, end: int) -> bool:
    """Whether a mark parts a joint from the figure behind it: 由旧厂房改建而成,入驻企业58家."""
    return any(mark in text[start:end] for mark in ",;:")


def _listed(text: str, one: Quantity, other: Quantity) -> bool:
    return bool(_AND.fullmatch(text[one.tail : other.lead]))
