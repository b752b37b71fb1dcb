"""`zhibiao corrections`: what became of the corrections, what to look at next, gold of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.bilingual import Both
from pipelines.commands.json_lines import json_line
from pipelines.commands.outcome import messages
from pipelines.commands.rows import Output, show
from pipelines.console import say
from pipelines.warehouse.ask import ask
from pipelines.warehouse.readers import gold

_MADE = """
select
    line_no as line, coalesce(file_name, left(report_sha256, 12)) as report, char_start as "at",
    corrected_field as field, was_text as was, becomes_text as becomes, corrected_by as "by",
    corrected_on as "on", correction_state as state, correction_reason as reason
from etl_correction order by line_no
"""
_REVIEW = """
select
    observation_key as key, review_weight as weight, file_name as report, indicator, value, unit,
    period_label as period, confidence, doubt, sentence
from mart_review order by review_weight desc, file_name, char_start
"""


def corrections(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    as_gold: Annotated[
        Path | None,
        typer.Option(help="Folder: write the figures of confirmed reports as gold, for score."),
    ] = None,
    review: Annotated[
        int, typer.Option(min=0, help="Show the N figures that are most worth a look instead.")
    ] = 0,
) -> None:
    """Show what became of each line of corrections.csv in the last load."""
    with messages():
        if as_gold:
            _write_gold(warehouse, as_gold)
            return
        found = ask(warehouse, _REVIEW if review else _MADE, rows=review or 100_000).rows
        show(found, Output.table)


def _write_gold(warehouse: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, rows in gold(warehouse):
        stem = str(Path(name).with_suffix("")).replace("/", "_")
        (folder / f"{stem}.jsonl").write_text("".join(map(json_line, rows)), "utf-8")
        count += 1
    say(
        Both(
            f"{count} confirmed {'report' if count == 1 else 'reports'}: {folder}",
            f"{count} 份已确认的报告：{folder}",
        )
    )
