"""What a numeral is when it is not a quantity: ordinal, name, label, threshold, list number …

Belongs here: the tests that give a numeral its disposition, from the characters and the words
around it. Does not belong here: reading numbers and units (quantities.py), dates (times.py).
Sources of the rules: ANNOTATION.md, "What is not" and "Settled cases".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import rjieba

from pipelines import lexicon
from pipelines.text.model import Disposition, Modifier


class Unit(NamedTuple):
    """A unit as written (empty for a noun in its place), its base unit, factor and dimension."""

    surface: str
    unit: str | None
    factor: Decimal
    dimension: str


class Candidate(NamedTuple):
    """A numeral with its unit and modifiers (clean offsets): `start:end` is the quote."""

    start: int
    end: int
    digits_start: int
    digits_end: int
    lead: int
    tail: int
    value: Decimal | None
    upper: Decimal | None
    unit: Unit | None
    modifier: Modifier
    shape: str  # plain, formal, share, slash, half, first


class Verdict(NamedTuple):
    """The disposition, and the candidate as that disposition reads it (第6 takes in 第)."""

    disposition: Disposition
    candidate: Candidate


_QUOTED = re.compile(
    r"“[^“”\n]*”|‘[^‘’\n]*’|「[^「」\n]*」|《[^《》\n]*》|〈[^〈〉\n]*〉|\"[^\"\n]*\""
)
# A quoted stretch longer than this is speech or a list of facts, not a label.
_LABEL_LENGTH = 14


@dataclass(frozen=True, slots=True)
class Context:
    """The text with the bounds of its quoted stretches, in order."""

    text: str
    opens: tuple[int, ...]
    closes: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Context:
        """Find the quoted stretches of the text once."""
        spans = [match.span() for match in _QUOTED.finditer(text)]
        return cls(text, tuple(s for s, _ in spans), tuple(e for _, e in spans))

    def quoted(self, at: int) -> tuple[int, int] | None:
        """The quoted stretch around an offset, or None."""
        index = bisect_right(self.opens, at) - 1
        if index < 0 or self.closes[index] <= at:
            return None
        return self.opens[index], self.closes[index]


_CLAUSE_END = ",;。:!?、\n()"
_PUNCTUATION = frozenset(",;。:!?、\n()“”‘’《》\"…—- ▪·")
_LIST_AFTER = re.compile(r"[、.．)]|是(?!指)|要(?!素)|则")
_BRACKETED_DIGITS = re.compile(r"[\[【〔]\d+[\]】〕]")
_DOCUMENT = re.compile(r"[〔\[](?:19|20)\d\d[〕\]]\d+号?|第?\d+号(?:令|文|公告|决议|决定|文件)")
_LETTERS_BEFORE = re.compile(r"[A-Za-z][.\-_]?$")
_CLASS_TAILS = ("以上", "及以上", "或以上", "以下", "及以下")
_LAND = ("money", "area", "floor", "length", "mass", "power", "voltage", "volume", "energy", "age",
         "time", "data", "temperature")


@cache
def _alternation(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.words(name)))


@cache
def _ending(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.alternation(lexicon.words(name))})$")


@lru_cache(maxsize=65536)
def _borders(window: str) -> frozenset[int]:
    """Offsets in `window` at which a dictionary token begins or ends."""
    borders = {0}
    at = 0
    for token in rjieba.cut(window, False):
        at += len(token)
        borders.add(at)
    return frozenset(borders)


def begins_word(text: str, at: int) -> bool:
    """Whether the character at `at` begins a longer dictionary word (多 of 多数)."""
    return 1 not in _borders(text[at : at + 4])


def straddled(text: str, start: int, end: int) -> bool:
    """Whether a dictionary token crosses the start or the end of `start:end` (三农, 统一)."""
    left = max(0, start - 3)
    borders = _borders(text[left : end + 3])
    return start - left not in borders or end - left not in borders


def takes_half(unit: Unit, following: str) -> bool:
    """Whether 半 behind the unit is a half of it (一吨半), not the head of a word (半导体)."""
    if following and following in "导径岛数成自":
        return False
    return unit.dimension in ("time", "mass", "length", "area", "multiple", "ratio", "volume")


def in_context(text: str, start: int, end: int, unit: Unit) -> Unit:
    """Settle a unit that depends on the words around it: 方 of earth, 每月 before money."""
    if unit.surface == "方":
        nouns = _alternation("volume_nouns")
        around = text[max(0, start - 8) : start] + text[end : end + 3]
        return unit._replace(unit="立方米", dimension="volume") if nouns.search(around) else (
            unit._replace(dimension="area")
        )
    if unit.dimension == "money":
        return _priced(text, start, unit)
    return unit


_SPAN = "(平方米|立方米|吨|斤|公斤|亩|月|天|小时|度|千瓦时)"
# 每月2400元, 每平方米2.5元; with persons the whole clause is priced (每人每月163元提高到178元).
_PER = re.compile(f"每{_SPAN}$|(?:每[人户生]|人均|户均)每?([月年天])[^,;。:\n]{{0,22}}$")


def _priced(text: str, start: int, unit: Unit) -> Unit:
    match = _PER.search(text[max(0, start - 28) : start])
    if match is None:
        return unit
    return unit._replace(unit=f"{unit.unit}/{match[1] or match[2]}", dimension="price")


def judge(context: Context, found: Candidate) -> Verdict:
    """Say what the numeral is: an observation unless a rule knows better."""
    text = context.text
    if found.shape == "first":
        ranked = _clause_before(text, found.start)
        named = _ending("rank_cues").search(ranked) is not None
        return Verdict("observation" if named else "idiom", found)
    if text[found.digits_start - 1 : found.digits_start] == "第":
        return _numbered(text, found)
    other = _shape_of(context, found)
    if other is None:
        chinese = not text[found.digits_start].isdigit()
        verdict = _chinese(text, found) if chinese else _arabic(text, found)
    else:
        verdict = Verdict(other, found)
    return verdict


def _clause_before(text: str, at: int) -> str:
    """The characters of the clause before `at`, at most 16 of them."""
    stretch = text[max(0, at - 16) : at]
    for index in range(len(stretch) - 1, -1, -1):
        if stretch[index] in _CLAUSE_END and stretch[index] != "、":
            return stretch[index + 1 :]
    return stretch


def _numbered(text: str, found: Candidate) -> Verdict:
    """第N: a place in an order where the clause speaks of one, else a number in a series."""
    end = found.digits_end
    start = found.digits_start - 1
    if text[end : end + 1] in ("位", "名"):
        end += 1
        placed = True
    else:
        placed = text[end : end + 1] in _PUNCTUATION or end == len(text) or (
            text[end] in "的和、与并" or text.startswith("升", end)
        )
    rank = Unit(text[found.digits_end : end], "名", Decimal(1), "rank")
    ranked = found._replace(start=start, end=end, lead=start, tail=end, unit=rank,
                            modifier="exact", upper=None)
    if placed and found.value and _alternation("rank_cues").search(_clause_before(text, start)):
        return Verdict("observation", ranked)
    document = text[found.digits_end : found.digits_end + 2] in ("号令", "号文")
    bare = found._replace(start=start, end=found.digits_end, lead=start, tail=found.digits_end,
                          unit=None, modifier="exact", upper=None)
    return Verdict("document_number" if document else "ordinal", bare)


def _shape_of(context: Context, found: Candidate) -> Disposition | None:
    """Numerals that their marks give away: list numbers, footnotes, quoted labels, codes."""
    text, start, end = context.text, found.digits_start, found.digits_end
    before = text[start - 1] if start else "\n"
    if before in "\n。;:(,” 其" and _LIST_AFTER.match(text, end) and _is_list(text, found, before):
        return "list_number"
    if before in "[【〔" and _BRACKETED_DIGITS.match(text, start - 1):
        return "footnote" if before != "〔" else "document_number"
    quoted = context.quoted(start)
    if quoted is not None and _is_label(text, found, quoted):
        return "label"
    return None


def _is_list(text: str, found: Candidate, before: str) -> bool:
    if found.value is None or found.value > 99:
        return False
    after = text[found.digits_end]
    if after in "是要则":
        return not text[found.digits_start].isdigit()
    if after in ")":
        return before == "("
    return before in "\n "


def _is_label(text: str, found: Candidate, quoted: tuple[int, int]) -> bool:
    start, close = quoted
    if text[start] in "《〈":
        return True
    if close - start - 2 <= _LABEL_LENGTH:
        return True
    return not text[found.digits_start].isdigit() and found.digits_end - found.digits_start == 1


def _arabic(text: str, found: Candidate) -> Verdict:
    """Numerals in Arabic digits: codes, addresses and bounds, else quantities."""
    code = _code(text, found)
    if code is not None:
        whole = code in ("address", "name") or text[found.digits_end] == "千"
        return Verdict(code, found if whole else found._replace(end=found.digits_end))
    if found.unit is None or found.unit.unit is None:
        return _unitless(text, found)
    return _measured(text, found)


def _code(text: str, found: Candidate) -> Disposition | None:
    start, end = found.digits_start, found.digits_end
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    known = found.unit is not None and found.unit.unit is not None
    if _CLOCK.search(text[max(0, start - 8) : end + 3]) and not known:
        return "date"
    if before and before[-1] in "+×" and not known or after and after in "+×" and not known:
        return "label"
    if before and before[-1].isascii() and before[-1].isalpha() and not known:
        return "model"
    if before.endswith("PM") or after.isascii() and after.isalpha() and not known:
        return "model"
    if "·" in (before[-1:], after) and not known:
        return "label"
    if after == "号":
        return _house(text, end)
    if after in ("版", "级") and not known:
        return "model"
    if found.unit is not None and found.unit.dimension == "voltage":
        return "model"
    if after in ("-", "—") and text[end + 1 : end + 2].isdigit() and not known:
        return "address" if _ROAD.search(text[max(0, start - 6) : start]) else "label"
    return None


_CLOCK = re.compile(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d|\d:\d\d")
_ROAD = re.compile("[村路街巷弄苑园坊区里]$")


def _house(text: str, end: int) -> Disposition:
    if text[end + 1 : end + 2] in ("令", "文"):
        return "document_number"
    if text[end + 1 : end + 2] in ("楼", "院", "门") or text[end + 1 : end + 2] in _PUNCTUATION:
        return "address"
    return "name"


def _unitless(text: str, found: Candidate) -> Verdict:
    """A number without a counter: money or persons where the words beside it say so."""
    after = text[found.digits_end : found.digits_end + 16]
    stretch = re.split("[,;。:!?\n(\\d]", after, maxsplit=1)[0]
    before = _clause_before(text, found.start)
    digits = text[found.digits_start : found.digits_end]
    large = digits[-1] in "万亿千百多余几"
    bare = found._replace(unit=None, end=found.digits_end)
    if large:
        return _noun_counted(text, bare, before, stretch)
    if found.unit is not None and found.unit.dimension == "ratio_to_one":
        return Verdict("observation", found._replace(unit=None))
    if _YEAR.fullmatch(digits):
        return Verdict("date", bare)
    if _alternation("contact_cues").search(before[-6:] + stretch[:10]) and len(digits) > 4:
        return Verdict("contact", bare)
    if stretch[:1] in _SERIES_TAILS and stretch:
        return Verdict("label", bare)
    if _alternation("rhetorical_nouns").match(stretch) and len(digits) < 3:
        return Verdict("rhetorical", bare)
    if "." in digits or (not stretch and before):
        return Verdict("observation", bare)
    return Verdict("unknown", bare)


_YEAR = re.compile("(?:19|20)\\d\\d")
_SERIES_TAILS = "强型连"


def _noun_counted(text: str, bare: Candidate, before: str, stretch: str) -> Verdict:
    """A round number with a noun in place of a counter: 1200多万纳税人, 8000万资金."""
    if _alternation("household_nouns").search(stretch):
        unit = Unit("", "户", Decimal(1), "count")
    elif _alternation("person_nouns").search(stretch):
        unit = Unit("", "人", Decimal(1), "person")
    elif _money_beside(before, stretch):
        return _bounded(text, bare._replace(unit=Unit("", "元", Decimal(1), "money")))
    else:
        return Verdict("observation", bare)
    return Verdict("observation", bare._replace(unit=unit))


def _money_beside(before: str, after: str) -> bool:
    nouns = _alternation("money_nouns")
    return nouns.search(before[-10:]) is not None or nouns.search(after) is not None


def _measured(text: str, found: Candidate) -> Verdict:
    """A number with a unit: lengths of time and bounds of a class are no observation."""
    unit = found.unit
    if unit is None:
        return Verdict("unknown", found)
    if text[max(0, found.lead - 1) : found.lead] == "每":
        return Verdict("label", found)
    if unit.dimension == "time":
        return Verdict(_lasting(text, found), found)
    if unit.dimension == "ratio" and _alternation("ratio_labels").match(text, found.end):
        return Verdict("label", found)
    if unit.dimension == "age":
        cued = _alternation("duration_cues").search(_clause_before(text, found.start))
        return Verdict("observation" if cued else "threshold", found)
    if unit.dimension == "number":
        return Verdict("name", found)
    if found.upper is not None and unit.surface in lexicon.words("house_units"):
        return Verdict("address", found)
    return _bounded(text, found)


def _lasting(text: str, found: Candidate) -> Disposition:
    cued = _alternation("duration_cues").search(_clause_before(text, found.start)[-6:])
    large = found.value is not None and (
        found.value >= 1000 or found.value != found.value.to_integral_value()
    )
    return "observation" if cued or large else "duration"


def _bounded(text: str, found: Candidate) -> Verdict:
    """亿元以上项目, 20户以上自然村, 万吨级: the bound of a class, not a figure."""
    unit = found.unit
    if unit is None:
        return Verdict("observation", found)
    tail = text[found.end : found.tail]
    after = text[found.tail :][:1]
    if tail in ("及以上", "及以下"):
        return Verdict("threshold", found)
    if text[found.end : found.end + 1] in ("级", "型", "档"):
        return Verdict("threshold", found)
    heads = _alternation("class_heads")
    if tail in _CLASS_TAILS and after and after not in _PUNCTUATION:
        of = 1 if after == "的" else 0
        classing = unit.dimension == "person" or unit.surface in lexicon.words("class_units")
        if unit.dimension in _LAND or (classing and heads.match(text, found.tail + of)):
            return Verdict("threshold", found)
    elif (
        unit.dimension == "money" or text[found.digits_start] in "百千万亿"
    ) and heads.match(text, found.end):
        return Verdict("threshold", found)
    return Verdict("observation", found)


def _chinese(text: str, found: Candidate) -> Verdict:
    """Numerals in Chinese digits: words and names first, then quantities."""
    digits = text[found.digits_start : found.digits_end]
    unit = found.unit
    if found.shape in ("share", "half"):
        return Verdict("observation" if found.value is not None else "unknown", found)
    if unit is None or unit.unit is None:
        return _chinese_unitless(text, found, digits)
    if unit.dimension == "doubling" and text[found.start - 1] in "翻了":
        return Verdict("observation", found)
    if len(digits) <= 2 and _is_word(text, found):
        return Verdict("idiom" if digits == "一" else "name", found)
    if digits == "一" and found.modifier == "exact":
        return _single(text, found)
    if digits[0] in "百千万亿" and not _is_bare_quantity(text, found):
        return Verdict("label", found)
    if digits == "二" and unit.dimension == "count":
        return Verdict("ordinal", found)
    if unit.surface in lexicon.words("series_units") or (
        unit.surface == "次" and text[found.start - 1] == "届"
    ):
        return Verdict("ordinal", found)
    if len(digits) == 1 and _is_rhetorical(text, found):
        return Verdict("rhetorical", found)
    if unit.dimension == "group" and (len(digits) > 1 or _CONGRESS.search(text[max(0, found.start - 2) : found.start])):
        return Verdict("ordinal", found)
    if unit.surface == "里" and text[found.end : found.end + 1] not in _AFTER_LI:
        return Verdict("name", found)
    return _measured(text, found)


_CONGRESS = re.compile("(?:党的|中共|全国)$")
_AFTER_LI = frozenset(_PUNCTUATION | frozenset("长地路的以多余左"))


def _is_word(text: str, found: Candidate) -> bool:
    """Whether a dictionary word crosses the borders of the quantity."""
    if found.lead < found.start:
        return straddled(text, found.lead, found.end)
    return straddled(text, found.start, found.end)


def _chinese_unitless(text: str, found: Candidate, digits: str) -> Verdict:
    bare = found._replace(end=found.digits_end, unit=None)
    after = text[found.digits_end : found.digits_end + 1]
    if digits == "一":
        return Verdict("idiom", bare)
    if after in ("大", "届") and len(digits) > 1:
        return Verdict("ordinal", bare)
    if len(digits) >= 2 and found.value is not None and found.value >= 10 and (
        digits[-1] in "万亿千百"
    ):
        return _unitless(text, found)
    if digits[0] in "百千万亿" and found.lead < found.start and not _is_word(text, bare):
        return _unitless(text, found)
    if digits == "零":
        return Verdict("idiom", bare)
    return Verdict("name", bare)


_IDIOMATIC = frozenset("方度角里石面寸尺升克折成瓦伏焦兆担码丈顷位")


def _single(text: str, found: Candidate) -> Verdict:
    """一 with a counter is an article (一个重要举措), unless it measures or is denied."""
    unit = found.unit
    before = _clause_before(text, found.start)
    if _ending("negations").search(before[-4:]):
        return Verdict("observation", found._replace(value=Decimal(0)))
    if unit is None:
        return Verdict("idiom", found)
    if unit.dimension in ("multiple", "doubling", "point"):
        return Verdict("idiom" if unit.dimension == "doubling" else "observation", found)
    if unit.dimension in ("money", "mass", "area", "length", "energy", "volume") and (
        unit.surface not in _IDIOMATIC
    ):
        return _measured(text, found)
    return Verdict("duration" if unit.dimension == "time" else "idiom", found)


def _is_bare_quantity(text: str, found: Candidate) -> bool:
    """百余条, 近百个, 超万人, 千名 count; 百家, 万户, 千亩 beside nothing are figures of speech."""
    unit = found.unit
    if unit is None:
        return False
    if found.modifier != "exact" or found.lead < found.start:
        return True
    if unit.dimension == "money":
        return True
    return unit.surface in ("名", "人次", "人") and text[found.start - 1] not in "每"


def _is_rhetorical(text: str, found: Candidate) -> bool:
    """三个坚持, 五方面工作, 这两个时期: grouping of talk, not a count of things."""
    if _ending("determiners").search(text[max(0, found.start - 2) : found.start]):
        return True
    after = re.split("[,;。:!?、\n(]", text[found.end : found.end + 8], maxsplit=1)[0]
    if after[:1] in ("“", "‘", '"'):
        return True
    nouns = _alternation("rhetorical_nouns")
    if found.unit is not None and found.unit.dimension == "group":
        return nouns.search(after) is not None
    return nouns.match(_ATTRIBUTES.sub("", after)) is not None


_ATTRIBUTES = re.compile("^(?:重大|重要|主要|基本|关键|突出|不同|新的?|大)+")
