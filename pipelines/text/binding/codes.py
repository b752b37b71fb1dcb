"""Canonical indicator codes of phrases.

A phrase bears a code when a name of seeds/indicators.csv is all it says, neutral words aside: a
part of an indicator (工业增加值 of 地区生产总值, 金融类企业 of 引进企业) is not the indicator. A
name written `甲+乙` asks for all its words in any order, with nothing but neutral words behind
them, for indicators that are told as something done to something (整改+隐患: 整改各类隐患, not
隐患整改率).

Two codes come of it. The canonical one gathers figures that can be ranked together: incomes of
urban and of rural residents have one each. The other is that of the annotation guide, which knows
the broader indicator (`broader` in the seed) and no names of mere speech (`spoken`: 经济增长5%).
How a phrase is bound to its number is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from pipelines import lexicon
from pipelines.bilingual import Both
from pipelines.text.evidence import finder
from pipelines.text.model import Measure, Quantity

TIERS: Final = ("core", "extended")  # in the order in which they are asked

# Dimensions of numbers that count: a number of people is no number of things (人口412户), whereas
# any counter may count things. A numeral without a unit may be either.
_PERSONS = frozenset({"person", ""})
_THINGS = frozenset({"count", "group", "place", "number", ""})
_COUNTS = _PERSONS | _THINGS | {"transport"}
_PLACES: Final = "位"
_FEWEST: Final = 2  # words of a name in parts
# Marks that do not part words: 地区生产总值(GDP) is two names of one thing.
_MARKS = str.maketrans("", "", "“”‘’《》()、 ")


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one tier: whole ones, and those in parts."""

    whole: dict[str, dict[str, str]]
    finder: AhoCorasick  # of the whole ones
    parts: tuple[tuple[tuple[str, ...], dict[str, str]], ...]
    having: dict[str, tuple[int, ...]]  # which of the parts have a word
    words: AhoCorasick  # finds the words that names in parts are made of


@cache
def _names(tier: str) -> _Names:
    whole: dict[str, dict[str, str]] = {}
    parts: list[tuple[tuple[str, ...], dict[str, str]]] = []
    for row in lexicon.table("indicators"):
        if row["tier"] != tier:
            continue
        written = (row["name_zh"], *row["aliases"].split("|"), *row["spoken"].split("|"))
        for name in filter(None, written):
            if "+" in name:
                parts.append((tuple(name.split("+")), row))
            else:
                whole[name] = row
    having: dict[str, tuple[int, ...]] = {}
    for number, (named, _) in enumerate(parts):
        for word in named:
            having[word] = (*having.get(word, ()), number)
    return _Names(whole, finder(whole), tuple(parts), having, finder(having))


def _found(finder: AhoCorasick, text: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in finder.find_matches_as_indexes(text)]


@cache
def _neutral(*kinds: str) -> re.Pattern[str]:
    """Runs of the words of code_neutral that have one of these attributes."""
    words = [row[0] for row in lexicon.entries("code_neutral") if (*row, "")[1] in kinds]
    return re.compile(f"(?:{lexicon.alternation(words)})+")


@cache
def _dimensions() -> dict[str, str]:
    """The dimension of each unit: that of its own name, for 方 is a 平方米 of another dimension."""
    own_name_last = sorted(lexicon.table("units"), key=lambda row: row["surface"] == row["unit"])
    return {row["unit"]: row["dimension"] for row in own_name_last}


@cache
def _words_of(tier: str, code: str) -> re.Pattern[str]:
    """The words of an indicator's names in parts."""
    named = [words for words, row in _names(tier).parts if row["code"] == code]
    return re.compile(lexicon.alternation({word for words in named for word in words}))


def _before(text: str) -> str:
    return _neutral("").sub("", text)


def _behind(text: str) -> str:
    return _neutral("", "tail").sub("", text)


@lru_cache(maxsize=1024)
def _plain(phrase: str) -> str:
    """A phrase as both tiers compare it: one asks after the other."""
    return _neutral("inside").sub("", phrase.translate(_MARKS))


@lru_cache(maxsize=100_000)
def _find(phrase: str, tier: str) -> tuple[dict[str, str], str] | None:
    """The indicator that a phrase names, and the name; none where it says its parts."""
    plain = _plain(phrase)
    names = _names(tier)
    for start, end in _found(names.finder, plain):
        name = plain[start:end]
        row = names.whole[name]
        rest = _before(plain[:start]) + _behind(plain[end:])
        if not rest or names.whole.get(rest) is row:
            return row, name
    words_said = _found(names.words, plain)
    if len(words_said) < _FEWEST:
        return None
    said = {plain[start:end] for start, end in words_said}
    if len(said) < _FEWEST:
        return None
    if any(word in plain for word in lexicon.words("code_pending")):
        return None  # 正在施工加装电梯: not yet what the name tells
    for number in sorted({number for word in said for number in names.having[word]}):
        words, row = names.parts[number]
        if said.issuperset(words):
            end = max(plain.rindex(word) + len(word) for word in words)
            # 发放低保金、临时救助金: what follows may be more of the same kind
            if not _behind(_words_of(tier, row["code"]).sub("", plain[end:])):
                return row, ""
    return None


