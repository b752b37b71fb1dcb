"""What numerals in Arabic digits are: codes, addresses, bounds, names, else quantities.

Numerals in Chinese digits that turn out to be numbers are judged here too, by their units.
"""

from __future__ import annotations

import re

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.model import Disposition
from pipelines.text.numbers.around import PUNCTUATION
from pipelines.text.numbers.candidates import Candidate, Verdict
from pipelines.text.numbers.units import ONE, Unit

# Behind a number, the next number ends the clause too.
_CLAUSE_OR_DIGIT = f"{marks.CLAUSE}0123456789"
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
RANK = Unit("位", "名", ONE, "rank")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d|\d:\d\d")
_PROPORTION = re.compile(r"\d[∶:]$")


def arabic(text: str, found: Candidate) -> Verdict:
    """Numerals in Arabic digits: codes, addresses and bounds, else quantities."""
    unit = found.unit
    counted = unit is not None and (unit.unit is not None or unit.dimension == "ratio_to_one")
    code = _numbered_thing(text, found)
    if code is None and not counted:
        code = _code(text, found)
    if code is not None:
        whole = code in ("address", "name") or text.startswith("千", found.digits_end)
        return Verdict(code, found if whole else found._replace(end=found.digits_end))
    if unit is None or not unit.surface:
        return unitless(text, found)
    return measured(text, found)


def _numbered_thing(text: str, found: Candidate) -> Disposition | None:
    """Numbers of houses, documents and models, also where a unit seems to follow."""
    start, end = found.digits_start, found.digits_end
    if text[end : end + 1] == "号":
        return _house(text, end)
    if text[start - 1 : start] in ("M", "_") and text[start - 2 : start] in ("PM", "M_"):
        return "model"
    if found.unit is not None and found.unit.dimension == "voltage":
        return "model"
    return None


def _house(text: str, end: int) -> Disposition:
    """What N号 is: a decree, a house, or the name of a line, an engine, a mission."""
    if lexicon.pattern("document_words").match(text, end):
        return "document_number"
    after = text[end + 1 : end + 2]
    return "address" if after in ("楼", "院", "门") or after in PUNCTUATION else "name"


def _code(text: str, found: Candidate) -> Disposition | None:
    """Numbers without a unit that their neighbours make a code: 5G, 1+8+N, 4·7, 10:55."""
    start, end = found.digits_start, found.digits_end
    before, after = text[start - 1 : start], text[end : end + 1]
    if _CLOCK.search(text[max(0, start - 8) : end + 6]):
        return "date"
    if (before and before in "+×·") or (after and after in "+×·"):
        return "label"
    if _is_letter(before) or _is_letter(after) or after in ("版", "级"):
        return "model"
    if _PROPORTION.search(text[max(0, start - 2) : start]) or (after and after in "∶:"):
        return "label"
    return _spanned(text, start, end)


def _spanned(text: str, start: int, end: int) -> Disposition | None:
    """54-58 behind the name of a road is an address, elsewhere a code."""
    if text[end : end + 1] not in ("-", "—") or not text[end + 1 : end + 2].isdigit():
        return None
    road = lexicon.ending("road_suffixes").search(text[max(0, start - 6) : start])
    return "address" if road else "label"


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def unitless(text: str, found: Candidate) -> Verdict:
    """A number without a counter: persons or money where the words beside it say so."""
    stretch = marks.after(text, found.digits_end, 16, _CLAUSE_OR_DIGIT)
    before = marks.before(text, found.start, 16)
    digits = text[found.digits_start : found.digits_end]
    bare = found._replace(unit=None, end=found.digits_end)
    if digits[-1] in "万亿千百多余几":
        return _noun_counted(text, bare, before, stretch)
    if found.unit is not None and found.unit.dimension == "ratio_to_one":
        return Verdict("observation", found._replace(unit=None))
    other = _plain_number(digits, before, stretch) if found.modifier == "exact" else "observation"
    if other is None:
        other = "observation" if "." in digits or (not stretch and before) else "unknown"
    return Verdict(other, bare)


def _plain_number(digits: str, before: str, stretch: str) -> Disposition | None:
    """What a bare number is by its neighbours: a year, a telephone, a name (世界500强)."""
    if _YEAR.fullmatch(digits):
        return "date"
    if lexicon.pattern("contact_cues").search(before[-6:] + stretch[:10]) and len(digits) > 4:
        return "contact"
    if lexicon.pattern("series_tails").match(stretch):
        return "label"
    if stretch and stretch[0] not in PUNCTUATION and len(digits) > 2 and digits.isdigit():
        return "label"
    if lexicon.pattern("rhetorical_nouns").match(stretch) and len(digits) < 3:
        return "rhetorical"
    return "list_number" if lexicon.ending("numbered_things").search(before) else None


