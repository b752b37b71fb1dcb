"""A table or view of the warehouse as a file that Excel opens: CSV or XLSX.

What belongs here: that Chinese shows, that no text of a report runs as a formula, that no digit is
lost. Which tables are written, and where, is for `export` to say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Context, Decimal
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import polars as pl

from pipelines.bilingual import Both, Lang
from pipelines.errors import ExportError
from pipelines.warehouse.relation import Field, Relation, literal, ordered, plain_decimal, quoted

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# A sheet of Excel holds 2^20 rows, the header among them; a cell 2^15 - 1 characters.
SHEET_ROWS = 1_048_576
_CELL_CHARACTERS = 32_767
# A number of Excel is a double, of which it keeps fifteen digits.
_DIGITS = 15
_BATCH = 5_000
# A text that opens with one of these is a formula to some spreadsheet; the wide forms are, where
# the input method is Chinese or Japanese.
FORMULA = "=+-@\t\r\n＝＋－＠"
_BOM = "\ufeff"
_EXACT = Context(prec=60)


def write_csv(
    con: duckdb.DuckDBPyConnection, relation: Relation, path: Path, lang: Lang | None = None
) -> None:
    """Write a CSV of UTF-8 with a byte order mark, by which Excel knows it.

    A text that a spreadsheet could take for a formula gets an apostrophe before it. Decimals are
    written in full, without zeros at the end: 3, not 3.00000000.

    Args:
        con: a connection to the warehouse.
        relation: what to write.
        path: the file.
        lang: of the headings; without it they are the names of the columns.
    """
    heads = headings(relation, lang)
    cells = ", ".join(
        f"{_written(field)} as {quoted((_BOM if place == 0 else '') + head)}"
        for place, (field, head) in enumerate(zip(relation.fields, heads, strict=True))
    )
    query = f"select {cells} from ({ordered(relation)})"  # noqa: S608  (quoted names)
    con.sql(f"copy ({query}) to {literal(path)} (format csv, header, delimiter ',')")


def headings(relation: Relation, lang: Lang | None) -> tuple[str, ...]:
    """The head of each column, each once: a label that two columns share is the first one's."""
    heads: list[str] = []
    for field in relation.fields:
        head = field.label(lang)
        heads.append(field.name if head in heads else head)
    return tuple(heads)


def _written(field: Field) -> str:
    name = quoted(field.name)
    if field.type.startswith("DECIMAL"):
        return plain_decimal(field.name)
    if field.type != "VARCHAR":
        return name
    opens = f"{name} != '' and contains({literal(FORMULA)}, left({name}, 1))"
    return f"if({opens}, chr(39) || {name}, {name})"


def as_csv(frame: pl.DataFrame) -> str:
    """The frame as CSV, its cells as those of `write_csv`.

    Args:
        frame: of plain values and decimals; no lists.
    """
    text = pl.col(pl.String)
    opens = text.str.slice(0, 1).is_in(list(FORMULA))
    harmless = pl.when(opens).then("'" + text).otherwise(text).name.keep()
    plain = (
        pl.when(pl.col(name).cast(pl.String).str.contains(".", literal=True))
        .then(pl.col(name).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end("."))
        .otherwise(pl.col(name).cast(pl.String))
        .alias(name)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Decimal)
    )
    return frame.with_columns(harmless).with_columns(plain).write_csv()


def xlsx_library() -> ModuleType:
    """The library that writes XLSX, which few installations need.

    Raises:
        ExportError: it is not installed.
    """
    try:
        return import_module("xlsxwriter")
    except ImportError:
        raise ExportError(
            "xlsx",
            Both("XlsxWriter is not installed", "没有安装 XlsxWriter"),
            Both("Install it: pip install 'zhibiao[xlsx]'", "请安装：pip install 'zhibiao[xlsx]'"),
        ) from None


def require_rows(relation: Relation) -> None:
    """Make sure that a sheet can hold all rows and the header.

    Raises:
        ExportError: it cannot.
    """
    if relation.rows >= SHEET_ROWS:
        raise ExportError(
            relation.name,
            Both(
                f"it has {relation.rows:,} rows, and a sheet of Excel takes {SHEET_ROWS:,} with "
                "its header",
                f"共 {relation.rows:,} 行，而 Excel 工作表连表头至多 {SHEET_ROWS:,} 行",
            ),
            Both(
                "Export it as CSV or Parquet, or ask for less of it: zhibiao query … --format csv",
                "请导出为 CSV 或 Parquet，或只取一部分：zhibiao query … --format csv",
            ),
        )


