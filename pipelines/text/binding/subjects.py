"""Whom a figure is about, when that is not the reporting jurisdiction itself."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.grammar.phrases import SILENT, trimmed
from pipelines.text.grammar.roles import BOTH, MARK, PAUSE, QUANTITY, QUOTED, VERB, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import INDICATOR, Token

# Administrative levels from the top: an area word of a higher level than the report's restricts.
_LEVELS = ("world", "country", "part_of_country", "province", "city", "county", "township")
_PROPER = frozenset({"nr", "ns", "nt", "nrt", "nrfg"})
_STRIPPED = frozenset({"country", "province", "city", "county", "township"})


@cache
def _areas() -> dict[str, str]:
    return {fields[0]: fields[1] for fields in lexicon.entries("areas")}


@cache
def _classes() -> tuple[str, ...]:
    return tuple(word for word in lexicon.words("class_openers") if len(word) > 1)


@cache
def _things() -> tuple[str, ...]:
    return tuple(row[0] for row in lexicon.entries("entity_suffixes") if "thing" in row)


def split(head: Run, level: str | None) -> tuple[str | None, Run]:
    """Takes an area word off the front of a head: (the area when it is a higher one, the rest)."""
    subject = None
    rest = head
    while rest and (
        _areas().get(rest[0].text) in _STRIPPED
        or rest[0].role in {"self", "adverb", "time", "part"}
    ):
        area = _areas().get(rest[0].text)
        if area and len(rest) > 1 and rest[1].text.startswith(lexicon.affixes("superlatives")):
            break  # 全国首创案例: first in the country, not of the country
        if area and level in _LEVELS and _LEVELS.index(area) < _LEVELS.index(level):
            subject = rest[0].text
        rest = rest[1:]
    return subject, rest


def whole(run: Run) -> bool:
    """Whether a noun phrase is, from end to end, the name of a body, a place or a project."""
    kept = trimmed(run)
    name, size = front(kept)
    return name is not None and size == len(kept)


def bare_entity(run: Run) -> bool:
    """Whether a noun phrase is a proper name without an attribute."""
    kept = trimmed(run)
    return bool(kept) and _proper(kept)


# Words that a name may be made of.
_NAMING: Final[frozenset[Role]] = frozenset({"noun", "both", "adv", "bracket", QUOTED, PAUSE})


def named(run: Run) -> str | None:
    """The run as a subject's name, quotation marks of a wholly quoted name removed."""
    kept = trimmed(run)
    if not kept:
        return None
    # Words that are silent in an indicator (盈|都|吾角) may be part of a name.
    inside = [t for t in run if kept[0].start <= t.start and t.end <= kept[-1].end]
    text = "".join(t.text for t in inside if t.role not in {"bracket", "time"})
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        text = text[1:-1]
    return text or None


def entity(run: Run) -> str | None:
    """The named body, building or area among the words before an indicator, if there is one."""
    for k in range(len(run) - 1, -1, -1):
        if run[k].role == "de":
            run = run[k + 1 :]
            break
    kept = trimmed(run)
    placed = bool(run) and any(t.text in lexicon.words("place_prepositions") for t in run[:2])
    for k in range(len(kept) - 1, -1, -1):
        name = kept[: k + 1]
        listed = any(token.role == PAUSE for token in name)
        if (listed and k + 1 < len(kept)) or any(t.role not in _NAMING for t in name):
            continue
        if _governed(name):
            continue
        if _ends(kept[: k + 1]) and (
            _proper(name) or (placed and len(name) > 1 and not _general(name))
        ):
            return named(name)
    return None


def topics(tokens: Sequence[Token]) -> dict[int, str | None]:
    """The body that opens a clause and stays the subject of the clauses after it, by clause number.

    A semicolon or another body ends it.
    """
    result: dict[int, str | None] = {}
    current: str | None = None
    clause = 0
    begin = 0
    for k, token in enumerate([*tokens]):
        if token.role != MARK:
            continue
        run = tokens[begin:k]
        opener = _opener(run)
        current = result[clause] = opener or current
        clause += 1
        begin = k + 1
        done = opener and _done_with(opener, run) and _acts(tokens[begin:])
        if token.text in ";。" or done:
            current = None
    result[clause] = _opener(tokens[begin:]) or current
    return result


def _done_with(name: str, run: Sequence[Token]) -> bool:
    """Whether a clause told all of its thing: 跨江工程完工. A body goes on to act."""
    return name.endswith(_things()) and all(token.role != QUANTITY for token in run)


def _acts(run: Sequence[Token]) -> bool:
    """Whether a verb opens a run."""
    first = next((token for token in run if token.role not in SILENT), None)
    return first is not None and first.role in {VERB, "light"}


