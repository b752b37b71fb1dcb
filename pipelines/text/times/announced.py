"""Lists that a plan announces: 2023年重点办好6件实事。分别是:(1)新建公厕60座 and more.

Here belongs how far such a list goes and what it hands on to its items. Whether a part of the
report plans by itself is the business of `layout`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipelines import lexicon
from pipelines.text.headings import heading_status
from pipelines.text.layout.document import Report
from pipelines.text.marks import clauses
from pipelines.text.model import Period, Sentence
from pipelines.text.times.cues import cues
from pipelines.text.times.in_passage import time_left
from pipelines.text.times.in_sentence import DatedTime

# Bounded: an open run of digits would be tried from each of them.
_COUNT = "(?:[0-9]{1,6}|[一二两三四五六七八九十]{1,6})(?:件|项|个|大|方面)"
_ITEM = re.compile(
    "[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]|[一二三四五六七八九十]是|[①-⑳]|——|·|●"
)


@cache
def _announces() -> re.Pattern[str]:
    words = lexicon.alternation(lexicon.words("list_words"))
    works = lexicon.alternation(lexicon.words("list_works"))
    opens = f"[:：](?:$| ?(?:{_ITEM.pattern}))"
    return re.compile(f"(?:{words})|{_COUNT}[^,。;:]{{0,8}}?(?:{works})|{opens}")


class Announced:
    """The list that the last sentence of a plan announces, while it goes on.

    It goes on through its paragraph, and through paragraphs behind that begin as items do, until a
    heading of its own depth, one that looks back, or a paragraph of another kind.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._period: Period | None = None
        self._sentence: Sentence | None = None  # that announced it
        self._paragraph = -1  # the last one that belongs to it
        self._begun = False  # whether an item has been read

    def period(self, text: str, sentence: Sentence) -> Period | None:
        """The time that the list hands on to a sentence; None where no list goes on."""
        by = self._sentence
        if by is None or self._period is None:
            return None
        item = bool(_ITEM.match(text, sentence.start)) or sentence.is_heading
        looks_back = sentence.section_status == "actual" != by.section_status
        if sentence.paragraph == self._paragraph:
            goes_on = self._begun or item or bool(_announces().search(_opening(text, sentence)))
        else:
            goes_on = item and sentence.section[: len(by.section)] == by.section
        if not goes_on or looks_back:
            self._sentence = None
            return None
        self._paragraph, self._begun = sentence.paragraph, self._begun or item
        return self._period

    def read(self, text: str, sentence: Sentence, own: Sequence[DatedTime]) -> None:
        """Takes note of a sentence that announces a list of plans.

        Args:
            text: the clean text.
            sentence: the sentence.
            own: its times.
        """
        sign = _announces().search(text, sentence.start, sentence.end)
        if sign is None:
            return
        opening = [one for one in clauses(text, sentence) if one.start <= sign.start()]
        says, status = heading_status(text[slice(*opening[-1])]) if opening else ("", None)
        if says == "firmly" and status != "planned":
            return  # 现将一年来的工作情况和明年打算报告如下: what follows looks back first
        ahead = [time.period for time in own if not time.mention and self._is_ahead(time.period)]
        plans = any(cue.says == "plan" for cue in cues(text, sentence.start, sentence.end))
        if ahead or plans:
            self._period = ahead[-1] if ahead else time_left(self._report)
            self._sentence, self._paragraph = sentence, sentence.paragraph
            self._begun = False

    def _is_ahead(self, period: Period) -> bool:
        default = self._report.default
        return default is not None and period.start > default.end


def _opening(text: str, sentence: Sentence) -> str:
    return text[sentence.start : min(sentence.end, sentence.start + 12)]