@dataclass(init=False, slots=True)
class Codes:
    """What the indicator phrase of an observation names."""

    annotated: str | None  # the code that the annotation guide gives
    canonical: str | None  # that of the figures which it can be ranked with
    unit: str | None  # the unit that the first indicator it names asks for, whether it fits or not

    def __init__(
        self,
        annotated: str | None,
        canonical: str | None,
        unit: str | None,
    ) -> None:
        self.annotated = annotated
        self.canonical = canonical
        self.unit = unit


def codes_of(phrase: str, quantity: Quantity, measure: Measure) -> Codes:
    """The codes that an indicator phrase gives its observation.

    Args:
        phrase: the indicator as bound.
        quantity: its number; a level must be in a unit that fits the indicator's.
        measure: what the number says of the indicator.

    Returns:
        Codes of seeds/indicators.csv, of tier `core` before tier `extended`, or None; and the unit
        that the phrase lets expect.
    """
    expected: str | None = None
    for tier in TIERS:
        found = _find(phrase, tier)
        if found is None:
            continue
        row, name = found
        if _means(row, name, quantity, measure):
            annotated = None if _spoken(row, name) else row["broader"] or row["code"]
            unit = None if _of_places(quantity, measure) else row["unit"]
            return Codes(annotated, row["code"], unit)
        if expected is None and not _spoken(row, name):
            expected = row["unit"]
    return Codes(None, None, expected)


def _of_places(quantity: Quantity, measure: Measure) -> bool:
    """Whether a change is one of rank: 地区生产总值居全区第二位,前移1位."""
    return measure == "change_amount" and quantity.unit == _PLACES


def _spoken(row: dict[str, str], name: str) -> bool:
    return bool(name) and name in row["spoken"].split("|")


def _means(row: dict[str, str], name: str, quantity: Quantity, measure: Measure) -> bool:
    """Whether a number can be one of the indicator that its phrase names."""
    if _of_places(quantity, measure):
        return bool(name)
    if measure in {"level", "change_amount"}:
        return fits(row["unit"], quantity)
    # 改造老旧小区 may be told in 平方米, 户 or 个: what its growth is the growth of, none can tell.
    return bool(name) or _dimension(row["unit"]) in _COUNTS


def reason(phrase: str, quantity: Quantity, measure: Measure) -> Both:
    """Why a phrase has the code that `codes_of` gives, or none: a line for people to read.

    Args:
        phrase: the indicator as bound.
        quantity: its number.
        measure: what the number says of the indicator.
    """
    refused = []
    for tier in TIERS:
        found = _find(phrase, tier)
        if found is None:
            continue
        row, name = found
        if _means(row, name, quantity, measure):
            said = Both("all", "全文") if name else Both("every word", "每个词")
            return Both(
                f"the phrase says {said} of a name of {row['name_zh']}",
                f"原文写出了“{row['name_zh']}”某个名称的{said.zh}",
            )
        refused.append(
            Both(
                f"{row['code']} is measured in {row['unit'] or 'no unit'}",
                f"{row['code']} 的单位是 {row['unit'] or '无'}",
            )
        )
    if refused:
        return Both("; ".join(refused), "；".join([one.zh for one in refused]))
    return Both(
        "no name of seeds/indicators.csv is all that the phrase says",
        "seeds/indicators.csv 中没有与原文相符的名称",
    )


def _dimension(unit: str) -> str:
    return _dimensions().get(unit, "count")


def fits(unit: str, quantity: Quantity) -> bool:
    """Whether a level or its change may be in the unit of this number.

    Args:
        unit: the base unit of an indicator of seeds/indicators.csv.
        quantity: the number; without a unit it may count anything.
    """
    if quantity.unit in {"百分点", "%"}:
        return unit == "%" or quantity.unit == "百分点"
    wanted, given = _dimension(unit), (quantity.dimension or "") if quantity.unit else ""
    if wanted == "price" and given == "money":  # 低保标准提高到900元: the month is not always said
        return True
    return wanted == given or any({wanted, given} <= some for some in (_PERSONS, _THINGS))
