"""The vocabulary of seeds/, loaded and checked once. Words live in seeds/, never in code.

`seeds/lexicon/NAME.txt` is a word list: one word a line, `#` starts a comment, further
tab-separated fields are the word's attributes. Tables with their own columns (units.csv,
indicators.csv, themes.csv, regions.csv) are CSV files with a header.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from pipelines.errors import SeedError

_HERE = Path(__file__).resolve().parent
# A wheel carries seeds/ inside the package; a checkout has it beside the package.
_PACKAGED = _HERE / "_data" / "seeds"
SEEDS = _PACKAGED if _PACKAGED.is_dir() else _HERE.parent / "seeds"


@cache
def entries(name: str) -> tuple[tuple[str, ...], ...]:
    """Lines of the word list `name` as tuples: the word, then its attributes, in file order.

    Raises:
        SeedError: the list is missing, or a word stands in it twice.
    """
    file = f"lexicon/{name}.txt"
    path = SEEDS / file
    if not path.is_file():
        raise SeedError(file, 0, "the word list is missing")
    rows: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        text = line.split("#", 1)[0].rstrip()
        if not text.strip():
            continue
        fields = tuple(field.strip() for field in text.split("\t"))
        if fields[0] in seen:
            raise SeedError(file, number, f"the word {fields[0]} stands in the list twice")
        seen.add(fields[0])
        rows.append(fields)
    return tuple(rows)


@cache
def words(name: str) -> frozenset[str]:
    """The words of list `name`, without their attributes."""
    return frozenset(fields[0] for fields in entries(name))


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
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of the CSV seed `name` (`units`, `indicators` …) as dicts of stripped strings.

    Raises:
        SeedError: the file is missing or a row has more or fewer cells than the header.
    """
    file = f"{name}.csv"
    path = SEEDS / file
    if not path.is_file():
        raise SeedError(file, 0, "the table is missing")
    rows = []
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        for row in reader:
            if None in row or None in row.values():
                raise SeedError(
                    file, reader.line_num, "a row has more or fewer cells than the header"
                )
            rows.append({key: value.strip() for key, value in row.items()})
    return tuple(rows)
