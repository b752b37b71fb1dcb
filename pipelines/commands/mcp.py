"""`zhibiao mcp`: answer the questions of programs about a warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.bilingual import Both
from pipelines.commands.outcome import messages
from pipelines.console import say
from pipelines.machine import server_of
from pipelines.settings import load_settings
from pipelines.warehouse.connect import read_only


def mcp(
    file: Annotated[Path | None, typer.Argument(help="Published DuckDB file.")] = None,
    http: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Answer over HTTP on this port of this machine."),
    ] = None,
) -> None:
    """Let a program, such as a language model, ask a warehouse over MCP.

    It finds indicators, figures, series, comparisons, targets and sentences, each with its source,
    and runs SQL that reads. Without --http it speaks over standard input and output, as clients
    start it.
    """
    with messages():
        target = (file or load_settings().warehouse).absolute()
        with read_only(target):
            pass  # a file that cannot be read is an error here, not at the first question
        server = server_of(target)
        if http is None:
            server.run("stdio")
            return
        address = f"http://127.0.0.1:{http}/mcp"
        say(Both(f"{address}  (Ctrl-C ends it)", f"{address}  （按 Ctrl-C 结束）"))
        server.run("streamable-http", host="127.0.0.1", port=http)
