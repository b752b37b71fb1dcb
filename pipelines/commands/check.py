"""`zhibiao check`: the figures of a draft report that contradict each other or a warehouse."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import polars as pl
import typer
from rich.table import Table
from rich.text import Text

from pipelines import lexicon
from pipelines.commands.json_lines import json_line, json_value
from pipelines.commands.outcome import FAILED, messages
from pipelines.engines.local import LocalEngine
from pipelines.engines.staging import load_info, stage_folder
from pipelines.errors import DocumentError
from pipelines.frames.overrides import FILE_NAME
from pipelines.frames.store import keep_table
from pipelines.terminal import out, say, write
from pipelines.warehouse.build import build
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.draft import contradictions


def check(
    draft: Annotated[
        Path,
        typer.Argument(help="Draft report, a file of any format.", exists=True, dir_okay=False),
    ],
    against: Annotated[Path, typer.Option("--against", help="Published DuckDB file.")],
    region: Annotated[
        str, typer.Option(help="Region of the draft, such as 浙江省/杭州市, where it names none.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines.")] = False,
) -> None:
    """List the figures of a draft that contradict others of it, or those of a warehouse.

    Compared are figures of the same region, indicator, period and kind of time; differences
    within the rounding of the quotes are none. Both sentences are shown.

    Exit codes: 0 no contradiction; 1 some, or the draft or the warehouse cannot be read; 2 wrong
    usage.
    """
    with messages(), tempfile.TemporaryDirectory(prefix="zhibiao-") as folder:
        with read_only(against):
            pass  # before the draft is read, which takes longer
        rows = contradictions(_warehouse_of(draft, region, Path(folder)), against)
    if as_json:
        for record in rows.iter_rows(named=True):
            write(json_line(record))
    else:
        _show(rows)
    if rows.height:
        raise typer.Exit(FAILED)


def _warehouse_of(draft: Path, region: str, folder: Path) -> Path:
    """A warehouse of the draft alone.

    Raises:
        DocumentError: nothing of the draft can be read.
    """
    lexicon.validate()
    reports, target = folder / "reports", folder / "draft.duckdb"
    reports.mkdir()
    shutil.copyfile(draft, reports / draft.name)
    if region:
        with (reports / FILE_NAME).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows((("file_name", "region"), (draft.name, region)))
    staging = stage_folder(reports, folder / "staging", LocalEngine(1))
    tables = {
        name: keep_table(table, folder / "frames" / f"{name}.parquet")
        for name, table in staging.tables.items()
    }
    for row in pl.read_parquet(list(tables["stg_reject"])).iter_rows(named=True):
        raise DocumentError(str(draft), row["reason"], row["detail"])
    return build(tables, target, load_info(uuid4().hex, staging.seconds, target)).path


def _show(rows: pl.DataFrame) -> None:
    if rows.height:
        table = Table("", "figure", "draft", "contradicts", show_lines=True)
        for row in rows.iter_rows(named=True):
            table.add_row(
                Text(_KINDS[row["kind"]]),
                Text(f"{row['indicator_zh']}\n{row['region_path']}\n{row['period_label']}"),
                Text(f"{row['first_quote']}\n{row['first_sentence']}"),
                Text(
                    f"{_second(row)}\n{row['second_sentence']}"
                    + (f"\n{row['second_file_name']}" if row["against"] == "warehouse" else "")
                ),
            )
        out.print(table)
    inside = rows.filter(pl.col("against") == "draft").height
    say(f"contradictions: {inside} in the draft, {rows.height - inside} with the warehouse")


_KINDS = {
    "other_value": "another value",
    "stated_twice": "stated twice",
    "growth_vs_levels": "growth and levels",
    "part_above_whole": "part above whole",
    "rank_vs_level": "rank and level",
}


def _second(row: dict[str, object]) -> str:
    """The other quote, and what comes of it where the figure itself is not stated."""
    if row["is_second_derived"]:
        return f"{row['second_quote']}, so {float(json_value(row['second_value'])):.4g}%"
    return str(row["second_quote"])
