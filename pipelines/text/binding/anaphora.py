"""Clauses that go on about a thing that was named before: 该项目占地63亩, 项目总投资20亿元.

Finds what the words mean and leaves them out, so that the rules see a clause with that topic. Which
figures take it for their subject is decided in `bind`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import subjects
from pipelines.text.grammar.roles import MARK, NOUN, QUOTED
from pipelines.text.grammar.tokens import Token

_THIS: Final = ("该", "此")
# Nouns for a thing of any name; other nouns mean one whose name ends as they do.
_ANY: Final = frozenset({"项目", "工程"})
_LONGEST: Final = 2  # words of the noun behind 该


@cache
def _may_point() -> re.Pattern[str]:
    bare = lexicon.alternation(lexicon.words("bare_things"))
    return re.compile(f"该|(?:[,;。:]|此)(?:{bare})")


def may_point(text: str, start: int, end: int) -> bool:
    """Whether a sentence may hold such a clause: a cheap look, before any word is read.

    Args:
        text: the clean text.
        start: where the sentence begins.
        end: where it ends.
    """
    return _may_point().search(text, start, end) is not None or text.startswith(
        lexicon.affixes("bare_things"), start
    )


def named_things(tokens: Sequence[Token]) -> list[str]:
    """The names of bodies, places and things in a sentence, in order."""
    found: list[str] = []
    k = 0
    while k < len(tokens):
        opens = k == 0 or tokens[k - 1].role not in {NOUN, QUOTED}
        name, size = subjects.front(tokens[k:]) if opens else (None, 0)
        if name:
            found.append(name)
        k += size or 1
    return found


def resolved(
    tokens: Sequence[Token], spoken: Sequence[str]
) -> tuple[Sequence[Token], dict[int, str]]:
    """The tokens without words that only point back, and what they mean, by clause number.

    Args:
        tokens: of one sentence.
        spoken: names in the sentences before, in order.
    """
    kept: list[Token] = []
    meant: dict[int, str] = {}
    known = list(spoken)
    clause = k = 0
    opening = True
    while k < len(tokens):
        token = tokens[k]
        size, noun = _pointing(tokens[k:]) if opening else (0, "")
        name = _antecedent(noun, [*known, *named_things(kept)]) if size else None
        if name:
            meant[clause] = name
            k += size
            opening = False
            continue
        opening = token.role == MARK or (opening and token.role in {"time", "adverb", "conj"})
        clause += token.role == MARK
        kept.append(token)
        k += 1
    return (kept, meant) if meant else (tokens, meant)


def _pointing(run: Sequence[Token]) -> tuple[int, str]:
    """The words at the front of a run that point to a thing: (how many, the noun among them)."""
    if run[0].text.startswith(_THIS):
        for size in range(_LONGEST + 1, 1, -1):
            noun = "".join(token.text for token in run[:size])[1:]  # 该片|区, too
            if len(run) > size and noun.endswith(lexicon.affixes("entity_suffixes")):
                return size, noun
    measured = len(run) > 1 and run[1].text in lexicon.words("thing_attributes")
    if run[0].text in lexicon.words("bare_things") and measured:
        return 1, run[0].text
    return 0, ""


def _antecedent(noun: str, names: Sequence[str]) -> str | None:
    """The last name that a noun may mean: 项目 any, 片区 one that ends in it, 园区 a 产业园."""
    for name in reversed(names):
        if noun in _ANY or name.endswith(noun[-1]) or name.endswith(noun[:1]):
            return name
    return None
