"""How a number is to be read, and what the rules of `measures` and `changes` see of it.

Plain data, and what both ask of a run of words. Which rule decides is no business of this module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding.kinds import MeasureKind
from pipelines.text.grammar.roles import BRACKET, PAUSE, TIME, Role
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.grammar.tokens import Token
from pipelines.text.model import Measure, Quantity

# Words between a head and its number that only link the two.
LINKS: Final[frozenset[Role]] = frozenset(
    {
        TIME,
        BRACKET,
        PAUSE,
        "reach",
        "adverb",
        "adv",
        "each",
        "to",
        "from",
        "conj",
        "de",
        "filler",
        "locative",
    }
)
DOWN: Final[frozenset[Role]] = frozenset({"down", "downnoun"})
CHANGE_NOUNS: Final[frozenset[Role]] = frozenset({"upnoun", "downnoun"})
_RESOLVED: Final[frozenset[Role]] = frozenset({"light", "adverb"})
_AFTER: Final = "后"
_RATIOS: Final = ("%", "‰")
CHANGE: Final[frozenset[Role]] = frozenset({"up", "down", "upnoun", "downnoun"})


@dataclass(init=False, slots=True)
class Measured:
    """How a number is to be read: its measure, its sign and what is left of its left run."""

    measure: Measure
    kind: MeasureKind
    head: Run  # words before what only links, compares or measures
    trail: frozenset[Role]  # roles of the links that were passed over
    sign: int
    basis: str | None
    scope: Run  # words naming the population compared with
    doer: Run  # words before a change verb that stands before its object
    extra: str  # noun that the change verb carries (增产 -> 产量)

    def __init__(
        self,
        measure: Measure,
        kind: MeasureKind,
        head: Run,
        trail: frozenset[Role],
        sign: int = 1,
        basis: str | None = None,
        scope: Run = (),
        doer: Run = (),
        extra: str = "",
    ) -> None:
        self.measure = measure
        self.kind = kind
        self.head = head
        self.trail = trail
        self.sign = sign
        self.basis = basis
        self.scope = scope
        self.doer = doer
        self.extra = extra


@dataclass(init=False, slots=True)
class View:
    """A number as the rules see it: the words left of it, and the links cut off their end."""

    site: Site
    quantity: Quantity
    head: Run
    links: Run
    trail: frozenset[Role]
    whole: Run  # what a part is of, where a phrase of place names it

    def __init__(
        self,
        site: Site,
        quantity: Quantity,
        head: Run,
        links: Run,
        trail: frozenset[Role],
        whole: Run = (),
    ) -> None:
        self.site = site
        self.quantity = quantity
        self.head = head
        self.links = links
        self.trail = trail
        self.whole = whole

    @property
    def ratio(self) -> bool:
        """Whether it is a percentage, a share or a multiple."""
        return self.quantity.unit in _RATIOS

    @property
    def change(self) -> int:
        """Position of the last change word of the head; -1 without one, or if it only describes."""
        if self.links and (self.links[0].role == "de" or self.links[0].text == _AFTER):
            return -1  # 不断提高的五年, 精简后为18个
        for k in range(len(self.head) - 1, -1, -1):
            if self.head[k].role in CHANGE:
                return k
        return -1


# A rule passes where it does not fit.
MeasureRule = Callable[[View], Measured | None]


def view_of(site: Site, quantity: Quantity) -> View:
    """The number at `site` as the rules see it."""
    left, whole = without_whole(site.left)
    if quantity.unit in _RATIOS and len(left) > 1 and left[-1].text in words("place_prepositions"):
        left = left[:-1]  # 增长速度都在4%以上
    head, links = unlinked(left)
    k = len(head)
    while k and head[k - 1].role in _RESOLVED:
        k -= 1
    if 0 < k < len(head) and head[k - 1].role in CHANGE_NOUNS:
        head, links = head[:k], (*head[k:], *links)  # 增加值增速|要确保在9%
    if not head and site.middle and quantity.unit in _RATIOS:
        whole = without_whole(site.middle[-1])[1]  # 积累在国民收入中的比重,由36%降到28%
    return View(site, quantity, head, links, frozenset([link(token) for token in links]), whole)


# What may stand between the whole and the word for the part: 中的比重, 中所占比重.
_PARTS: Final[frozenset[Role]] = frozenset({"de", "share", "adverb", "filler"})


def without_whole(left: Run) -> tuple[Run, Run]:
    """工业产值|在工农业产值中的|比重: what the part is of, taken out of the words for the part."""
    part = last(left, "sharenoun")
    begin = last(left[: max(part, 0)], "prep")
    if begin < 1 or left[begin].text not in words("place_prepositions"):
        return left, ()
    end = last(left[:part], "locative")
    if end <= begin or any(token.role not in _PARTS for token in left[end + 1 : part]):
        return left, ()
    return (*left[:begin], *left[part:]), left[begin + 1 : end]


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list."""
    return lexicon.words(name)


