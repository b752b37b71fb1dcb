"""What DuckDB and Polars hand to each other. Without pyarrow, which is larger than both.

`relation.pl()` and `connection.register(name, frame)` would need it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import polars as pl


def frame_of(relation: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """All rows of a relation, by the Arrow stream that both libraries speak.

    Raises:
        duckdb.Error: the query behind it fails.
    """
    try:
        return pl.DataFrame(relation)
    except pl.exceptions.ComputeError as error:
        # So does Polars pass on what DuckDB 2 says within the stream.
        raise duckdb.Error(str(error)) from error


def offer(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Make a frame a temporary table of a connection, by way of a Parquet file.

    Args:
        con: an open connection.
        name: the name of the table.
        frame: its rows; a column without a type (all null) is not possible.
    """
    with tempfile.TemporaryDirectory(prefix="zhibiao-") as folder:
        path = Path(folder) / "frame.parquet"
        frame.write_parquet(path)
        place = str(path).replace("'", "''")
        con.sql(f"create or replace temporary table {name} as from read_parquet('{place}')")
