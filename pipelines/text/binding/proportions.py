"""The numbers of a proportion and what each is the share of: 三次产业结构9.0:43.6:47.4.

Here belong numbers that a colon joins. Numbers in a row are the business of `rows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipelines import lexicon
from pipelines.text.binding.frame import Frame, Root
from pipelines.text.binding.kinds import NameKind
from pipelines.text.grammar.roles import QUANTITY
from pipelines.text.grammar.sites import Site

_COLONS: Final = (":", "∶")


def name_parts(frames: Sequence[Frame], sites: Sequence[Site]) -> None:
    """Gives each number of a proportion the name of its part, where the whole names them at once.

    Args:
        frames: the frames of a sentence, one for each site; those of proportions are changed.
        sites: the sites of its numbers.
    """
    first = 0
    for number, site in enumerate(sites):
        if number + 1 < len(sites) and _joined(site):
            continue
        size = number + 1 - first
        for frame, part in zip(
            frames[first : number + 1], _parts(frames[first].thing, size), strict=False
        ):
            frame.verb, frame.thing = "", part + lexicon.only("part_noun")
            frame.indicator, frame.root = frame.thing, Root("", frame.thing)
            frame.kind = NameKind.ROW_OF_HEADS
        first = number + 1


def _joined(site: Site) -> bool:
    """Whether nothing but a colon parts a number from the next."""
    behind = site.tokens[site.place + 1 : site.place + 3]
    return len(behind) > 1 and behind[0].text in _COLONS and behind[1].role == QUANTITY


def _parts(thing: str, size: int) -> list[str]:
    """The things that a name of so many things at once names: 三次产业, 一、二、三产业."""
    if size == 1:
        return []
    plain = thing.replace("、", "")
    for word, *names in (fields[:4] for fields in lexicon.entries("pairs")):
        parts = [name for name in names if name]
        if len(parts) == size and word in plain:
            return parts
    return []
