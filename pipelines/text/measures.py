"""The measure of a number from the words that touch it: level, change, share, completion, rank, price.

Reads the left run of a site from its right edge. Says nothing about indicators.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.clauses import Run, Site
from pipelines.text.model import Measure, Quantity
from pipelines.text.phrases import trimmed
from pipelines.text.tokens import BRACKET, PAUSE, TIME, Token

# Words between a head and its number that only link the two.
_LINKS: Final = frozenset(
    {
        "reach",
        "adverb",
        TIME,
        BRACKET,
        "each",
        "to",
        "conj",
        PAUSE,
        "de",
        "filler",
        "locative",
        "from",
        "adv",
    }
)
_UP: Final = frozenset({"up", "upnoun"})
_DOWN: Final = frozenset({"down", "downnoun"})
_CHANGE: Final = _UP | _DOWN
_RATIOS: Final = frozenset({"ratio", "multiple", "fraction", "percent"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a number is to be read: its measure, its sign and what is left of its left run."""

    measure: Measure
    sign: int
    basis: str | None
    head: Run  # words before what only links, compares or measures
    scope: Run  # words naming the population compared with
    trail: frozenset[str]  # roles of the links that were passed over
    rule: str
    doer: Run = ()  # words before a change verb that stands before its object
    extra: str = ""  # noun that the change verb carries (增产 -> 产量)


@cache
def _words(name: str) -> frozenset[str]:
    return lexicon.words(name)


def read(site: Site, quantity: Quantity) -> Reading:
    """Measure of the quantity at `site`."""
    head, links = _unlinked(site.left)
    trail = frozenset(_link(token) for token in links)
    if quantity.dimension == "rank":
        return _rank(head, trail)
    versus = _versus(head, links, quantity)
    if versus is not None:
        return versus
    if quantity.dimension == "doubling":
        return Reading("change_rate", 1, _basis(head), _compared(head), (), trail, "doubling")
    share = _last(head, "share")
    if share >= 0 and _last(head, *_CHANGE) < share:
        return _share(head, share, trail)
    change = _last(head, *_CHANGE)
    if links and links[0].role == "de":
        change = -1  # 不断提高的五年: the change only describes
    if change >= 0 and change == len(head) - 1 and "to" not in trail:
        return _change(head, change, quantity, trail)
    risen = _risen(site, head, quantity, trail)
    if risen is not None:
        return risen
    governed = _governed(head, quantity, trail)
    if governed is not None:
        return governed
    if "to" in trail and change == len(head) - 1 and change >= 0:
        return Reading(
            "level" if not _ratio(quantity) else "share",
            1,
            None,
            _compared(head[:change]),
            (),
            trail,
            "to",
        )
    equal = _equal(head, links, quantity, trail)
    if equal is not None:
        return equal
    head = _compared(head) if any(t.role == "compare" for t in head) else head
    if quantity.unit == "百分点":
        return Reading("change_amount", 1, None, head, (), trail, "point")
    if _ratio(quantity):
        return _proportion(site, head, links, trail)
    if quantity.unit and "/" in quantity.unit and quantity.dimension in {"price", "money"}:
        return Reading("price", 1, None, head, (), trail, "price")
    if quantity.dimension in {"money", "price"} and _per(head):
        return Reading("price", 1, None, head, (), trail, "price")
    return Reading("level", 1, None, head, (), trail, "level")


def _ratio(quantity: Quantity) -> bool:
    return quantity.unit == "%"


def _per(head: Run) -> bool:
    return bool(head) and head[-1].text in _words("per_units")


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


def _basis(run: Run) -> str | None:
    """What the change is compared with; the list has the words that say most first (比|去年)."""
    said = [token.text for token in run if token.role in ("compare", TIME)]
    for word, basis in lexicon.entries("bases"):
        if any(word in text for text in said):
            return basis
    return None


def _change(head: Run, change: int, quantity: Quantity, trail: frozenset[str]) -> Reading:
    token = head[change]
    sign = -1 if token.role in _DOWN else 1
    rest = head[:change]
    basis = _basis((*rest, token))
    # 降幅收窄3.1个百分点: a change of a change
    if rest and rest[-1].role in {"upnoun", "downnoun"}:
        sign = sign if rest[-1].role == "upnoun" else -sign
        rest = rest[:-1]
    rest = _compared(rest)
    while rest and rest[-1].role in _LINKS | _CHANGE:
        rest = rest[:-1]
    rest = _placed(rest)
    while rest and rest[-1].role in _LINKS | _CHANGE:
        rest = rest[:-1]
    measure: Measure = "change_rate" if _ratio(quantity) else "change_amount"
    return Reading(measure, sign, basis, rest, (), trail, "change", extra=_carried(token.text))


@cache
def _carriers() -> dict[str, str]:
    return {fields[0]: fields[2] for fields in lexicon.entries("roles") if len(fields) > 2}


def _carried(verb: str) -> str:
    return next((noun for word, noun in _carriers().items() if verb.endswith(word)), "")


def _placed(run: Run) -> Run:
    """The run without a phrase of place or time at its end (…,在五年计划的前三年|增加了)."""
    for k, token in enumerate(run):
        if token.role == "prep" and token.text in _words("place_prepositions"):
            inner = run[k + 1 :]
            if all(t.role not in {"verb", "light", "locative"} for t in inner) and TIME in {
                t.role for t in inner
            }:
                return run[:k]
    return run


