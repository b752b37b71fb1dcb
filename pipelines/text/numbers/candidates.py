"""A numeral with all that its own characters say, before it is known what it is.

Plain data, handed from `scan` to `dispositions`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipelines.text.model import Disposition, Modifier
from pipelines.text.numbers.units import Unit


class Candidate(NamedTuple):
    """A numeral with its unit and modifiers (clean offsets): `start:end` is the quote."""

    start: int
    end: int
    digits_start: int
    digits_end: int
    lead: int
    tail: int
    value: Decimal | None
    upper: Decimal | None
    unit: Unit | None
    modifier: Modifier
    shape: str  # plain, formal, share, slash, half, first


def candidate(
    *,
    start: int,
    end: int,
    digits_start: int,
    digits_end: int,
    lead: int,
    tail: int,
    value: Decimal | None,
    upper: Decimal | None,
    unit: Unit | None,
    modifier: Modifier,
    shape: str,
) -> Candidate:
    """A candidate by keywords: compiled, they cost nothing here, and much in a named tuple."""
    return Candidate(
        start, end, digits_start, digits_end, lead, tail, value, upper, unit, modifier, shape
    )


class Verdict(NamedTuple):
    """The disposition, and the candidate as that disposition reads it (第6 takes in 第)."""

    disposition: Disposition
    candidate: Candidate
