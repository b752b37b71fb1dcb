"""The seed of the kills, places on small disks, and the figures at the end."""

from __future__ import annotations

import os
import random
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from kill_trials import KILLS, STATES, Kill, Wanted, draw, prepare, trial, undisturbed

SEED = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(1_000_000))
KILLED = "killed with SIGKILL"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fault(name): what is done to a build or its files")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("fault"):
            item.user_properties.append(("fault", mark.args[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a fault: how often it was tried, and after how many tries all was well again."""
    tried: defaultdict[str, set[str]] = defaultdict(set)
    failed: defaultdict[str, set[str]] = defaultdict(set)
    left_out: defaultdict[str, set[str]] = defaultdict(set)
    for outcome, into in (
        ("passed", tried),
        ("failed", failed),
        ("error", failed),
        ("skipped", left_out),
    ):
        for report in terminalreporter.getreports(outcome):
            fault = dict(getattr(report, "user_properties", ())).get("fault")
            if fault is not None:
                into[fault].add(report.nodeid)
    if not (tried or failed):
        return
    lines = [("fault", "tried", "recovered", "not tried")]
    recovered = {}
    for fault in sorted({*tried, *failed, *left_out}, key=lambda name: (name != KILLED, name)):
        all_tried = tried[fault] | failed[fault]
        good = len(all_tried - failed[fault])
        recovered[fault] = good
        lines.append((fault, str(len(all_tried)), str(good), str(len(left_out[fault]))))
    terminalreporter.section("recovery from faults")
    for name, *numbers in lines:
        terminalreporter.line(f"{name:<28}" + "".join(f"{number:>11}" for number in numbers))
    others = {*tried, *failed, *left_out} - {KILLED}
    well = sum(1 for fault in others if tried[fault] and not failed[fault] and not left_out[fault])
    terminalreporter.line(
        f"kills recovered {recovered.get(KILLED, 0)}/{len(tried[KILLED] | failed[KILLED])}; "
        f"other faults recovered {well}/{len(others)}; FAULTS_SEED={SEED}"
    )


Trials = list[tuple[Kill, Future[list[str]]]]


@pytest.fixture(scope="session", autouse=True)
def trials(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trials]:
    """The kills and what comes of them: two at a time, while the other tests of the folder run.

    A crash of DuckDB would take a process of the pool, not pytest.
    """
    marks = (item.get_closest_marker("fault") for item in request.session.items)
    if not any(mark and mark.args == (KILLED,) for mark in marks):
        yield []
        return
    home = tmp_path_factory.mktemp("kills")
    pool = ProcessPoolExecutor(2, get_context("spawn"))
    wanted = _wanted(pool, home)
    yield [
        (kill, pool.submit(trial, kill, home / str(kill.number), home / "home", wanted))
        for kill in draw(SEED, KILLS)
    ]
    pool.shutdown(cancel_futures=True)


def _wanted(pool: ProcessPoolExecutor, home: Path) -> Wanted:
    """What builds yield that nobody disturbs, and how long they take while two run."""
    before = pool.submit(prepare, home / "home").result()
    runs = {
        (state, workers): pool.submit(
            undisturbed, home / f"{state}-{workers}", home / "home", state, workers
        )
        for state in STATES
        for workers in (1, 2)
    }
    results = {key: run.result() for key, run in runs.items()}
    after = results["changed", 1][1]
    assert before != after
    for (state, _), (_, found) in results.items():
        assert found == (before if state == "first" else after)
    return Wanted(before, after, {key: seconds for key, (seconds, _) in results.items()})


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a small disk in memory, or mount it anew with other options: `disk("size=1m")`."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        again = "remount," if mounted else ""
        command = ["mount", "-t", "tmpfs", "-o", again + options, "tmpfs", place]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            reason = f"no disk can be mounted here: {done.stderr.strip()}"
            (pytest.fail if "CI" in os.environ else pytest.skip)(reason)
        mounted = True
        return place

    yield mount
    if mounted:
        subprocess.run(["umount", place], check=True)
