"""Puts together the text of a document with its anchors and tables, paragraph by paragraph.

One paragraph a line; a table is a line a row, with tabs between its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.reading.document import Anchor, Cell, Grid

# What a line of ours cannot hold: other line ends, and tabs, which part cells.
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")

_MOST_INDENT = 20


class Filled(NamedTuple):
    """A cell as a format has it."""

    text: str
    row: int
    column: int
    where: str
    height: int = 1
    width: int = 1
    indent: int = 0  # widths of a letter by which its words are set in


def blanks_before(text: str) -> int:
    """How far the words of a cell are set in by the blanks before them, in widths of a letter."""
    lead = text[: len(text) - len(text.lstrip())]
    return sum(2 if blank == "\u3000" else 1 for blank in lead if blank not in "\t\n\r")


class Builder:
    """A document in the making."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.anchors: list[Anchor] = []
        self.grids: list[Grid] = []

    @property
    def raw(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def length(self) -> int:
        """Its length."""
        return self._length

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def paragraph(self, text: str, where: str) -> None:
        """Add a paragraph; one without a character that shows is left out."""
        text = _BREAKS.sub(" ", text).rstrip()
        if not text.strip():
            return
        self.anchors.append(Anchor(self._length, where))
        self._put(f"{text}\n")

    def line(self, pieces: Iterable[tuple[str, str]]) -> None:
        """Add a paragraph of pieces, each with its own place."""
        if self._length and not self._parts[-1].endswith("\n"):
            self._put("\n")
        for text, where in pieces:
            self.anchors.append(Anchor(self._length, where))
            self._put(_BREAKS.sub(" ", text))
        self._put("\n")

    def table(self, cells: Iterable[Filled]) -> None:
        """Add a table, cells in order of rows and columns."""
        begin = self._length
        made: list[Cell] = []
        row = column = None
        for cell in cells:
            if row is not None:
                self._put("\n" if cell.row != row else "\t")
            row, column = cell.row, cell.column
            text = _BREAKS.sub(" ", cell.text).strip()
            self._put(" " * min(cell.indent, _MOST_INDENT))
            self.anchors.append(Anchor(self._length, cell.where))
            made.append(
                Cell(
                    self._length,
                    self._length + len(text),
                    row,
                    column,
                    cell.height,
                    cell.width,
                )
            )
            self._put(text)
        if not made:
            return
        self._put("\n")
        if any(cell.end > cell.start for cell in made):
            self.grids.append(Grid(begin, self._length, tuple(made)))
