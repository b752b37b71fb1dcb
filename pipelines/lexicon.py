"""The vocabulary of seeds/ for those who ask for it by name. Words live in seeds/, never in code.

Whoever asks first has all of it read and validated (`seeds`): no word is used before every file was
found good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipelines.seeds import Seeds, Table, read, read_large

_HERE = Path(__file__).resolve().parent
# A wheel carries seeds/ inside the package; a checkout has it beside the package.
_PACKAGED = _HERE / "_data" / "seeds"
SEEDS = _PACKAGED if _PACKAGED.is_dir() else _HERE.parent / "seeds"


def validate(*, large: bool = True) -> None:
    """Make sure that the vocabulary can be used; to be called before any work.

    Args:
        large: also that of large tables, which one report may never need.

    Raises:
        SeedError: with every fault of every file; of large tables once the others are good.
    """
    _read(SEEDS)
    if large:
        _large(SEEDS)


@cache
def _read(folder: Path) -> Seeds:
    return read(folder)


@cache
def _large(folder: Path) -> Mapping[str, Table]:
    return read_large(folder, _read(folder))


def _list(name: str) -> Table:
    return _read(SEEDS).lists[name]


@cache
def words(name: str) -> frozenset[str]:
    """The words of list `name`."""
    return frozenset([row[0] for row in _list(name).rows])


@cache
def only(name: str) -> str:
    """The word of list `name`, which has exactly one."""
    ((word, *_),) = _list(name).rows
    return word


@cache
def entries(name: str) -> tuple[tuple[str, ...], ...]:
    """Words of list `name` with their cells, in the order of schema.toml: required, optional."""
    return _list(name).rows


@cache
def column(name: str, column: str) -> Mapping[str, str]:
    """What the words of list `name` have in a column; those with an empty cell are left out."""
    found = _list(name)
    k = found.columns.index(column)
    return {row[0]: row[k] for row in found.rows if row[k]}


def tokens() -> Mapping[str, str]:
    """Words that rules compare with whole tokens, with the part of speech that they go by."""
    return _read(SEEDS).tokens


@cache
def affixes(name: str) -> tuple[str, ...]:
    """The words of list `name` as `str.startswith` and `str.endswith` take them."""
    return tuple(words(name))


def alternation(items: frozenset[str] | set[str] | list[str] | tuple[str, ...]) -> str:
    """A regular-expression alternation of literal words that matches the longest.

    Words that begin alike share one branch: `re` tries the branches one after the other.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(items, key=lambda word: (-len(word), word)):
        tails.setdefault(re.escape(word[:1]), []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the words of list `name`, the longest first."""
    return re.compile(alternation(words(name)))


@cache
def ending(name: str) -> re.Pattern[str]:
    """A pattern of the words of list `name` where a text ends."""
    return re.compile(f"(?:{alternation(words(name))})$")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of the table `name` (`units`, `indicators` …) by column."""
    found = _read(SEEDS).tables.get(name) or _large(SEEDS)[name]
    return tuple([dict(zip(found.columns, row, strict=True)) for row in found.rows])
