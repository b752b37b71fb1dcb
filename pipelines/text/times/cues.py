"""The words inside a sentence that say of a figure that it is planned, rough or done.

What the passage around says is the business of `layout`, what the dates of a figure say that of
`status`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipelines import lexicon
from pipelines.text.evidence import finder


@dataclass(slots=True)
class Cue:
    """A word inside a sentence that says plan, rough (a first figure), done or result (实际)."""

    start: int
    end: int
    says: str


@cache
def _cues() -> tuple[AhoCorasick, tuple[str, ...]]:
    says = {fields[0]: fields[1] for fields in lexicon.entries("plan_words")}
    false = dict.fromkeys(lexicon.words("stance_false").difference(says), "")
    return finder(says | false), tuple((says | false).values())


@cache
def _plans() -> re.Pattern[str]:
    """计划 as a verb: at the head of a clause and behind a time or an adverb (全年计划签约8个).

    Behind other nouns it ends a name, unless a change follows (产值计划比上年增长6%); before 的, 内
    or a number it is a noun: 年计划12个.
    """
    openers = "".join(sorted(lexicon.words("plan_verb_openers")))
    tails = "".join(sorted(lexicon.words("plan_noun_tails")))
    changes = lexicon.alternation(lexicon.words("plan_verb_changes"))
    marks = ",，;；:：、()（）"
    bases = "".join(sorted(lexicon.words("plan_bases")))
    # no 比原投资计划减少了16%
    head = f"(?:^|[{marks}])[^{marks}{bases}]{{1,16}}(?=计划(?:{changes})(?!的))"
    return re.compile(
        f"(?:^|[{marks}{openers}]|{head})(计划)(?=[0-9一二三四五六七八九十]{{1,4}}[年月]"
        f"|[\u4e00-\u9fff](?<![{tails}一二三四五六七八九十百]))"
    )


def cues(text: str, start: int, end: int) -> tuple[Cue, ...]:
    """The words of a stretch that say plan, rough, done or result; others senses are passed over.

    争取 that obtained money, a 计划 that is a programme's name and 将 for 把 are no cues: the list
    holds the forms that speak of the future, the list of false friends the words that hide them.

    Args:
        text: the clean text.
        start: where the stretch begins.
        end: where it ends.
    """
    automaton, says = _cues()
    stretch = text[start:end]
    matches = automaton.find_matches_as_indexes(stretch)
    found = [
        Cue(start + first, start + last, says[index])
        for index, first, last in matches
        if says[index]
    ]
    if "计划" in stretch:
        passed = {at for _, first, last in matches for at in range(first, last)}
        verbs = [verb.span(1) for verb in _plans().finditer(stretch) if verb.start(1) not in passed]
        found.extend([Cue(start + first, start + last, "plan") for first, last in verbs])
        found.sort(key=lambda cue: cue.start)
    return tuple(found)
