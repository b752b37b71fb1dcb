"""The notebook runs on the sample reports and shows what it has kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tools.notebook import run

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "questions.ipynb"
CHART = "application/vnd.vegalite.v6+json"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where the notebook finds the warehouse, as beside its own folder."""
    (tmp_path / "docs" / "notebooks").mkdir(parents=True)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    target = tmp_path / "warehouse" / "zhibiao.duckdb"
    arguments = ["build", "--reports", str(ROOT / "seeds" / "reports"), "--warehouse", str(target)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    return tmp_path / "docs" / "notebooks"


def outputs(content: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """What each cell shows, but for pictures: they depend on the fonts of a machine."""
    kept = json.loads(json.dumps([cell.get("outputs", []) for cell in content["cells"]]))
    for output in (one for cell in kept for one in cell):
        output.get("data", {}).pop("image/png", None)
    return kept


@pytest.mark.slow
def test_it_shows_what_it_has_kept(desk: Path):
    kept = json.loads(NOTEBOOK.read_text("utf-8"))
    shown = run(NOTEBOOK, desk)
    assert outputs(shown) == outputs(kept), "make notebook"
    data = [one.get("data", {}) for cell in shown["cells"] for one in cell.get("outputs", [])]
    charts = [one for one in data if CHART in one]
    assert len(charts) == 6
    assert all(one["image/png"].startswith("iVBORw0KGgo") for one in charts)


@pytest.mark.slow
def test_a_cell_that_fails_ends_the_run(tmp_path: Path):
    cells = [{"cell_type": "code", "source": ["1 / 0"], "outputs": []}]
    (tmp_path / "n.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    with pytest.raises(ZeroDivisionError):
        run(tmp_path / "n.ipynb", tmp_path)


@pytest.mark.slow
def test_a_cell_shows_what_it_prints_and_its_last_line(tmp_path: Path):
    cells = [
        {"cell_type": "markdown", "source": ["# 一"]},
        {"cell_type": "code", "source": ["x = 2\n", "print('甲')\n", "x + 1"], "outputs": ["old"]},
        {"cell_type": "code", "source": ["y = x"], "outputs": []},
    ]
    (tmp_path / "n.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    _, first, second = run(tmp_path / "n.ipynb", tmp_path)["cells"]
    printed, value = first["outputs"]
    assert (printed["text"], value["data"]) == (["甲\n"], {"text/plain": ["3"]})
    assert (second["outputs"], second["execution_count"]) == ([], 2)
