"""Whether a passage tells what was done or what is to be done, by its words.

Here belongs the stance of a sentence: from its heading, or where no heading says, from the words
around, which `evidence` weighs. The words inside a sentence that make a part of it a plan belong to
`times.cues`, what the dates of a figure say of its status to `times.status`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipelines import lexicon
from pipelines.text.evidence import weigh
from pipelines.text.model import Sentence, Status

# What it costs, in units of evidence, to go from telling to planning or back between paragraphs,
# and to begin as a plan. Set on the sections of real reports whose headings say what they are,
# read without the headings.
_TURN = 8
_BEGIN = {"plan": -8, "work_report": 6}
_BEGIN_ELSEWHERE = 14  # a summary seldom plans without a heading that says so


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
        plan_headings: for each sentence, whether its headings, saying nothing else, name a year
            still to come.
    """
    found: list[Status] = []
    begin = _BEGIN.get(report_kind, _BEGIN_ELSEWHERE)
    position = 0
    while position < len(sentences):
        said: Status | None = sentences[position].section_status
        said = "planned" if plan_headings[position] else said
        if said is None:
            last = position
            while last < len(sentences) and _unsaid(sentences[last], plan_headings[last]):
                last += 1
            found.extend(_unheaded(text, sentences[position:last], begin))
        else:
            last = position + 1
            found.append(said)
        begin = -_TURN if found[-1] == "planned" else _TURN
        position = last
    return tuple(found)


def _unsaid(sentence: Sentence, plan_heading: bool) -> bool:
    return sentence.section_status is None and not plan_heading


@cache
def _turns() -> re.Pattern[str]:
    """The opening of a sentence that turns to plans in the middle of a paragraph."""
    later = lexicon.alternation(lexicon.words("later_times"))
    # 要 here alone: right behind a year it is mostly a part of another word (2024年主要目标)
    plans = f"[^,，。;；]{{0,6}}?(?:{lexicon.alternation(lexicon.words('ahead_verbs'))}|要)"
    return re.compile(f"(?:{later})[,，]?{plans}|(?:19|20)[0-9]{{2}}年[,，]{plans}")


def _unheaded(text: str, sentences: Sequence[Sentence], begin: int) -> list[Status]:
    """The stances of a passage whose headings say nothing: the cheapest way through its evidence.

    Paragraph by paragraph (or up to a sentence that turns ahead: 2024年,我们将), two accounts are
    kept: the best reading that ends in telling, and the best that ends in planning; then the better
    one is followed back. Of two equal ways the one that turns later counts.
    """
    telling, planning = 0, -begin
    ways: list[tuple[bool, bool]] = []  # for each paragraph: was each account planning before it
    spans: list[int] = []  # sentences of each paragraph
    position = 0
    while position < len(sentences):
        last = position
        while last < len(sentences) and sentences[last].paragraph == sentences[position].paragraph:
            if last > position and _turns().match(text, sentences[last].start, sentences[last].end):
                break
            last += 1
        weight = weigh(text, sentences[position].start, sentences[last - 1].end)
        ways.append((planning - _TURN >= telling, planning > telling - _TURN))
        telling = max(telling, planning - _TURN)
        planning = max(planning, telling - _TURN) + weight
        spans.append(last - position)
        position = last
    plans = planning > telling
    found: list[Status] = []
    for (from_telling, from_planning), count in zip(reversed(ways), reversed(spans), strict=True):
        found.extend(["planned" if plans else "actual"] * count)
        plans = from_planning if plans else from_telling
    return found[::-1]
