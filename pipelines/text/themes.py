"""The theme of a passage: by the words of its headings and its own. One of seeds/themes.csv.

A profile of what a report speaks about, not a classification of indicators: a canonical
indicator has its own theme in seeds/indicators.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from operator import add

from pipelines import lexicon
from pipelines.errors import SeedError

OTHER = "other"
# The heading right above says more than a word in passing, one further up a little less.
_INNERMOST = 1.5
_OUTER = 0.6


def theme_of(section: tuple[str, ...], text: str) -> str:
    """The theme of a passage.

    Args:
        section: the headings above it, outermost first.
        text: the passage itself, clean.

    Returns:
        The code of the theme with most words in text and headings; where two have as many, the
        one named first, from the innermost heading on. `other` where no word tells.
    """
    scores: dict[str, float] = {}
    for depth, heading in enumerate(reversed(section)):
        weight = _INNERMOST if depth == 0 else _OUTER
        # A heading tells a theme once, however many words it uses: its text is no sample.
        for theme in _heading_themes(heading):
            scores[theme] = scores.get(theme, 0.0) + weight
    for theme in _themes_in(text):
        scores[theme] = scores.get(theme, 0.0) + 1.0
    return max(scores, key=lambda theme: scores[theme]) if scores else OTHER


@cache
def _heading_themes(heading: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_themes_in(heading)))


def _themes_in(text: str) -> Iterator[str]:
    """The themes of the words in the text, in order; within a word no shorter one counts.

    Looks up pairs of characters: ten times as fast as an alternation of some 600 words.
    """
    words = _words()
    at = 0
    for start, pair in enumerate(map(add, text, text[1:])):
        if pair not in words or start < at:
            continue
        for word, theme in words[pair]:
            if text.startswith(word, start):
                at = start + len(word)
                yield theme
                break


@cache
def _words() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Words with their themes by their first two characters, the longest first."""
    codes = {row["code"] for row in lexicon.table("themes")}
    found: dict[str, list[tuple[str, str]]] = {}
    for number, (word, theme) in enumerate(lexicon.entries("theme_words"), start=1):
        if len(word) < 2 or theme not in codes:
            raise SeedError(
                "lexicon/theme_words.txt",
                number,
                f"{word} is too short, or its theme {theme} is not in themes.csv",
            )
        found.setdefault(word[:2], []).append((word, theme))
    return {
        pair: tuple(sorted(words, key=lambda word: -len(word[0]))) for pair, words in found.items()
    }
