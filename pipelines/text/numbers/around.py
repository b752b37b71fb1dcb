"""What stands around a numeral: quotations, the clause before it, the borders of words.

Only asked here; what it makes of a numeral is decided in `dispositions`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from pipelines import segmenters

_QUOTED = re.compile(
    r"“[^“”\n]*”|‘[^‘’\n]*’|「[^「」\n]*」|《[^《》\n]*》|〈[^〈〉\n]*〉|\"[^\"\n]*\""
)


@dataclass(slots=True)
class Context:
    """The text with the bounds of its quoted stretches, in order."""

    text: str
    opens: tuple[int, ...]
    closes: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Context:
        """Find the quoted stretches of the text once."""
        spans = [match.span() for match in _QUOTED.finditer(text)]
        return cls(text, tuple(s for s, _ in spans), tuple(e for _, e in spans))

    def quoted(self, at: int) -> tuple[int, int] | None:
        """The quoted stretch around an offset, or None."""
        index = bisect_right(self.opens, at) - 1
        if index < 0 or self.closes[index] <= at:
            return None
        return self.opens[index], self.closes[index]


PUNCTUATION = frozenset(',;。:!?、\n()“”‘’《》"…—- ▪·')


@lru_cache(maxsize=65536)
def _borders(window: str) -> frozenset[int]:
    """Offsets in `window` at which a word of jieba's own dictionary begins or ends.

    Not of the grammar's: the numerals in names of indicators (亿元以上项目) would be hidden.
    """
    borders = {0}
    at = 0
    for token in segmenters.plain().cut(window, False):
        at += len(token)
        borders.add(at)
    return frozenset(borders)


def begins_word(text: str, at: int) -> bool:
    """Whether the character at `at` begins a longer dictionary word (多 of 多数)."""
    return 1 not in _borders(text[at : at + 4])


def is_border(text: str, at: int) -> bool:
    """Whether a dictionary token ends at `at` (指数|百强, not 指|数百)."""
    left = max(0, at - 3)
    return at - left in _borders(text[left : at + 3])


def straddled(text: str, start: int, end: int) -> bool:
    """Whether a dictionary token crosses the start or the end of `start:end` (三农, 统一).

    Args:
        text: the clean text.
        start: where the stretch begins.
        end: where it ends.
    """
    left = max(0, start - 3)
    borders = _borders(text[left : end + 3])
    return start - left not in borders or end - left not in borders


def outreached(text: str, start: int, end: int) -> bool:
    """Whether a word that begins at `end` reaches beyond the one that crosses it.

    Then that one is no word here: 两条道|路 is 两条|道路, 一把手|套 is 一把|手套.

    Args:
        text: the clean text.
        start: where the word that is asked about begins.
        end: where it ends.
    """
    left = max(0, start - 3)
    crossing = [at for at in _borders(text[left : end + 3]) if left + at > end]
    own = [at for at in _borders(text[end : end + 4]) if at > 0]
    return bool(crossing and own) and end + min(own) > left + min(crossing)
