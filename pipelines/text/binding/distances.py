"""Numbers that tell how far a figure is from another: of a region, of a group, of a plan.

高于全国平均水平0.5个百分点, 快于序时进度2.1个百分点, 超预算1亿元. What changed over time is told
in `changes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding.kinds import MeasureKind
from pipelines.text.binding.measured import (
    CHANGE,
    LINKS,
    Measured,
    MeasureRule,
    View,
    last,
    stripped,
    words,
)
from pipelines.text.grammar.phrases import trimmed
from pipelines.text.grammar.roles import PAUSE, TIME, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import PLACE, Token
from pipelines.text.model import Measure
from pipelines.text.rule import Rule

_NONE: Final[frozenset[Role]] = frozenset()
_BEYOND: Final = "超"
_PLAN: Final = "计划"
# The other of whom the clause before told (高出其4个百分点).
OTHER: Final = "其"


@cache
def _signs() -> dict[str, str]:
    return {fields[0]: fields[1] for fields in lexicon.entries("versus_words")}


@cache
def plans() -> frozenset[str]:
    """Words for a plan that a figure is held to."""
    return words("plan_nouns") | words("plan_names") | words("paces")


def _distance(view: View) -> Measured | None:
    """The distance to another region, to a plan or to another group."""
    return _against(view) or _past_plan(view) or _against_group(view) or _beyond_plan(view)


def _against(view: View) -> Measured | None:
    """高于全国平均水平0.5个百分点, 比序时进度快2个百分点: a region or a plan beside the verb."""
    run, signs = (*view.head, *view.links), _signs()
    if not any(token.text in signs for token in run):
        return None
    for k in range(1, len(run)):
        plan = run[k].text in plans()
        if not plan and (not _names_other(run[k]) or not _of_rates(view)):
            continue
        opens = k - 1
        if run[opens].text == "于" and opens:
            opens -= 1  # 领先|于|全省
        said = [t.text for t in (run[opens], *run[k + 1 :]) if t.text in _signs()]
        if not said or (run[opens].text not in _signs() and run[opens].role != "compare"):
            continue
        if any(t.role in {"up", "down"} and t.text not in _signs() for t in run[k + 1 :]):
            continue  # 超过计划规定的增长8%: what the plan says
        done = plan and view.ratio
        return Measured(
            "completion" if done else "change_amount",
            MeasureKind.VERSUS,
            stripped(run[:opens], CHANGE | LINKS),
            _NONE,
            -1 if _signs()[said[-1]] == "-" else 1,
            "vs_plan" if plan else "vs_region",
            () if done else _others(run, k),
        )
    return None


def _past_plan(view: View) -> Measured | None:
    """超过第一个五年计划所规定的指标17.3%: by what part of it a plan of many words was passed."""
    run = (*view.head, *view.links)
    reach = last(run, "reach") if view.ratio else -1
    if reach < 0 or _signs().get(run[reach].text) != "+":
        return None
    named = run[reach + 1 :]
    era = any(token.role == TIME and token.text.endswith(_PLAN) for token in named)
    ends = next((t.text for t in reversed(named) if t.role not in LINKS), "")
    if any(token.role in CHANGE for token in named) or not (ends in plans() or era):
        return None
    head = stripped(run[:reach], CHANGE | LINKS)
    return Measured("completion", MeasureKind.VERSUS, head, _NONE, 1, "vs_plan")


def _names_other(token: Token) -> bool:
    return token.text in words("areas") or token.tag == PLACE or token.text == OTHER


def _of_rates(view: View) -> bool:
    """Whether it is a difference of rates; amounts are held only to plans."""
    return view.ratio or view.quantity.dimension == "point"


def _others(run: Sequence[Token], first: int) -> Run:
    """The regions that a list of them names: 全国、全省."""
    end = first + 1
    while end + 1 < len(run) and run[end].role in {PAUSE, "conj"}:
        if run[end + 1].text not in words("areas") and run[end + 1].tag != PLACE:
            break
        end += 2
    return tuple(run[first:end])


def _against_group(view: View) -> Measured | None:
    """增速高于城镇居民2.3个百分点, 低于限额3亿元: the distance to another group, or to a bound."""
    for k, token in enumerate(view.head):
        far = token.role == "reach" and token.text in _signs()
        rest = trimmed(view.head[k + 1 :]) if far else ()
        bound = rest and rest[-1].text in words("references")
        if rest and (view.quantity.dimension == "point" or (bound and not view.ratio)):
            sign = -1 if _signs()[token.text] == "-" else 1
            head = stripped(view.head[:k], CHANGE | LINKS)
            basis = "vs_plan" if bound else "vs_region"
            return Measured(
                "change_amount", MeasureKind.VERSUS, head, view.trail, sign, basis, rest
            )
    return None


def _beyond_plan(view: View) -> Measured | None:
    """超预算1亿元, 超年初计划5%: by how much, or by what part of it, a plan was surpassed."""
    if not view.head:
        return None
    end = view.head[-1]
    joined = end.text.startswith(_BEYOND) and end.text.removeprefix(_BEYOND) in plans()
    parted = len(view.head) > 1 and view.head[-2].text == _BEYOND and end.text in plans()
    if not joined and not parted:
        return None
    scope = end.reworded(end.text.removeprefix(_BEYOND))
    head = stripped(view.head[: -1 if joined else -2], CHANGE | LINKS)
    measure: Measure = "completion" if view.ratio else "change_amount"
    whole = () if view.ratio else (scope,)
    return Measured(measure, MeasureKind.VERSUS, head, _NONE, 1, "vs_plan", whole)


RULES: Final[tuple[Rule[MeasureRule], ...]] = (
    Rule(
        kind=MeasureKind.VERSUS,
        says="A number behind a word of distance is how far another region, group or plan is.",
        example=("居民收入增速高于全国平均水平0.7个百分点", "居民收入"),
        counter=("居民收入增长0.7个百分点", "居民收入"),
        find=_distance,
    ),
)
