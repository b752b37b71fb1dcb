"""Bounds of a class of things: 亿元以上项目, 20户以上自然村. What stands in them is no figure.

Asked of numbers with a unit, whatever digits they are written in.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.numbers.around import PUNCTUATION
from pipelines.text.numbers.candidates import Candidate, Verdict
from pipelines.text.numbers.units import Unit

BOUNDED = (
    "money",
    "area",
    "floor",
    "length",
    "mass",
    "power",
    "volume",
    "energy",
    "age",
    "time",
    "data",
    "temperature",
)
MAGNITUDES = "百千万亿"
_BARE_MONEY = re.compile("(?:[和、及或与](?:超|过|上)?[百千万亿]+(?:美|欧|港|日)?元)*的?")


def bounded_by(text: str, found: Candidate) -> Verdict:
    """亿元以上项目, 20户以上自然村, 万吨级: the bound of a class, not a figure."""
    unit = found.unit
    if unit is None:
        return Verdict("observation", found)
    if _names_project(text, found):
        return Verdict("name", found)
    tail = text[found.end : found.tail].rpartition(")")[2]  # 500万元(含)以上
    if tail.startswith("及以") or lexicon.pattern("class_marks").match(text, found.end):
        return Verdict("threshold", found)
    if tail and tail in lexicon.words("class_tails"):
        bound = _is_bound(text, found.tail, unit)
    else:
        bound = _is_classed(text, found, unit) or _is_passed(text, found, unit)
    return Verdict("threshold" if bound else "observation", found)


def _names_project(text: str, found: Candidate) -> bool:
    """年产20万吨包装纸项目: what it is to yield is in the name of a project; no 年产20万吨的."""
    yields = text.endswith(lexicon.affixes("yield_words"), 0, found.lead)
    return yields and _project().match(text, found.tail) is not None


@cache
def _project() -> re.Pattern[str]:
    nouns = lexicon.alternation(lexicon.words("programme_nouns"))
    return re.compile(f"(?:(?![的、])[\u4e00-\u9fff]){{1,12}}?(?:{nouns})")


def is_bare(text: str, found: Candidate) -> bool:
    """Whether the number is a magnitude alone: 亿元, 千万美元, but not 千二 or 百余."""
    return all(char in MAGNITUDES for char in text[found.digits_start : found.digits_end])


def _is_classed(text: str, found: Candidate, unit: Unit) -> bool:
    """Whether a noun follows that N元 classes: 5000万元项目, 超亿元和超千万美元的项目."""
    bare = unit.dimension in BOUNDED and text[found.digits_start] in MAGNITUDES
    if not bare and unit.dimension != "money":
        return False
    heads = lexicon.pattern("class_heads")
    if heads.match(text, found.end):
        return True
    if unit.dimension != "money" or not is_bare(text, found):
        return False
    joined = _BARE_MONEY.match(text, found.tail)
    return joined is not None and heads.match(text, joined.end()) is not None


_COUNTED: re.Pattern[str] = re.compile(
    "的[一-鿿]{2,8}?(?:达到?|已?有|共有?|增至|突破)?[0-9]{1,4}[一-鿿]"
)


def _is_passed(text: str, found: Candidate, unit: Unit) -> bool:
    """产值超10亿元的产业链2条: what those that are counted pass."""
    passed = unit.dimension == "money" and text.startswith(_OVER, found.lead)
    return passed and _COUNTED.match(text, found.tail) is not None


_OVER = ("超", "逾")


def _is_bound(text: str, tail: int, unit: Unit) -> bool:
    """Whether a noun that is classed follows N元以上."""
    after = text[tail : tail + 1]
    if not after or after in PUNCTUATION or lexicon.pattern("conjunctions").match(text, tail):
        return False
    if unit.dimension in BOUNDED or after.isdigit():
        return True  # 600分以上128人
    classing = unit.dimension == "person" or unit.surface in lexicon.words("class_units")
    if not classing:
        return False
    noun = marks.after(text, tail, 16, marks.CLAUSE + marks.PAUSE)
    return _class_of_homes().match(noun) is not None


@cache
def _class_of_homes() -> re.Pattern[str]:
    """的, then a noun that is classed, after its attributes: 农村木质房屋连片村寨."""
    verbs = lexicon.alternation(lexicon.words("served_verbs"))
    heads = lexicon.alternation(lexicon.words("class_heads"))
    return re.compile(f"的?(?:(?!{verbs})[\u4e00-\u9fff]){{0,10}}?(?:{heads})")
