"""Whatever the engine: the same staged bytes, also when a worker is killed, and no process left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra dask is not installed")

import psutil

from pipelines.engines.choose import engine_of
from pipelines.engines.staging import stage_folder
from pipelines.frames import store
from pipelines.frames.folder import scan_folder
from pipelines.frames.store import plan, stage_batch
from pipelines.settings import EngineName
from pipelines.synth import write_reports

ENGINES = [EngineName.local, pytest.param(EngineName.dask, marks=pytest.mark.slow)]
ZHIBIAO = Path(sys.executable).with_name("zhibiao")
DEADLINE = 240


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    write_reports(folder, 120, characters=400)
    return folder


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BATCH_REPORTS", 5)


@pytest.fixture(scope="module")
def one_worker(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_BATCH_REPORTS", 5)
        staging = tmp_path_factory.mktemp("staging")
        stage_folder(reports, staging, engine_of(EngineName.local, 1, None, "1GB"))
    return staged(staging)


def staged(staging: Path) -> dict[str, bytes]:
    return {
        path.relative_to(staging).as_posix(): path.read_bytes()
        for path in (staging / "batches").rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.slow
def test_the_staged_bytes_are_the_same(name, reports, tmp_path, one_worker):
    told: list[tuple[int, int]] = []
    found = stage_folder(
        reports,
        tmp_path,
        engine_of(name, 2, None, "1GB"),
        lambda done, total: told.append((done, total)),
    )
    assert staged(tmp_path) == one_worker
    assert (found.found, found.fresh) == (120, 120)
    assert told == [(done, 120) for done in range(5, 121, 5)]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.slow
def test_a_worker_killed_in_mid_job_loses_nothing(name, reports, tmp_path, one_worker):
    work = plan(scan_folder(reports), tmp_path / "batches")
    results = engine_of(name, 2, None, "1GB").map_batches(stage_batch, work.batches)
    done = [next(results)]
    workers(psutil.Process())[0].kill()
    done += results
    assert sum(count for count, _ in done) == 120
    assert {name for name in staged(tmp_path) if "/." not in name} == one_worker.keys()
    assert one_worker.items() <= staged(tmp_path).items()


def batch_is_written(folder: Path) -> bool:
    """Return whether a worker has written terms (`walk` bears folders that vanish)."""
    return any("stg_term.parquet" in names for _, _, names in os.walk(folder))


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_the_build(name: EngineName, how: signal.Signals, tmp_path: Path):
    folder = tmp_path / "reports"
    write_reports(folder, 2000)
    target = tmp_path / "w.duckdb"
    command = ["build", "--reports", folder, "--warehouse", target, "--workers", "2"]
    build = subprocess.Popen(
        [ZHIBIAO, *map(str, command), "--engine", name],
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    parent = psutil.Process(build.pid)
    until(lambda: batch_is_written(tmp_path) or build.poll() is not None)
    assert build.poll() is None
    found = [parent, *parent.children(recursive=True)]
    assert len(found) > 2
    if how is signal.SIGINT:  # as a terminal sends it, to all of them
        os.killpg(build.pid, how)
    else:
        build.send_signal(how)
    _, said = build.communicate(timeout=DEADLINE)
    _, alive = psutil.wait_procs(found, timeout=DEADLINE)
    assert alive == []
    if how is signal.SIGINT:
        assert build.returncode == 130
        assert said.splitlines()[-1] == "stopped; the published file is unchanged"
    assert not target.exists()


def workers(process: psutil.Process) -> list[psutil.Process]:
    return [
        child
        for child in process.children(recursive=True)
        if any("spawn_main" in word for word in child.cmdline())
    ]


def until(holds) -> None:
    deadline = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
