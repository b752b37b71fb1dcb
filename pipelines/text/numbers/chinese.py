"""What numerals in Chinese digits are: words, articles, figures of speech, else quantities.

Chinese writes many words with numerals in them (三农, 统一, 一个重要举措, 千家万户); the rules here
tell them from numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.model import Disposition
from pipelines.text.numbers.arabic import measured
from pipelines.text.numbers.around import PUNCTUATION, is_border, outreached, straddled
from pipelines.text.numbers.bare import unitless
from pipelines.text.numbers.bounds import BOUNDED, MAGNITUDES, is_bare
from pipelines.text.numbers.candidates import Candidate, Verdict
from pipelines.text.numbers.units import Unit
from pipelines.text.rule import Rule, order

_PLACE_BEHIND = re.compile("(?:街道|社区|场街|[镇乡路桥巷区县山湖坪坝沟湾寨庄塘岭坡])")
_NAMED_YEAR = re.compile("[零〇○一二三四五六七八九]{3,4}")
_N = "[一二两三四五六七八九]"
_SAYINGS = re.compile(
    f"{_N}升{_N}降|{_N}降{_N}升|(?<![0-9一二三四五六七八九十点角元第]){_N}分(?=[^\\W\\d])(?![之钱钟])"
)
_FIRSTS = re.compile("(?:全[国省市区县州]|世界|全球)?(?:第一|唯一)")
_RATES = ("multiple", "point", "ratio")
# A rule sees the text, the candidate, its unit and its digits; it names a disposition or passes.
WordRule = Callable[[str, Candidate, Unit, str], Disposition | None]


class WordKind(Enum):
    """Why a numeral in Chinese digits is a word or a name, though a unit seems to follow."""

    DOUBLED = "doubled"
    WORDED = "worded"
    ARTICLE = "article"
    FIGURATIVE = "figurative"
    SERIAL = "serial"
    RHETORICAL = "rhetorical"
    OLD_MILE = "old mile"


def chinese(text: str, found: Candidate) -> Verdict:
    """Numerals in Chinese digits: words and names first, then quantities."""
    digits = text[found.digits_start : found.digits_end]
    unit = found.unit
    if found.shape in ("share", "half", "doubled"):
        return Verdict("observation", found)
    if unit is None or not unit.surface:
        return _chinese_unitless(text, found, digits)
    if unit.surface == "年" and len(digits) > 2 and _NAMED_YEAR.fullmatch(digits):
        return Verdict("date", found)  # 一七四二年
    for find in _ORDER:
        disposition = find(text, found, unit, digits)
        if disposition is not None:
            denied = disposition == "observation" and digits == "一" and _is_denied(text, found)
            return Verdict(disposition, replace(found, value=Decimal(0)) if denied else found)
    return measured(text, found)


def _doubled(_text: str, found: Candidate, unit: Unit, _: str) -> Disposition | None:
    """翻两番; 一番 alone is an idiom."""
    if unit.dimension != "doubling":
        return None
    return "observation" if found.start < found.digits_start else "idiom"


def _worded(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """A dictionary word crosses the borders of the quantity (三农, 统一个)."""
    if text[found.start : found.end] in lexicon.words("fixed_counts"):
        return "idiom"
    if unit.surface in "升降分" and _SAYINGS.search(text, max(0, found.start - 2), found.end + 3):
        return "idiom"  # 两升一降, 九分落实
    if len(digits) == 1 and _is_place(text, found, unit):
        return "name"
    if len(digits) > 2 or unit.dimension in _RATES:
        return None
    if digits[0] in MAGNITUDES and found.lead < found.start:
        crossed = not is_border(text, found.end)  # 占地约百亩: 约 is the modifier
    else:
        begins = min(found.lead, found.start)
        crossed = straddled(text, begins, found.end)
        if crossed and is_border(text, begins):
            crossed = not outreached(text, begins, found.end)
    return ("idiom" if digits == "一" else "name") if crossed else None


def _is_place(text: str, found: Candidate, unit: Unit) -> bool:
    """九市 and 两村 are places that the reader knows; 三门核电, 五角街道, 四平 are names."""
    if unit.dimension == "place" or unit.surface == "平":
        return True
    if unit.surface == "门":
        return not _is_by_gate(text, found.end)
    return unit.dimension == "money" and _PLACE_BEHIND.match(text, found.end) is not None


def _is_by_gate(text: str, end: int) -> bool:
    """Whether what follows 三门 is counted so: courses, guns, telephones."""
    after = text[end : end + 1]
    nouns = lexicon.pattern("gate_nouns")
    return not after or after in PUNCTUATION or nouns.search(text[end : end + 6]) is not None


def _article(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """一 with a counter is an article (一个重要举措), unless it measures or is denied."""
    if digits != "一":
        return None
    if found.modifier != "exact":
        least = text[found.lead : found.start].startswith(lexicon.affixes("least_words"))
        return "idiom" if least and unit.dimension in ("count", "person") else None
    if _is_denied(text, found):
        return "observation"
    if unit.dimension in _RATES:
        return "observation"
    if unit.dimension == "time":
        return "duration"
    measured = unit.dimension == "price" or unit.dimension in BOUNDED
    article = unit.surface in lexicon.words("article_units")
    return None if measured and not article else "idiom"


def _is_denied(text: str, found: Candidate) -> bool:
    """未发生一起: none of it happened."""
    return lexicon.ending("negations").search(marks.before(text, found.start, 4)) is not None


def _figurative(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """百家, 万户, 千亩 are figures of speech; 百余条, 近百个, 千名 and 亿元 count."""
    if unit.dimension == "group" and digits == "十":
        ranked = lexicon.ending("award_words").search(text[max(0, found.start - 4) : found.start])
        return "label" if ranked else None  # 入选全国十大考古新发现
    if found.modifier != "exact" or not is_bare(text, found):
        return None
    if text.endswith(lexicon.affixes("step_verbs"), 0, found.start):
        return None
    if unit.dimension == "money":
        return "label"  # 亿元产业, (亿元), 万元产值能耗: a class, a caption, the base of a rate
    after = text[found.end : found.end + 1]
    if unit.dimension == "person" and not text.endswith("每", 0, found.start):
        # 动员千名商户 counts; 万人发明专利拥有量 is 每万人.
        return None if unit.surface != "人" or not after or after in PUNCTUATION else "label"
    return "label"


def _serial(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """一期工程, 十二届, 二次供水, 党的二十大: numbers in a series (a count would say 两)."""
    if digits == "二" and (unit.dimension == "count" or _is_dual(text, found, unit)):
        return "ordinal"
    if unit.surface in lexicon.words("series_units"):
        return "ordinal"
    before = text[max(0, found.start - 2) : found.start]
    if unit.surface == "次" and (
        (
            before.endswith(("届", "委", "协", "央"))
            and lexicon.pattern("session_words").match(text, found.end)
        )
        or before.endswith("届")
        or (
            before.endswith(("大", "、"))
            and lexicon.pattern("session_words").match(text, found.end)
        )
    ):
        return "ordinal"
    if unit.dimension == "group" and (len(digits) > 1 or before in lexicon.words("congresses")):
        return "ordinal"
    return None


def _is_dual(text: str, found: Candidate, unit: Unit) -> bool:
    """城乡二元结构: of money one would say 两元."""
    after = text[found.end : found.end + 1]
    return unit.surface == "元" and after != "" and after not in PUNCTUATION


def _rhetorical(text: str, found: Candidate, unit: Unit, digits: str) -> Disposition | None:
    """三个坚持, 五方面工作, 这两个时期: grouping of talk, not a count of things."""
    if len(digits) != 1:
        return None
    if lexicon.ending("determiners").search(text[max(0, found.start - 2) : found.start]):
        return "rhetorical"
    after = marks.after(text, found.end, 8, marks.CLAUSE + marks.PAUSE)
    plain = _attributes().sub("", after)
    nouns = lexicon.pattern("rhetorical_nouns")
    if unit.dimension == "group":
        named = nouns.search(after) is not None
    else:
        named = nouns.match(after) is not None or nouns.match(plain) is not None
    if unit.dimension == "count" and _FIRSTS.match(after):
        return "rhetorical"  # 十个全国第一
    said = after[:1] in ("“", "‘", '"') or (after and not plain) or named
    return "rhetorical" if said else None


def _old_mile(text: str, found: Candidate, unit: Unit, _: str) -> Disposition | None:
    """三里 before a noun is a name (三里亭): a distance stands at the end of its phrase."""
    if unit.surface != "里":
        return None
    after = text[found.end : found.end + 1]
    return None if not after or after in PUNCTUATION or after in "长地路的以多余左" else "name"


# In this order: an article may also be rhetorical, a word of the dictionary too.
RULES: Final[tuple[Rule[WordRule], ...]] = (
    Rule(
        kind=WordKind.DOUBLED,
        says="翻 with a number of 番 is a growth; without 翻 it is an idiom.",
        example=("规上工业总产值翻两番", "observation"),
        counter=("规上工业总产值增长两倍", "observation"),
        find=_doubled,
    ),
    Rule(
        kind=WordKind.WORDED,
        says="A word that the dictionary knows is no number, whatever numerals are in it.",
        example=("任务十分繁重", "idiom"),
        counter=("提高两成", "observation"),
        find=_worded,
    ),
    Rule(
        kind=WordKind.ARTICLE,
        says="一 with a counter is an article, unless it measures something or is denied.",
        example=("这是一项重要任务", "idiom"),
        counter=("修建道路一公里", "observation"),
        find=_article,
    ),
    Rule(
        kind=WordKind.FIGURATIVE,
        says="A bare magnitude before a counter is a figure of speech.",
        example=("百家企业进社区", "label"),
        counter=("服务百余家企业", "observation"),
        find=_figurative,
    ),
    Rule(
        kind=WordKind.SERIAL,
        says="Numerals count off a series where a count would say 两, or before words of series.",
        example=("二次供水工程", "ordinal"),
        counter=("开展两次巡查", "observation"),
        find=_serial,
    ),
    Rule(
        kind=WordKind.RHETORICAL,
        says="A digit before a noun of talk groups what is said; it counts no things.",
        example=("做到三个坚持", "rhetorical"),
        counter=("建设三个项目", "observation"),
        find=_rhetorical,
    ),
    Rule(
        kind=WordKind.OLD_MILE,
        says="里 before a noun is part of a name; a distance ends its phrase.",
        example=("利用三里亭地块", "name"),
        counter=("修建道路三里", "observation"),
        find=_old_mile,
    ),
)
_ORDER: Final = order(*RULES)


def _chinese_unitless(text: str, found: Candidate, digits: str) -> Verdict:
    bare = found.bare()
    if digits in ("一", "零"):
        return Verdict("idiom", bare)
    numbered = len(digits) > 1 and digits[-1] not in "百千万亿"  # 百亿大关 is a figure
    if numbered and text[found.digits_end : found.digits_end + 1] in ("大", "届"):
        return Verdict("ordinal", bare)
    rounded = digits.rstrip("余多来几")[-1:] in MAGNITUDES and len(digits) > 1
    led = digits[0] in MAGNITUDES and found.lead < found.start
    if (rounded and found.value) or (led and not straddled(text, found.lead, bare.end)):
        return unitless(text, found)
    return Verdict("name", bare)


@cache
def _attributes() -> re.Pattern[str]:
    return re.compile(f"^(?:{lexicon.alternation(lexicon.words('talk_attributes'))})+的?")
