"""Whether a passage tells what was done or what is to be done, by its words.

Here belongs the stance of a sentence (from its heading, or where no heading says, from the evidence
of the words around) and the words inside a sentence that make a part of it a plan. What the dates
of a figure say of its status belongs to `periods`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines import lexicon
from pipelines.text.model import Sentence, Status

# Evidence of a paragraph that turns the stance; below it the stance before goes on.
_TO_PLAN = 4
_TO_PAST = -2


@dataclass(frozen=True, slots=True)
class Cue:
    """A word inside a sentence that says plan, rough (a first figure) or done."""

    start: int
    end: int
    says: str


@cache
def _evidence() -> tuple[re.Pattern[str], dict[str, int]]:
    weights = {word: int(weight) for word, weight in lexicon.entries("stance_words")}
    false = dict.fromkeys(lexicon.words("stance_false") - weights.keys(), 0)
    weights |= false
    return re.compile(lexicon.alternation(frozenset(weights))), weights


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, str]]:
    says = {fields[0]: fields[1] for fields in lexicon.entries("plan_words")}
    false = dict.fromkeys(lexicon.words("stance_false") - says.keys(), "")
    says |= false
    return re.compile(lexicon.alternation(frozenset(says))), says


def _weigh(text: str, start: int, end: int) -> int:
    """The evidence of a stretch of text; each word counts once."""
    pattern, weights = _evidence()
    return sum(weights[word] for word in set(pattern.findall(text, start, end)))


def stances(
    text: str, sentences: Sequence[Sentence], report_kind: str, plan_headings: Sequence[bool]
) -> tuple[Status, ...]:
    """The stance of each sentence, before its own words and dates are looked at.

    A heading's word is final. Under a heading that says nothing (and in speeches without headings)
    the stance of the passage before goes on until a paragraph's words turn it: a line that states
    aims opens a plan, a line that tells of things done closes it.

    Args:
        text: clean text.
        sentences: the outline.
        report_kind: of the report; a `plan` begins as one.
        plan_headings: for each sentence, whether a heading above names a year still to come.
    """
    found: list[Status] = []
    stance: Status = "planned" if report_kind == "plan" else "actual"
    weighed = -1
    for position, sentence in enumerate(sentences):
        if sentence.section_status is not None:
            stance = sentence.section_status
        elif plan_headings[position]:
            stance = "planned"
        elif sentence.paragraph != weighed:
            weighed = sentence.paragraph
            last = position
            while last + 1 < len(sentences) and sentences[last + 1].paragraph == weighed:
                last += 1
            weight = _weigh(text, sentence.start, sentences[last].end)
            if weight >= _TO_PLAN:
                stance = "planned"
            elif weight <= _TO_PAST:
                stance = "actual"
        found.append(stance)
    return tuple(found)


def cues(text: str, start: int, end: int) -> tuple[Cue, ...]:
    """The words of a stretch that say plan, rough or done; words of another sense are passed over.

    争取 that obtained money, a 计划 that is a programme's name and 将 for 把 are no cues: the list
    holds the forms that speak of the future, the list of false friends the words that hide them.
    """
    pattern, says = _cues()
    return tuple(
        Cue(match.start(), match.end(), says[match.group()])
        for match in pattern.finditer(text, start, end)
        if says[match.group()]
    )
