"""What a file of any format is read into: text, its tables, and where each piece came from.

The text is what offsets count in and what quotes are cut from; it is kept for every format. How a
format is taken apart belongs to `formats/`; what the text says, to `text/`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipelines.bilingual import Both


class Anchor(NamedTuple):
    """From `start` on, the text came from the place `where` of the file."""

    start: int
    where: str  # page 3 line 2, table 1 row 4 column 2, #zoom > p:nth-of-type(3), Sheet1!B4


class Cell(NamedTuple):
    """A cell of a table: its characters, and the rows and columns that it covers."""

    start: int
    end: int
    row: int
    column: int
    height: int = 1
    width: int = 1


class Grid(NamedTuple):
    """A table: the stretch of text that it takes, and its cells in order of the text.

    The stretch begins and ends with whole lines; cells do not overlap.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report as it was taken out of a file.

    Fields below `damaged` are what the format says of the report beside its text; None where it is
    silent.
    """

    raw: str
    format: str
    encoding: str
    part: str = ""  # of a file that holds several reports: the member or the row
    anchors: tuple[Anchor, ...] = ()
    grids: tuple[Grid, ...] = ()
    damaged: int = 0  # places whose bytes are no text
    title: str | None = None
    region: str | None = None
    year: int | None = None
    published_on: date | None = None
    source_url: str | None = None
    named: str | None = None  # the title in its properties, which may be that of an older file
    agency: str | None = None  # that published it, as its page says


class Refused(NamedTuple):
    """A part of a file that could not be read, and why."""

    part: str
    reason: str
    detail: Both


class Places:
    """Finds the locator of a span of a document's text."""

    def __init__(self, document: Document) -> None:
        self._raw = document.raw
        self._anchors = document.anchors
        self._starts: Sequence[int] = (
            [anchor.start for anchor in document.anchors]
            if document.anchors
            else _line_starts(document.raw)
        )

    def of(self, start: int) -> str:
        """Where the character at `start` came from: what the format says, else its line."""
        index = bisect_right(self._starts, start) - 1
        if self._anchors:
            return self._anchors[max(index, 0)].where
        return f"line {index + 1}"


def _line_starts(raw: str) -> list[int]:
    starts, at = [0], raw.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = raw.find("\n", at + 1)
    return starts
