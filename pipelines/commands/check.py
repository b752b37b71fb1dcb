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
from pipelines.bilingual import Both, shown
from pipelines.commands.json_lines import json_line, json_value
from pipelines.commands.outcome import FAILED, messages
from pipelines.console import out, say
from pipelines.engines.local import LocalEngine
from pipelines.engines.staging import load_info, stage_folder
from pipelines.errors import DocumentError, NoReportsError
from pipelines.frames.overrides import FILE_NAME
from pipelines.frames.tables import keep_table
from pipelines.terminal import write
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
    try:
        staging = stage_folder(reports, folder / "staging", LocalEngine(1))
    except NoReportsError as error:  # of the folder, of which nobody knows
        raise DocumentError(str(draft), "unsupported_format", error.detail) from error
    tables = {
        name: keep_table(table, folder / "frames" / f"{name}.parquet")
        for name, table in staging.tables.items()
    }
    for row in pl.read_parquet(list(tables["stg_reject"])).iter_rows(named=True):
        raise DocumentError(str(draft), row["reason"], Both(row["detail"], row["detail_zh"]))
    return build(tables, target, load_info(uuid4().hex, staging.seconds, target)).path


def _show(rows: pl.DataFrame) -> None:
    if rows.height:
        table = Table("", *map(shown, _HEADS), show_lines=True)
        for row in rows.iter_rows(named=True):
            table.add_row(
                Text(shown(_KINDS[row["kind"]])),
                Text(f"{row['indicator_zh']}\n{row['region_path']}\n{row['period_label']}"),
                Text(f"{row['first_quote']}\n{row['first_sentence']}"),
                Text(
                    f"{_second(row)}\n{row['second_sentence']}"
                    + (f"\n{row['second_file_name']}" if row["against"] == "warehouse" else "")
                ),
            )
        out.print(table)
    inside = rows.filter(pl.col("against") == "draft").height
    outside = rows.height - inside
    say(
        Both(
            f"contradictions: {inside} in the draft, {outside} with the warehouse",
            f"相互矛盾：草稿之内 {inside} 处，与仓库 {outside} 处",
        )
    )


_HEADS = (Both("figure", "数值"), Both("draft", "草稿"), Both("contradicts", "与之矛盾"))
_KINDS = {
    "other_value": Both("another value", "数值不同"),
    "stated_twice": Both("stated twice", "前后不一"),
    "growth_vs_levels": Both("growth and levels", "增速与总量不符"),
    "part_above_whole": Both("part above whole", "部分大于整体"),
    "rank_vs_level": Both("rank and level", "位次与总量不符"),
}


def _second(row: dict[str, object]) -> str:
    """The other quote, and what comes of it where the figure itself is not stated."""
    if row["is_second_derived"]:
        quote, rate = row["second_quote"], float(json_value(row["second_value"]))
        return shown(Both(f"{quote}, so {rate:.4g}%", f"{quote}，即 {rate:.4g}%"))
    return str(row["second_quote"])
