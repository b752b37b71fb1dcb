"""What figures are about that name nothing: the title of their item, or the sentence before.

2.加装电梯。年度任务12台,已投用10台. 老旧小区改造全面提速。已完工7个.
Where such a title serves as a name, the rules say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import definite, subjects
from pipelines.text.grammar.phrases import NOMINAL
from pipelines.text.grammar.roles import PAUSE, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import Token, words_of

_MARK = re.compile(r"[(【]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)】.、是]{1,2}\s*")
_SHORTEST, _LONGEST = 3, 12
_NAMES: Final[frozenset[Role]] = NOMINAL | {PAUSE, "conj"}
# jieba's word classes that end a statement: adjectives, adverbs, idioms, phrases, verbs.
_TELLS: Final = frozenset({"a", "ad", "d", "i", "l", "v"})


@lru_cache(maxsize=1_000)
def title(heading: str) -> str:
    """What the heading of an item names; "" if it has no number, or says something."""
    mark = _MARK.match(heading)
    name = heading[mark.end() :].rstrip("。:") if mark else ""
    for ending in lexicon.affixes("title_endings"):
        name = name.removesuffix(ending)
    if titled(name):
        return name
    if not _SHORTEST <= len(name) <= _LONGEST:
        return ""
    tokens = words_of(name)
    if any(t.role not in _NAMES for t in tokens) or _ends_statement(tokens[-1]):
        return ""
    return name


def _ends_statement(token: Token) -> bool:
    """Whether the last word tells something; a verb that is a noun, too, does not (改造)."""
    return token.tag in _TELLS and token.text not in lexicon.words("predicates")


@lru_cache(maxsize=1_000)
def topic(sentence: str) -> str:
    """What a short sentence without numbers says something of; "" if it only names or lists."""
    mark = _MARK.match(sentence)
    words = sentence[mark.end() :] if mark else sentence
    if len(words) > _STATEMENT or _CLAUSES.search(words):
        return ""
    tokens = words_of(words)
    end = 0
    while end < len(tokens) and tokens[end].role in NOMINAL and tokens[end].tag not in _TELLS:
        end += 1
    name = "".join(token.text for token in tokens[:end])
    if name.endswith(lexicon.affixes("plan_nouns")):
        return ""
    return name if _SHORTEST <= len(name) <= _LONGEST and end < len(tokens) - 1 else ""


@lru_cache(maxsize=1_000)
def titled(name: str) -> str | None:
    """The one thing that a title names: 柳岸小学扩建工程; a programme or a class is none."""
    tokens = tuple(words_of(name)) if _SHORTEST <= len(name) <= _STATEMENT else ()
    one = bool(tokens) and subjects.whole(tokens) and name.endswith(definite.things())
    return name if one and _of_a_body(tokens) else None


def _of_a_body(tokens: Run) -> bool:
    """Whether a body or a place opens the name of a thing: 柳岸小学|扩建工程."""
    return any(subjects.whole(tokens[:k]) for k in range(1, len(tokens)))


_STATEMENT: Final = 24  # characters of the longest sentence that is like a title
_CLAUSES = re.compile("[0-9,;:、]")
