"""Numbers that tell a change: 同比增长8.33%, 减少6人次, 降幅收窄3.1个百分点, 增加到1076家.

Which sign, which basis, and what it is that changes. What is no change is told in `measures`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding.kinds import MeasureKind
from pipelines.text.binding.measured import (
    CHANGE,
    CHANGE_NOUNS,
    DOWN,
    LINKS,
    Measured,
    MeasureRule,
    View,
    basis_of,
    compared,
    last,
    of_change,
    stripped,
    words,
)
from pipelines.text.grammar.phrases import NOMINAL, trimmed
from pipelines.text.grammar.roles import TIME, VERB
from pipelines.text.grammar.sites import Run
from pipelines.text.model import Measure
from pipelines.text.rule import Rule


def _doubling(view: View) -> Measured | None:
    """翻一番."""
    if view.quantity.dimension != "doubling":
        return None
    basis = basis_of(view.head)
    return Measured(
        "change_rate", MeasureKind.DOUBLING, compared(view.head), view.trail, basis=basis
    )


def _changed(view: View) -> Measured | None:
    """同比增长8.33%, 减少6人次, 降幅收窄3.1个百分点."""
    change = view.change
    if change < 0 or change != len(view.head) - 1 or "to" in view.trail:
        return None
    verb, rest = view.head[change], view.head[:change]
    if (
        verb.text in words("quality_verbs")
        and view.quantity.unit != _PLACE
        and not view.ratio
        and view.quantity.dimension != "point"
    ):
        return None  # 改造提升9.6万亩: a work, not a growth
    sign = -1 if verb.role in DOWN else 1
    basis = basis_of((*rest, verb, *view.links))
    rest = stripped(compared(rest), LINKS)
    if rest and rest[-1].role in CHANGE_NOUNS:  # a change of a change
        sign = -sign if rest[-1].role == "downnoun" else sign
    rest = stripped(_placed(stripped(rest, LINKS | CHANGE)), LINKS | CHANGE)
    ranked = last(rest, "rank")
    if ranked >= 0 and not {VERB, "light"} & {t.role for t in rest[ranked:]}:
        rest = rest[:ranked]  # 稳居全国前十强、增长4.8%
    extra = _carried(verb.text)
    share = last(rest, "share")
    scope = (
        trimmed(tuple(t for t in rest[share + 1 :] if t.role != "sharenoun")) if share > 0 else ()
    )
    if view.quantity.unit == _PLACE:  # 综合考核全省排名提升4位
        rest, scope = _ranked(rest)
    elif scope:  # 占生产总值比重提高2个百分点
        rest = (*rest[:share], *(t for t in rest[share:] if t.role == "sharenoun"))
    return Measured(
        of_change(view), MeasureKind.CHANGE, rest, view.trail, sign, basis, scope=scope, extra=extra
    )


_PLACE: Final = "位"  # the unit of a move in an order


def _ranked(run: Run) -> tuple[Run, Run]:
    """区域创新能力|全国|排名: what moves in an order, and among whom."""
    rest = stripped(run, frozenset({"rank"}))
    rest = rest[:-1] if rest != run and rest and rest[-1].text in words("rank_topics") else rest
    scope = rest[-1:] if rest and rest[-1].text in words("areas") else ()
    return rest[: len(rest) - len(scope)], scope


@cache
def _carriers() -> dict[str, str]:
    return {word: noun for word, _, noun in lexicon.entries("roles") if noun}


def _carried(verb: str) -> str:
    if not verb.endswith(_carrying()):
        return ""
    return next((noun for word, noun in _carriers().items() if verb.endswith(word)), "")


@cache
def _carrying() -> tuple[str, ...]:
    return tuple(_carriers())


def _placed(run: Run) -> Run:
    """The run without a phrase of place or time at its end (…,在五年计划的前三年|增加了)."""
    for k, token in enumerate(run):
        if token.role == "prep" and token.text in words("place_prepositions"):
            inner = {t.role for t in run[k + 1 :]}
            if TIME in inner and inner.isdisjoint({VERB, "light", "locative"}):
                return run[:k]
    return run


def _risen(view: View) -> Measured | None:
    """实现20%以上增长, 5%的增长: the change stands right of the number."""
    right = view.site.right
    right = right[1:] if right[:1] and right[0].role == "de" else right
    if not view.ratio or not right or right[0].role not in CHANGE:
        return None
    alone = len(right) == 1 or right[0].role in CHANGE_NOUNS
    if not alone and right[1].text not in words("aims"):
        return None
    rest = stripped(compared(view.head), LINKS | {"light"})
    sign = -1 if right[0].role in DOWN else 1
    return Measured("change_rate", MeasureKind.RISEN, rest, view.trail, sign, basis_of(view.head))


def _governed(view: View) -> Measured | None:
    """减少租赁费1.19亿元, 压减经费11%: the change verb stands before its object."""
    head = view.head
    change = last(head, "up", "down")
    if change < 0 or "to" in view.trail or head[change].text not in words("governing_changes"):
        return None
    rest = head[change + 1 :]
    roles = {token.role for token in rest}
    # 用于增加住宅的支出: inside a modifier the change only describes
    if roles & {"de", VERB, "light", "share"} or not roles & NOMINAL:
        return None
    sign = -1 if head[change].role == "down" else 1
    doer, extra = compared(head[:change]), _carried(head[change].text)
    return Measured(
        of_change(view), MeasureKind.GOVERNED, rest, view.trail, sign, doer=doer, extra=extra
    )


def _arrived(view: View) -> Measured | None:
    """增加到1076家: the number is where the change arrives, a level."""
    change = view.change
    if "to" not in view.trail or change < 0 or change != len(view.head) - 1:
        return None
    price = view.quantity.dimension == "price"
    measure: Measure = "share" if view.ratio else "price" if price else "level"
    return Measured(measure, MeasureKind.ARRIVED, compared(view.head[:change]), view.trail)


RULES: Final[tuple[Rule[MeasureRule], ...]] = (
    Rule(
        kind=MeasureKind.CHANGE,
        says="A word of change right before a number makes it the amount or rate of the change.",
        example=("税收收入同比增长8.3%", "税收收入"),
        counter=("用工人数减少到380人", "用工人数"),
        find=_changed,
    ),
    Rule(
        kind=MeasureKind.RISEN,
        says="A percentage before a word of change is the rate of the change.",
        example=("税收收入实现15%以上增长", "税收收入"),
        counter=("5%增长企业受益", "增长企业受益"),
        find=_risen,
    ),
    Rule(
        kind=MeasureKind.GOVERNED,
        says="A verb of change that governs a noun makes the number what the noun changed by.",
        example=("减少办公经费46万元", "办公经费"),
        counter=("用于增加岗位的支出4亿元", "增加岗位的支出"),
        find=_governed,
    ),
    Rule(
        kind=MeasureKind.ARRIVED,
        says="A number that a change arrives at is a level.",
        example=("用工人数减少到今年的380人", "用工人数"),
        counter=("用工人数减少380人", "用工人数"),
        find=_arrived,
    ),
)
DOUBLINGS: Final[tuple[Rule[MeasureRule], ...]] = (
    Rule(
        kind=MeasureKind.DOUBLING,
        says="翻一番 is a growth by 100 percent, each further 番 doubles again.",
        example=("规上工业总产值翻一番", "规上工业总产值"),
        counter=("规上工业总产值增长1倍", "规上工业总产值"),
        find=_doubling,
    ),
)
