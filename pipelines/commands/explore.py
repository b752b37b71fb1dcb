"""`zhibiao explore`: look at a warehouse in the browser."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from streamlit.web import bootstrap

from pipelines.bilingual import Both
from pipelines.commands.outcome import messages
from pipelines.console import say
from pipelines.settings import load_settings
from pipelines.warehouse.connect import read_only

# For this machine alone, and nothing is asked of another: no statistics, no news.
_SERVER = {
    "browser_gatherUsageStats": False,
    "client_showErrorDetails": "none",
    "client_toolbarMode": "minimal",
    "global_developmentMode": False,
    "runner_magicEnabled": False,
    "server_address": "127.0.0.1",
    "server_fileWatcherType": "none",
    "server_showEmailPrompt": False,
}


def explore(
    file: Annotated[Path | None, typer.Argument(help="Published DuckDB file.")] = None,
    reports: Annotated[
        Path | None, typer.Option(help="Folder of the reports, to keep corrections in.")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8501,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
) -> None:
    """Look at a warehouse in the browser: reports with every figure marked, charts, search, SQL.

    The page is served on this machine alone and asks for nothing from the network. The file is
    only read; when a new one is published, the next click shows it. Corrections go to
    corrections.csv in the folder of the reports.
    """
    with messages():
        target = (file or load_settings().warehouse).absolute()
        with read_only(target):
            pass  # a file that cannot be read is an error here, not on the page
        os.environ["ZHIBIAO_WAREHOUSE"] = str(target)
        if reports:
            os.environ["ZHIBIAO_REPORTS"] = str(reports.absolute())
        address = f"http://127.0.0.1:{port}"
        say(Both(f"{address}  (Ctrl-C ends it)", f"{address}  （按 Ctrl-C 结束）"))
        script = str(files("pipelines.explorer") / "app.py")
        options = {**_SERVER, "server_port": port, "server_headless": not browser}
        bootstrap.load_config_options(flag_options=options)
        bootstrap.run(script, False, [], options)
