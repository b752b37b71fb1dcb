"""Excel files (.xlsx): a table of reports, one a row, or else a report made of tables."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from pipelines.bilingual import Both
from pipelines.reading.document import Document, Refused
from pipelines.reading.formats import kinds, rows
from pipelines.reading.formats.builder import Builder, Filled, blanks_before
from pipelines.reading.formats.limits import Limits, damaged, no_text, too_large
from pipelines.reading.formats.office import guard

_MOST_CELLS = 500_000


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document | Refused]:
    """Yield the reports of a workbook.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `damaged`, `encrypted`, `too_large` or `blank`.
    """
    guard(data, file_name, kinds.EXCEL, limits)
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # the library raises whatever its parts raise
        raise damaged(file_name, kinds.EXCEL, error) from error
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > _MOST_CELLS * 20:
        what = Both("its sheets have too many cells", "工作表的单元格过多")
        raise too_large(file_name, what, "ZHIBIAO_MAX_UNPACKED_BYTES")
    builder = Builder()
    reports = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        header, body = _records(sheet)
        columns = rows.columns_of(header, limits.columns)
        if columns and rows.is_collection(columns, body[:50]):
            mark = f"{sheet.title}!row "
            for found in rows.documents(columns, body, limits, mark, 2, file_name):
                reports += 1
                yield found
        elif sheet.max_row and sheet.max_column:
            _tables(builder, sheet)
    if not reports and not builder.raw.strip():
        raise no_text(file_name, kinds.EXCEL)
    if builder.raw.strip():
        yield Document(
            raw=builder.raw,
            format="xlsx",
            encoding="utf-8",
            part="sheets" if reports else "",
            anchors=tuple(builder.anchors),
            grids=tuple(builder.grids),
        )


def _records(sheet: Any) -> tuple[list[str], list[list[str]]]:
    """The first row as a header, and the rows below it."""
    table = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
    return (table[0], table[1:]) if table else ([], [])


def _tables(builder: Builder, sheet: Any) -> None:
    """The sheet as tables parted by empty rows; a row of one cell across is a line of text."""
    merged = {}
    covered = set()
    for span in sheet.merged_cells.ranges:
        merged[span.min_row, span.min_col] = (
            span.max_row - span.min_row + 1,
            span.max_col - span.min_col + 1,
        )
        for row in range(span.min_row, span.max_row + 1):
            for column in range(span.min_col, span.max_col + 1):
                covered.add((row, column))
    covered -= set(merged)
    pending: list[Filled] = []
    rows = list(sheet.iter_rows())
    for number, row in enumerate(rows):
        cells = [
            Filled(
                _shown(cell),
                cell.row - 1,
                cell.column - 1,
                f"{sheet.title}!{cell.coordinate}",
                *merged.get((cell.row, cell.column), (1, 1)),
                _indent(cell),
            )
            for cell in row
            if (cell.row, cell.column) not in covered
        ]
        filled = [cell for cell in cells if cell.text]
        if len(filled) > 1 or (pending and filled and _is_group(filled[0], rows[number + 1 :])):
            pending += cells
        else:
            builder.table(pending)
            pending = []
            for cell in filled:
                builder.paragraph(cell.text, cell.where)
    builder.table(pending)


def _is_group(cell: Filled, below: Sequence[Any]) -> bool:
    """Whether the only cell of a row inside a table names the rows below it.

    One across the sheet does where figures are right below it, not the headings of a table more.
    """
    if cell.column > 0 or cell.width == 1:
        return cell.column == 0
    return bool(below) and any(isinstance(one.value, int | float) for one in below[0])


def _indent(cell: Any) -> int:
    """How far the words of a cell are set in, by blanks or by its format."""
    if not isinstance(cell.value, str):
        return 0
    return blanks_before(cell.value) + 2 * int(cell.alignment.indent or 0)


def _shown(cell: Any) -> str:  # noqa: PLR0911  (a line a kind of value)
    """A cell as a reader sees it: 8.5% for 0.085 in the form of percentages."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if not value.time().hour else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        form = str(cell.number_format)
        if "%" in form:
            return f"{_plain(float(value) * 100)}%"
        return _plain(value)
    return str(value).strip()


def _plain(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{value:.12f}" if abs(value) < 1e15 else f"{value:.0f}"
    short = format(float(format(value, ".12g")), "f") if abs(value) >= 1e-6 else "0"
    chosen = short if short.strip("0.-") else text
    return chosen.rstrip("0").rstrip(".") if "." in chosen else chosen