def is_plan(run: Run) -> bool:
    """Whether a run names a plan alone, or one by who gave it: 年度任务, 市下达任务, 县定目标."""
    plans = words("plan_nouns")
    if not run or run[-1].text not in plans:
        return False
    givers = words("plan_givers")
    # 省上下达任务, 调整后预算: a word of place or time beside the giver
    return all(t.role == "locative" or t.text in plans or t.text in givers for t in run)


def unlinked(left: Run) -> tuple[Run, Run]:
    """The run, and the links cut off its end."""
    k = len(left)
    aims = words("aims")
    while k > 0 and (
        left[k - 1].role in LINKS or (left[k - 1].text in aims and k > 1) or _of_plan(left, k)
    ):
        k -= 1
    return left[:k], left[k:]


def _of_plan(left: Run, k: int) -> bool:
    """Whether a plan stands between where a change arrives and 的: 增加到1954年预算的45%."""
    if k < 2 or k == len(left) or left[k].role != "de":
        return False
    return left[k - 1].text in words("plan_names") and left[k - 2].role in {TIME, "to"}


def link(token: Token) -> Role:
    """The role of a link; a time that opens with 到 is where a change arrives."""
    if token.role == TIME and token.text.startswith(lexicon.affixes("arrival_words")):
        return "to"
    return token.role


def last(run: Run, *roles: Role) -> int:
    """Position of the last word of a run that has one of the roles; -1 without one."""
    for k in range(len(run) - 1, -1, -1):
        if run[k].role in roles:
            return k
    return -1


def compared(run: Run) -> Run:
    """The run up to where a comparison opens (进京访总人次|较2016年减少)."""
    for k, token in enumerate(run):
        if token.role == "compare":
            return run[:k]
    return run


def stripped(run: Run, roles: frozenset[Role]) -> Run:
    """The run without words of these roles at its end."""
    while run and run[-1].role in roles:
        run = run[:-1]
    return run


def basis_of(run: Run) -> str | None:
    """What a change is compared with, by the word that says most of it (比|去年)."""
    yearly = words("yearly_words")
    said = [token.text for token in run if token.role in _COMPARING or token.text in yearly]
    return _basis(tuple(said)) if said else None


_COMPARING: Final[frozenset[Role]] = frozenset({"compare", TIME, "up", "down"})


@lru_cache(maxsize=4096)
def _basis(said: tuple[str, ...]) -> str | None:
    return next((basis for word, basis in _bases() if any(word in text for text in said)), None)


@cache
def _bases() -> tuple[tuple[str, str], ...]:
    """Words that name a basis, those that say most first."""
    ranked = sorted(lexicon.entries("bases"), key=lambda row: int(row[2]))
    return tuple([(word, basis) for word, basis, _ in ranked])


def of_change(view: View) -> Measure:
    """The measure of a change: a rate where the number is one."""
    return "change_rate" if view.ratio else "change_amount"
