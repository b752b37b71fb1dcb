"""`zhibiao correct`: put right what a figure says, for this load's successors."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.bilingual import Both
from pipelines.commands.outcome import FAILED, fail, messages
from pipelines.console import say
from pipelines.errors import LineError
from pipelines.frames.corrections import FIELDS, FILE_NAME, WHOLE, Correction, append, text_of
from pipelines.settings import load_settings
from pipelines.warehouse.readers import figure


def correct(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    key: Annotated[int, typer.Argument(help="observation_key of the figure.")],
    field: Annotated[str, typer.Argument(help=f"One of {', '.join((*FIELDS, WHOLE))}.")],
    becomes: Annotated[
        str, typer.Argument(help="What it should say; '' for nothing; of report: confirmed.")
    ],
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    by: Annotated[str | None, typer.Option(help="Who corrects. Default: this user.")] = None,
    reports: Annotated[Path | None, typer.Option(help="Folder of the reports.")] = None,
) -> None:
    """Add a correction of one field of a figure to corrections.csv beside the reports.

    Every load applies it from then on, whatever the rules say, as long as the field says what it
    says now; otherwise the load tells of it. `report` with `confirmed` says that all figures of
    the report of this one were looked at and are right.
    """
    with messages():
        found = figure(warehouse, key)
        folder = reports or load_settings().reports
        whole = field == WHOLE
        correction = Correction(
            line_no=0,
            report_sha256=str(found["report_sha256"]),
            char_start=0 if whole else int(str(found["char_start"])),
            char_end=0 if whole else int(str(found["char_end"])),
            field=field,
            was="" if whole else text_of(found.get(field)),
            becomes=becomes,
            reason=reason,
            corrected_by=by or getpass.getuser(),
            corrected_on=datetime.now(UTC).date(),
        )
        try:
            append(folder / FILE_NAME, correction)
        except LineError as error:
            fail(Both(f"{error}. Nothing was written", f"{error.zh}。没有写入"))
            raise typer.Exit(FAILED) from error
        path = folder / FILE_NAME
        say(
            Both(
                f"{path}: {field} becomes {becomes or 'nothing'}; load to apply it",
                f"{path}：{field} 改为 {becomes or '空'}；重新装载后生效",
            )
        )
