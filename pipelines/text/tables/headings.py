"""What the heading of a row or column says: a name, a unit, a time, a kind of figure.

Which heading governs which cell is the business of `read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines import lexicon
from pipelines.text.model import Period
from pipelines.text.numbers.scan import scan
from pipelines.text.tables.dates import EDGE, time_in

BRACKET = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_LEAD = re.compile(
    r"^(?:[#＃*·•\-—–]+|其\s*中\s*[:：]?|[按分][^:：]{2,8}[:：]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.,．]|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳])\s*"
)
# The mark of a note below the table: 同比增长① 石塘街道[2]
_NOTED = re.compile(r"\s*(?:[①-⑳]+|[\[【〔]\d{1,2}[\]】〕])$")
_BASE = re.compile(r"[(（][^()（）]*[=＝]\s*100[^()（）]*[)）]")  # 上年同月=100: an index
_SUMMED = "累计"
_OF_MONTH = re.compile("[当本]月")
_COUNT = 2  # characters of a word for an amount alone: 人数, 金额
_PERCENT = re.compile(r"[±+\-]*\s*(?:[%％]|(?P<points>个?百分点))$")
_TIME_GAP = re.compile("(?<=[0-9])[ \u3000]+(?=[年月日季])|(?<=年)[ \u3000]+(?=[0-9])")
_HAN_GAP = re.compile("(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
# 比上年同期, 2023年比2019年: what a change is measured from.
_COMPARED = re.compile(
    r"(?P<end>(?:19|20)\d\d年)?[比较与]"
    r"(?:(?:上年|去年)(?:(?:决算|执行|预算|完成|实际)数?)?|(?:决算|执行|预算)数|前年|上月|上季度?|上期|年初|年中|同期|\d{1,2}(?:[-—–~至]\d{1,2})?月|(?P<start>(?:19|20)\d\d)年(?:\d{1,2}月)?)"
    r"(?:同期数?|同月|同季|[底末初])?(?:(?:决算|执行|预算|完成|实际)数)?(?:相比)?(?P<mean>年均|平均每年)?"
)
_SHARE_OF = re.compile(  # 占税收比重, 占GDP(%)
    "占(?P<of>[^占()]{0,12}?)(?:总量|总额)?(?:的?(?P<word>比重|比例|份额|比)|的)$"
    "|(?<![\\u3400-\\u9fff])占(?P<all>[^占地用()]{1,12})$"
)
_PROPORTION = re.compile("的?(?:比例|比重|百分比|百分数)$")
_SHARE_NAME = re.compile("[^占]{2,}?(占比|比重)$")  # 税收收入占比: a name
_MORE = re.compile("增加额?|减少额?|净增|新增")
_KEPT = frozenset({"plan", "done", "neutral", "total"})  # words that a longer name keeps
KINDS = frozenset({"growth", "fall", "change", "completion", "share", "rank"})  # no amounts
_ONE = Decimal(1)
_PRICED = re.compile(r"(\D+)[/／](\d+\D{1,3})")  # 元/500克


_MARK = "\ue0fe"
_PLANNED = "计划投资"
_NAMES = ("完成投资", _PLANNED)  # names although all of their words are in the table


class Heading(NamedTuple):
    """What a heading says."""

    text: str
    name: str  # what it adds to the name of an indicator, or nothing
    says: frozenset[str]  # kinds of table_words
    units: tuple[str, ...]  # as written
    period: Period | None
    of: str = ""  # what its figures are parts of: 地区生产总值 of 占地区生产总值比重


EMPTY = Heading("", "", frozenset(), (), None)


class UnitOf(NamedTuple):
    """What a unit folds to."""

    unit: str | None
    factor: Decimal
    dimension: str | None
    counter: str


@cache
def _words() -> re.Pattern[str]:
    return re.compile(lexicon.alternation([word for word, _ in lexicon.entries("table_words")]))


@cache
def _says() -> dict[str, str]:
    return dict(lexicon.entries("table_words"))  # type: ignore[arg-type]


@cache
def _ratio() -> re.Pattern[str]:
    """为预算的, 占年度计划: what a figure is a part of, at the end of a heading."""
    parts = [word for word, says in _says().items() if says in ("plan", "done")]
    return re.compile(
        "(?P<verb>为|占|达到?|完成)(?P<ago>上年|去年|前年|(?:19|20)\\d\\d年度?)?(?:同期)?"
        f"(?P<part>(?:{lexicon.alternation(parts)})数?)?的?$"
    )


@cache
def _remarks() -> re.Pattern[str]:
    """A bracket that says how a figure was counted: (不含农户)."""
    return re.compile(
        f"[(（](?:{lexicon.alternation(lexicon.words('remark_openers'))})[^()（）]*[)）]"
    )


@cache
def stubs() -> dict[str, str]:
    """What a column has, by its heading."""
    return dict(lexicon.entries("table_stubs"))  # type: ignore[arg-type]


def stub_kind(text: str) -> str | None:
    """What a column has whose heading this is, if it is a heading over names or notes."""
    plain = re.sub(r"[\s]|[(（][^)）]*[)）]", "", text)
    known = stubs().get(plain)
    return "note" if known is None and plain.endswith(lexicon.affixes("note_endings")) else known


def names_things(text: str) -> bool:
    """Whether a heading is over names of things that figures are about: 签约项目, 参展企业."""
    return BRACKET.sub("", text).strip().endswith(lexicon.affixes("subject_endings"))


@lru_cache(maxsize=4096)
def unit_of(surface: str) -> UnitOf | None:
    """What a unit folds to; None for what is no unit.

    A bare unit is no number: it is read behind a one. 元/500克 is money for so much of a thing.
    """
    surface = surface.strip().replace("％", "%")
    if not surface or surface[0].isdigit():
        return None
    priced = _PRICED.fullmatch(surface)
    if priced is not None:
        money, much = unit_of(priced[1]), scan(priced[2], ())
        if money is None or money.dimension != "money" or len(much) != 1 or not much[0].unit:
            return None
        unit = f"{money.unit}/{priced[2]}"
        return UnitOf(unit, money.factor, "price", unit)
    text = f"1{surface}"
    found = scan(text, ())
    if len(found) != 1:
        return None
    one = found[0]
    if one.start != 0 or one.end != len(text) or one.value is None:
        return None
    return UnitOf(one.unit, one.value, one.dimension, one.counter)


def units_in(text: str) -> tuple[str, ...]:
    """The units of a list of units (亿元、%); nothing where one of them is none."""
    parts = [part for part in re.split(r"[、,，;；\s]+|和", _sign_free(text)) if part]
    if len(parts) == 1 and unit_of(parts[0]) is None:
        parts = [part for part in re.split("[/／]", parts[0]) if part]
    return tuple(parts) if parts and all(unit_of(part) for part in parts) else ()


def _sign_free(text: str) -> str:
    return re.sub(r"^(?:[±+\-]+|1(?=/))", "", text.strip()).replace("％", "%")


def names_plan(text: str) -> bool:
    """Whether a heading names a plan: 完成年度计划."""
    return any(says == "plan" and word in text for word, says in _says().items())


@lru_cache(maxsize=8192)
def read_heading(text: str, default: Period | None) -> Heading:
    """Read a heading.

    Args:
        text: its clean text, without line ends.
        default: the report's period.
    """
    units: list[str] = []

    def take_unit(match: re.Match[str]) -> str:
        found = units_in(match[1])
        units.extend(found)
        return "" if found else match[0]

    text = _NOTED.sub("", _TIME_GAP.sub("", _HAN_GAP.sub("", text.strip())))
    index = _BASE.search(text)
    if index:
        text = (text[: index.start()] + text[index.end() :]).strip()
    body = _LEAD.sub("", _remarks().sub("", BRACKET.sub(take_unit, text)).strip())
    percent = _PERCENT.search(body)
    if percent:
        units.append("百分点" if percent["points"] else "%")
        body = body[: percent.start()]
    says: set[str] = {"growth"} if percent and percent[0].startswith("±") else set()

    def mark(match: re.Match[str]) -> str:
        kind = _says()[match[0]]
        if kind in _KEPT or kind == "word":
            return match[0]
        says.add(kind)
        return _MARK

    whole, share = _whole(body, units), _SHARE_NAME.fullmatch(body)
    part, body = _part(body, units)
    span, body = _compared(body, says)
    if part:
        says.add(part)
        body += _MARK
    period, body = time_in(_words().sub(mark, body), default)
    period = span or period
    name = _name(body, says)
    name = name.replace(_MARK, "").strip(EDGE)
    name = name.removeprefix(_SUMMED) or name
    if share and name and not name.endswith(share[1]):
        name += share[1]
    if "百分点" in units and "growth" in says:
        says = says - {"growth"} | {"change"}
    if index:
        says -= {"growth", "change", "fall"}
        name += "" if name.endswith("指数") else "指数"
    return Heading(text, _planned(name, period), frozenset(says), tuple(units), period, whole)


def _planned(name: str, period: Period | None) -> str:
    """What is planned for a year, by its name: 年度计划投资 of 2024年计划投资."""
    yearly = period is not None and period.start.year == period.end.year
    return f"年度{name}" if yearly and name == _PLANNED else name


def joined(upper: Heading, lower: Heading) -> Heading:
    """Two headings that stand over each other as one: the lower one says more."""
    name = lower.name
    changes = bool(upper.says & {"change", "growth"})
    if changes and len(name) <= _COUNT and name.endswith(lexicon.affixes("count_ends")):
        name = ""  # 人数 below 比上年增减
    if upper.name and name and upper.name != name:
        name = below(upper.name, name)
    says = lower.says if lower.says & KINDS else lower.says | upper.says
    period = lower.period or upper.period
    compared = _COMPARED.search(upper.text)
    if upper.period:
        period = within_row(lower.text, upper.period) or period
    if compared and "均" in lower.text:
        period = _years_between(compared) or period
    units = lower.units or upper.units
    of = lower.of or upper.of
    return Heading(lower.text, name or upper.name, says, units, period, of)


def below(upper: str, name: str) -> str:
    """The name of a heading below another.

    公务用车购置费 below 公务用车购置及运行费 is a whole name, 一般债务 below 政府债务限额 takes the
    end of it.
    """
    same = name[:2] == upper[:2] and name[-1] == upper[-1]
    if same or name.startswith(upper):
        return name
    for start in range(1, len(name) - 1):
        at = upper.find(name[start:])
        if at >= 0:
            return name + upper[at + len(name) - start :]
    return upper if name in upper else upper + name


def within_row(text: str, month: Period) -> Period | None:
    """What 当月 and 累计 are of the month that a row or a heading above names; else None."""
    end = month.end
    if month.start.year != end.year:
        return None
    if _SUMMED in text:
        return Period(date(end.year, 1, 1), end)
    return Period(date(end.year, end.month, 1), end) if _OF_MONTH.search(text) else None


def _whole(body: str, units: Sequence[str]) -> str:
    """What the figures below a heading are parts of, if it says so: 占税收比重, 占GDP(%)."""
    share = _SHARE_OF.search(body)
    if share is None or _ratio().search(_PROPORTION.sub("", body)) is not None:
        return ""
    if share["all"] and not any(unit in ("%", "‰") for unit in units):
        return ""
    return share["all"] or share["of"]


def _part(body: str, units: Sequence[str]) -> tuple[str, str]:
    """Whether a heading says that a figure is a part of what was planned (completion) or was.

    Returns:
        The kind, or nothing; and the heading without what says so.
    """
    share = _SHARE_OF.search(body)
    if _whole(body, units) and share is not None:
        return "share", body[: share.start()]
    match = _ratio().search(_PROPORTION.sub("", body))
    if match is None or not (match["ago"] or match["part"]):
        return "", body
    amount = bool(units) and not all(unit in ("%", "‰") for unit in units)
    planned = bool(match["part"]) and _says().get(match["part"].removesuffix("数")) != "done"
    planned = planned and _says().get(match["part"]) != "done"
    if amount or (match["verb"] == "完成" and not planned):
        return "", body
    return ("completion" if planned and not match["ago"] else "share"), body[: match.start()]


def _compared(body: str, says: set[str]) -> tuple[Period | None, str]:
    """The span of a change that a heading names, and the heading with a mark in its place.

    比上年增长 is one word: the year in it is no time of the figures.
    """
    match = _COMPARED.search(body)
    if match is None:
        return None, body
    more = _MORE.match(body, match.end())
    word = more or _words().match(body, match.end())
    kind = "change" if more else _says()[word[0]] if word is not None else "growth"
    if kind not in ("growth", "fall", "change"):
        word, kind = None, "growth"
    says.add(kind)
    end = word.end() if word is not None else match.end()
    span = _years_between(match) if match["mean"] else None
    kept = "" if span else match["end"] or ""
    return span, body[: match.start()] + kept + _MARK + body[end:]


def _years_between(compared: re.Match[str]) -> Period | None:
    """The span of 2023年比2020年年均; None where it does not name both years."""
    if not (compared["end"] and compared["start"]):
        return None
    first, last = sorted((int(compared["start"]), int(compared["end"][:4])))
    return Period(date(first, 1, 1), date(last, 12, 31))


def _name(body: str, says: set[str]) -> str:
    """What of a heading is a name; adds to `says` what its other words say."""
    rest: list[str] = []
    at = 0
    for match in _words().finditer(body):
        kind = _says()[match[0]]
        rest.append(body[at : match.start()])
        at = match.end()
        if kind != "word":
            says.add(kind)
        if kind == "word" or match[0] in _NAMES:
            rest.append(match[0])
    rest.append(body[at:])
    # A word alone is no name (预算数); in a longer one it stays (计划新增床位).
    return body.strip(EDGE) if "".join(rest).replace(_MARK, "").strip(EDGE) else _MARK
