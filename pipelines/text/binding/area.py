"""Words for a whole region before a head: 全市|出口总额, 我省|粮食产量.

Whether the region is another than the report's own; names of places are no business of this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipelines import lexicon
from pipelines.text.binding.definite import areas
from pipelines.text.binding.subjects import measures_something
from pipelines.text.grammar.roles import NOUN, QUOTED, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import Token

# Administrative levels from the top: an area word of a higher level than the report's restricts.
_LEVELS = ("world", "country", "part_of_country", "province", "city", "county", "township")
_STRIPPED = frozenset({"country", "province", "city", "county", "township"})


def split(head: Run, level: str | None, *, counted: bool = False) -> tuple[str | None, Run]:
    """Takes an area word off the front of a head: (the area when it is a higher one, the rest).

    Where things are counted, 全国 before their noun belongs to their name (全国文明城市13个).

    Args:
        head: words left of a number.
        level: administrative level of the reporting region, if known.
        counted: whether the number counts things.
    """
    subject = None
    rest = head
    while rest and (
        areas().get(rest[0].text) in _STRIPPED or rest[0].role in {"self", "adverb", "time", "part"}
    ):
        area = areas().get(rest[0].text)
        if area and len(rest) > 1 and rest[1].text.startswith(lexicon.affixes("superlatives")):
            break  # 全国首创案例: first in the country, not of the country
        below = area == "country" and level not in {None, "country"}
        if below and (counted or rest[-1].text in lexicon.words("count_nouns")) and _is_title(rest):
            break
        if area and level in _LEVELS and _LEVELS.index(area) < _LEVELS.index(level):
            subject = rest[0].text
        rest = rest[1:]
    return subject, rest


_THINGS: Final[frozenset[Role]] = frozenset({NOUN, QUOTED})


def _is_title(run: Run) -> bool:
    """Whether 全国 opens the name of what is counted: a noun follows, and nothing measured."""
    counts = lexicon.words("count_nouns")
    measured = any(measures_something(token) for token in run[1:] if token.text not in counts)
    return len(run) > 1 and run[1].role in _THINGS and not measured


def is_ours(run: Sequence[Token]) -> bool:
    """Whether a word for a whole region opens a run (我省, 全省, 街道): no place inside it."""
    return bool(run) and (run[0].role == "self" or run[0].text in areas())
