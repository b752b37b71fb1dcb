"""Batches on a Dask cluster of several processes: all of them, the same, and whoever dies."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra dask is not installed")

import psutil
from distributed import Client, LocalCluster
from engine_batches import die, die_once, double, end, fail

from pipelines.engines import dask as dask_engine
from pipelines.engines.dask import DaskEngine
from pipelines.errors import LostWorkersError, SchedulerError


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture
def left_open() -> Iterator[Callable[[], list[object]]]:
    """What a call left for the garbage collector to close, which this test keeps from running."""
    before = {id(found) for found in _open()}
    gc.disable()
    yield lambda: [found for found in _open() if id(found) not in before]
    gc.enable()


def _open() -> list[object]:
    clients = [thing for thing in gc.get_objects() if isinstance(thing, Client)]
    loops = [thread for thread in threading.enumerate() if "IO loop" in thread.name]
    return [client for client in clients if client.status != "closed"] + loops


@pytest.fixture
def engine(cluster: LocalCluster) -> DaskEngine:
    return DaskEngine(2, cluster.scheduler_address, "1GB")


@pytest.mark.slow
def test_a_cluster_of_its_own_does_every_batch():
    batches = range(40)  # more than are handed out ahead
    assert sorted(DaskEngine(2, None, "1GB").map_batches(double, batches)) == list(range(0, 80, 2))


def test_a_scheduler_at_an_address_does_every_batch(engine: DaskEngine):
    assert sorted(engine.map_batches(double, range(100))) == list(range(0, 200, 2))


def test_no_batch_yields_nothing():
    assert list(DaskEngine(2, "tcp://127.0.0.1:1", "1GB").map_batches(double, [])) == []


def test_batches_wait_until_there_is_room(engine: DaskEngine):
    taken: list[int] = []

    class Watched(list):
        def __iter__(self):
            for item in super().__iter__():
                taken.append(item)
                yield item

    results = engine.map_batches(double, Watched(range(100)))
    next(results)
    assert len(taken) <= dask_engine._LEAST + 1
    assert len(list(results)) == 99


def test_a_killed_worker_loses_nothing(engine: DaskEngine, tmp_path: Path):
    batches = [tmp_path / name for name in ("a", "fatal", "b", "c")]
    assert sorted(engine.map_batches(die_once, batches)) == ["a", "b", "c", "fatal"]


@pytest.mark.slow
def test_a_scheduler_that_is_lost_is_told(left_open: Callable[[], list[object]]):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    program = str(Path(sys.executable).with_name("dask"))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    path = f"{Path(__file__).parent}:{Path(__file__).parents[3]}"
    options = quiet | {"env": os.environ | {"PYTHONPATH": path}}
    scheduler = [program, "scheduler", "--host", "127.0.0.1", "--port", str(port)]
    with (
        subprocess.Popen([*scheduler, "--no-dashboard"], **options) as lost,
        subprocess.Popen([program, "worker", address, "--no-dashboard"], **options) as worker,
    ):
        try:
            with pytest.raises(SchedulerError, match=f"{address}: the Dask scheduler was lost"):
                list(DaskEngine(1, address, "1GB").map_batches(end, [lost.pid]))
        finally:
            lost.kill()
            worker.kill()
    assert left_open() == []


@pytest.mark.slow
def test_workers_that_keep_dying_are_an_error():
    with pytest.raises(LostWorkersError, match="fewer workers"):
        list(DaskEngine(2, None, "1GB").map_batches(die, [1]))


def test_an_error_of_the_function_is_passed_on(engine: DaskEngine):
    with pytest.raises(ValueError, match="one"):
        list(engine.map_batches(fail, [0, 1, 2]))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_a_scheduler_that_does_not_answer_is_told(
    address: str, left_open: Callable[[], list[object]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dask_engine, "_ANSWER_SECONDS", 0.5)
    with pytest.raises(SchedulerError, match=f"{address}: no Dask scheduler answers there"):
        list(DaskEngine(1, address, "1GB").map_batches(double, [1]))
    assert left_open() == []


def test_a_scheduler_without_workers_is_told(
    left_open: Callable[[], list[object]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dask_engine, "_WORKER_SECONDS", 0.5)
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty:
        before = left_open()
        with pytest.raises(SchedulerError, match="no worker joined"):
            list(DaskEngine(1, empty.scheduler_address, "1GB").map_batches(double, [1]))
        assert left_open() == before


def test_an_interrupt_while_it_connects_leaves_nothing_open(
    left_open: Callable[[], list[object]], monkeypatch: pytest.MonkeyPatch
):
    async def interrupted(*_: object, **__: object) -> None:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        await asyncio.Event().wait()

    monkeypatch.setattr(Client, "_ensure_connected", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(DaskEngine(1, "tcp://127.0.0.1:1", "1GB").map_batches(double, [1]))
    assert left_open() == []


def test_results_that_nobody_waits_for_leave_nothing_open(
    engine: DaskEngine, left_open: Callable[[], list[object]]
):
    with closing(engine.map_batches(double, range(100))) as results:
        next(results)
    assert left_open() == []


_ENDS_WITH_AN_ERROR = """
from pipelines.engines import dask
from pipelines.errors import SchedulerError
dask._ANSWER_SECONDS = dask._WORKER_SECONDS = 0.5
kept = []
for address in {addresses}:
    try:
        list(dask.DaskEngine(1, address, "1GB").map_batches(abs, [1]))
    except SchedulerError as error:
        kept.append(error)
print(len(kept))
"""


def test_a_process_ends_that_found_no_scheduler_and_no_worker():
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty:
        addresses = ["tcp://127.0.0.1:1", "nowhere", empty.scheduler_address]
        done = subprocess.run(
            [sys.executable, "-c", _ENDS_WITH_AN_ERROR.format(addresses=addresses)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (0, "3\n"), done.stderr


@pytest.mark.slow
def test_its_own_cluster_listens_on_this_machine_alone():
    before = _listening()
    results = DaskEngine(1, None, "1GB").map_batches(double, range(40))
    next(results)
    opened = _listening() - before
    list(results)
    assert opened
    assert {address for address, _ in opened} == {"127.0.0.1"}


def _listening() -> set[tuple[str, int]]:
    """Addresses and ports at which this process and those that it started listen."""
    this = psutil.Process()
    return {
        tuple(socket.laddr)
        for process in (this, *this.children(recursive=True))
        for socket in process.net_connections("tcp")
        if socket.status == psutil.CONN_LISTEN
    }
