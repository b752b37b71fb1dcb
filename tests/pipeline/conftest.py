"""A small folder of reports and the command line, as a user has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pipeline_reports import FIRST, SECOND
from typer.testing import CliRunner

from pipelines.cli import app


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2023h1.txt").write_text(FIRST, "utf-8")
    (folder / "2023.txt").write_text(SECOND, "utf-8")
    return folder


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "out" / "w.duckdb"


@pytest.fixture
def zhibiao(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line in this process; a wide terminal keeps table rows on one line."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run


@pytest.fixture
def build(zhibiao: Callable[..., Result], reports: Path, warehouse: Path) -> Callable[..., Result]:
    def run(folder: Path = reports, target: Path = warehouse) -> Result:
        return zhibiao("build", "--reports", folder, "--warehouse", target)

    return run
