"""One writer at a time."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread

import pytest

from pipelines.errors import LockedError
from pipelines.warehouse.lock import warehouse_lock


def test_the_holder_is_named(tmp_path: Path):
    target = tmp_path / "new" / "w.duckdb"
    told: list[str] = []
    with (
        warehouse_lock(target, 0),
        pytest.raises(LockedError, match=f"process {os.getpid()}") as caught,
        warehouse_lock(target, 0, told.append),
    ):
        pytest.fail("two runs held the lock")
    assert told == [caught.value.holder]


def test_the_lock_is_free_after_an_error(tmp_path: Path):
    target = tmp_path / "w.duckdb"
    with pytest.raises(RuntimeError), warehouse_lock(target, 0):
        raise RuntimeError
    with warehouse_lock(target, 0):
        pass


def test_a_waiting_run_goes_on_when_the_first_ends(tmp_path: Path):
    target = tmp_path / "w.duckdb"
    waiting, done = Event(), Event()

    def second() -> None:
        with warehouse_lock(target, 30, lambda _: waiting.set()):
            done.set()

    thread = Thread(target=second)
    with warehouse_lock(target, 0):
        thread.start()
        assert waiting.wait(10)
        assert not done.is_set()
    assert done.wait(10)
    thread.join()
