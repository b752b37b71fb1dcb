"""What a numeral is: an observation, or why it is none. The one place that settles it.

First what the marks around it say, then what its digits and its unit say. Sources of the rules:
ANNOTATION.md, "What is not" and "Settled cases".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.model import Disposition
from pipelines.text.numbers.arabic import RANK, arabic
from pipelines.text.numbers.around import PUNCTUATION, Context
from pipelines.text.numbers.candidates import Candidate, Verdict
from pipelines.text.numbers.chinese import chinese
from pipelines.text.numbers.numerals import fits
from pipelines.text.numbers.units import ONE, Unit

# A quoted stretch longer than this is speech or a list of facts, not a label.
_LABEL_LENGTH = 14
_LIST_AFTER = re.compile(r"[、.．)]|是(?!指)|要(?!素)|则")
_COUNTED_FIRSTS = re.compile("[个项](?:全[国省市区县州]|世界|全球)?$")
_BRACKETED_DIGITS = re.compile(r"[\[【〔]\d+[\]】〕]")


def settle(context: Context, found: Candidate) -> Verdict:
    """What the numeral is. A figure without a value that the warehouse can keep is unknown."""
    verdict = judge(context, found)
    said, candidate = verdict.disposition, verdict.candidate
    if not fits(candidate.value, candidate.upper):
        candidate = replace(candidate, value=None, upper=None)
        verdict = Verdict(said, candidate)
    if said == "observation" and candidate.value is None:
        return Verdict("unknown", candidate)
    return verdict


def judge(context: Context, found: Candidate) -> Verdict:
    """Say what the numeral is: an observation unless a rule knows better."""
    text = context.text
    if found.shape == "first":
        return Verdict("observation" if _is_first_place(text, found) else "idiom", found)
    if text[found.digits_start - 1 : found.digits_start] == "第":
        return _numbered(text, found)
    marked = _marked(context, found)
    if marked is not None:
        return Verdict(marked, found)
    if found.value == 2 and text.startswith("位数", found.digits_end):
        return _two_digit(found)
    if text[found.digits_start].isdigit():
        return arabic(text, found)
    return chinese(text, found)


def _two_digit(found: Candidate) -> Verdict:
    """两位数增长: growth of ten percent or more."""
    end = found.digits_end + 2
    percent = Unit("", "%", ONE, "ratio")
    return Verdict(
        "observation",
        replace(found, end=end, tail=end, value=Decimal(10), unit=percent, modifier="over"),
    )


def _is_first_place(text: str, found: Candidate) -> bool:
    """居全国首位 is a rank; 放在首位 and 首位产业 are not."""
    before = marks.before(text, found.start, 16)
    if found.end < len(text) and text[found.end] not in PUNCTUATION:
        return False
    if lexicon.pattern("first_place_false").search(before):
        return False
    return lexicon.pattern("rank_cues").search(before) is not None


def _numbered(text: str, found: Candidate) -> Verdict:
    """第N: a place in an order where the clause speaks of one, else a number in a series."""
    start, end = found.digits_start - 1, found.digits_end
    if text[end : end + 1] in ("位", "名"):
        end, placed = end + 1, True
    else:
        after = text[end : end + 1]
        placed = not after or after in PUNCTUATION or after in "的和与并升"
    if _COUNTED_FIRSTS.search(text, max(0, start - 8), start):
        placed = False  # 十个全国第一
    if (
        placed
        and found.value
        and lexicon.pattern("rank_cues").search(marks.before(text, start, 16))
    ):
        rank = RANK._replace(surface=text[found.digits_end : end])
        return Verdict(
            "observation",
            replace(
                found,
                start=start,
                end=end,
                lead=start,
                tail=end,
                unit=rank,
                upper=None,
                modifier="exact",
            ),
        )
    bare = replace(
        found,
        start=start,
        end=found.digits_end,
        lead=start,
        tail=found.digits_end,
        unit=None,
        upper=None,
        modifier="exact",
    )
    document = lexicon.pattern("document_words").match(text, found.digits_end)
    return Verdict("document_number" if document else "ordinal", bare)


def _marked(context: Context, found: Candidate) -> Disposition | None:
    """Numerals that the marks around them give away: list numbers, footnotes, quoted labels."""
    text, start, end = context.text, found.digits_start, found.digits_end
    before = text[start - 1] if start else "\n"
    if before in "\n。;:(,” 其" and _LIST_AFTER.match(text, end) and _is_list(text, found, before):
        return "list_number"
    if before in "[【〔" and _BRACKETED_DIGITS.match(text, start - 1):
        return "footnote" if before != "〔" else "document_number"
    if text.startswith(")", end) and _is_open_mark(text, start, end):
        return "footnote"
    if text.startswith("年=", end):
        return "date"
    quoted = context.quoted(start)
    labelled = quoted is not None and _is_label(text, found, quoted)
    # 价格指数(2020年=100) defines what the index is of
    labelled = labelled or (before == "=" and text.startswith(")", end))
    return "label" if labelled else None


def _is_open_mark(text: str, start: int, end: int) -> bool:
    """固定资产投资1)增长5%: a bracket that nothing opens closes the mark of a note."""
    before = text[max(0, start - 40) : start]
    opened = before.rfind("(") > before.rfind(")")
    return end - start < 3 and text[start].isdigit() and before[-1:] > "\u4e00" and not opened


def _is_list(text: str, found: Candidate, before: str) -> bool:
    if found.value is None or found.value > 99:
        return False
    after = text[found.digits_end]
    if after in "是要则":
        return not text[found.digits_start].isdigit()
    if after == ")":
        return before == "("
    return before in "\n "


def _is_label(text: str, found: Candidate, quoted: tuple[int, int]) -> bool:
    start, close = quoted
    if text[start] in "《〈" or close - start - 2 <= _LABEL_LENGTH:
        return True
    return not text[found.digits_start].isdigit() and found.digits_end - found.digits_start == 1
