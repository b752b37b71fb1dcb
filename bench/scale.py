"""What a load of many reports costs, and where the bars stand: `make scale`.

    python -m bench.scale [--folder DIR] [--sizes 100,1000,10000,100000] [--workers 2]

Invented reports (`zhibiao synth`) of each size are built with `zhibiao build`, nothing staged and
nothing published before; then one report is added and the build runs again. Of 10,000, one worker
and two, local processes and Dask read the same reports, and bare `jieba.cut` the same text. The
memory of a process is its peak, as the system tells it while the process lives (VmHWM).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.suite import machine
from pipelines.settings import staging_of
from pipelines.synth import reports, write_reports

_ZHIBIAO = Path(sys.executable).with_name("zhibiao")
_READ = re.compile(r"(\d+) read in")
_SEED = 1
_MIDDLE = 10_000
_POLL_SECONDS = 0.05
_JIEBA_CHARACTERS = 5_000_000  # enough for a steady figure; the time is in proportion to the text


@dataclass(frozen=True, slots=True)
class Run:
    """A command and what it took."""

    seconds: float
    computing: float  # processor seconds of all its processes
    peak: dict[int, int]  # bytes by process
    said: str


@dataclass(frozen=True, slots=True)
class Size:
    """The builds of one number of reports."""

    reports: int
    characters: int
    full: Run
    more: Run  # with one report more
    staging: int  # bytes
    warehouse: int  # bytes
    read: int  # reports that the second build read


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="keep the reports here, and find them again")
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    counts = [int(count) for count in options.sizes.split(",")]
    console = Console(width=150)
    for name, found in machine().items():
        console.print(f"{name}: {found}", soft_wrap=True, highlight=False)
    with tempfile.TemporaryDirectory(dir=options.folder and options.folder.parent) as scratch:
        folder = options.folder or Path(scratch) / "reports"
        sizes = []
        for count in counts:
            _synth(folder, count)
            sizes.append(_size(folder / str(count), count, Path(scratch), options.workers))
            console.print(_curve(sizes))
        middle = _MIDDLE if _MIDDLE in counts else counts[-1]
        stages = _stages(folder / str(middle), Path(scratch))
        console.print(_stage_table(stages))
        jieba = _jieba(folder / str(middle))
    full = next(size for size in sizes if size.reports == middle)
    console.print(_bars(sizes, full, stages, jieba))


def _synth(folder: Path, count: int) -> None:
    """The reports of a size, one folder a size; and one report more, beside them."""
    place = folder / str(count)
    if not place.is_dir():
        work = folder / f".{count}"
        shutil.rmtree(work, ignore_errors=True)
        write_reports(work, count, seed=_SEED)
        work.rename(place)


def _size(place: Path, count: int, scratch: Path, workers: int) -> Size:
    target = scratch / f"{count}.duckdb"
    more = place / "more.txt"
    more.unlink(missing_ok=True)
    try:
        full = _build(place, target, workers)
        (report,) = reports(1, seed=_SEED + 1)
        more.write_text(report.text, "utf-8")
        again = _build(place, target, workers)
    finally:
        more.unlink(missing_ok=True)
    staging = staging_of(target)
    size = Size(
        reports=count,
        characters=_query(target, "select sum(char_count) as n from dim_report"),
        full=full,
        more=again,
        staging=sum(path.stat().st_size for path in staging.rglob("*") if path.is_file()),
        warehouse=target.stat().st_size,
        read=int(_READ.findall(again.said)[0]),
    )
    shutil.rmtree(staging)
    target.unlink()
    return size


def _query(target: Path, sql: str) -> int:
    said = subprocess.run(  # noqa: S603
        [_ZHIBIAO, "query", target, sql, "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(json.loads(said.stdout)["n"])


def _build(place: Path, target: Path, workers: int) -> Run:
    return _run(
        [
            *(_ZHIBIAO, "build", "--reports", place, "--warehouse", target),
            *("--workers", str(workers)),
        ]
    )


def _run(command: list[object]) -> Run:
    """Run a command to its end and watch the memory of it and of all that it starts."""
    before = os.times()
    begun = time.perf_counter()
    peak: dict[int, int] = {}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(list(map(str, command)), stdout=said, stderr=said)  # noqa: S603
        while process.poll() is None:
            for pid in _family(process.pid):
                peak[pid] = max(peak.get(pid, 0), _peak(pid))
            time.sleep(_POLL_SECONDS)
        seconds = time.perf_counter() - begun
        said.seek(0)
        text = said.read().decode()
    if process.returncode:
        sys.exit(text)
    after = os.times()
    computing = sum(
        getattr(after, name) - getattr(before, name)
        for name in ("children_user", "children_system")
    )
    return Run(seconds, computing, peak, text)


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for one in found:
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, path.read_text("utf-8").split())
            except OSError:  # it ended meanwhile
                continue
    return found


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:  # it ended meanwhile
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


_STAGE = """
import sys
from contextlib import ExitStack
from pathlib import Path
from pipelines.engines.choose import engine_of
from pipelines.engines.staging import stage_folder
from bench.suite import machine
from pipelines.settings import EngineName

