"""The daemon, its code server and the run are killed in mid-run; the next daemon makes it good."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
from fault_runs import build, litter, put_reports, rows

from pipelines.warehouse.lock import warehouse_lock

HOME = Path(__file__).parents[2] / "dagster_home"
# As in `dagster_home/dagster.yaml`, but impatient.
SOONER = {
    "poll_interval_seconds: 30": "poll_interval_seconds: 1",
    "free_slots_after_run_end_seconds: 30": "free_slots_after_run_end_seconds: 1",
}
SECONDS = 300.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of an instance of Dagster."""
    text = (HOME / "dagster.yaml").read_text("utf-8")
    for slow, soon in SOONER.items():
        assert slow in text
        text = text.replace(slow, soon)
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "dagster.yaml").write_text(text, "utf-8")
    # Two processes that open a new home at once can leave its tables half made.
    subprocess.run(
        [Path(sys.executable).with_name("dagster"), "instance", "info"],
        env=os.environ | {"DAGSTER_HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=SECONDS,
    )
    return folder


@contextmanager
def daemon(home: Path, reports: Path, warehouse: Path) -> Iterator[None]:
    """The daemon with the sensor switched on; all that it started is killed at the end."""
    environment = os.environ | {
        "DAGSTER_HOME": str(home),
        "ZHIBIAO_AUTOMATION": "true",
        "ZHIBIAO_WATCH_SECONDS": "1",
        "ZHIBIAO_WORKERS": "1",
        "ZHIBIAO_REPORTS": str(reports),
        "ZHIBIAO_WAREHOUSE": str(warehouse),
    }
    program = Path(sys.executable).with_name("dagster-daemon")
    with (home / "daemon.log").open("ab") as log:
        process = subprocess.Popen(
            [program, "run", "-w", HOME / "workspace.yaml"],
            cwd=home,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        yield
    finally:
        process.kill()
        process.wait()
        mark = f"DAGSTER_HOME={home}".encode()
        await_(lambda: not [_kill(pid) for pid in _with_environment(mark)], "their end")


def _with_environment(mark: bytes) -> list[int]:
    """Processes that were started with that variable: servers and runs have their own groups."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def await_(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.fault("daemon killed in mid-run")
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc on this system")
def test_the_daemon_is_killed_in_mid_run(home: Path, tmp_path: Path):
    reports = put_reports(tmp_path / "reports", range(2018, 2022))
    warehouse = tmp_path / "out" / "w.duckdb"
    build(reports, tmp_path / "alone" / "w.duckdb")
    with daemon(home, reports, warehouse):
        await_(warehouse.with_name(".w.duckdb.holder").exists, "a run")
    assert not warehouse.exists()
    with daemon(home, reports, warehouse), dg.DagsterInstance.from_config(str(home)) as instance:
        await_(lambda: instance.get_runs_count() > 1, "another run")
        await_(lambda: all(run.is_finished for run in instance.get_runs()), "its end")
        again, lost = instance.get_runs()
    assert (lost.status, again.status) == (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.SUCCESS)
    assert again.tags["dagster/retry_number"] == "1"
    assert rows(warehouse) == rows(tmp_path / "alone" / "w.duckdb")
    assert litter(warehouse) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc on this system")
def test_a_run_that_is_stuck_is_ended(home: Path, tmp_path: Path):
    reports = put_reports(tmp_path / "reports", range(2018, 2019))
    warehouse = tmp_path / "out" / "w.duckdb"
    text = (home / "dagster.yaml").read_text("utf-8")
    assert "max_runtime_seconds: 7200" in text
    text = text.replace("max_runtime_seconds: 7200", "max_runtime_seconds: 5")
    (home / "dagster.yaml").write_text(text, "utf-8")
    with daemon(home, reports, warehouse), dg.DagsterInstance.from_config(str(home)) as instance:
        with warehouse_lock(warehouse, 0):  # the run waits for it, ten minutes if it is let
            await_(lambda: instance.get_runs_count() > 0, "a run")
            await_(lambda: instance.get_runs()[-1].is_finished, "its end")
            stuck = instance.get_runs()[-1]
        said = [record.event_log_entry.message for record in _events(instance, stuck)]
    assert stuck.status is dg.DagsterRunStatus.FAILURE
    assert any("maximum runtime of 5 seconds" in message for message in said), said
    assert not warehouse.exists()


def _events(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Sequence[dg.EventLogRecord]:
    return instance.get_records_for_run(run.run_id).records
