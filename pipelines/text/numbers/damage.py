"""Numerals that touch a damaged place of the text: what stood there may have been a digit.

Such a numeral is unknown, with its value left open. Where bytes are damaged, `reading/` knows; here
each such place is U+FFFD.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.text.ledger import Spot, at_spot
from pipelines.text.model import Quantity

MARK = "\ufffd"


def touches_damage(text: str, found: Quantity) -> bool:
    """Whether a numeral, with its unit and modifiers, touches a damaged place (clean offsets)."""
    start, end = max(found.lead - 1, 0), min(found.tail + 1, len(text))
    return MARK in text[start:end]


def undamaged(text: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The numerals of a text; those that touch a damaged place are unknown.

    Args:
        text: clean text.
        quantities: its numerals.
    """
    return tuple(
        [
            found._replace(
                disposition=at_spot(found.disposition, Spot.DAMAGED), value=None, upper=None
            )
            if touches_damage(text, found)
            else found
            for found in quantities
        ]
    )
