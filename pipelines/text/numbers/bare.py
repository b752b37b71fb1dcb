"""Numbers without a unit: what they count by the nouns beside them, or what else they are.

接待游客111万 counts visits, 减税1.2亿 is money, 1200多万纳税人 are persons; 世界500强 is a name.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.model import Disposition
from pipelines.text.numbers.around import PUNCTUATION
from pipelines.text.numbers.bounds import MAGNITUDES, bounded_by
from pipelines.text.numbers.candidates import Candidate, Verdict
from pipelines.text.numbers.units import ONE, Unit, currency_before

# Behind a number, the next number ends the clause too.
_CLAUSE_OR_DIGIT = f"{marks.CLAUSE}0123456789"
_YEAR = re.compile(r"(?:19|20)\d\d")
_VERSION = re.compile(r"\d{1,2}\.0")
_NAME_BEFORE = re.compile("[\u4e00-\u9fff](?<![为至到达是超近约于在])$")
_OF_AGE = re.compile(r"\d{1,3}周?岁(?:[及以]?以?[上下])?的?")
# How far a noun may stand behind a number that it counts: its attributes come between.
_ATTRIBUTES = 12


def unitless(text: str, found: Candidate) -> Verdict:
    """A number without a counter: persons or money where the words beside it say so."""
    stretch = marks.after(text, found.digits_end, 16, _CLAUSE_OR_DIGIT)
    before = marks.before(text, found.start, 16)
    digits = text[found.digits_start : found.digits_end]
    if digits[-1] in "kKwW" or digits[-2:-1] == "万":  # 10w, 1万3
        digits = "万"
    bare = found.bare()
    if digits[-1] in "万亿千百多余几":
        return _noun_counted(text, bare, before, stretch)
    if found.unit is not None and found.unit.dimension == "ratio_to_one":
        return Verdict("observation", found.in_unit(None))
    other = _plain_number(digits, before, stretch) if found.modifier == "exact" else "observation"
    if other is None:
        other = "observation" if "." in digits or (not stretch and before) else "unknown"
    return Verdict(other, bare)


def _plain_number(digits: str, before: str, stretch: str) -> Disposition | None:
    """What a bare number is by its neighbours: a year, a telephone, a name (世界500强)."""
    named = stretch != "" and stretch[0] not in PUNCTUATION
    if _YEAR.fullmatch(digits):
        return "date"
    if lexicon.pattern("contact_cues").search(before[-12:] + stretch[:10]) and len(digits) > 4:
        return "contact"
    if _VERSION.fullmatch(digits) and (named or _NAME_BEFORE.search(before)):
        return "model"  # 数字政府2.0建设, 首发经济3.0、…
    if lexicon.pattern("series_tails").match(stretch) or (
        named and len(digits) > 2 and digits.isdigit()
    ):
        return "label"
    if lexicon.pattern("rhetorical_nouns").match(stretch) and len(digits) < 3:
        return "rhetorical"
    return "list_number" if lexicon.ending("numbered_things").search(before) else None


def _noun_counted(text: str, bare: Candidate, before: str, stretch: str) -> Verdict:
    """A round number with a noun in place of a counter: 1200多万纳税人, 8000万资金."""
    if lexicon.pattern("class_marks").match(stretch):
        return Verdict("threshold", bare)
    if text.endswith("每", 0, bare.lead):
        return Verdict("label", bare)
    if aged := _OF_AGE.match(text, bare.digits_end):  # 30万65岁以上老年人
        stretch = marks.after(text, aged.end(), 16, _CLAUSE_OR_DIGIT)
    unit = _noun_unit(text, bare, before, stretch)
    if text[bare.digits_start] in MAGNITUDES and bare.modifier == "exact":
        return Verdict("label", bare)
    if unit is not None and unit.dimension == "money":
        return bounded_by(text, bare.in_unit(unit))
    return Verdict("observation", bare.in_unit(unit))


def _noun_unit(text: str, bare: Candidate, before: str, stretch: str) -> Unit | None:
    """The unit that the nouns beside a bare number imply.

    A noun behind it, that it counts, comes first; then the nearest before it.
    """
    currency = currency_before(text, bare.start)
    if currency != "元":
        return Unit("", currency, ONE, "money")
    if counted := _counted_noun().match(stretch):
        return _implied(counted.lastgroup or "", counted[0])
    nearest = _last_cue(before)
    if nearest is None and _is_light(before):  # 参保人数增加7359万,总计达到1.17亿
        at = bare.start - len(before) - 1
        nearest = _last_cue(marks.before(text, at, 16))
    if nearest is None:
        return Unit("", "元", ONE, "money") if _is_money(stretch) else None
    return _implied(nearest.lastgroup or "", nearest[0])


def _last_cue(before: str) -> re.Match[str] | None:
    last = None
    for match in _cue().finditer(before):
        last = match
    return last


def _is_light(before: str) -> bool:
    """Whether the words before a number name no thing: 总计达到, 必须控制在."""
    return before != "" and _light_words().fullmatch(before) is not None


@cache
def _light_words() -> re.Pattern[str]:
    roles = lexicon.column("roles", "role")
    light = [
        w for w, role in roles.items() if role in ("light", "reach", "adverb", "adv", "filler")
    ]
    return re.compile(f"(?:{lexicon.alternation(light)})+")


def _is_money(stretch: str) -> bool:
    return lexicon.pattern("money_nouns").search(stretch) is not None


def _implied(kind: str, word: str) -> Unit:
    if kind == "money":
        return Unit("", "元", ONE, "money")
    if kind == "household":
        return Unit("", "户", ONE, "count")
    visit = kind == "visit" or word.endswith("次")
    return Unit("", "人次" if visit else "人", ONE, "person")


@cache
def _counted_noun() -> re.Pattern[str]:
    """A noun behind a number, after at most a few characters of attributes and before any verb."""
    kinds = (
        ("household", lexicon.words("household_nouns")),
        ("person", lexicon.words("person_nouns")),
        ("money", lexicon.words("money_nouns")),
    )
    nouns = "|".join(f"(?P<{kind}>{lexicon.alternation(words)})" for kind, words in kinds)
    verbs = lexicon.alternation(lexicon.words("served_verbs"))
    return re.compile(f"(?:(?!{verbs})[\u4e00-\u9fff“”‘’、]){{0,{_ATTRIBUTES}}}?(?:{nouns})")


@cache
def _cue() -> re.Pattern[str]:
    """A word before a number that tells what it counts."""
    kinds = (
        ("visit", lexicon.words("visit_nouns")),
        ("person", lexicon.words("person_totals") | lexicon.words("person_nouns")),
        ("household", lexicon.words("household_nouns")),
        ("money", lexicon.words("money_nouns")),
    )
    return re.compile(
        "|".join(f"(?P<{kind}>{lexicon.alternation(words)})" for kind, words in kinds)
    )