if __name__ == "__main__":
    name, workers, reports, staging = sys.argv[1:]
    with ExitStack() as stack:
        scheduler = None
        if name == "dask":
            # A team has a cluster that runs; to start and stop one is no part of a load.
            from distributed import Client, LocalCluster
            cluster = LocalCluster(
                n_workers=int(workers), threads_per_worker=1, dashboard_address=None,
                host="127.0.0.1",
            )
            scheduler = stack.enter_context(cluster).scheduler_address
            stack.enter_context(Client(cluster)).wait_for_workers(int(workers))
        engine = engine_of(EngineName(name), int(workers), scheduler, "1GB")
        print(stage_folder(Path(reports), Path(staging), engine).seconds)
"""


def _stages(place: Path, scratch: Path) -> dict[tuple[str, int], float]:
    """Seconds of the extraction stage by engine and workers.

    The start of processes of one's own is part of it, that of a Dask cluster is not.
    """
    script = scratch / "stage.py"
    script.write_text(_STAGE, "utf-8")
    found = {}
    for engine, workers in (("local", 1), ("local", 2), ("dask", 1), ("dask", 2)):
        staging = scratch / "staging"
        said = subprocess.run(  # noqa: S603
            [sys.executable, script, engine, str(workers), place, staging],
            check=True,
            capture_output=True,
            text=True,
        )
        found[engine, workers] = float(said.stdout)
        shutil.rmtree(staging)
    return found


_JIEBA = """
import sys, time
from pathlib import Path
import jieba

jieba.setLogLevel("ERROR")
jieba.initialize()
texts, size = [], 0
for path in sorted(Path(sys.argv[1]).rglob("*.txt")):
    texts.append(path.read_text("utf-8"))
    size += len(texts[-1])
    if size >= int(sys.argv[2]):
        break
begun = time.perf_counter()
for text in texts:
    for _ in jieba.cut(text):
        pass
print(size / (time.perf_counter() - begun))
"""


def _jieba(place: Path) -> float:
    """Characters a second of bare jieba.cut in a process of its own."""
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _JIEBA, place, str(_JIEBA_CHARACTERS)],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(said.stdout)


def _curve(sizes: list[Size]) -> Table:
    table = Table(title="zhibiao build of invented reports", title_justify="left")
    for heading in (
        *("reports", "M characters", "seconds", "processor s", "M characters/s", "ms a report"),
        *("peak MB, largest", "of another", "staged MB", "warehouse MB", "+1: seconds", "share"),
    ):
        table.add_column(heading, justify="right")
    for size in sizes:
        peaks = sorted(size.full.peak.values(), reverse=True)
        table.add_row(
            f"{size.reports:,}",
            f"{size.characters / 1e6:.1f}",
            f"{size.full.seconds:.1f}",
            f"{size.full.computing:.1f}",
            f"{size.characters / size.full.seconds / 1e6:.2f}",
            f"{size.full.seconds / size.reports * 1e3:.2f}",
            f"{peaks[0] / 1e6:.0f}",
            f"{peaks[1] / 1e6:.0f}" if len(peaks) > 1 else "",
            f"{size.staging / 1e6:.0f}",
            f"{size.warehouse / 1e6:.0f}",
            f"{size.more.seconds:.1f}",
            f"{size.more.seconds / size.full.seconds:.1%}",
        )
    return table


def _stage_table(stages: dict[tuple[str, int], float]) -> Table:
    table = Table("engine", title="extraction stage", title_justify="left")
    for heading in ("one worker, s", "two, s", "times as fast"):
        table.add_column(heading, justify="right")
    for engine in ("local", "dask"):
        one, two = stages[engine, 1], stages[engine, 2]
        table.add_row(engine, f"{one:.1f}", f"{two:.1f}", f"{one / two:.2f}")
    return table


def _bars(
    sizes: list[Size], middle: Size, stages: dict[tuple[str, int], float], jieba: float
) -> Table:
    last = sizes[-1]
    peak = max(max(size.full.peak.values()) for size in sizes)
    peak = max(peak, *(max(size.more.peak.values()) for size in sizes))
    rows: list[tuple[str, float, str, Callable[[float], bool]]] = [
        (
            f"build of {middle.reports:,} against jieba.cut of the same text, one process",
            middle.full.seconds / (middle.characters / jieba),
            "<= 1",
            lambda found: found <= 1,
        ),
        ("memory of the largest process, GB", peak / 1e9, "<= 2", lambda found: found <= 2),
        (
            f"{last.reports:,} and one more against all, share of the processor time",
            last.more.computing / last.full.computing,
            "<= 0.03 of 100,000",
            lambda found: found <= 0.03,
        ),
        ("seconds of it", last.more.seconds, "<= 10", lambda found: found <= 10),
        ("reports read by it", last.read, "= 1", lambda found: found == 1),
        *(
            (
                f"two workers against one, {engine}, times as fast",
                stages[engine, 1] / stages[engine, 2],
                ">= 1.8",
                lambda found: found >= 1.8,
            )
            for engine in ("local", "dask")
        ),
    ]
    small = next((size for size in sizes if size.reports == 1000), None)
    if small and last is not small:
        cost = (last.full.seconds / last.reports) / (small.full.seconds / small.reports)
        name = f"cost of a report at {last.reports:,} against 1,000"
        rows.append((name, cost, "<= 1.3", lambda found: found <= 1.3))
    table = Table("bar", title="bars", title_justify="left")
    for heading in ("found", "wanted", ""):
        table.add_column(heading, justify="right")
    for name, found, wanted, holds in rows:
        table.add_row(name, f"{found:.2f}", wanted, "yes" if holds(found) else "NO")
    return table


if __name__ == "__main__":
    main()
