"""`zhibiao export`: a warehouse as a folder of files."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import TaskProgressColumn

from pipelines.bilingual import Both, Lang, shown
from pipelines.commands.outcome import messages
from pipelines.console import progress, say
from pipelines.warehouse.connect import sql_errors
from pipelines.warehouse.export import Form
from pipelines.warehouse.export import export as write_export


class Partition(StrEnum):
    """By what `export` parts the facts."""

    year = "year"


def export(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    folder: Annotated[Path, typer.Argument(help="Output folder.")],
    form: Annotated[
        Form,
        typer.Option(
            "--format",
            help="Parquet for programs; CSV or XLSX for spreadsheets; dta for Stata, sav for SPSS; "
            "sdmx for mart_series as SDMX-CSV.",
        ),
    ] = Form.parquet,
    mart: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this view or table; repeat for more. "
            "Default: all tables as Parquet, all marts in the other formats."
        ),
    ] = None,
    panel: Annotated[
        str | None,
        typer.Option(
            help="Indicators, with commas between them, as a panel: a row a region and year, two "
            "columns an indicator (level, growth). Codes or Chinese names.",
            metavar="INDICATORS",
        ),
    ] = None,
    partition: Annotated[
        Partition | None,
        typer.Option(help="Partition fact tables by report year (Parquet)."),
    ] = None,
    labels: Annotated[
        Lang | None,
        typer.Option(
            help="Language of headings (CSV, XLSX) and of labels of variables (dta, sav). Default: "
            "headings are names of columns, variables have labels in both languages."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier export.")] = False,
) -> None:
    """Write the warehouse, or some of its views, to a folder of files.

    The folder appears when it is complete. In CSV and XLSX no text of a report runs as a formula.

    Exit codes: 0 exported; 1 failed, nothing was left behind; 2 wrong usage; 130 stopped by Ctrl-C.
    """
    if partition and form is not Form.parquet:
        raise typer.BadParameter(
            shown(
                Both(
                    "only Parquet is parted: leave out --partition",
                    "只有 Parquet 可以分区：请去掉 --partition",
                )
            )
        )
    if form is Form.sdmx and (mart or panel or labels):
        raise typer.BadParameter(
            shown(
                Both(
                    "SDMX has the figures of mart_series: leave out --mart, --panel and --labels",
                    "SDMX 只有 mart_series 的数值：请去掉 --mart、--panel 和 --labels",
                )
            )
        )
    if labels and form is Form.parquet:
        raise typer.BadParameter(
            shown(
                Both(
                    "columns of Parquet keep their names: leave out --labels",
                    "Parquet 的列名不变：请去掉 --labels",
                )
            )
        )
    with (
        messages(),
        sql_errors(),
        progress(TaskProgressColumn()) as bar,
    ):
        task = bar.add_task(shown(Both("exporting", "导出")), total=None)
        rows = write_export(
            warehouse,
            folder,
            form,
            names=mart or (),
            panel=_listed(panel or ""),
            labels=labels,
            by_year=partition is not None,
            force=force,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        count, total = len(rows), sum(rows.values())
        say(
            Both(
                f"{count} {'table' if count == 1 else 'tables'}, {total:,} rows: {folder}",
                f"{count} 张表，{total:,} 行：{folder}",
            )
        )


def _listed(text: str) -> list[str]:
    return [name for name in (part.strip() for part in re.split("[,，、]", text)) if name]
