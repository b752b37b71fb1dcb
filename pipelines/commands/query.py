"""`zhibiao query`: one SQL query over a warehouse."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import duckdb
import polars as pl
import typer

from pipelines.bilingual import Both, shown
from pipelines.commands.outcome import messages
from pipelines.commands.rows import Output, show
from pipelines.errors import WarehouseError
from pipelines.relations import frame_of, in_words
from pipelines.warehouse.connect import REFUSED, confined, read_only, sql_errors


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
        raise typer.BadParameter(
            shown(
                Both(
                    "Give one query: as an argument, - or --file.",
                    "请给出一条查询：作为参数、- 或 --file。",
                )
            )
        )
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
    REFUSED,
    Both("If it is your own query, add --allow-files.", "如确是自己的查询，请加 --allow-files。"),
)
