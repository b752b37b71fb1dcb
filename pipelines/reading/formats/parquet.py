"""Parquet files: tables of reports, one a row, as data sets are shared."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.bilingual import Both
from pipelines.reading.document import Document, Refused
from pipelines.reading.formats import kinds, rows
from pipelines.reading.formats.limits import Limits, damaged, too_large

_SIGN = b"PAR1"
_PLAIN = (str, int, float, date)


def may_hold_reports(tail: bytes, given: str) -> bool:
    """Whether a file that ends so has a column with a name of one of texts.

    Nothing is decoded: the file may be a hostile one.

    Args:
        tail: its last bytes, where the names of its columns are.
        given: names of columns that the settings give.
    """
    if not tail.endswith(_SIGN):
        return False
    names = [name.encode() for name in rows.text_names(given)]
    return any(bytes([len(name)]) + name in tail for name in names if len(name) < 128)


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document | Refused]:
    """Yield the rows of a table as reports.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `no_text_column`, `damaged` or `too_large`.
    """
    try:
        header = list(pl.read_parquet_schema(io.BytesIO(data)))
        columns = rows.columns_of(header, limits.columns)
        table = pl.read_parquet(
            io.BytesIO(data), columns=[header[at] for at in columns.values()] or header[:1]
        )
    except Exception as error:  # the library raises whatever its parts raise
        raise damaged(file_name, kinds.PARQUET, error) from error
    except pl.exceptions.PanicException as error:  # no Exception: it would end the process
        raise damaged(file_name, kinds.PARQUET, ValueError(str(error))) from error
    if not columns:
        raise rows.no_text_column(file_name)
    if table.height > limits.members:
        raise too_large(
            file_name,
            Both(f"it has {table.height:,} rows", f"共 {table.height:,} 行"),
            "ZHIBIAO_MAX_MEMBERS",
        )
    if table.estimated_size() > limits.unpacked_bytes:
        raise too_large(
            file_name,
            Both(
                f"it unpacks to {table.estimated_size():,} bytes",
                f"解压后有 {table.estimated_size():,} 字节",
            ),
            "ZHIBIAO_MAX_UNPACKED_BYTES",
        )
    body = [[_shown(value) for value in row] for row in table.iter_rows()]
    places = {role: number for number, role in enumerate(columns)}
    if not rows.is_collection(places, body[:50]):
        raise rows.no_text_column(file_name)
    yield from rows.documents(places, body, limits, "row ", 1, file_name)


def _shown(value: object) -> str:
    return str(value) if isinstance(value, _PLAIN) else ""
