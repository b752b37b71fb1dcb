"""Text wrapped at a fixed width, as mail programs and PDF files have it: which lines are full.

Whether a line carries on the one before is for `clean` to say.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from pipelines import segmenters
from pipelines.reading.cuts import IS_HAN

MIN_WRAP = 16  # characters of a full line
_MANY_SET_IN, _MOST_SET_IN = 3, 0.7  # lines, and part of the lines, that open paragraphs
_NEARLY_ALL = 0.9
_MIN_LINES, _MAX_WRAP, _WRAP_SLACK = 8, 80, 4
_UNEVEN = 10  # characters: digits are half as wide as Han characters
_EDGE = 6  # characters on either side of a line end by which a word is found


def full_width(lines: Sequence[str], indents: list[int], widths: list[int]) -> tuple[float, bool]:
    """From which width on a line is full, and whether paragraphs are set in.

    Args:
        lines: the lines of a text that are not blank, without blanks around them.
        indents: blanks before each.
        widths: characters of each, with its indent.

    Returns:
        The width, infinite in text that is not wrapped.
    """
    full = _of_many(widths)
    set_in = _MANY_SET_IN <= sum(map(bool, indents)) <= len(lines) * _MOST_SET_IN
    if set_in:
        full = min(full, _full_where_set_in(indents, widths))
    if full == math.inf and 1 < len(lines) < 2 * _MIN_LINES:
        full = _of_few(lines, widths)
    return full, set_in


def _of_few(lines: Sequence[str], widths: list[int]) -> float:
    """From which width on a line is full, in a short text: lines that end inside a word are.

    They must be about as wide as the widest.
    """
    cut = [
        widths[i]
        for i in range(len(lines) - 1)
        if widths[i] >= MIN_WRAP and _ends_inside_word(lines[i], lines[i + 1])
    ]
    if not cut or max(widths) > _MAX_WRAP or max(widths) - min(cut) > _UNEVEN:
        return math.inf
    return min(cut)


def _ends_inside_word(line: str, following: str) -> bool:
    """Whether the end of a line cuts a word in two: 完|成, 固定资|产.

    No word is cut where both sides are words themselves: 新城|市民.
    """
    tail, head = line[-_EDGE:], following[:_EDGE]
    if not (IS_HAN.match(tail[-1:]) and IS_HAN.match(head[:1])):
        return False
    segmenter = segmenters.plain()
    sides = segmenter.cut(tail, hmm=False)[-1], segmenter.cut(head, hmm=False)[0]
    if all(len(side) > 1 for side in sides):
        return False
    at = 0
    for word in segmenter.cut(tail + head, hmm=False):
        if at < len(tail) < at + len(word):
            return segmenter.has_word(word)
        at += len(word)
    return False


def _of_many(widths: list[int]) -> float:
    """From which width on a line is full, in a text wrapped at a fixed width; else infinite.

    Text is wrapped when at least half of its lines are of nearly the same, middling width.
    """
    common = Counter(widths).most_common(1)
    if len(widths) < _MIN_LINES or not MIN_WRAP <= common[0][0] <= _MAX_WRAP:
        return math.inf
    full = common[0][0] - _WRAP_SLACK
    alike = sum(full <= width <= common[0][0] + _WRAP_SLACK for width in widths)
    return full if alike * 2 >= len(widths) else math.inf


def _full_where_set_in(indents: list[int], widths: list[int]) -> float:
    """From which width on a line is full, in wrapped text whose paragraphs are set in.

    No line is longer, and nearly every line that is not set in comes after a full one.
    """
    full = max(widths) - _WRAP_SLACK
    after = [widths[i - 1] >= full for i in range(1, len(widths)) if not indents[i]]
    wrapped = (
        len(widths) >= _MIN_LINES
        and MIN_WRAP <= max(widths) <= _MAX_WRAP
        and sum(after) >= max(_MANY_SET_IN, _NEARLY_ALL * len(after))
    )
    return full if wrapped else math.inf
