"""Lists of what works in use can do: 新增的生产能力有:煤炭2714万吨,石油1491万吨.

A heading names the capacity once, and the items only say what of; or the first item names what was
done to it. Lists of things counted are the business of `short_forms`.
"""

from __future__ import annotations

from typing import Final

from pipelines import lexicon
from pipelines.text.binding.frame import Case, Frame, Named, NameRule, Scene
from pipelines.text.binding.kinds import NameKind
from pipelines.text.binding.nouns import attributed
from pipelines.text.grammar import phrases
from pipelines.text.grammar.roles import BRACKET, NOUN, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.rule import Rule

_DONE: Final[frozenset[Role]] = phrases.VERBAL | {NOUN, "up"}
_LONGEST: Final = 6  # characters of the name of an item


def _headed(scene: Scene, case: Case) -> Named | None:
    """新增的生产能力有:煤炭2714万吨: an item of a list that is headed by a capacity."""
    near, site = scene.near(), case.site
    if case.reading.measure != "level" or case.quantity.dimension == "money":
        return None
    head, item = _head(site.middle if near is None else (), site.left)
    if head:
        opener, capacity = _parted(head)
    elif near and near.kind is NameKind.CAPACITY and _beside(near, case):
        opener, capacity, item = near.verb, near.tail, site.left
    else:
        return None
    name = phrases.spelled(item)
    if not capacity or not name or len(name) > _LONGEST or case.reading.trail:
        return None
    thing = name if attributed(item) and _is_stock(name) else name + capacity
    return Named(opener, thing, NameKind.CAPACITY, tail=capacity)


def _head(middle: tuple[Run, ...], left: Run) -> tuple[Run, Run]:
    """The run that names the capacity, and the item behind it."""
    for k in range(len(left) - 2, 0, -1):
        if left[k].role == "reach" and _is_stock(left[k - 1].text):
            return left[:k], left[k + 1 :]
    for run in middle if middle and middle[-1][-1].role == "reach" else ():
        kept = run
        while kept and kept[-1].role in {"reach", BRACKET}:
            kept = kept[:-1]
        if kept and _is_stock(kept[-1].text):
            return kept, left
    return (), left


def _parted(head: Run) -> tuple[str, str]:
    """新增加的|生产能力: what was done, as it opens the names, and the capacity."""
    described = [k for k, token in enumerate(head) if token.role == "de"]
    if not described:
        phrase = phrases.cut(head)
        return phrase.verb, phrase.thing
    begin = end = described[-1]
    while begin and head[begin - 1].role in _DONE:
        begin -= 1
    return "".join([token.text for token in head[begin : end + 1]]), head[-1].text


def _is_stock(text: str) -> bool:
    return text.endswith(lexicon.affixes("stock_nouns"))


def _beside(near: Frame, case: Case) -> bool:
    return near.segment == case.site.segment and case.site.clause - near.clause <= 1


def _shared(scene: Scene, case: Case) -> Named | None:
    """新增装机容量1950万千瓦,采煤能力8000万吨: the verb before a list of capacities."""
    near, phrase = scene.near(), case.phrase
    if near is None or not near.verb or phrase.verb or near.measure != case.reading.measure:
        return None
    stocks = _is_stock(near.thing) and _is_stock(phrase.thing)
    if not stocks or case.reading.trail or not _beside(near, case):
        return None
    return Named(near.verb, phrase.thing, NameKind.CAPACITY_VERB, near.subject)


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.CAPACITY,
        says="The items of a list that is headed by a capacity tell what it is of.",
        example=("新增的生产能力有:生铁8万吨,钢材5万吨", "新增的钢材生产能力"),
        counter=("新增的产品有:生铁8万吨,钢材5万吨", "钢材"),
        find=_headed,
    ),
    Rule(
        kind=NameKind.CAPACITY_VERB,
        says="Capacities in a list share the verb that the first names.",
        example=("新增装机容量15万千瓦,采煤能力8万吨", "新增采煤能力"),
        counter=("新增装机容量15万千瓦,采煤能力达8万吨", "采煤能力"),
        find=_shared,
    ),
)
