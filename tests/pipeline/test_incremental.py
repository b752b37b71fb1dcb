"""A run reads what changed and nothing else, and comes to what a build from nothing comes to."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pipeline_reports import FIRST

from pipelines.warehouse.connect import read_only

SHARED = Path(__file__).resolve().parents[3] / "shared"
# `zhibiao` with an ear on every file that Python opens: those below the first argument are printed.
LISTENING = """
import json, os, sys
folder, opened = sys.argv.pop(1), []
def hear(event, details):
    if event == "open" and str(details[0]).startswith(folder):
        opened.append(os.path.relpath(details[0], folder))
sys.addaudithook(hear)
from pipelines.cli import app
code = app(standalone_mode=False)
print(json.dumps({"code": code, "opened": opened}))
"""
# They tell of the loads themselves.
OF_LOADS = {"etl_load", "fact_load_change"}


def opened_by_a_build(reports: Path, warehouse: Path) -> list[str]:
    """The reports that a build opens, as often as it opens them."""
    places = ("--reports", reports, "--warehouse", warehouse, "--workers", "1")
    done = subprocess.run(
        [sys.executable, "-c", LISTENING, reports, "build", *places],
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["code"] in {0, None}, done.stdout
    return said["opened"]


def wait_until_settled(reports: Path) -> None:
    """Until the reports are older than a tick of the clock: younger ones are read once more."""
    youngest = max(path.stat().st_ctime_ns for path in reports.rglob("*"))
    end = time.monotonic() + 10
    while time.time_ns() < youngest + 2_100_000_000:
        assert time.monotonic() < end, "the clock of the file system is ahead"
        time.sleep(0.05)


def rows(warehouse: Path) -> dict[str, list[tuple]]:
    with read_only(warehouse) as con:
        tables = [name for (name,) in con.sql("select table_name from duckdb_tables()").fetchall()]
        return {
            name: con.sql(f"select * from {name} order by all").fetchall()  # noqa: S608
            for name in sorted(set(tables) - OF_LOADS)
        }


@pytest.mark.slow
def test_no_change_no_reading(reports: Path, warehouse: Path):
    wait_until_settled(reports)
    # Once for the digest, once for the text.
    assert sorted(opened_by_a_build(reports, warehouse)) == ["2023.txt"] * 2 + ["2023h1.txt"] * 2
    assert opened_by_a_build(reports, warehouse) == []
    (reports / "2024.txt").write_text(FIRST.replace("2023", "2024"), "utf-8")
    assert set(opened_by_a_build(reports, warehouse)) == {"2024.txt"}


@pytest.mark.slow
def test_one_report_more_is_the_only_one_read(build: Callable[..., Result], tmp_path: Path):
    found = [*(SHARED / "reports").glob("*.txt"), *(SHARED / "corpus").glob("*.txt")]
    if len(found) != 79:
        pytest.skip("the 79 real reports are not at hand")
    folder, warehouse = tmp_path / "all", tmp_path / "out" / "w.duckdb"
    folder.mkdir()
    last = found.pop(40)
    for path in found:
        shutil.copy(path, folder)
    wait_until_settled(folder)
    assert "78 reports, 78 read" in build(folder, warehouse).output
    shutil.copy(last, folder)
    assert opened_by_a_build(folder, warehouse) == [last.name, last.name]
    scratch = tmp_path / "scratch" / "w.duckdb"
    assert "79 reports, 79 read" in build(folder, scratch).output
    assert rows(warehouse) == rows(scratch)
