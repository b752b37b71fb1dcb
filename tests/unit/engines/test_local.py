"""Batches in this process and in a pool, and a pool that loses a worker."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from engine_batches import die, die_once, double, fail

from pipelines.engines.local import LocalEngine
from pipelines.errors import LostWorkersError


def whoami(_: int) -> int:
    return os.getpid()


def test_one_worker_is_this_process():
    assert set(LocalEngine(1).map_batches(whoami, [1, 2, 3])) == {os.getpid()}


def test_one_batch_is_this_process():
    assert list(LocalEngine(8).map_batches(whoami, [1])) == [os.getpid()]


def test_no_batch_yields_nothing():
    assert list(LocalEngine(2).map_batches(double, [])) == []


def test_a_pool_does_every_batch():
    assert sorted(LocalEngine(2).map_batches(double, range(9))) == list(range(0, 18, 2))


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(tmp_path: Path):
    batches = [tmp_path / name for name in ("a", "fatal", "b", "c")]
    assert sorted(LocalEngine(2).map_batches(die_once, batches)) == ["a", "b", "c", "fatal"]


@pytest.mark.slow
def test_workers_that_keep_dying_are_an_error():
    with pytest.raises(LostWorkersError, match="fewer workers"):
        list(LocalEngine(2).map_batches(die, [1, 2]))


def test_an_error_of_the_function_is_passed_on():
    with pytest.raises(ValueError, match="one"):
        list(LocalEngine(2).map_batches(fail, [0, 1, 2]))
