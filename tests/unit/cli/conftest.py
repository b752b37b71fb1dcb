"""Warehouses that the command builds of reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app


@pytest.fixture(scope="module")
def warehouse_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, str]], Path]:
    """Builds a warehouse of the reports that it is given: their texts by file name."""

    def build(reports: Mapping[str, str]) -> Path:
        folder = tmp_path_factory.mktemp("reports")
        for name, text in reports.items():
            (folder / name).write_text(text, "utf-8")
        target = tmp_path_factory.mktemp("out") / "w.duckdb"
        arguments = ["build", "--reports", str(folder), "--warehouse", str(target)]
        assert CliRunner().invoke(app, arguments).exit_code == 0
        return target

    return build
