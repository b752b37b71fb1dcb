"""Whether words name one thing or a class of things: 沅江大桥, 二号楼; not 各社区, 老旧小区.

Only the words of the name are asked; where a name begins and ends is told in `subjects`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.grammar.roles import BOTH, QUOTED
from pipelines.text.grammar.tokens import PLACE, Token

_PROPER = frozenset({"nr", "ns", "nt", "nrt", "nrfg"})
_WORD: Final = 2  # characters of a common word
_NUMBER: Final = "号"


@cache
def areas() -> dict[str, str]:
    """Words for whole regions, and their levels."""
    return {fields[0]: fields[1] for fields in lexicon.entries("areas")}


@cache
def _classes() -> tuple[str, ...]:
    return tuple(word for word in lexicon.words("class_openers") if len(word) > 1)


@cache
def things() -> tuple[str, ...]:
    """Ends of names of things that cannot act (项目, 工程)."""
    return tuple(row[0] for row in lexicon.entries("entity_suffixes") if "thing" in row)


def is_named(name: str) -> bool:
    """Whether a name ends in a generic noun (社区, 公司, 项目 …)."""
    plain = name.rstrip("”")
    # Most words end in a character that no such noun ends in.
    nouns = _by_last_character().get(plain[-1:])
    return nouns is not None and plain.endswith(nouns)


def is_described(name: str) -> bool:
    """Whether a name ends in a noun that its words only describe: 化学肥料厂; 污水处理厂 is one."""
    if not name.endswith(lexicon.affixes("described_nouns")):
        return False
    nouns = _by_last_character()[name[-1]]
    return max((n for n in nouns if name.endswith(n)), key=len) in lexicon.words("described_nouns")


@cache
def _by_last_character() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for noun in lexicon.affixes("entity_suffixes"):
        found[noun[-1]] = (*found.get(noun[-1], ()), noun)
    return found


def general(run: Sequence[Token]) -> bool:
    """Whether a phrase speaks of a class of things (各社区, 所有项目, 老旧小区), not of one.

    Behind a proper noun a word of a class only describes (沈阳国家级数据基地).
    """
    if any(t.role == "filler" for t in run):
        return True
    if len(run) > 1 and run[-1].text in lexicon.words("phases"):
        return False  # 中小企业城二期
    classes = _classes()
    for k, token in enumerate(run):
        if token.text in areas() and (k == 0 or areas()[token.text] != "world"):
            return True  # 星湖国际学校 is one
        # 社会|治理|中心: a verb within a name is none of a class
        if _of_class(token.text, classes) and (k == 0 or token.role != BOTH):
            return True
        if token.role != QUOTED and is_proper_noun(token):
            break
    return False


def _of_class(word: str, classes: tuple[str, ...]) -> bool:
    """Whether a word is, or opens with, one of a class: 重点, 重点项目; 所有制 is another word."""
    # Few words are; only for them is it worth asking which.
    return word.startswith(classes) and (
        word in classes or any(word.startswith(one) and len(word) > len(one) + 1 for one in classes)
    )


def is_proper_noun(token: Token) -> bool:
    """Whether a word is a name by itself: of a place, a person, a body, or by its number (二号)."""
    if token.tag == PLACE or (token.tag == "m" and token.text[1:].endswith(_NUMBER)):
        return True
    # The dictionary has some generic nouns (幼儿园, 医院) as names.
    named = token.tag in _PROPER and len(token.text) > 1
    return named and token.text not in lexicon.words("entity_suffixes")


def proper(run: Sequence[Token]) -> bool:
    """Whether there is a proper noun among the words."""
    if any(t.role == QUOTED or t.tag == PLACE for t in run):
        return True
    if len(run) == 1 and len(run[0].text) == _WORD:
        return False  # 海洋 and 夏粮 are places and persons to the dictionary
    if any(map(is_proper_noun, run)):
        return True
    singles = [
        len(token.text) == 1
        and token.tag != "h"  # a prefix: 非烟, 准零售
        and token.text not in lexicon.words("region_units")
        for token in run
    ]
    return any(a and b for a, b in itertools.pairwise(singles))
