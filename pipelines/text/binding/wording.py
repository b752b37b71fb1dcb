"""What the words right before a figure say of the kind of figure that it is.

Of a planned one how a government binds itself to it (确保, 力争, 控制在); of a level of several
years whether it is where something came to (达到300万户) or what was done in all (新建300万户).
Whether a figure is planned is for `times` to say, whether it is a floor or a ceiling for the
modifier of the quantity.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from pipelines import lexicon
from pipelines.text import marks
from pipelines.text.model import Commitment, Quantity, Status

# As far as a word may stand before the figure that it binds; no clause of a target is longer.
_REACH = 40
_WORD = 8  # longer than any word that ends right before a figure


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    commitments = dict(lexicon.column("commitments", "commitment"))
    words = [*commitments, *lexicon.words("target_holds")]
    return re.compile(lexicon.alternation(words)), commitments


@cache
def _arrivals() -> re.Pattern[str]:
    to = {row[0] for row in lexicon.entries("roles") if row[1] == "to" and len(row[0]) > 1}
    return re.compile(f"(?:{lexicon.alternation(to | lexicon.words('arrivals'))})$")


def arrived(text: str, quantity: Quantity) -> bool:
    """Whether the words before a level say where something came to (增加到, 突破, 稳定在).

    Args:
        text: clean text.
        quantity: the level, with the modifiers around it.

    Returns:
        False where nothing is said. What is summed up (累计达) has that for its basis already.
    """
    before = text[max(0, quantity.start - _WORD) : quantity.start]
    return _arrivals().search(before) is not None


def bound_by(text: str, quantity: Quantity, status: Status) -> tuple[str | None, Commitment | None]:
    """How a planned figure is bound.

    Args:
        text: clean text.
        quantity: the figure.
        status: planned, or nothing is said of it.

    Returns:
        The words before and behind the figure with … in its place (力争…以上, …左右), None where
        there are none; and the commitment: of several words the last before the figure, for it is
        the nearest (确保增长6%、力争增长7%: firm, stretch). Both None for what was reached.
    """
    if status != "planned":
        return None, None
    pattern, commitments = _words()
    before = marks.before(text, quantity.lead, _REACH, marks.CLAUSE + marks.PAUSE)
    found = pattern.findall(before)
    bound = [word for word in found if word in commitments][-1:]
    commitment = cast("Commitment", commitments[bound[0]]) if bound else "plain"
    lead = "".join(found) + text[quantity.lead : quantity.start].strip()
    tail = text[quantity.end : quantity.tail].strip()
    return (f"{lead}…{tail}" if lead or tail else None), commitment