def _noun_counted(text: str, bare: Candidate, before: str, stretch: str) -> Verdict:
    """A round number with a noun in place of a counter: 1200多万纳税人, 8000万资金."""
    if lexicon.pattern("class_marks").match(stretch):
        return Verdict("threshold", bare)
    unit = _noun_unit(before, stretch)
    if text[bare.digits_start] in MAGNITUDES and bare.modifier == "exact":
        return Verdict("label", bare)
    if unit is not None and unit.dimension == "money":
        return bounded_by(text, bare._replace(unit=unit))
    return Verdict("observation", bare._replace(unit=unit))


def _noun_unit(before: str, stretch: str) -> Unit | None:
    """The unit that the nouns beside a bare number imply; the nearest wins."""
    if last := lexicon.ending("person_totals").search(before):
        return _persons(last[0])
    if lexicon.pattern("household_nouns").search(stretch):
        return Unit("", "户", ONE, "count")
    if lexicon.pattern("person_nouns").search(stretch):
        return _persons("")
    money = lexicon.pattern("money_nouns")
    if money.search(before[-10:]) or money.search(stretch):
        return Unit("", "元", ONE, "money")
    total = lexicon.pattern("person_totals").search(before)
    return _persons(total[0]) if total else None


def _persons(head: str) -> Unit:
    return Unit("", "人次" if head.endswith("次") else "人", ONE, "person")


def measured(text: str, found: Candidate) -> Verdict:
    """A number with a unit: an observation, but for denominators, spans of time and bounds."""
    unit = found.unit
    if unit is None:
        return Verdict("unknown", found)
    if text[max(0, found.lead - 1) : found.lead] == "每":
        return Verdict("label", found)
    if unit.surface == "位" and lexicon.pattern("place_words").search(
        marks.before(text, found.start, 16)
    ):
        return Verdict("observation", found._replace(unit=RANK))
    special = _dimensional(text, found, unit)
    return Verdict(special, found) if special else bounded_by(text, found)


def _dimensional(text: str, found: Candidate, unit: Unit) -> Disposition | None:
    """What the dimension of the unit settles: lengths of time, ages, numbers of houses."""
    if unit.dimension == "time":
        return _lasting(text, found)
    if unit.dimension == "age":
        cued = lexicon.pattern("duration_cues").search(marks.before(text, found.start, 16))
        return "observation" if cued else "threshold"
    if unit.dimension == "number":
        return "name"
    if unit.dimension == "ratio" and lexicon.pattern("ratio_labels").match(text, found.end):
        return "label"
    if found.upper is not None and unit.surface in lexicon.words("house_units"):
        return "address"
    return None


def _lasting(text: str, found: Candidate) -> Disposition:
    """A length of time is a result only where the clause measures it: 缩短3天, not 提高的五年."""
    if text[found.start - 1 : found.start] == "的":
        return "duration"
    cued = lexicon.pattern("duration_cues").search(marks.before(text, found.start, 6))
    large = found.value is not None and (
        found.value >= 1000 or found.value != found.value.to_integral_value()
    )
    return "observation" if cued or large else "duration"


def bounded_by(text: str, found: Candidate) -> Verdict:
    """亿元以上项目, 20户以上自然村, 万吨级: the bound of a class, not a figure."""
    unit = found.unit
    if unit is None:
        return Verdict("observation", found)
    tail = text[found.end : found.tail]
    if tail.startswith("及以") or lexicon.pattern("class_marks").match(text, found.end):
        return Verdict("threshold", found)
    heads = lexicon.pattern("class_heads")
    if tail in lexicon.words("class_tails"):
        bound = _is_bound(text, found.tail, unit)
    else:
        bare = unit.dimension in BOUNDED and text[found.digits_start] in MAGNITUDES
        bound = (bare or unit.dimension == "money") and heads.match(text, found.end) is not None
    return Verdict("threshold" if bound else "observation", found)


def _is_bound(text: str, tail: int, unit: Unit) -> bool:
    """Whether a noun that is classed follows N元以上."""
    after = text[tail : tail + 1]
    if not after or after in PUNCTUATION or lexicon.pattern("conjunctions").match(text, tail):
        return False
    if unit.dimension in BOUNDED:
        return True
    classing = unit.dimension == "person" or unit.surface in lexicon.words("class_units")
    noun = tail + 1 if after == "的" else tail
    return classing and lexicon.pattern("class_heads").match(text, noun) is not None
