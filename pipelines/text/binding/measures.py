"""The measure of a number from the words that touch it: level, change, share, rank or price.

Reads the left run of a site from its right edge, by rules of which the first that fits decides.
Says nothing about indicators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.grammar.phrases import NOMINAL, trimmed
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.grammar.tokens import BRACKET, PAUSE, TIME, VERB, Token
from pipelines.text.model import Measure, Quantity

# Words between a head and its number that only link the two.
_LINKS: Final = frozenset(
    {TIME, BRACKET, PAUSE}
    | {"reach", "adverb", "adv", "each", "to", "from", "conj", "de", "filler", "locative"}
)
_DOWN: Final = frozenset({"down", "downnoun"})
_CHANGE_NOUNS: Final = frozenset({"upnoun", "downnoun"})
_CHANGE: Final = frozenset({"up", "down"}) | _CHANGE_NOUNS


@dataclass(slots=True)
class Reading:
    """How a number is to be read: its measure, its sign and what is left of its left run."""

    measure: Measure
    rule: str
    head: Run  # words before what only links, compares or measures
    trail: frozenset[str]  # roles of the links that were passed over
    sign: int = 1
    basis: str | None = None
    scope: Run = ()  # words naming the population compared with
    doer: Run = ()  # words before a change verb that stands before its object
    extra: str = ""  # noun that the change verb carries (增产 -> 产量)


@dataclass(slots=True)
class _View:
    """A number as the rules see it: the words left of it, and the links cut off their end."""

    site: Site
    quantity: Quantity
    head: Run
    links: Run
    trail: frozenset[str]

    @property
    def ratio(self) -> bool:
        return self.quantity.unit == "%"

    @property
    def change(self) -> int:
        """Position of the last change word of the head; -1 without one, or if it only describes."""
        if self.links and self.links[0].role == "de":
            return -1  # 不断提高的五年
        return _last(self.head, *_CHANGE)


def read(site: Site, quantity: Quantity) -> Reading:
    """Measure of the quantity at `site`."""
    head, links = _unlinked(site.left)
    view = _View(site, quantity, head, links, frozenset(_link(token) for token in links))
    for rule in _RULES:
        reading = rule(view)
        if reading is not None:
            return reading
    return Reading("level", "level", _compared(head), view.trail, basis=_summed(view))


@cache
def _words(name: str) -> frozenset[str]:
    return lexicon.words(name)


def _unlinked(left: Run) -> tuple[Run, Run]:
    k = len(left)
    aims = _words("aims")
    while k > 0 and (left[k - 1].role in _LINKS or (left[k - 1].text in aims and k > 1)):
        k -= 1
    return left[:k], left[k:]


def _link(token: Token) -> str:
    """The role of a link; a time that opens with 到 is where a change arrives."""
    if token.role == TIME and token.text.startswith(tuple(_words("arrival_words"))):
        return "to"
    return token.role


def _last(run: Run, *roles: str) -> int:
    for k in range(len(run) - 1, -1, -1):
        if run[k].role in roles:
            return k
    return -1


def _compared(run: Run) -> Run:
    """The run up to where a comparison opens (进京访总人次|较2016年减少)."""
    for k, token in enumerate(run):
        if token.role == "compare":
            return run[:k]
    return run


def _stripped(run: Run, roles: frozenset[str]) -> Run:
    while run and run[-1].role in roles:
        run = run[:-1]
    return run


def _basis(run: Run) -> str | None:
    """What a change is compared with, by the word that says most of it (比|去年)."""
    yearly, roles = _words("yearly_words"), {"compare", TIME, "up", "down"}
    said = [token.text for token in run if token.role in roles or token.text in yearly]
    return next((basis for word, basis in _bases() if any(word in text for text in said)), None)


@cache
def _bases() -> tuple[tuple[str, str], ...]:
    """Words that name a basis, those that say most first."""
    ranked = sorted(lexicon.entries("bases"), key=lambda row: int(row[2]))
    return tuple([(word, basis) for word, basis, _ in ranked])


def _summed(view: _View) -> str | None:
    """Whether a level is the sum of its period (累计) or the average of its years (年均)."""
    said = {token.text for token in (*view.head, *view.links)}
    if said & _words("yearly_words"):
        return "yearly"
    return "cumulative" if said & _words("sum_words") else None


def _of_change(view: _View) -> Measure:
    return "change_rate" if view.ratio else "change_amount"


def _rank(view: _View) -> Reading | None:
    """增速全区第6, 居长江经济带第2位."""
    if view.quantity.dimension != "rank":
        return None
    areas, head = _words("areas"), view.head
    place = _last(head, "rank")
    scope: list[Token] = []
    if place >= 0:
        # what stands between the verb and the place is the population
        scope = [token for token in trimmed(head[place + 1 :]) if token.role != "light"]
    rest = list(head[:place] if place >= 0 else head)
    while rest and (rest[-1].role in {"rank", "light"} | _LINKS or rest[-1].text in areas):
        token = rest.pop()
        if token.text in areas:
            scope.insert(0, token)
    growth = False
    while rest and (rest[-1].role in _CHANGE or rest[-1].text in _words("rank_topics")):
        growth = rest.pop().role in _CHANGE or growth
    basis = "growth" if growth else "level"
    return Reading("rank", "rank", tuple(rest), view.trail, basis=basis, scope=tuple(scope))


@cache
def _signs() -> dict[str, str]:
    return {fields[0]: fields[1] for fields in lexicon.entries("versus_words")}


def _versus(view: _View) -> Reading | None:
    """高于全国平均水平0.5个百分点, 比全省低2个百分点: the distance to another region."""
    if not view.ratio and view.quantity.dimension != "point":
        return None
    signs = _signs()
    run = (*view.head, *view.links)
    for k in range(1, len(run)):
        before = run[k - 1]
        if run[k].text not in _words("areas"):
            continue
        said = [t.text for t in (before, *run[k + 1 :]) if t.text in signs]
        if said and (before.text in signs or before.role == "compare"):
            rest = _stripped(run[: k - 1], _CHANGE | _LINKS)
            sign = -1 if signs[said[-1]] == "-" else 1
            none: frozenset[str] = frozenset()
            scope = (run[k],)
            return Reading("change_amount", "versus", rest, none, sign, "vs_region", scope)
    return None


def _above(view: _View) -> Reading | None:
    """增速高于城镇居民2.3个百分点: the distance to another group."""
    if view.quantity.dimension != "point":
        return None
    signs = _signs()
    for k, token in enumerate(view.head):
        rest = trimmed(view.head[k + 1 :]) if token.role == "reach" and token.text in signs else ()
        if rest:
            sign = -1 if signs[token.text] == "-" else 1
            head = _stripped(view.head[:k], _CHANGE | _LINKS)
            return Reading("change_amount", "versus", head, view.trail, sign, "vs_region", rest)
    return None


def _doubling(view: _View) -> Reading | None:
    """翻一番."""
    if view.quantity.dimension != "doubling":
        return None
    basis = _basis(view.head)
    return Reading("change_rate", "doubling", _compared(view.head), view.trail, basis=basis)


def _share(view: _View) -> Reading | None:
    """占全区36%, 占永久基本农田比例达到66.25%."""
    head = view.head
    if view.ratio and len(head) > 1 and head[-1].text in _words("relation_nouns"):
        of = _last(head, "conj")  # 与财政收入之比: 与 has gone where it opens the clause
        return Reading("share", "share", head[: max(of, 0)], view.trail, scope=head[of + 1 : -1])
    share = _last(head, "share") if view.ratio else -1
    if share < 0 or _last(head, *_CHANGE) > share:
        return None
    scope = [t for t in head[share + 1 :] if t.role not in _LINKS or t.role == "adv"]
    proportion = [token for token in scope if token.role == "sharenoun"]
    described = [t.start for t in head[share + 1 :] if t.role == "de"]
    if proportion and described:
        # 占城镇标准的最低比例: the modifiers of 比例 are no part of the population
        scope = [token for token in scope if token.start < described[0]]
    scope = [token for token in scope if token.role != "sharenoun"]
    said = [t for t in (*head[share + 1 :], *view.links) if t.role not in _LINKS]
    if said and all(t.text in _words("plan_nouns") | _words("plan_names") for t in said):
        return Reading("completion", "share", head[:share], view.trail)  # 占年度目标的103%
    # 占全国比重 alone says of what only in the clause before
    named = any(token.role not in _LINKS for token in head[:share])
    whole = (*head[:share], *proportion) if named else ()
    return Reading("share", "share", whole, view.trail, scope=tuple(scope))


def _changed(view: _View) -> Reading | None:
    """同比增长8.33%, 减少6人次, 降幅收窄3.1个百分点."""
    change = view.change
    if change < 0 or change != len(view.head) - 1 or "to" in view.trail:
        return None
    verb, rest = view.head[change], view.head[:change]
    if (
        verb.text in _words("quality_verbs")
        and not view.ratio
        and view.quantity.dimension != "point"
    ):
        return None  # 改造提升9.6万亩: a work, not a growth
    sign = -1 if verb.role in _DOWN else 1
    basis = _basis((*rest, verb, *view.links))
    rest = _stripped(_compared(rest), _LINKS)
    if rest and rest[-1].role in _CHANGE_NOUNS:  # a change of a change
        sign = -sign if rest[-1].role == "downnoun" else sign
    rest = _stripped(_placed(_stripped(rest, _LINKS | _CHANGE)), _LINKS | _CHANGE)
    extra = _carried(verb.text)
    share = _last(rest, "share")
    scope = (
        trimmed(tuple(t for t in rest[share + 1 :] if t.role != "sharenoun")) if share > 0 else ()
    )
    if scope:  # 占生产总值比重提高2个百分点
        rest = (*rest[:share], *(t for t in rest[share:] if t.role == "sharenoun"))
    return Reading(
        _of_change(view), "change", rest, view.trail, sign, basis, scope=scope, extra=extra
    )


@cache
def _carriers() -> dict[str, str]:
    return {word: noun for word, _, noun in lexicon.entries("roles") if noun}


def _carried(verb: str) -> str:
    return next((noun for word, noun in _carriers().items() if verb.endswith(word)), "")


def _placed(run: Run) -> Run:
    """The run without a phrase of place or time at its end (…,在五年计划的前三年|增加了)."""
    for k, token in enumerate(run):
        if token.role == "prep" and token.text in _words("place_prepositions"):
            inner = {t.role for t in run[k + 1 :]}
            if TIME in inner and inner.isdisjoint({VERB, "light", "locative"}):
                return run[:k]
    return run


def _risen(view: _View) -> Reading | None:
    """实现20%以上增长, 5%的增长: the change stands right of the number."""
    right = view.site.right
    right = right[1:] if right[:1] and right[0].role == "de" else right
    if not view.ratio or not right or right[0].role not in _CHANGE:
        return None
    alone = len(right) == 1 or right[0].role in _CHANGE_NOUNS
    if not alone and right[1].text not in _words("aims"):
        return None
    rest = _stripped(_compared(view.head), _LINKS | {"light"})
    sign = -1 if right[0].role in _DOWN else 1
    return Reading("change_rate", "risen", rest, view.trail, sign, _basis(view.head))


def _governed(view: _View) -> Reading | None:
    """减少租赁费1.19亿元, 压减经费11%: the change verb stands before its object."""
    head = view.head
    change = _last(head, "up", "down")
    if change < 0 or "to" in view.trail or head[change].text not in _words("governing_changes"):
        return None
    rest = head[change + 1 :]
    roles = {token.role for token in rest}
    # 用于增加住宅的支出: inside a modifier the change only describes
    if roles & {"de", VERB, "light", "share"} or not roles & NOMINAL:
        return None
    sign = -1 if head[change].role == "down" else 1
    doer, extra = _compared(head[:change]), _carried(head[change].text)
    return Reading(_of_change(view), "governed", rest, view.trail, sign, doer=doer, extra=extra)


def _arrived(view: _View) -> Reading | None:
    """增加到1076家: the number is where the change arrives, a level."""
    change = view.change
    if "to" not in view.trail or change < 0 or change != len(view.head) - 1:
        return None
    measure: Measure = "share" if view.ratio else "level"
    return Reading(measure, "to", _compared(view.head[:change]), view.trail)


def _equal(view: _View) -> Reading | None:
    """是1997年的2.3倍, 等于投资总额的三分之一: a part or a multiple of what stands before 的."""
    if not view.ratio or not any(token.role == "de" for token in view.links):
        return None
    run = (*view.head, *view.links)
    for k in range(len(run) - 1, -1, -1):
        if run[k].text in _words("equal_words"):
            rest = trimmed(run[k + 1 :])
            if any(t.text in _words("plan_nouns") | _words("plan_names") for t in rest):
                return Reading("completion", "equal", run[:k], view.trail)
            return Reading("share", "equal", run[:k], view.trail, scope=rest)
    return None


def _points(view: _View) -> Reading | None:
    if view.quantity.dimension != "point":
        return None
    return Reading("change_amount", "point", _compared(view.head), view.trail)


def _proportion(view: _View) -> Reading | None:
    """A percentage that is no change: the degree of a work done, or a share."""
    if not view.ratio:
        return None
    head, right = _compared(view.head), view.site.right
    last = head[-1].text if head else ""
    done = any(token.text in _words("completion_words") for token in (*head, *view.links))
    done = done or any(token.text in _words("done_words") for token in right)
    rate = last.endswith(tuple(_words("rate_nouns")))
    if last.endswith(_of_completion()) or (done and not rate):
        return Reading("completion", "completion", head, view.trail)
    if last in _words("areas") and right[:1] and right[0].role == "de":
        return Reading("share", "proportion", head[:-1], view.trail, scope=head[-1:])
    return Reading("share", "proportion", head, view.trail)


@cache
def _of_completion() -> tuple[str, ...]:
    """Rates that say how far a work is done (完成率)."""
    rates = tuple(_words("rate_nouns"))
    return tuple(word for word in _words("completion_words") if word.endswith(rates))


def _price(view: _View) -> Reading | None:
    """每平方米2.5元, 2400元/月."""
    if view.quantity.dimension not in {"price", "money"}:
        return None
    whole = _compared(view.head)
    head = tuple(token for token in whole if token.text not in _words("per_units"))
    compound = view.quantity.unit is not None and "/" in view.quantity.unit
    if not compound and len(head) == len(whole):
        return None
    return Reading("price", "price", _stripped(head, _LINKS), view.trail)


_RULES: Final[tuple[Callable[[_View], Reading | None], ...]] = (
    _rank,
    _versus,
    _above,
    _doubling,
    _share,
    _changed,
    _risen,
    _governed,
    _arrived,
    _equal,
    _points,
    _proportion,
    _price,
)
