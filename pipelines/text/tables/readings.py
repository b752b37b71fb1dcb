"""What the reader of a table is given, and what it gives back: plain data."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipelines.text.model import Measure, Period, Status
from pipelines.text.tables.grid import TableCell
from pipelines.text.tables.headings import Heading, UnitOf


class TableContext(NamedTuple):
    """What is known outside of a table."""

    default: Period | None  # the report's period
    level: str | None  # the level of the report's own region
    own: str  # its name, or nothing
    units: tuple[str, ...]  # of the line above the table, as written
    period: Period | None  # that the caption names
    says: frozenset[str]  # what the caption says of the figures, as a heading does
    topic: str  # what the caption calls the whole of the table, or nothing
    things: str = ""  # what it calls the works that the table lists, or nothing


class Reading(NamedTuple):
    """What a cell says."""

    cell: TableCell
    value: Decimal
    unit: UnitOf | None
    measure: Measure
    basis: str | None
    indicator: str
    subject: str | None
    scope: str | None  # the population that a place or a share is one of
    period: Period | None
    status: Status
    since: bool = False  # from a day on that nobody tells, up to the end of the period


class TableReading(NamedTuple):
    """What was read of a table; sets hold the `id` of cells."""

    readings: tuple[Reading, ...]
    serials: frozenset[int]  # numbers of rows
    body: frozenset[int]  # cells that are no heading of a row or column

    def is_heading(self, cell: TableCell) -> bool:
        """Whether a cell names a row or a column."""
        return id(cell) not in self.body


class Column(NamedTuple):
    """A column with what its headings say."""

    number: int
    kind: str  # figures, or one of table_stubs
    heading: Heading
    part: bool = False  # of the figures of a column before it
