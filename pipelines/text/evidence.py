"""The words of a passage as evidence that it tells what was done, or says what is to be done.

Here belongs what words weigh. What follows for the kind of a report is decided in
`report.metadata`, what follows for its passages in `layout.stance`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines import lexicon


@cache
def _evidence() -> tuple[AhoCorasick, tuple[int, ...]]:
    weights = {word: int(weight) for word, weight in lexicon.entries("stance_words")}
    false = dict.fromkeys(lexicon.words("stance_false").difference(weights), 0)
    return finder(weights | false), tuple((weights | false).values())


def finder(words: Iterable[str]) -> AhoCorasick:
    """The automaton of some words. Of words that overlap, it finds the first and longest."""
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def weigh(text: str, start: int, end: int) -> int:
    """The evidence of a stretch of text; each word counts once.

    Args:
        text: the clean text.
        start: where the stretch begins.
        end: where it ends.

    Returns:
        Above zero for a plan, below zero for what was done.
    """
    automaton, weights = _evidence()
    found = {index for index, _, _ in automaton.find_matches_as_indexes(text[start:end])}
    return sum([weights[index] for index in found])
