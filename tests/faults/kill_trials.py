"""Builds that are killed at a moment of their run, and what is found afterwards.

A trial needs nothing of pytest: it runs in a process of a pool and says what was wrong.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from fault_runs import DEADLINE, Rows, build, build_kind, litter, put_reports, rows, start, until

KILLS = 50
State = Literal["first", "changed"]
Victim = Literal["group", "parent", "worker"]
STATES: tuple[State, ...] = ("first", "changed")

# Few enough reports go or change that the published file is renewed and not built whole.
_BEFORE, _AFTER, _CHANGED = range(2010, 2021), range(2012, 2023), [2020]


@dataclass(frozen=True, slots=True)
class Kill:
    """Whom to kill, when, and in what state of things."""

    number: int
    state: State  # nothing there yet, or a published file and a folder that changed since
    workers: int
    victim: Victim
    moment: float  # as a share of the run, from the taking of the lock


@dataclass(frozen=True, slots=True)
class Wanted:
    """What undisturbed builds yield."""

    before: Rows
    after: Rows
    seconds: dict[tuple[State, int], float]  # by state and workers: from the lock to the end


def draw(seed: int, count: int) -> list[Kill]:
    """Kills spread over the whole run, one in each of `count` equal parts of it."""
    dice = random.Random(seed)  # noqa: S311
    # A pool takes seconds to start, so most builds read in their own process.
    victims: list[tuple[int, Victim]] = [(1, "group")] * 41
    victims += [(2, "group"), (2, "parent"), (2, "worker")] * 3
    kills = [
        Kill(
            number,
            STATES[number % 2],
            *victims[number % len(victims)],
            moment=(number + dice.random()) / count,
        )
        for number in range(count)
    ]
    moments = [kill.moment for kill in kills]
    dice.shuffle(moments)
    return [replace(kill, moment=moment) for kill, moment in zip(kills, moments, strict=True)]


def set_up(place: Path, state: State, home: Path) -> tuple[Path, Path]:
    """A folder of reports and the place of its warehouse, copied from what `prepare` made."""
    shutil.rmtree(place, ignore_errors=True)
    if state == "first":
        return put_reports(place / "reports", _BEFORE), place / "out" / "w.duckdb"
    shutil.copytree(home / "out", place / "out")
    put_reports(place / "reports", _AFTER)
    reports = put_reports(place / "reports", _CHANGED, companies=50)
    return reports, place / "out" / "w.duckdb"


def prepare(home: Path) -> Rows:
    """Build the warehouse that the state `changed` begins with."""
    code, said = build(put_reports(home / "reports", _BEFORE), home / "out" / "w.duckdb")
    if code:
        raise AssertionError(said)
    return rows(home / "out" / "w.duckdb")


def undisturbed(place: Path, home: Path, state: State, workers: int) -> tuple[float, Rows]:
    """Seconds of a build that nobody disturbs, from the taking of the lock, and its rows."""
    reports, warehouse = set_up(place, state, home)
    process = start(reports, warehouse, workers)
    until(lambda: _locked(warehouse, process), "the lock was not taken")
    begun = time.monotonic()
    _, said = process.communicate(timeout=DEADLINE)
    if process.returncode:
        raise AssertionError(said)
    if state == "changed" and (kind := build_kind(warehouse)) != "incremental":
        raise AssertionError(f"the build was {kind}")
    return time.monotonic() - begun, rows(warehouse)


def trial(kill: Kill, place: Path, home: Path, wanted: Wanted) -> list[str]:
    """Kill a build, look at what is left, run another.

    Returns:
        What was not as it must be.
    """
    old = None if kill.state == "first" else wanted.before
    new = wanted.before if kill.state == "first" else wanted.after
    seconds = wanted.seconds[kill.state, kill.workers] * kill.moment
    while True:
        reports, warehouse = set_up(place, kill.state, home)
        process = start(reports, warehouse, kill.workers)
        if _strike(process, warehouse, kill.victim, seconds):
            break
        seconds *= 0.9  # the build was over by then
    wrong = [
        *_wrong_after_the_kill(kill, process, warehouse, (old, new)),
        *_wrong_after_the_next_run(reports, warehouse, new),
        *_left_running(process.pid),
    ]
    shutil.rmtree(place)
    return wrong


def _wrong_after_the_kill(
    kill: Kill,
    process: subprocess.Popen[str],
    warehouse: Path,
    allowed: tuple[Rows | None, Rows],
) -> Iterator[str]:
    if kill.victim == "worker":
        _, said = process.communicate(timeout=DEADLINE)
        if process.returncode:
            yield f"the build did not survive its worker: {said}"
    found = rows(warehouse) if warehouse.exists() else None
    if found not in allowed:
        yield "the published file is neither the last good load nor the new one"


def _wrong_after_the_next_run(reports: Path, warehouse: Path, wanted: Rows) -> Iterator[str]:
    code, said = build(reports, warehouse)
    if code:
        yield f"the next run ended with {code}: {said}"
    elif rows(warehouse) != wanted:
        yield "rows are not those of an undisturbed build"
    elif left := litter(warehouse):
        yield f"left behind: {left}"


def _left_running(group: int) -> Iterator[str]:
    try:
        until(lambda: not _members(group), "processes live on")
    except TimeoutError:
        yield f"processes live on: {_members(group)}"


def _strike(process: subprocess.Popen[str], warehouse: Path, victim: Victim, after: float) -> bool:
    """Kill when that many seconds of the build have gone by. Returns whether it still ran."""
    until(lambda: _locked(warehouse, process), "the lock was not taken")
    if victim == "worker":
        until(lambda: _workers(process.pid) or process.poll() is not None, "no worker came")
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        pass
    else:
        return False
    if victim == "worker":
        workers = _workers(process.pid)
        if workers:
            os.kill(workers[0], signal.SIGKILL)
        else:
            os.killpg(process.pid, signal.SIGKILL)
        return bool(workers)
    if victim == "group":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    return process.wait() == -signal.SIGKILL


def _locked(warehouse: Path, process: subprocess.Popen[str]) -> bool:
    return warehouse.with_name(f".{warehouse.name}.holder").exists() or process.poll() is not None


def _workers(parent: int) -> list[int]:
    """The processes that read for the build `parent`."""
    return [
        pid
        for pid, (_, above, _) in _members(parent).items()
        if above == parent and b"spawn_main" in _command(pid)
    ]


def _members(group: int) -> dict[int, tuple[str, int, int]]:
    """Living processes of a group: state, parent and group by process."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended just now
        state, parent, member_of = fields[0], int(fields[1]), int(fields[2])
        if member_of == group and state != "Z":
            found[int(folder.name)] = (state, parent, member_of)
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
