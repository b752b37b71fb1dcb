"""The theme of a sentence: by the words of its headings and its own. One of seeds/themes.csv.

A profile of what a report speaks about, not a classification of indicators: a canonical
indicator has its own theme in seeds/indicators.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipelines import lexicon
from pipelines.text.model import Sentence

OTHER = "other"
# The heading right above says more than a word in passing, one further up a little less.
_INNERMOST = 1.5
_OUTER = 0.6


def themes_of(text: str, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The theme of every sentence.

    Args:
        text: clean text.
        sentences: its outline.

    Returns:
        For each the code of the theme whose words weigh most in the sentence and its headings;
        where two weigh the same, the one named first, from the innermost heading on. `other` where
        no word tells.
    """
    words = _words()
    matches = _finder().find_matches_as_indexes(text)
    themes: list[str] = []
    section: tuple[str, ...] | None = None
    said: dict[str, float] = {}  # by the headings
    usual = OTHER  # the theme of a sentence that adds no word to its headings
    at, count = 0, len(matches)
    for sentence in sentences:
        if sentence.section is not section:
            section = sentence.section
            said = dict(_section_scores(section))
            usual = _heaviest(said)
        if at == count or matches[at][1] >= sentence.end:
            themes.append(usual)
            continue
        scores = said.copy()
        while at < count and matches[at][1] < sentence.end:
            theme, weight = words[matches[at][0]]
            scores[theme] = scores.get(theme, 0.0) + weight
            at += 1
        themes.append(_heaviest(scores))
    return tuple(themes)


def _heaviest(scores: dict[str, float]) -> str:
    return max(scores, key=scores.__getitem__) if scores else OTHER


@lru_cache(maxsize=16384)
def _section_scores(section: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """What the headings say; each theme once a heading, however many of its words it uses."""
    scores: dict[str, float] = {}
    for depth, heading in enumerate(reversed(section)):
        weights: dict[str, float] = {}
        for index, _, _ in _finder().find_matches_as_indexes(heading):
            theme, weight = _words()[index]
            weights[theme] = max(weight, weights.get(theme, 0.0))
        for theme, own in weights.items():
            said = own * (_INNERMOST if depth == 0 else _OUTER)
            scores[theme] = scores.get(theme, 0.0) + said
    return tuple(scores.items())


@cache
def _finder() -> AhoCorasick:
    """Finds the words in one pass over a text; of those that overlap the first and longest.

    Twelve times as fast as an alternation of the 640 words.
    """
    words = [fields[0] for fields in lexicon.entries("theme_words")]
    return AhoCorasick(
        words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )


@cache
def _words() -> tuple[tuple[str, float], ...]:
    """Theme and weight of each word, in the order of the list."""
    rows = lexicon.entries("theme_words")
    return tuple([(theme, float(weight or 1)) for _, theme, weight in rows])
