"""What the pages ask the published file. Answers are kept for as long as the file is the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import streamlit as st

from pipelines.bilingual import Both
from pipelines.errors import WarehouseError
from pipelines.pages.marks import shown
from pipelines.settings import load_settings
from pipelines.warehouse.ask import ROWS, ask


def warehouse() -> Path:
    """The published file that is looked at."""
    return load_settings().warehouse


def rows(sql: str, *params: str | int, limit: int = ROWS) -> pl.DataFrame:
    """The rows of a question, text made fit to be shown.

    Raises:
        WarehouseError: the file cannot be read.
        QueryError: the question fails.
    """
    path = warehouse()
    try:
        found = path.stat()
    except OSError as error:
        raise WarehouseError(
            path,
            Both("there is no such file", "没有这个文件"),
            Both("Build it first: zhibiao build.", "请先构建：zhibiao build。"),
        ) from error
    stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
    return _rows(str(path), stamp, sql, params, limit)


@st.cache_data(max_entries=200, show_spinner=False)
def _rows(
    path: str,
    stamp: tuple[int, int, int],  # noqa: ARG001  (another file, another answer)
    sql: str,
    params: tuple[str | int, ...],
    limit: int,
) -> pl.DataFrame:
    return fit(ask(Path(path), sql, params, rows=limit).rows)


def fit(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with signs in the place of characters that a page would obey."""
    text = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(pl.col(text).map_elements(shown, return_dtype=pl.String))