def _equal(head: Run, links: Run, quantity: Quantity, trail: frozenset[str]) -> Reading | None:
    """是1997年的2.3倍, 等于投资总额的三分之一: a part or a multiple of what stands before 的."""
    if not _ratio(quantity) or not any(token.role == "de" for token in links):
        return None
    run = (*head, *links)
    for k in range(len(run) - 1, -1, -1):
        if run[k].text in _words("equal_words"):
            rest = trimmed(run[k + 1 :])
            if any(t.text in _words("plan_nouns") | _words("plan_names") for t in rest):
                return Reading("completion", 1, None, run[:k], (), trail, "equal")
            return Reading("share", 1, None, run[:k], rest, trail, "equal")
    return None


def _risen(site: Site, head: Run, quantity: Quantity, trail: frozenset[str]) -> Reading | None:
    """实现20%以上增长, 5%的增长: the change stands right of the number."""
    right = site.right[1:] if site.right[:1] and site.right[0].role == "de" else site.right
    if not _ratio(quantity) or not right or right[0].role not in {"up", "down"} or len(right) > 1:
        return None
    sign = -1 if right[0].role == "down" else 1
    rest = _compared(head)
    while rest and rest[-1].role in _LINKS | {"light"}:
        rest = rest[:-1]
    return Reading("change_rate", sign, _basis(head), rest, (), trail, "risen")


def _governed(head: Run, quantity: Quantity, trail: frozenset[str]) -> Reading | None:
    """减少租赁费1.19亿元, 压减经费11%: the change verb stands before its object."""
    change = _last(head, "up", "down")
    if change < 0 or trail & {"to"} or head[change].text not in _words("governing_changes"):
        return None
    rest = head[change + 1 :]
    # 用于增加住宅的支出: inside a modifier the change only describes
    if any(token.role == "de" for token in rest):
        return None
    if (
        not any(token.role in {"noun", "both", "quoted"} for token in rest)
        or _last(rest, "verb", "light", "share") >= 0
    ):
        return None
    measure: Measure = "change_rate" if _ratio(quantity) else "change_amount"
    sign = -1 if head[change].role == "down" else 1
    return Reading(measure, sign, None, rest, (), trail, "governed", doer=_compared(head[:change]))


def _versus(head: Run, links: Run, quantity: Quantity) -> Reading | None:
    """高于全国平均水平0.5个百分点, 比全省低2个百分点: the distance to another region."""
    if quantity.unit != "百分点" and quantity.unit != "%":
        return None
    signs = {fields[0]: fields[1] for fields in lexicon.entries("versus_words")}
    run = (*head, *links)
    areas = _words("areas")
    for k, token in enumerate(run):
        if token.text not in areas:
            continue
        around = [t for t in (*run[max(0, k - 1) : k], *run[k + 1 :]) if t.text in signs]
        opened = k > 0 and (run[k - 1].text in signs or run[k - 1].role == "compare")
        if opened and around:
            rest = run[: k - 1]
            while rest and rest[-1].role in _CHANGE | _LINKS:
                rest = rest[:-1]
            sign = -1 if signs[around[-1].text] == "-" else 1
            return Reading(
                "change_amount", sign, "vs_region", rest, (token,), frozenset(), "versus"
            )
    return None


def _share(head: Run, share: int, trail: frozenset[str]) -> Reading:
    scope = [t for t in head[share + 1 :] if t.role not in _LINKS or t.role == "adv"]
    proportion = [t for t in scope if t.role == "sharenoun"]
    if proportion:
        # 占城镇标准的最低比例: the modifiers of 比例 are no part of the population
        stop = next((k for k, t in enumerate(head) if k > share and t.role == "de"), len(head))
        scope = [t for t in scope if t.start < (head[stop].start if stop < len(head) else t.end)]
    scope = [t for t in scope if t.role != "sharenoun"]
    # 占全国比重 alone says of what only in the clause before
    whole = (*head[:share], *proportion) if any(t.role not in _LINKS for t in head[:share]) else ()
    return Reading("share", 1, None, whole, tuple(scope), trail, "share")


def _rank(head: Run, trail: frozenset[str]) -> Reading:
    areas = _words("areas")
    scope: list[Token] = []
    rest = list(head)
    place = _last(head, "rank")
    if place >= 0:
        # 居长江经济带第2位: what stands between the verb and the place is the population
        scope = [token for token in trimmed(head[place + 1 :]) if token.role != "light"]
        rest = list(head[:place])
    while rest and (rest[-1].role in {"rank", "light"} | _LINKS or rest[-1].text in areas):
        token = rest.pop()
        if token.text in areas:
            scope.insert(0, token)
    basis = "level"
    while rest and (rest[-1].role in _CHANGE or rest[-1].text in _words("rank_topics")):
        if rest.pop().role in _CHANGE:
            basis = "growth"
    return Reading("rank", 1, basis, tuple(rest), tuple(scope), trail, "rank")


def _proportion(site: Site, head: Run, links: Run, trail: frozenset[str]) -> Reading:
    done = _words("completion_words")
    right = [t for t in site.right if t.text in _words("done_words")]
    near = any(t.text in done for t in (*head, *links)) or bool(right)
    if near and not (head and head[-1].text.endswith(tuple(_words("rate_nouns")))):
        return Reading("completion", 1, None, head, (), trail, "completion")
    if head and head[-1].text in _words("areas") and site.right[:1] and site.right[0].role == "de":
        return Reading("share", 1, None, head[:-1], head[-1:], trail, "proportion")
    return Reading("share", 1, None, head, (), trail, "proportion")
