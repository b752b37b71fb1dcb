"""How the rows of an answer are printed: a table, CSV or JSON Lines."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import polars as pl
from rich.table import Column, Table
from rich.text import Text

from pipelines.bilingual import Both, shown
from pipelines.commands.json_lines import json_line, json_value
from pipelines.console import out, say
from pipelines.terminal import write
from pipelines.warehouse.spreadsheets import as_csv


class Output(StrEnum):
    """Forms in which rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def show(rows: pl.DataFrame, output: Output) -> None:
    """Print rows in the form that was asked for."""
    if output is Output.csv:
        write(as_csv(rows))
    elif output is Output.json:
        for record in rows.iter_rows(named=True):
            write(json_line(record))
    else:
        _print(rows)
        say(Both(f"{rows.height} rows", f"{rows.height} 行"))


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
            Column(no_wrap=True),
            Column(overflow="fold"),
            show_header=False,
            title=shown(Both(f"row {number}", f"第 {number} 行")),
        )
        for name, cell in zip(rows.columns, row, strict=True):
            table.add_row(Text(name), Text(cell))
        out.print(table)


def _cell(value: object) -> str:
    return json_value(value) if isinstance(value, Decimal) else str(value)
