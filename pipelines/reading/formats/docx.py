"""Word files (.docx): paragraphs and tables in order, then footnotes and endnotes.

Numbers that Word shows before paragraphs are part of their text. Left out are what tracked changes
removed, and heads and feet of pages.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from pipelines.reading.document import Document
from pipelines.reading.formats import kinds
from pipelines.reading.formats.builder import Builder, Filled, blanks_before
from pipelines.reading.formats.limits import Limits, damaged, no_text
from pipelines.reading.formats.numbering import Numbering
from pipelines.reading.formats.office import guard, named

_PARAGRAPH, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_TWIPS = 120  # of a letter of 12 points
_TEXT, _TAB, _BREAK, _RETURN = (qn(f"w:{name}") for name in ("t", "tab", "br", "cr"))
_KINDS_OF_NOTES = (
    (RELATIONSHIP_TYPE.FOOTNOTES, "footnote"),
    (RELATIONSHIP_TYPE.ENDNOTES, "endnote"),
)
_NOTES = "注释"  # the line above notes
_SYMBOLS = {qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}
# Removed by a change that is tracked; instructions of fields; a picture's second version.
_SKIPPED = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:instrText"),
        qn("w:pPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document]:
    """Yield the text of a Word file.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `damaged`, `encrypted`, `too_large` or `blank`.
    """
    guard(data, file_name, kinds.WORD, limits)
    try:
        word = docx.Document(io.BytesIO(data))
        builder = Builder()
        _Walk(builder, Numbering(word)).blocks(word.element.body)
        _notes(builder, word)
    except Exception as error:  # the library raises whatever its parts raise
        raise damaged(file_name, kinds.WORD, error) from error
    if not builder.raw.strip():
        raise no_text(file_name, kinds.WORD)
    yield Document(
        raw=builder.raw,
        format="docx",
        encoding="utf-8",
        anchors=tuple(builder.anchors),
        grids=tuple(builder.grids),
        named=named(word.core_properties.title, builder.raw),
    )


def _notes(builder: Builder, word: Any) -> None:
    """Add the notes of a file at its end, each behind its number."""
    first = True
    for kind, name in _KINDS_OF_NOTES:
        try:
            part = word.part.part_related_by(kind)
        except KeyError:
            continue
        count = 0
        for note in parse_xml(part.blob).findall(qn(f"w:{name}")):
            if note.get(qn("w:type")) not in (None, "normal"):
                continue  # the line above the notes
            text = " ".join(line.strip() for p in note.iter(_PARAGRAPH) for line in _lines(p))
            if not text.strip():
                continue
            count += 1
            if first:
                builder.paragraph(_NOTES, f"{name}s")
                first = False
            builder.paragraph(f"[{count}] {text.strip()}", f"{name} {count}")


class _Walk:
    """Goes through the blocks of a body and counts them."""

    def __init__(self, builder: Builder, numbering: Numbering) -> None:
        self._builder = builder
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, parent: Any) -> None:
        """Take in paragraphs and tables, also those inside content controls."""
        for element in parent:
            if element.tag == _PARAGRAPH:
                self._paragraphs += 1
                lines = _lines(element)
                if any(line.strip() for line in lines):
                    lines[0] = self._numbering.before(element) + lines[0].lstrip()
                for line in lines:
                    self._builder.paragraph(line, f"paragraph {self._paragraphs}")
                for box in element.iter(qn("w:txbxContent")):
                    if not _within(box, _SKIPPED, element):
                        self.blocks(box)
            elif element.tag == _TABLE:
                self._table(element)
            elif element.tag not in _SKIPPED:
                self.blocks(element)

    def _table(self, table: Any) -> None:
        self._tables += 1
        rows = [row for row in table.iter(_ROW) if _owner(row, _TABLE) is table]
        cells = list(_cells(rows, f"table {self._tables}"))
        if len(rows) == 1 and len(cells) == 1:
            # A frame around text is no table.
            for cell in rows[0].iter(_CELL):
                self.blocks(cell)
                return
        self._builder.table(cells)


def _cells(rows: list[Any], name: str) -> Iterator[Filled]:
    """Cells with their merged extent: a cell that goes on from above is part of that one."""
    heads: dict[int, list[Any]] = {}  # by column the cell that may go on
    made: list[list[Any]] = []
    for number, row in enumerate(rows):
        column = _offset(row)
        for cell in row:
            if cell.tag == qn("w:sdt"):
                inner = cell.find(f".//{_CELL}")
                if inner is None:
                    continue
                cell = inner  # noqa: PLW2901
            if cell.tag != _CELL:
                continue
            width = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            if goes_on and column in heads:
                heads[column][4] += 1
            else:
                where = f"{name} row {number + 1} column {column + 1}"
                made.append([_cell_text(cell), number, column, where, 1, width, _indent(cell)])
                if merge is not None:
                    heads[column] = made[-1]
                else:
                    heads.pop(column, None)
            column += width
    for one in made:
        yield Filled(*one)


def _offset(row: Any) -> int:
    return _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)


def _number(element: Any, default: int) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return min(int(value), 500) if value and value.isdecimal() and len(value) < 6 else default


def _cell_text(cell: Any) -> str:
    lines = [line for p in cell.iter(_PARAGRAPH) for line in _lines(p)]
    return " ".join(line.strip() for line in lines if line.strip())


def _indent(cell: Any) -> int:
    """How far the first paragraph of a cell is set in."""
    first = next(cell.iter(_PARAGRAPH), None)
    if first is None:
        return 0
    blanks = blanks_before(next(iter(_lines(first)), ""))
    by = first.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    if by is None:
        return blanks
    ways = [by.get(qn(f"w:{name}")) or "" for name in ("left", "start", "firstLine")]
    twips = sum(int(way) for way in ways if way.isdecimal() and len(way) < 6)
    return blanks + twips // _TWIPS


def _lines(paragraph: Any) -> list[str]:
    """The lines of one paragraph, text boxes in it left out."""
    parts: list[str] = []
    box = qn("w:txbxContent")

    def walk(element: Any) -> None:
        for child in element:
            if child.tag == _TEXT:
                parts.append(child.text or "")
            elif child.tag == _TAB:
                parts.append(" ")
            elif child.tag in (_BREAK, _RETURN):
                parts.append("\n")
            elif child.tag in _SYMBOLS:
                parts.append(_SYMBOLS[child.tag])
            elif child.tag not in _SKIPPED and child.tag != box:
                walk(child)

    walk(paragraph)
    return "".join(parts).split("\n")


def _within(element: Any, tags: frozenset[str], top: Any) -> bool:
    at = element.getparent()
    while at is not None and at is not top:
        if at.tag in tags:
            return True
        at = at.getparent()
    return False


def _owner(element: Any, tag: str) -> Any:
    at = element.getparent()
    while at is not None and at.tag != tag:
        at = at.getparent()
    return at