def _opener(run: Sequence[Token]) -> str | None:
    """The body or place with which a clause opens, where a predicate or an attribute follows it."""
    k = 0
    while k < len(run) and run[k].role in {"time", "adverb", "conj", "part", "self"}:
        k += 1
    name, size = _names(run[k:])
    following = run[k + size] if name and k + size < len(run) else None
    if name is None or following is None or following.role in _GOES_ON:
        return None
    if run[k].role == QUOTED and size == 1:
        return name
    if following.role == "noun" and not _measured(following):
        return None
    return name if following.role not in {"noun", "both"} or _proper(run[k : k + size]) else None


_FRONT: Final[frozenset[Role]] = frozenset({"noun", QUOTED, "both", "bracket"})


def _names(run: Sequence[Token]) -> tuple[str | None, int]:
    """One name at the front of a run, or a list of them: 桂花村、民联村."""
    name, size = front(run)
    while name and size + 1 < len(run) and run[size].role == PAUSE:
        more, length = front(run[size + 1 :])
        if more is None:
            break
        name, size = f"{name}、{more}", size + 1 + length
    return name, size


# What follows a name within a longer name or a list; a predicate does not.
_GOES_ON: Final[frozenset[Role]] = frozenset(
    {QUOTED, PAUSE, "de", QUANTITY, "etc", "locative", "conj"}
)


def _measured(token: Token) -> bool:
    return token.tag == INDICATOR or token.text in lexicon.words("attributes")


def front(run: Sequence[Token]) -> tuple[str | None, int]:
    """The name of a body, place or project at the front of a run: (the name, its tokens).

    It ends at the last generic noun (社区, 公司, 项目 …) of the nouns that open the run, and is not
    one of a class (各社区, 重大项目).
    """
    size = 0
    text = ""
    attributes = lexicon.words("attributes")
    for k, token in enumerate(run):
        if token.role not in _FRONT or token.tag == INDICATOR or token.text in attributes:
            break
        text += "" if token.role == "bracket" else token.text
        # a single word is no name, unless it is a quotation
        if (k or token.role == QUOTED) and _generic(text):
            size = k + 1
    name = run[:size]
    if not size or _general(name) or not (_proper(name) or len(_text(name)) >= _LEAST_NAME):
        return None, 0
    if _governed(name):
        return None, 0
    return named(tuple(name)), size


def _governed(name: Sequence[Token]) -> bool:
    """Whether what is done to a thing opens its name: 建设|苏州人工智能学院, 强化|项目."""
    verbal = len(name) > 1 and name[0].role == BOTH
    return verbal and (_proper(name[1:]) or not _proper(name))


# A name of this many characters may be a name without a proper noun in it (红梅邻里坊).
_LEAST_NAME = 4


def _text(run: Sequence[Token]) -> str:
    return "".join(token.text for token in run if token.role != "bracket")


def _ends(run: Sequence[Token]) -> bool:
    return _generic(_text(run))


def _generic(name: str) -> bool:
    """Whether a name ends in a generic noun (社区, 公司, 项目 …)."""
    plain = name.rstrip("”")
    # Most words end in a character that no such noun ends in.
    return plain[-1:] in _last_characters() and plain.endswith(lexicon.affixes("entity_suffixes"))


@cache
def _last_characters() -> frozenset[str]:
    return frozenset(noun[-1] for noun in lexicon.words("entity_suffixes"))


def _general(run: Sequence[Token]) -> bool:
    """Whether a phrase speaks of a class of things (各社区, 所有项目, 老旧小区), not of one."""
    classes = _classes()
    return any(t.text.startswith(classes) or t.role == "filler" or t.text in _areas() for t in run)


def _proper(run: Sequence[Token]) -> bool:
    if any(t.role == QUOTED or (t.tag in _PROPER and len(t.text) > 1) for t in run):
        return True
    singles = [
        len(token.text) == 1
        and token.tag != "h"  # a prefix: 非烟, 准零售
        and token.text not in lexicon.words("region_units")
        for token in run
    ]
    return any(a and b for a, b in itertools.pairwise(singles))


def thing_named(run: Run) -> str | None:
    """The named thing that opens a run: up to its last generic noun before a predicate."""
    kept = run
    while kept and kept[-1].role in {PAUSE, "conj", "etc"}:
        kept = kept[:-1]
    for k, token in enumerate(kept):
        last = k + 1 == len(kept)
        if _ends(kept[: k + 1]) and (last or kept[k + 1].role not in {"noun", QUOTED, PAUSE}):
            return named(kept[: k + 1])
        if k and token.role in {"light", "reach", "up", "down"}:
            return named(kept[:k])
    return named(kept)


def prefix(run: Run) -> tuple[str | None, int]:
    """A name at the front of a noun phrase with something of it after: (the name, its tokens)."""
    name, size = front(run)
    following = next((t for t in run[size:] if t.role not in SILENT), None)
    if name is None or following is None:
        return None, 0
    if following.role not in {"noun", "both", "verb", "adv"}:
        return None, 0
    return (name, size) if _proper(run[:size]) or _measured(following) else (None, 0)
