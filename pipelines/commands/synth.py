"""`zhibiao synth`: invented reports, for trials and benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn

from pipelines.bilingual import Both, shown
from pipelines.commands.outcome import messages
from pipelines.console import progress, say
from pipelines.synth import write_reports


def synth(
    count: Annotated[int, typer.Argument(min=1, metavar="N", help="Number of reports.")],
    folder: Annotated[
        Path, typer.Option("--out", help="Output folder; 1,000 reports per subfolder.")
    ] = Path("synth"),
    seed: Annotated[int, typer.Option(help="The same seed writes the same reports.")] = 0,
    characters: Annotated[int, typer.Option(min=1, help="Minimum length in characters.")] = 3000,
) -> None:
    """Write invented reports, for trials and benchmarks: no figure in them is real."""
    with (
        messages(),
        progress(MofNCompleteColumn()) as bar,
    ):
        task = bar.add_task(shown(Both("writing reports", "写报告")), total=count)
        written = write_reports(
            folder,
            count,
            seed=seed,
            characters=characters,
            progress=lambda done: bar.update(task, completed=done),
        )
        say(
            Both(
                f"{count} reports, {written:,} characters: {folder}",
                f"{count} 份报告，{written:,} 个字符：{folder}",
            )
        )
