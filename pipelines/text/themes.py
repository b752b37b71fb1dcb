"""The theme of a passage: by the words of its headings and its own. One of seeds/themes.csv.

A profile of what a report speaks about, not a classification of indicators: a canonical
indicator has its own theme in seeds/indicators.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

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
        The code of the theme whose words weigh most in text and headings; where two weigh the
        same, the one named first, from the innermost heading on. `other` where no word tells.
    """
    scores: dict[str, float] = {}
    for depth, heading in enumerate(reversed(section)):
        weight = _INNERMOST if depth == 0 else _OUTER
        for theme, own in _heading_themes(heading):
            scores[theme] = scores.get(theme, 0.0) + own * weight
    for theme, own in _themes_in(text):
        scores[theme] = scores.get(theme, 0.0) + own
    return max(scores, key=scores.__getitem__) if scores else OTHER


@lru_cache(maxsize=16384)
def _heading_themes(heading: str) -> tuple[tuple[str, float], ...]:
    """The themes of a heading, each once, however many of its words it uses."""
    weights: dict[str, float] = {}
    for theme, weight in _themes_in(heading):
        weights[theme] = max(weight, weights.get(theme, 0.0))
    return tuple(weights.items())


def _themes_in(text: str) -> Iterator[tuple[str, float]]:
    """The themes of the words in the text, in order, and the weights of the words.

    Within a word no shorter one counts.

    Looks up the pairs of characters that may begin a word: ten times as fast as an alternation of
    some 600 words.
    """
    words = _words()
    at = 0
    for match in _openings().finditer(text):
        start = match.start()
        if start < at:
            continue
        for word, theme, weight in words.get(text[start : start + 2], ()):
            if text.startswith(word, start):
                at = start + len(word)
                yield theme, weight
                break


@cache
def _openings() -> re.Pattern[str]:
    """A character that begins a word, before one that stands second in a word."""
    first, second = (
        "".join(map(re.escape, sorted(set(chars)))) for chars in zip(*_words(), strict=True)
    )
    return re.compile(f"[{first}](?=[{second}])")


@cache
def _words() -> Mapping[str, tuple[tuple[str, str, float], ...]]:
    """Words with themes and weights by their first two characters, the longest first."""
    codes = {row["code"] for row in lexicon.table("themes")}
    found: dict[str, list[tuple[str, str, float]]] = {}
    for word, theme, *weight in lexicon.entries("theme_words"):
        if len(word) < 2 or theme not in codes:
            detail = f"{word} is too short, or its theme {theme} is not in themes.csv"
            raise SeedError("lexicon/theme_words.txt", 0, detail)
        found.setdefault(word[:2], []).append((word, theme, float(weight[0]) if weight else 1.0))
    return {
        pair: tuple(sorted(words, key=lambda word: -len(word[0]))) for pair, words in found.items()
    }
