"""`zhibiao terms`: how often the words of a list stand in each report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.outcome import messages
from pipelines.commands.rows import Output, show
from pipelines.warehouse.connect import sql_errors
from pipelines.warehouse.keywords import keyword_panel, read_words


def terms(
    file: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    words: Annotated[
        Path,
        typer.Option(
            "--dict", help="List of words: one a line, or a CSV with columns term and group."
        ),
    ],
    by_term: Annotated[
        bool, typer.Option("--by-term", help="A row for each word, not for each group.")
    ] = False,
    longest: Annotated[
        bool,
        typer.Option("--longest", help="Where one word holds another, count the longer alone."),
    ] = False,
    output: Annotated[Output, typer.Option("--format", help="Output format.")] = Output.table,
) -> None:
    """Count the words of a list in each report: a panel by region and year.

    A word counts wherever its characters stand in the text, as in a plain search.
    """
    with messages(), sql_errors():
        show(keyword_panel(file, read_words(words), longest=longest, by_term=by_term), output)
