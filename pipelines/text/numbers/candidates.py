"""A numeral with all that its own characters say, before it is known what it is.

Plain data, handed from `scan` to `dispositions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipelines.text.model import Disposition, Modifier
from pipelines.text.numbers.units import Unit


@dataclass(init=False, slots=True)
class Candidate:
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

    def __init__(
        self,
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
    ) -> None:
        self.start = start
        self.end = end
        self.digits_start = digits_start
        self.digits_end = digits_end
        self.lead = lead
        self.tail = tail
        self.value = value
        self.upper = upper
        self.unit = unit
        self.modifier = modifier
        self.shape = shape

    def bare(self) -> Candidate:
        """The same without its unit: its quote ends with its digits."""
        return self._with(self.digits_end, None)

    def in_unit(self, unit: Unit | None) -> Candidate:
        """The same in another unit, or in none."""
        return self._with(self.end, unit)

    def _with(self, end: int, unit: Unit | None) -> Candidate:
        # `dataclasses.replace` takes thirty times as long, and many numerals are read again.
        return Candidate(
            self.start,
            end,
            self.digits_start,
            self.digits_end,
            self.lead,
            self.tail,
            self.value,
            self.upper,
            unit,
            self.modifier,
            self.shape,
        )


@dataclass(init=False, slots=True)
class Verdict:
    """The disposition, and the candidate as that disposition reads it (第6 takes in 第)."""

    disposition: Disposition
    candidate: Candidate

    def __init__(
        self,
        disposition: Disposition,
        candidate: Candidate,
    ) -> None:
        self.disposition = disposition
        self.candidate = candidate
