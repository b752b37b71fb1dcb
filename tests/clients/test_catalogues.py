"""The descriptions beside an export, read by the tools of each standard."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from client_environments import python_environment

from pipelines.warehouse.export import Form, export

PROBE = Path(__file__).parent / "probes" / "read_export.py"
MARTS = ["mart_observation", "mart_series", "mart_target", "etl_load"]


def probe(folder: Path) -> subprocess.CompletedProcess[str]:
    python = python_environment("catalogues")
    return subprocess.run(
        [str(python), str(PROBE), str(folder)], capture_output=True, text=True, check=False
    )


def read(folder: Path) -> dict[str, Any]:
    done = probe(folder)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("messages") == []
    return found


@pytest.mark.parametrize(
    ("form", "records"),
    [pytest.param(Form.csv, True, id="csv"), pytest.param(Form.xlsx, False, id="xlsx")],
)
def test_a_folder_is_valid(form: Form, records: bool, warehouse: Path, tmp_path: Path) -> None:
    rows = export(warehouse, tmp_path / "out", form, names=MARTS)
    found = read(tmp_path / "out")
    assert (found["valid"], found["errors"]) == (True, [])
    assert found["rows"] == rows
    assert found["records"] == (rows if records else {})


def test_a_changed_file_is_found(warehouse: Path, tmp_path: Path) -> None:
    export(warehouse, tmp_path / "out", Form.csv, names=["mart_series"])
    path = tmp_path / "out" / "mart_series.csv"
    path.write_bytes(path.read_bytes().replace("采荷".encode(), "采莲".encode(), 1))
    assert f"Hash of downloaded file {path} is not identical" in probe(tmp_path / "out").stderr


def test_the_series_are_read_with_their_structure(warehouse: Path, tmp_path: Path) -> None:
    rows = export(warehouse, tmp_path / "out", Form.sdmx)
    assert read(tmp_path / "out") == {
        "valid": True,
        "errors": [],
        "rows": rows,
        "records": rows,
        "dimensions": ["FREQ", "REF_AREA", "INDICATOR", "FIGURE", "TIME_PERIOD"],
        "observations": rows["series"],
    }
