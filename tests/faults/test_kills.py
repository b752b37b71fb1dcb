"""A build that is killed at any moment harms nobody, and the next one completes it."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from kill_trials import STATES, Kill, Wanted, draw, prepare, trial, undisturbed

KILLS = 50

pytestmark = [
    pytest.mark.fault("killed with SIGKILL"),
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc on this system"),
]


@pytest.fixture(scope="module")
def trials(
    tmp_path_factory: pytest.TempPathFactory, faults_seed: int
) -> list[tuple[Kill, Future[list[str]]]]:
    """All trials, two at a time; a crash of DuckDB would take a process of the pool, not pytest."""
    home = tmp_path_factory.mktemp("kills")
    kills = draw(faults_seed, KILLS)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        before = pool.submit(prepare, home / "home").result()
        runs = {
            (state, workers): pool.submit(
                undisturbed, home / f"{state}-{workers}", home / "home", state, workers
            )
            for state in STATES
            for workers in (1, 2)
        }
        results = {key: run.result() for key, run in runs.items()}
        wanted = Wanted(
            before,
            results["changed", 1][1],
            {key: seconds for key, (seconds, _) in results.items()},
        )
        assert all(
            found == (before if state == "first" else wanted.after)
            for (state, _), (_, found) in results.items()
        )
        assert wanted.after != before
        futures = [
            pool.submit(trial, kill, home / str(kill.number), home / "home", wanted)
            for kill in kills
        ]
    return list(zip(kills, futures, strict=True))


@pytest.mark.parametrize("number", range(KILLS))
def test_the_run_after_a_kill_recovers(number: int, trials: list[tuple[Kill, Future[list[str]]]]):
    kill, outcome = trials[number]
    assert outcome.result() == [], kill
