"""What DuckDB and Polars hand to each other. Without pyarrow, which is larger than both.

`relation.pl()` and `connection.register(name, frame)` would need it.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import duckdb
import polars as pl

# Types of which Polars takes, prints and writes any value; and those that spoil a list of them.
_PLAIN = re.compile(r"BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|DECIMAL\(.*\)|FLOAT|DOUBLE|VARCHAR")
_NESTED = re.compile(r".*\]|(STRUCT|MAP)\(.*")
_ODD = re.compile("DATE|TIME|INTERVAL|BIGNUM|BIT|BLOB|ENUM|HUGEINT|UNION|UUID|VARIANT")


def in_words(
    relation: duckdb.DuckDBPyRelation, *, keep_nested: bool = False
) -> duckdb.DuckDBPyRelation:
    """The relation of any query with all but plain values as the text that DuckDB shows for them.

    Polars ends in a panic at a date beyond its own, and writes no list to CSV. Of columns of one
    name, which it does not take, the later ones get a number: `a`, `a_1`.

    Args:
        relation: of any types.
        keep_nested: leave lists, structs and maps of plain values as they are.
    """
    cells: dict[str, str] = {}
    for place, (column, kind) in enumerate(
        zip(relation.columns, map(str, relation.types), strict=True), start=1
    ):
        numbered = (column, *(f"{column}_{number}" for number in range(1, place)))
        name = next(name for name in numbered if name not in cells)
        nested = keep_nested and _NESTED.fullmatch(kind) and not _ODD.search(kind)
        keep = _PLAIN.fullmatch(kind) or nested
        cells[name] = f"#{place}" if keep else f"cast(#{place} as varchar)"
    quoted = ((name.replace('"', '""'), cell) for name, cell in cells.items())
    return relation.project(", ".join(f'{cell} as "{name}"' for name, cell in quoted))


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
