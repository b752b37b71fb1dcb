"""What a numeral is when it is no quantity: ordinal, name, label, bound, list number, code.

Belongs here: the tests that give a numeral its disposition, from the characters and the words
around it. Does not belong here: reading numbers and units (quantities.py), dates (times.py).
Sources of the rules: ANNOTATION.md, "What is not" and "Settled cases".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines import lexicon, segmenters
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


@dataclass(slots=True)
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


_CLAUSE_END = ",;。:!?\n()"
_PUNCTUATION = frozenset(',;。:!?、\n()“”‘’《》"…—- ▪·')
_LIST_AFTER = re.compile(r"[、.．)]|是(?!指)|要(?!素)|则")
_BRACKETED_DIGITS = re.compile(r"[\[【〔]\d+[\]】〕]")
_BOUNDED = (
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
_RATES = ("multiple", "point", "ratio")
_MAGNITUDES = "百千万亿"
_ONE = Decimal(1)
_RANK = Unit("位", "名", _ONE, "rank")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d|\d:\d\d")
_PROPORTION = re.compile(r"\d[∶:]$")

# A rule sees the text, the candidate, its unit and its digits; it names a disposition or passes.
Rule = Callable[[str, Candidate, Unit, str], Disposition | None]


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
    for token in segmenters.plain().cut(window, False):
        at += len(token)
        borders.add(at)
    return frozenset(borders)


def begins_word(text: str, at: int) -> bool:
    """Whether the character at `at` begins a longer dictionary word (多 of 多数)."""
    return 1 not in _borders(text[at : at + 4])


def is_border(text: str, at: int) -> bool:
    """Whether a dictionary token ends at `at` (指数|百强, not 指|数百)."""
    left = max(0, at - 3)
    return at - left in _borders(text[left : at + 3])


def straddled(text: str, start: int, end: int) -> bool:
    """Whether a dictionary token crosses the start or the end of `start:end` (三农, 统一)."""
    left = max(0, start - 3)
    borders = _borders(text[left : end + 3])
    return start - left not in borders or end - left not in borders


def doubling_start(text: str, start: int) -> int:
    """Where 翻 or 翻了 before N番 begins: it belongs to the quote (翻两番)."""
    for verb in ("翻了", "翻"):
        if text.endswith(verb, 0, start):
            return start - len(verb)
    return start


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
        return (
            unit._replace(unit="立方米", dimension="volume")
            if nouns.search(around)
            else (unit._replace(dimension="area"))
        )
    if unit.dimension == "money":
        return _priced(text, start, unit)
    return unit


_SPAN = "(平方米|平米|立方米|吨|斤|公斤|亩|月|天|小时|度|千瓦时)"
# 每月2400元, 每平方米2.5元; with persons the whole clause is priced (每人每月163元提高到178元).
_PER = re.compile(f"每{_SPAN}$|(?:每[人户生]|人均|户均)每?([月年天])[^,;。:\n每]{{0,22}}$")


def _priced(text: str, start: int, unit: Unit) -> Unit:
    match = _PER.search(text[max(0, start - 28) : start])
    if match is None:
        return unit
    per = "平方米" if match[1] == "平米" else match[1] or match[2]
    return unit._replace(unit=f"{unit.unit}/{per}", dimension="price")


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
        return _arabic(text, found)
    return _chinese(text, found)


def _two_digit(found: Candidate) -> Verdict:
    """两位数增长: growth of ten percent or more."""
    end = found.digits_end + 2
    percent = Unit("", "%", _ONE, "ratio")
    return Verdict(
        "observation",
        found._replace(end=end, tail=end, value=Decimal(10), unit=percent, modifier="over"),
    )


def _is_first_place(text: str, found: Candidate) -> bool:
    """居全国首位 is a rank; 放在首位 and 首位产业 are not."""
    before = _clause_before(text, found.start)
    if found.end < len(text) and text[found.end] not in _PUNCTUATION:
        return False
    if _alternation("first_place_false").search(before):
        return False
    return _alternation("rank_cues").search(before) is not None


def _clause_before(text: str, at: int) -> str:
    """The characters of the clause before `at`, at most 16 of them."""
    stretch = text[max(0, at - 16) : at]
    for index in range(len(stretch) - 1, -1, -1):
        if stretch[index] in _CLAUSE_END:
            return stretch[index + 1 :]
    return stretch


def _numbered(text: str, found: Candidate) -> Verdict:
    """第N: a place in an order where the clause speaks of one, else a number in a series."""
    start, end = found.digits_start - 1, found.digits_end
    if text[end : end + 1] in ("位", "名"):
        end, placed = end + 1, True
    else:
        after = text[end : end + 1]
        placed = not after or after in _PUNCTUATION or after in "的和与并升"
    if placed and found.value and _alternation("rank_cues").search(_clause_before(text, start)):
        rank = _RANK._replace(surface=text[found.digits_end : end])
        return Verdict(
            "observation",
            found._replace(
                start=start, end=end, lead=start, tail=end, unit=rank, upper=None, modifier="exact"
            ),
        )
    bare = found._replace(
        start=start,
        end=found.digits_end,
        lead=start,
        tail=found.digits_end,
        unit=None,
        upper=None,
        modifier="exact",
    )
    document = _alternation("document_words").match(text, found.digits_end)
    return Verdict("document_number" if document else "ordinal", bare)


def _marked(context: Context, found: Candidate) -> Disposition | None:
    """Numerals that the marks around them give away: list numbers, footnotes, quoted labels."""
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
    if after == ")":
        return before == "("
    return before in "\n "


def _is_label(text: str, found: Candidate, quoted: tuple[int, int]) -> bool:
    start, close = quoted
    if text[start] in "《〈" or close - start - 2 <= _LABEL_LENGTH:
        return True
    return not text[found.digits_start].isdigit() and found.digits_end - found.digits_start == 1


def _arabic(text: str, found: Candidate) -> Verdict:
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
        return _unitless(text, found)
    return _measured(text, found)


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
    if _alternation("document_words").match(text, end):
        return "document_number"
    after = text[end + 1 : end + 2]
    return "address" if after in ("楼", "院", "门") or after in _PUNCTUATION else "name"


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
    road = _ending("road_suffixes").search(text[max(0, start - 6) : start])
    return "address" if road else "label"


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _unitless(text: str, found: Candidate) -> Verdict:
    """A number without a counter: persons or money where the words beside it say so."""
    after = text[found.digits_end : found.digits_end + 16]
    stretch = re.split("[,;。:!?\n(\\d]", after, maxsplit=1)[0]
    before = _clause_before(text, found.start)
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
    if _alternation("contact_cues").search(before[-6:] + stretch[:10]) and len(digits) > 4:
        return "contact"
    if _alternation("series_tails").match(stretch):
        return "label"
    if stretch and stretch[0] not in _PUNCTUATION and len(digits) > 2 and digits.isdigit():
        return "label"
    if _alternation("rhetorical_nouns").match(stretch) and len(digits) < 3:
        return "rhetorical"
    return "list_number" if _ending("numbered_things").search(before) else None


def _noun_counted(text: str, bare: Candidate, before: str, stretch: str) -> Verdict:
    """A round number with a noun in place of a counter: 1200多万纳税人, 8000万资金."""
    if _alternation("class_marks").match(stretch):
        return Verdict("threshold", bare)
    unit = _noun_unit(before, stretch)
    if text[bare.digits_start] in _MAGNITUDES and bare.modifier == "exact":
        return Verdict("label", bare)
    if unit is not None and unit.dimension == "money":
        return _bounded(text, bare._replace(unit=unit))
    return Verdict("observation", bare._replace(unit=unit))


def _noun_unit(before: str, stretch: str) -> Unit | None:
    """The unit that the nouns beside a bare number imply; the nearest wins."""
    if last := _ending("person_totals").search(before):
        return _persons(last[0])
    if _alternation("household_nouns").search(stretch):
        return Unit("", "户", _ONE, "count")
    if _alternation("person_nouns").search(stretch):
        return _persons("")
    money = _alternation("money_nouns")
    if money.search(before[-10:]) or money.search(stretch):
        return Unit("", "元", _ONE, "money")
    total = _alternation("person_totals").search(before)
    return _persons(total[0]) if total else None


def _persons(head: str) -> Unit:
    return Unit("", "人次" if head.endswith("次") else "人", _ONE, "person")


def _measured(text: str, found: Candidate) -> Verdict:
    """A number with a unit: an observation, but for denominators, spans of time and bounds."""
    unit = found.unit
    if unit is None:
        return Verdict("unknown", found)
    if text[max(0, found.lead - 1) : found.lead] == "每":
        return Verdict("label", found)
    if unit.surface == "位" and _alternation("place_words").search(
        _clause_before(text, found.start)
    ):
        return Verdict("observation", found._replace(unit=_RANK))
    special = _dimensional(text, found, unit)
    return Verdict(special, found) if special else _bounded(text, found)


def _dimensional(text: str, found: Candidate, unit: Unit) -> Disposition | None:
    """What the dimension of the unit settles: lengths of time, ages, numbers of houses."""
    if unit.dimension == "time":
        return _lasting(text, found)
    if unit.dimension == "age":
        cued = _alternation("duration_cues").search(_clause_before(text, found.start))
        return "observation" if cued else "threshold"
    if unit.dimension == "number":
        return "name"
    if unit.dimension == "ratio" and _alternation("ratio_labels").match(text, found.end):
        return "label"
    if found.upper is not None and unit.surface in lexicon.words("house_units"):
        return "address"
    return None


def _lasting(text: str, found: Candidate) -> Disposition:
    """A length of time is a result only where the clause measures it: 缩短3天, not 提高的五年."""
    if text[found.start - 1 : found.start] == "的":
        return "duration"
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
    if tail.startswith("及以") or _alternation("class_marks").match(text, found.end):
        return Verdict("threshold", found)
    heads = _alternation("class_heads")
    if tail in lexicon.words("class_tails"):
        bound = _is_bound(text, found.tail, unit)
    else:
        bare = unit.dimension in _BOUNDED and text[found.digits_start] in _MAGNITUDES
        bound = (bare or unit.dimension == "money") and heads.match(text, found.end) is not None
    return Verdict("threshold" if bound else "observation", found)


def _is_bound(text: str, tail: int, unit: Unit) -> bool:
    """Whether a noun that is classed follows N元以上."""
    after = text[tail : tail + 1]
    if not after or after in _PUNCTUATION or _alternation("conjunctions").match(text, tail):
        return False
    if unit.dimension in _BOUNDED:
        return True
    classing = unit.dimension == "person" or unit.surface in lexicon.words("class_units")
    noun = tail + 1 if after == "的" else tail
    return classing and _alternation("class_heads").match(text, noun) is not None


def _chinese(text: str, found: Candidate) -> Verdict:
    """Numerals in Chinese digits: words and names first, then quantities."""
    digits = text[found.digits_start : found.digits_end]
    unit = found.unit
    if found.shape in ("share", "half"):
        return Verdict("observation", found)
    if unit is None or not unit.surface:
        return _chinese_unitless(text, found, digits)
    for rule in _CHINESE_RULES:
        disposition = rule(text, found, unit, digits)
        if disposition is not None:
            denied = disposition == "observation" and digits == "一" and _is_denied(text, found)
            return Verdict(disposition, found._replace(value=Decimal(0)) if denied else found)
    return _measured(text, found)


def _doubled(_text: str, found: Candidate, unit: Unit, _: str) -> Disposition | None:
    """翻两番; 一番 alone is an idiom."""
    if unit.dimension != "doubling":
        return None
    return "observation" if found.start < found.digits_start else "idiom"


def _worded(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """A dictionary word crosses the borders of the quantity (三农, 统一个)."""
    if text[found.start : found.end] in lexicon.words("fixed_counts"):
        return "idiom"
    if len(digits) == 1 and unit.dimension == "place":
        return "name"  # 九市, 两村 stand for places that the reader knows
    if len(digits) > 2 or unit.dimension in _RATES:
        return None
    crossed = straddled(text, min(found.lead, found.start), found.end)
    return ("idiom" if digits == "一" else "name") if crossed else None


def _article(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """一 with a counter is an article (一个重要举措), unless it measures or is denied."""
    if digits != "一" or found.modifier != "exact":
        return None
    if _is_denied(text, found):
        return "observation"
    if unit.dimension in _RATES:
        return "observation"
    if unit.dimension == "time":
        return "duration"
    measures = unit.dimension in _BOUNDED and unit.surface not in lexicon.words("article_units")
    return None if measures else "idiom"


def _is_denied(text: str, found: Candidate) -> bool:
    """未发生一起: none of it happened."""
    return _ending("negations").search(_clause_before(text, found.start)[-4:]) is not None


def _figurative(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """百家, 万户, 千亩 are figures of speech; 百余条, 近百个, 千名 and 亿元 count."""
    if digits[0] not in _MAGNITUDES or found.modifier != "exact":
        return None
    if unit.dimension == "money":
        return "label" if digits == "万" else None  # 万元产值能耗: the base of a rate
    if unit.dimension == "person" and not text.endswith("每", 0, found.start):
        return None
    return "label"


def _serial(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """一期工程, 十二届, 二次供水, 党的二十大: numbers in a series (a count would say 两)."""
    if digits == "二" and unit.dimension == "count":
        return "ordinal"
    if unit.surface in lexicon.words("series_units"):
        return "ordinal"
    before = text[max(0, found.start - 2) : found.start]
    if unit.surface == "次" and (
        before.endswith("届")
        or (before.endswith(("大", "、")) and _alternation("session_words").match(text, found.end))
    ):
        return "ordinal"
    if unit.dimension == "group" and (len(digits) > 1 or before in lexicon.words("congresses")):
        return "ordinal"
    return None


def _rhetorical(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """三个坚持, 五方面工作, 这两个时期: grouping of talk, not a count of things."""
    if len(digits) != 1:
        return None
    if _ending("determiners").search(text[max(0, found.start - 2) : found.start]):
        return "rhetorical"
    after = re.split("[,;。:!?、\n(]", text[found.end : found.end + 8], maxsplit=1)[0]
    plain = _attributes().sub("", after)
    nouns = _alternation("rhetorical_nouns")
    if unit.dimension == "group":
        named = nouns.search(after) is not None
    else:
        named = nouns.match(after) is not None or nouns.match(plain) is not None
    said = after[:1] in ("“", "‘", '"') or (after and not plain) or named
    return "rhetorical" if said else None


def _old_mile(text: str, found: Candidate, unit: Unit, _: str) -> Disposition | None:
    """三里 before a noun is a name (三里亭): a distance stands at the end of its phrase."""
    if unit.surface != "里":
        return None
    after = text[found.end : found.end + 1]
    return None if not after or after in _PUNCTUATION or after in "长地路的以多余左" else "name"


_CHINESE_RULES: tuple[Rule, ...] = (
    _doubled,
    _worded,
    _article,
    _figurative,
    _serial,
    _rhetorical,
    _old_mile,
)


def _chinese_unitless(text: str, found: Candidate, digits: str) -> Verdict:
    bare = found._replace(end=found.digits_end, unit=None)
    if digits in ("一", "零"):
        return Verdict("idiom", bare)
    if len(digits) > 1 and text[found.digits_end : found.digits_end + 1] in ("大", "届"):
        return Verdict("ordinal", bare)
    rounded = digits.rstrip("余多来几")[-1:] in _MAGNITUDES and len(digits) > 1
    led = digits[0] in _MAGNITUDES and found.lead < found.start
    if (rounded and found.value) or (led and not straddled(text, found.lead, bare.end)):
        return _unitless(text, found)
    return Verdict("name", bare)


@cache
def _attributes() -> re.Pattern[str]:
    return re.compile(f"^(?:{lexicon.alternation(lexicon.words('talk_attributes'))})+的?")
