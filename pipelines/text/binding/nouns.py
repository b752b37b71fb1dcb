"""What a noun phrase says of itself: whether it is an attribute, a rate, a canonical name.

Only the words of the phrase are asked here; which figure it names is decided by the rules.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.grammar.phrases import Phrase, spelled
from pipelines.text.grammar.roles import BOTH, VERB
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import INDICATOR, Token


@cache
def flagged(flag: str) -> frozenset[str]:
    """Predicates that the word list marks with `flag` (own, effect, doer)."""
    return frozenset(f[0] for f in lexicon.entries("predicates") if flag in f[2:])


@cache
def bare_attributes() -> frozenset[str]:
    """Attributes that may stand alone for the thing before (面积, 总投资)."""
    return frozenset(fields[0] for fields in lexicon.entries("attributes") if fields[1] == "bare")


def alone(nouns: Run) -> bool:
    """Whether a noun phrase is an attribute without a thing: 面积, 年度|计划|投资, 协议|投资额."""
    modifiers = lexicon.words("attribute_modifiers")
    k = 0
    while k + 1 < len(nouns) and nouns[k].text in modifiers:
        k += 1
    return "".join(token.text for token in nouns[k:]) in bare_attributes()


@cache
def attribute_endings() -> tuple[str, ...]:
    """Endings of nouns that name an attribute (业务量, 零售额, 覆盖率)."""
    lists = ("attributes", "tails", "attribute_endings")
    return tuple(frozenset.union(*map(lexicon.words, lists)))


@cache
def indicators() -> frozenset[str]:
    """All names of canonical indicators."""
    rows = lexicon.table("indicators")
    return frozenset(name for row in rows for name in (row["name_zh"], *row["aliases"].split("|")))


def attributed(head: Run) -> bool:
    """Whether a noun phrase ends in an attribute (业务量, 增加值), so that it is no bare thing."""
    return bool(head) and head[-1].text.endswith(attribute_endings())


def is_attribute(token: Token) -> bool:
    """Whether a word names an attribute or a canonical indicator."""
    return token.tag == INDICATOR or token.text.endswith(attribute_endings())


def known(head: Run) -> bool:
    """Whether a canonical indicator's name stands in the run."""
    return any(token.tag == INDICATOR for token in head)


def is_rate(name: str) -> bool:
    """Whether a phrase names a rate (办结率)."""
    return name.endswith(lexicon.affixes("rate_nouns"))


def without_attribute(thing: str) -> str:
    """生猪出栏 -> 生猪: one attribute of a thing does not stand behind another."""
    endings = (name for name in lexicon.words("attributes") if thing.endswith(name))
    longest = max(endings, key=len, default="")
    rest = thing.removesuffix(longest)
    return rest if len(rest) >= 2 else thing


def shared_tail(phrase: Phrase) -> str:
    """What a part of the thing shares with it: all after the first word, or a whole known name."""
    nouns = phrase.nouns
    if known(nouns[:1]):
        return spelled(nouns)
    begin = len(nouns) - 1
    while begin > 1 and nouns[begin - 1].role in {VERB, BOTH}:
        begin -= 1
    return spelled(nouns[max(begin, 1) :])


def area_noun() -> str:
    """The attribute that a bare area measures."""
    return lexicon.only("area_noun")


@cache
def pair_sides() -> dict[str, tuple[str, ...]]:
    """The other side of each pair, by one side: 收入 of 支出, 城镇居民 of 农村居民."""
    found: dict[str, tuple[str, ...]] = {}
    for _, one, other in (fields[:3] for fields in lexicon.entries("pairs")):
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


_COMMON: Final = 2  # characters of a word


def common_end(one: str, other: str) -> str:
    """The word that both sides of a pair end in: 居民 of 城镇居民 and 农村居民; "" if none."""
    size = 0
    while size < min(len(one), len(other)) and one[-size - 1] == other[-size - 1]:
        size += 1
    return one[len(one) - size :] if size >= _COMMON else ""
