"""What numerals in Arabic digits are: codes, addresses, bounds, names, else quantities.

Numerals in Chinese digits that turn out to be numbers are judged here too, by their units.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.model import Disposition
from pipelines.text.numbers.around import PUNCTUATION, is_border
from pipelines.text.numbers.bare import unitless
from pipelines.text.numbers.bounds import bounded_by
from pipelines.text.numbers.candidates import Candidate, Verdict
from pipelines.text.numbers.units import ONE, Unit, percent

RANK = Unit("位", "名", ONE, "rank")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_CLOCK = re.compile(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d|(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)|\d:\d\d")
_PROPORTION = re.compile(r"\d[∶:]$")
_MADE_FOR = re.compile("制(?![造定作成度止约服售品剂])")  # 3人制, 三班制
_CHANGED_TO = re.compile("(?:缩短|压缩|压减|减少|延长|提高|提升|增加|降低|缩减|精简)[至到为]")
_DIFFERS = re.compile(
    "[比较][^,。;]{1,14}(?:多|少|增加|减少|延长|缩短|提前|推迟)了?$"
)  # 比上年多21天
_TALK = ("方面", "工作", "任务", "问题", "关系")
_COLONS = ("∶", ":")
_THIRDS = re.compile(r"(?<![\d.∶:])(\d+(?:\.\d+)?)([∶:])(\d+(?:\.\d+)?)\2(\d+(?:\.\d+)?)(?![∶:\d])")
_TIMES = ("×", "*", "✕", "╳")
_TIMES_BEFORE = re.compile(r"[×*✕╳].?$|\d[xX]$")
_SIGNED = re.compile(r"[×*✕╳+A-Za-z]")
_X_BEHIND = re.compile(r"[xX]\d")
_MODEL_BEFORE = re.compile(r"(?<![A-Za-z])[A-Za-z](?:\d+\+)?$")
_DAMAGED = re.compile(r"(?:19|20)\d\d(?:1[0-2]|[1-9])")
_TELEPHONE = re.compile(r"\d{3,4}-$")
_LONGEST_CALL = 11  # digits of a number that one can call


def arabic(text: str, found: Candidate) -> Verdict:
    """Numerals in Arabic digits: codes, addresses and bounds, else quantities."""
    unit = found.unit
    counted = unit is not None and (unit.unit is not None or unit.dimension == "ratio_to_one")
    if not counted and _is_third(text, found):
        return Verdict("observation", replace(found, end=found.digits_end, unit=percent()))
    code = _numbered_thing(text, found)
    if code is None and not counted:
        code = _code(text, found)
    if code is not None:
        whole = code in ("address", "name") or text.startswith("千", found.digits_end)
        return Verdict(code, found if whole else replace(found, end=found.digits_end))
    if unit is None or not unit.surface:
        return unitless(text, found)
    return measured(text, found)


def _is_third(text: str, found: Candidate) -> bool:
    """8.3∶41.4∶50.3: three shares that make a hundred, also where it looks like a time of day."""
    start, end = found.digits_start, found.digits_end
    if text[start - 1 : start] not in _COLONS and text[end : end + 1] not in _COLONS:
        return False
    for match in _THIRDS.finditer(text, max(0, start - 16), end + 16):
        if match.start() <= start and end <= match.end():
            total = Decimal(match[1]) + Decimal(match[3]) + Decimal(match[4])
            return 99 < total < 101
    return False


def _numbered_thing(text: str, found: Candidate) -> Disposition | None:
    """Numbers of houses, documents and models, also where a unit seems to follow."""
    start, end = found.digits_start, found.digits_end
    if text[end : end + 1] == "号":
        return _house(text, end)
    if text[start - 1 : start] in ("M", "_") and text[start - 2 : start] in ("PM", "M_"):
        return "model"
    if found.unit is not None and found.unit.dimension == "voltage":
        return "model"
    if _SIGNED.search(text, max(0, start - 2), found.end + 1):
        if _is_dimension(text, found):
            return "label"
        if _MODEL_BEFORE.search(text, max(0, start - 7), start):
            return "model"  # C919大飞机, N95口罩, D5123次列车, K125+300处
    return _in_name(text, found)


def _in_name(text: str, found: Candidate) -> Disposition | None:
    """Years before a verb, and telephones: 2025回望, 0571-87654321."""
    start, end = found.digits_start, found.digits_end
    if end - start < 4:
        return None
    digits = text[start:end]
    if len(digits) == 4 and found.unit is not None and _YEAR.fullmatch(digits):
        return None if is_border(text, found.end) else "date"
    if _DAMAGED.fullmatch(digits) and text.startswith("月", end):
        return "date"  # 20211月
    if 6 < len(digits) <= _LONGEST_CALL and _TELEPHONE.search(text, max(0, start - 5), start):
        return "contact"
    return None


def _is_dimension(text: str, found: Candidate) -> bool:
    """120×80米, 4×100米接力, 长3米×宽2米: measures of one thing, or its name."""
    start, end = found.digits_start, found.digits_end
    return (
        text[end : end + 1] in _TIMES
        or text[found.end : found.end + 1] in _TIMES
        or _TIMES_BEFORE.search(text, max(0, start - 2), start) is not None
        or _X_BEHIND.match(text, end) is not None
    )


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


def measured(text: str, found: Candidate) -> Verdict:
    """A number with a unit: an observation, but for denominators, spans of time and bounds."""
    unit = found.unit
    if unit is None:
        return Verdict("unknown", found)
    if text[max(0, found.lead - 1) : found.lead] == "每":
        return Verdict("label", found)
    if _MADE_FOR.match(text, found.end):
        return Verdict("label", found)
    if unit.surface in ("个", "项", "大", "点") and _announces(text, found):
        return Verdict("rhetorical", found)
    if unit.surface == "位" and _is_place(marks.before(text, found.start, 16)):
        return Verdict("observation", replace(found, unit=RANK))
    special = _dimensional(text, found, unit)
    return Verdict(special, found) if special else bounded_by(text, found)


def _is_place(before: str) -> bool:
    """Whether 位 counts a place: 排名全市4位; 排名提升4位 is how far it moved."""
    said = lexicon.pattern("place_words").search(before) is not None
    return said and lexicon.ending("moves").search(before) is None


def _announces(text: str, found: Candidate) -> bool:
    """把握好5个方面: the list of what is to be said follows; 实施5个工程,投资… counts."""
    talk = lexicon.pattern("rhetorical_nouns").match(text, found.end)
    if talk is None or found.value is None or found.value > 20:
        return False
    at = talk.end() + 2 if text.startswith(("工作", "任务"), talk.end()) else talk.end()
    return talk[0] == "方面" or (text[at : at + 1] in (":", "。") and text[at - 2 : at] in _TALK)


def _dimensional(text: str, found: Candidate, unit: Unit) -> Disposition | None:
    """What the dimension of the unit settles: lengths of time, ages, numbers of houses."""
    if unit.dimension == "time":
        return _lasting(text, found)
    if unit.dimension == "age":
        cued = lexicon.pattern("duration_cues").search(marks.before(text, found.start, 16))
        return "observation" if cued else "threshold"
    if unit.dimension == "number":
        return "name"
    if unit.dimension in ("ratio", "length") or unit.surface == "班":
        names = "school_kinds" if unit.surface == "班" else "ratio_labels"
        if lexicon.pattern(names).match(text, found.end):
            return "label"
    if found.upper is not None and unit.surface in lexicon.words("house_units"):
        return "address"
    return None


def _lasting(text: str, found: Candidate) -> Disposition:
    """A length of time is a result only where the clause measures it: 缩短3天, not 提高的五年.

    连续6年稳定在325天以上 says in how many years, and what was measured in days. A policy that is
    再延长三十年 measures nothing.
    """
    before = marks.before(text, found.start, 16)
    if before.endswith(("连续", "再延长")):
        return "duration"
    if _CHANGED_TO.match(text, found.end) or _DIFFERS.search(before):
        return "observation"  # 由4小时缩短至2.5小时
    if found.value is not None and found.value != found.value.to_integral_value():
        return "observation"
    if text[found.start - 1 : found.start] == "的":
        return "duration"
    cued = lexicon.pattern("duration_cues").search(before[-6:])
    if found.unit is not None and found.unit.unit == "天":
        cued = cued or re.search("天数", before)
    large = found.value is not None and found.value >= 1000
    return "observation" if cued or large else "duration"
