"""Two runs on one warehouse: one waits for the other or says who holds it; the rows are right."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from pipelines.components import warehouse as steps
from pipelines.definitions import defs
from pipelines.warehouse.connect import read_only

COMMAND = (sys.executable, "-c", "from pipelines.cli import app; app()", "build")


def start(reports: Path, warehouse: Path, wait: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "--reports", reports, "--warehouse", warehouse],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"ZHIBIAO_LOCK_WAIT": wait},
    )


def observations(warehouse: Path) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql("select * from fact_observation order by all").fetchall()


def loads(warehouse: Path) -> int:
    with read_only(warehouse) as con:
        ((count,),) = con.sql("select count(*) from etl_load").fetchall()
    return int(count)


def job(reports: Path, warehouse: Path) -> dg.ExecuteInProcessResult:
    places = {"reports": str(reports), "warehouse": str(warehouse), "workers": 1}
    return (
        defs()
        .resolve_job_def("load_reports")
        .execute_in_process(run_config=places, raise_on_error=False)
    )


@pytest.fixture
def wanted(build, reports: Path, tmp_path: Path) -> list[tuple]:
    """What a build that is alone yields."""
    build(reports, tmp_path / "alone" / "w.duckdb")
    return observations(tmp_path / "alone" / "w.duckdb")


@pytest.mark.slow
def test_commands_wait_for_each_other(reports: Path, warehouse: Path, wanted: list[tuple]):
    runs = [start(reports, warehouse, "60") for _ in range(3)]
    ends = [(run.communicate(timeout=240), run.returncode) for run in runs]
    assert [code for _, code in ends] == [0, 0, 0], ends
    assert observations(warehouse) == wanted
    assert loads(warehouse) == 3


@pytest.mark.slow
def test_commands_that_do_not_wait_say_for_whom(
    reports: Path, warehouse: Path, wanted: list[tuple]
):
    runs = [start(reports, warehouse, "0") for _ in range(3)]
    ends = [(run.communicate(timeout=240), run.returncode) for run in runs]
    gave_up = [said for (_, said), code in ends if code == 1]
    assert {code for _, code in ends} <= {0, 1}
    # One that comes between the lock and the name of its holder cannot tell which run it is.
    named = re.compile("is being written by (process [0-9]+|another run)")
    assert all(map(named.search, gave_up)), gave_up
    assert observations(warehouse) == wanted
    assert loads(warehouse) == 3 - len(gave_up)


@pytest.mark.slow
def test_a_job_of_dagster_and_a_command(reports: Path, warehouse: Path, wanted: list[tuple]):
    run = start(reports, warehouse, "60")
    result = job(reports, warehouse)
    _, said = run.communicate(timeout=240)
    assert run.returncode == 0, said
    assert result.success
    assert observations(warehouse) == wanted
    assert loads(warehouse) == 2
    left = {path.name for path in warehouse.parent.iterdir()}
    assert left == {"w.duckdb", ".w.duckdb.lock", ".w.duckdb.staging"}


@pytest.mark.slow
@pytest.mark.parametrize("fails", [False, True], ids=["succeeds", "fails"])
def test_a_job_holds_the_warehouse_from_its_first_step_to_its_end(
    fails: bool, reports: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    said = []

    def between_steps(path: Path) -> None:
        run = start(reports, warehouse, "0")
        said.append(run.communicate(timeout=240)[1])
        assert run.returncode == 1
        assert not fails, f"{path} cannot be read"

    monkeypatch.setattr(steps, "quality_of", between_steps)
    assert job(reports, warehouse).success is not fails
    assert "is being written by process" in said[0]
    run = start(reports, warehouse, "0")
    assert run.communicate(timeout=240)
    assert run.returncode == 0
