"""The words inside a sentence that say of a figure that it is planned, rough or done.

What the passage around says is the business of `layout`, what the dates of a figure say that of
`status`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipelines import lexicon
from pipelines.text.evidence import finder


@dataclass(slots=True)
class Cue:
    """A word inside a sentence that says plan, rough (a first figure) or done."""

    start: int
    end: int
    says: str


@cache
def _cues() -> tuple[AhoCorasick, tuple[str, ...]]:
    says = {fields[0]: fields[1] for fields in lexicon.entries("plan_words")}
    false = dict.fromkeys(lexicon.words("stance_false").difference(says), "")
    return finder(says | false), tuple((says | false).values())


def cues(text: str, start: int, end: int) -> tuple[Cue, ...]:
    """The words of a stretch that say plan, rough or done; words of another sense are passed over.

    争取 that obtained money, a 计划 that is a programme's name and 将 for 把 are no cues: the list
    holds the forms that speak of the future, the list of false friends the words that hide them.

    Args:
        text: the clean text.
        start: where the stretch begins.
        end: where it ends.
    """
    automaton, says = _cues()
    return tuple(
        [
            Cue(start + first, start + last, says[index])
            for index, first, last in automaton.find_matches_as_indexes(text[start:end])
            if says[index]
        ]
    )
