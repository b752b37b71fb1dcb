"""The measure of a number from the words that touch it: level, change, share, rank or price.

Reads the left run of a site from its right edge, by rules of which the first that fits decides.
Says nothing about indicators.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import changes, distances
from pipelines.text.binding.kinds import MeasureKind
from pipelines.text.binding.measured import (
    CHANGE,
    CHANGE_NOUNS,
    DOWN,
    LINKS,
    Measured,
    MeasureRule,
    View,
    compared,
    is_plan,
    last,
    stripped,
    view_of,
    words,
)
from pipelines.text.binding.nouns import attribute_endings
from pipelines.text.grammar.phrases import NOMINAL, trimmed
from pipelines.text.grammar.roles import BOTH, NOUN, TIME, VERB, Role
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.grammar.tokens import Token
from pipelines.text.model import Quantity
from pipelines.text.rule import Rule, order


def read(site: Site, quantity: Quantity) -> Measured:
    """Measure of the quantity at `site`."""
    view = view_of(site, quantity)
    for find in _ORDER:
        measured = find(view)
        if measured is not None:
            measured.scope = measured.scope or view.whole
            return measured
    return _level(view)


def against_plan(site: Site) -> tuple[Measured, Measured]:
    """What a plan's amount and the part of it that is done say: 占年初预算2000万元的45%.

    Both are of the thing that is named before the plan, or before it in the sentence.
    """
    left = site.left
    told = last(left, "share", "light")
    if told < 0:
        plans = words("plan_nouns") | words("plan_names")
        told = len(left)
        while told and (left[told - 1].text in plans or left[told - 1].role in LINKS):
            told -= 1
    head, none = stripped(left[:told], LINKS), frozenset[Role]()
    return (
        Measured("level", MeasureKind.AGAINST_PLAN, head, none),
        Measured("completion", MeasureKind.AGAINST_PLAN, head, none),
    )


def _level(view: View) -> Measured:
    """新增停车位120个: a number that no word makes anything else."""
    return Measured(
        "level", MeasureKind.LEVEL, compared(view.head), view.trail, basis=_summed(view)
    )


def _summed(view: View) -> str | None:
    """Whether a level is the sum of its period (累计) or the average of its years (年均)."""
    said = {token.text for token in (*view.head, *view.links)}
    if said & words("yearly_words"):
        return "yearly"
    return "cumulative" if said & words("sum_words") else None


def _rank(view: View) -> Measured | None:
    """增速全区第6, 居长江经济带第2位."""
    if view.quantity.dimension != "rank":
        return None
    areas, head = words("areas"), view.head
    place = last(head, "rank")
    scope: list[Token] = []
    if place >= 0:
        # what stands between the verb and the place is the population
        kept = trimmed(head[place + 1 :])
        named = [t for t in head[place + 1 :] if t in kept or t.text == _EACH]
        scope = [token for token in named if token.role != "light"] if kept else []
    rest = list(head[:place] if place >= 0 else head)
    while rest and (rest[-1].role in {"rank", "light"} | LINKS or rest[-1].text in areas):
        token = rest.pop()
        if token.text in areas:
            scope.insert(0, token)
    growth = False
    while rest and (rest[-1].role in CHANGE or rest[-1].text in words("rank_topics")):
        growth = rest.pop().role in CHANGE or growth
    basis = "growth" if growth else "level"
    return Measured(
        "rank", MeasureKind.RANK, tuple(rest), view.trail, basis=basis, scope=tuple(scope)
    )


_EACH: Final = "各"  # 居各园区首位: silent in a name, not in a population


def _share(view: View) -> Measured | None:
    """占全区36%, 占永久基本农田比例达到66.25%."""
    head = view.head
    if view.ratio and len(head) > 1 and head[-1].text in words("relation_nouns"):
        of = last(head, "conj")  # 与财政收入之比: 与 has gone where it opens the clause
        return Measured(
            "share", MeasureKind.SHARE, head[: max(of, 0)], view.trail, scope=head[of + 1 : -1]
        )
    share = last(head, "share") if view.ratio else -1
    if share < 0 or last(head, *CHANGE) > share:
        return None
    scope = [t for t in head[share + 1 :] if t.role not in LINKS or t.role == "adv"]
    proportion = [token for token in scope if token.role == "sharenoun"]
    described = [t.start for t in head[share + 1 :] if t.role == "de"]
    if proportion and described:
        # 占城镇标准的最低比例: the modifiers of 比例 are no part of the population
        scope = [token for token in scope if token.start < described[0]]
    scope = [token for token in scope if token.role != "sharenoun"]
    plans = words("plan_nouns") | words("plan_names")
    behind = (*head[share + 1 :], *view.links)
    said = [t for t in behind if t.role not in LINKS or t.text in plans]
    if is_plan(tuple(said)) or (said and all(t.text in plans for t in said)):
        return Measured(
            "completion", MeasureKind.SHARE, head[:share], view.trail
        )  # 占年度目标的103%
    # 占全国比重 alone says of what only in the clause before
    named = any(token.role not in LINKS for token in head[:share])
    whole = (*head[:share], *proportion) if named else ()
    if named and not scope:
        population, whole = _within(whole)
        scope = [*population]
    return Measured("share", MeasureKind.SHARE, whole, view.trail, scope=tuple(scope))


def _within(run: Run) -> tuple[Run, Run]:
    """财政支出中|民生支出占: the whole and the part of it, where 中 parts them."""
    for k in range(len(run) - 1, 0, -1):
        if run[k].text == _AMONG and k + 1 < len(run):
            return trimmed(run[:k]), run[k + 1 :]
    return (), run


_AMONG: Final = "中"


def _equal(view: View) -> Measured | None:
    """是1997年的2.3倍, 等于投资总额的三分之一: a part or a multiple of what stands before 的."""
    if not view.ratio or not any(token.role == "de" for token in view.links):
        return None
    run = (*view.head, *view.links)
    for k in range(len(run) - 1, -1, -1):
        if run[k].text in words("equal_words"):
            rest = trimmed(run[k + 1 :])
            if any(t.text in words("plan_nouns") or t.text in words("plan_names") for t in rest):
                return Measured("completion", MeasureKind.EQUAL, run[:k], view.trail)
            return Measured("share", MeasureKind.EQUAL, run[:k], view.trail, scope=rest)
    return None


def _points(view: View) -> Measured | None:
    if view.quantity.dimension != "point":
        return None
    return Measured("change_amount", MeasureKind.POINT, compared(view.head), view.trail)


def _growth_told(view: View) -> Measured | None:
    """总产值的增长速度,上年计划为4%: the clause before says that growth is told."""
    middle = view.site.middle
    told = middle[-1][-1].role if middle and view.ratio else ""
    if told not in CHANGE_NOUNS or any(token.role == NOUN for token in view.head):
        return None
    return Measured(
        "change_rate", MeasureKind.GROWTH_TOLD, (), view.trail, -1 if told in DOWN else 1
    )


def _signed(view: View) -> Measured | None:
    """产值38亿元、-4.2%: a part of a whole is never negative; a rate below nought has a name."""
    below = view.ratio and view.quantity.value is not None and view.quantity.value < 0
    if not below or any(token.role in NOMINAL for token in view.head):
        return None
    return Measured("change_rate", MeasureKind.GROWTH_TOLD, (), view.trail)


def _proportion(view: View) -> Measured | None:
    """A percentage that is no change: the degree of a work done, or a share."""
    if not view.ratio:
        return None
    head, right = compared(view.head), view.site.right
    last = head[-1].text if head else ""
    works = words("completion_words")
    if head and head[-1].role == "sharenoun":
        works -= words("plan_nouns")  # 计划项目占比
    if [t.role for t in view.links[-2:]] == ["adverb", "reach"] and view.links[-1].text == _IS:
        works -= words("plan_nouns")  # 计划为4% says what is planned, not what is done of it
    done = any(token.text in works for token in (*head, *view.links))
    done = done or any(token.text in words("done_words") for token in right)
    rate = last.endswith(lexicon.affixes("rate_nouns"))
    if last.endswith(_of_completion()) or (done and not rate):
        return Measured("completion", MeasureKind.COMPLETION, head, view.trail)
    of = () if last.endswith(attribute_endings()) else _fraction_of(right)
    if last in words("areas") and right[:1] and right[0].role == "de":
        scope = of or head[-1:]
        return Measured("share", MeasureKind.PROPORTION, head[:-1], view.trail, scope=scope)
    return Measured("share", MeasureKind.PROPORTION, head, view.trail, scope=of)


def _fraction_of(right: Run) -> Run:
    """80%以上的|乡镇卫生院|达到标准: things of which a part is told, where a predicate follows."""
    if len(right) < _FRACTION or right[0].role != "de":
        return ()
    sure = next((k for k, t in enumerate(right) if k > 1 and t.role in _PREDICATES), 0)
    if sure and right[sure].text in _ASPECTS and sure > 2:
        sure -= 1  # 县|普及|了小学教育
    # 政务|服务|实现: a word that is verb and noun opens a predicate where no other does
    likely = next((k for k, t in enumerate(right) if k > 1 and t.role == BOTH), 0)
    of = trimmed(right[1 : sure or likely])
    if not of or of[-1].role not in NOMINAL or any(token.role == "de" for token in of):
        return ()
    no = words("aims") | words("level_nouns") | words("plan_nouns") | words("attribute_modifiers")
    return () if of[-1].text in no or of[-1].text.endswith(attribute_endings()) else of


_FRACTION: Final = 3  # words of 的, a noun and a predicate
_ASPECTS: Final = ("了", "着")
_PREDICATES: Final[frozenset[Role]] = frozenset(
    {VERB, "light", "reach", "prep", "from", "adverb", "adv", "up", "down", "share", TIME}
)


@cache
def _of_completion() -> tuple[str, ...]:
    """Rates that say how far a work is done (完成率)."""
    rates = lexicon.affixes("rate_nouns")
    return tuple(word for word in words("completion_words") if word.endswith(rates))


_IS: Final = "为"
# An amount that a body hands out each year or month, not a price: 每年安排250亿元.
_BUDGET: Final = 1_000_000


def _price(view: View) -> Measured | None:
    """每平方米2.5元, 2400元/月."""
    if view.quantity.dimension not in {"price", "money"}:
        return None
    whole = compared(view.head)
    head = tuple(token for token in whole if token.text not in words("per_units"))
    compound = view.quantity.unit is not None and "/" in view.quantity.unit
    if not compound and (len(head) == len(whole) or (view.quantity.value or 0) >= _BUDGET):
        return None
    if not compound and whole[-1].text in words("earnings"):
        return None  # 平均每人收入270元
    return Measured("price", MeasureKind.PRICE, stripped(head, LINKS), view.trail)


RULES: Final[tuple[Rule[MeasureRule], ...]] = (
    Rule(
        kind=MeasureKind.RANK,
        says="An ordinal place is a rank; the words between verb and place name the population.",
        example=("财政总收入增速全区第3", "财政总收入"),
        counter=("财政总收入3亿元", "财政总收入"),
        find=_rank,
    ),
    *distances.RULES,
    *changes.DOUBLINGS,
    Rule(
        kind=MeasureKind.SHARE,
        says="占 and words of relation make a percentage a part of the whole that they name.",
        example=("税收收入占全市的14%", "税收收入"),
        counter=("占地面积4亩", "占地面积"),
        find=_share,
    ),
    *changes.RULES,
    Rule(
        kind=MeasureKind.EQUAL,
        says="A part or a multiple that equals what is said before 的 is a share of that.",
        example=("出口总额是2019年的2.6倍", "出口总额"),
        counter=("出口总额增长2.6倍", "出口总额"),
        find=_equal,
    ),
    Rule(
        kind=MeasureKind.GROWTH_TOLD,
        says="A percentage alone behind a clause that ends in a word for growth is that growth.",
        example=("工业总产值的增长速度,去年为6%", "工业总产值"),
        counter=("工业总产值的比重,去年为6%", "工业总产值的比重"),
        find=_growth_told,
    ),
    Rule(
        kind=MeasureKind.GROWTH_TOLD,
        says="A percentage below nought that no noun names is the growth of the figure before it.",
        example=("工业产值38亿元、-4.2%", "工业产值"),
        counter=("销售利润率-4.2%", "销售利润率"),
        find=_signed,
    ),
    Rule(
        kind=MeasureKind.POINT,
        says="Percentage points tell the difference of two rates.",
        example=("合格率差距为4个百分点", "合格率差距"),
        counter=("合格率为4%", "合格率"),
        find=_points,
    ),
    Rule(
        kind=MeasureKind.COMPLETION,
        says="A percentage beside a word of completion is the part of a work that is done.",
        example=("绿化工程完成85%", "绿化工程"),
        counter=("垃圾分类覆盖率达98%", "垃圾分类覆盖率"),
        find=_proportion,
    ),
    Rule(
        kind=MeasureKind.PROPORTION,
        says="A percentage that is neither a change nor a degree of work is a share.",
        example=("垃圾分类覆盖率达98%", "垃圾分类覆盖率"),
        counter=("绿化工程完成85%", "绿化工程"),
        find=_proportion,
    ),
    Rule(
        kind=MeasureKind.PRICE,
        says="An amount for each of a unit is a price.",
        example=("物业费每平方米2.5元", "物业费"),
        counter=("护理费320元", "护理费"),
        find=_price,
    ),
    Rule(
        kind=MeasureKind.LEVEL,
        says="A number that no word makes anything else is a level.",
        example=("新增停车位120个", "新增停车位"),
        counter=("用工人数减少380人", "用工人数"),
        find=_level,
    ),
)
# Rules that look at two numbers at once.
PAIRS: Final = (
    Rule(
        kind=MeasureKind.AGAINST_PLAN,
        says="A plan's amount and a part of it are of the thing that the plan is made for.",
        example=("非税收入完成900万元,占年初预算2000万元的45%", "非税收入"),
        counter=("非税收入占财政收入的45%", "非税收入"),
        find=against_plan,
    ),
)
_ORDER: Final = order(*RULES[:-1])
