"""`zhibiao query`: one SQL query over a warehouse."""

from __future__ import annotations

import sys
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import polars as pl
import typer
from rich.table import Column, Table
from rich.text import Text

from pipelines.commands.json_lines import json_line, json_value
from pipelines.commands.outcome import messages
from pipelines.errors import WarehouseError
from pipelines.relations import frame_of, in_words
from pipelines.terminal import out, say, write
from pipelines.warehouse.connect import confined, read_only, sql_errors
from pipelines.warehouse.spreadsheets import disarmed


class Output(StrEnum):
    """Forms in which `query` prints rows."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    file: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    sql: Annotated[
        str, typer.Argument(help="One SQL query; - for standard input.", show_default=False)
    ] = "",
    script: Annotated[
        Path | None,
        typer.Option("--file", "-f", help="File with the query.", exists=True, dir_okay=False),
    ] = None,
    output: Annotated[Output, typer.Option("--format", help="Output format.")] = Output.table,
    allow_files: Annotated[
        bool,
        typer.Option(
            "--allow-files", help="Let the query read and write other files, and load extensions."
        ),
    ] = False,
) -> None:
    """Run a query over a warehouse.

    The file is opened read-only, and the query sees no other file. In CSV no text runs as a
    formula. A row that is too wide for the screen is printed one field a line.
    """
    if bool(sql) == (script is not None):
        raise typer.BadParameter("Give one query: as an argument, - or --file.")
    with messages(), sql_errors():
        if script is not None:
            sql = script.read_text("utf-8")
        elif sql == "-":
            sql = sys.stdin.read()
        with (read_only if allow_files else confined)(file) as con:
            try:
                relation = con.sql(sql)
                rows = pl.DataFrame()
                if relation is not None:
                    rows = frame_of(in_words(relation, keep_nested=output is Output.json))
            except duckdb.PermissionException as error:
                raise WarehouseError(file, *_CONFINED) from error
        show(rows, output)


_CONFINED = (
    "the query may not read or write other files, load extensions or change settings",
    "If it is your own query, add --allow-files.",
)


def show(rows: pl.DataFrame, output: Output) -> None:
    """Print rows in the form that was asked for."""
    if output is Output.csv:
        write(disarmed(_plain(rows)).write_csv())
    elif output is Output.json:
        for record in rows.iter_rows(named=True):
            write(json_line(record))
    else:
        _print(rows)
        say(f"{rows.height} rows")


def _print(rows: pl.DataFrame) -> None:
    """A table; where not even the names of the columns fit side by side, one field a line."""
    cells = [["" if cell is None else _cell(cell) for cell in row] for row in rows.iter_rows()]
    if sum(len(name) + 3 for name in rows.columns) < out.width:
        table = Table(*(Column(Text(name), overflow="fold") for name in rows.columns))
        for row in cells:
            table.add_row(*map(Text, row))
        out.print(table)
        return
    for number, row in enumerate(cells, start=1):
        table = Table(
            Column(no_wrap=True), Column(overflow="fold"), show_header=False, title=f"row {number}"
        )
        for name, cell in zip(rows.columns, row, strict=True):
            table.add_row(Text(name), Text(cell))
        out.print(table)


def _plain(rows: pl.DataFrame) -> pl.DataFrame:
    """Decimals as they are read: 3, not 3.00000000."""
    return rows.with_columns(
        pl.col(name).map_elements(json_value, return_dtype=pl.String)
        for name, kind in rows.schema.items()
        if isinstance(kind, pl.Decimal)
    )


def _cell(value: object) -> str:
    return json_value(value) if isinstance(value, Decimal) else str(value)