def write_xlsx(
    con: duckdb.DuckDBPyConnection,
    relation: Relation,
    path: Path,
    progress: Callable[[int], object],
    lang: Lang | None = None,
) -> None:
    """Write a workbook: a sheet of the rows, and one that says what the columns are.

    Every text is stored as text, and marked so where a spreadsheet could take it for a formula
    once a person edits the cell. A number of more digits than Excel keeps is written as text.

    Args:
        con: a connection to the warehouse.
        relation: what to write.
        path: the new file.
        progress: told how many rows are done.
        lang: of the headings; without it they are the names of the columns.

    Raises:
        ExportError: a text is longer than a cell may be.
    """
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsx_library().Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        looks = _Looks(
            plain=book.add_format({"quote_prefix": True}),
            moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            whole=book.add_format({"num_format": "#,##0"}),
            decimal=book.add_format({"num_format": "#,##0.0#######"}),
        )
        sheet = book.add_worksheet(relation.name[:31])
        sheet.freeze_panes(1, 0)
        heads = headings(relation, lang)
        for place, (field, title) in enumerate(zip(relation.fields, heads, strict=True)):
            sheet.set_column(place, place, _width(field, title))
        sheet.autofilter(0, 0, relation.rows, len(relation.fields) - 1)
        sheet.write_row(0, 0, heads, head)
        found = con.execute(ordered(relation))  # a relation of DuckDB 2 has no fetchmany
        line = 0
        while rows := found.fetchmany(_BATCH):
            for row in rows:
                line += 1
                for place, value in enumerate(row):
                    _write_cell(sheet, line, place, value, looks)
            progress(line)
        about = book.add_worksheet("列说明 columns")
        about.freeze_panes(1, 0)
        about.set_column(0, 3, 20)
        about.set_column(4, 5, 60)
        titles = ("列 column", "类型 type", "中文名", "label", "含义", "meaning")
        about.write_row(0, 0, titles, head)
        for line, field in enumerate(relation.fields, 1):
            labels = (field.label_zh, field.label_en)
            texts = (field.name, field.type.lower(), *labels, field.zh, field.en)
            for place, text in enumerate(texts):
                _write_cell(about, line, place, text, looks)


class _Looks(NamedTuple):
    """Formats of cells."""

    plain: Format
    moment: Format
    whole: Format
    decimal: Format


def _width(field: Field, title: str) -> int:
    """In characters of Latin; a Chinese one takes two."""
    room = {"VARCHAR": 24, "TIMESTAMP": 20}.get(field.type, 14)
    if field.name.endswith("sentence"):
        room = 60
    return max(room, sum(1 if char.isascii() else 2 for char in title) + 3)


def _write_cell(sheet: Worksheet, line: int, place: int, value: object, looks: _Looks) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | Decimal):
        if _fits(value):
            sheet.write_number(line, place, value, _look(value, looks))
        else:
            sheet.write_string(line, place, f"{Decimal(value):f}")
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, value, looks.moment)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value)
    else:
        text = str(value)
        if len(text) > _CELL_CHARACTERS:
            raise ExportError(
                sheet.get_name(),
                Both(
                    f"row {line} has a text of {len(text):,} characters, and a cell of Excel "
                    f"takes {_CELL_CHARACTERS:,}",
                    f"第 {line} 行的文字有 {len(text):,} 个字符，"
                    f"而 Excel 单元格至多 {_CELL_CHARACTERS:,} 个",
                ),
                Both("Export it as CSV or Parquet", "请导出为 CSV 或 Parquet"),
            )
        sheet.write_string(line, place, text, looks.plain if text[:1] in tuple(FORMULA) else None)


def _look(value: int | Decimal, looks: _Looks) -> Format | None:
    """With commas between thousands where it is an amount; a year or a count is as it is."""
    if isinstance(value, int):
        return None
    return looks.whole if value == value.to_integral_value() else looks.decimal


def _fits(value: int | Decimal) -> bool:
    """Whether Excel keeps every digit of the number."""
    return len(Decimal(value).normalize(_EXACT).as_tuple().digits) <= _DIGITS
