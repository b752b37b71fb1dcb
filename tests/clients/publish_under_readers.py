"""Publish a warehouse again and again while other processes read it, and count what goes wrong.

    python tests/clients/publish_under_readers.py --publishes 100 --readers 3

Two loads take turns: all sample reports, and some of them. Each is built, checked and published as
a run does it. A reader must always meet one complete load: the one that `etl_load` names, with the
rows and the sum that this load has, and never an older one than before. Every third reader keeps
its connection over several rounds, and must see the same load in all of them.

Ends with 1 if a query failed, a read was torn, or a reader did not see the last load.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path

import duckdb
import polars as pl
from warehouse_reader import Figures, Seen, figures, reader

from pipelines import contracts
from pipelines.engines.local import LocalEngine
from pipelines.engines.staging import load_info, stage_folder
from pipelines.warehouse.build import build
from pipelines.warehouse.certify import certify
from pipelines.warehouse.publish import publish

REPORTS = Path(__file__).parents[2] / "seeds" / "reports"
ROUNDS_OF_A_VISIT = 10
HISTORY = {"etl_load", "fact_load_change", "mart_load_changes"}

Loads = dict[str, dict[str, pl.DataFrame]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a whole run met."""

    publishes: int
    seconds: float
    last: str
    readers: tuple[Seen, ...]

    @property
    def failed(self) -> int:
        return sum(seen.failed for seen in self.readers)

    @property
    def torn(self) -> int:
        return sum(seen.torn for seen in self.readers)

    @property
    def behind(self) -> int:
        """Readers whose last visit, after the last publish, met another load."""
        return sum(seen.last != self.last for seen in self.readers)

    @property
    def good(self) -> bool:
        return not (self.failed or self.torn or self.behind)

    def __str__(self) -> str:
        queries = sum(seen.queries for seen in self.readers)
        loads = ", ".join(str(len(seen.loads)) for seen in self.readers)
        lines = [
            f"publishes {self.publishes} in {self.seconds:.1f} s",
            f"readers   {len(self.readers)}, which saw {loads} different loads",
            f"queries   {queries}",
            f"failed    {self.failed}",
            f"torn      {self.torn}",
            f"behind    {self.behind}",
        ]
        return "\n".join(lines + [seen.trouble for seen in self.readers if seen.trouble])


def counting() -> str:
    """One query over the tables and views of the file: their rows, in one row.

    Those that tell of earlier loads too grow with every load; `figures` looks at their newest part.
    """
    names = sorted({*contracts.names("tables"), *contracts.names("marts")} - HISTORY)
    counts = [f"(select count(*) from {name})" for name in names]  # noqa: S608  (our own names)
    return f"select {', '.join(counts)}"


def two_loads(folder: Path) -> Loads:
    """The staged tables of all sample reports, and of all but two."""
    tables = stage_folder(REPORTS, folder / "staging", LocalEngine(1)).tables
    staged = {name: table.lazy() for name, table in tables.items()}
    every = {name: frame.collect() for name, frame in staged.items()}
    some = every["stg_document"].sort("file_name")["report_sha256"].head(-2)
    part = {
        name: frame.filter(pl.col("report_sha256").is_in(some.to_list()))
        if "report_sha256" in frame.columns
        else frame
        for name, frame in every.items()
    }
    named = part["stg_document"]["file_name"].to_list()
    part["stg_file"] = every["stg_file"].filter(pl.col("file_name").is_in(named))
    return {"every": every, "some": part}


def load(staged: dict[str, pl.DataFrame], target: Path, load_id: str) -> None:
    """Build, check and publish, as a run does."""
    new = target.with_name(f".{target.name}.build")
    build(staged, new, load_info(load_id, 0.0, target))
    blocked = [str(found) for found in certify(new, staged, target) if found.blocks]
    if blocked:
        raise RuntimeError(f"{load_id}: {blocked}")
    publish(new, target)


def truth_of(loads: Loads, target: Path) -> dict[str, Figures]:
    """The figures of each load after the other, read while nobody else is there.

    The last load goes first too, so that each follows the one that it will follow later on.
    """
    truth = {}
    *_, last = loads
    for name in (last, *loads):
        load(loads[name], target, f"{name}-0")
        with duckdb.connect(str(target), read_only=True) as con:
            truth[name] = figures(con, counting())
    return truth


def run(publishes: int, readers: int, folder: Path) -> Outcome:
    """Publish `publishes` times while `readers` processes read; returns what they met."""
    target = folder / "zhibiao.duckdb"
    loads = two_loads(folder)
    truth = truth_of(loads, target)
    if len(set(truth.values())) != len(loads):
        raise RuntimeError("the loads do not differ: a torn read would not be seen")
    context = multiprocessing.get_context("spawn")
    ready, stop = context.Barrier(readers + 1), context.Event()
    results: Queue[Seen] = context.Queue()
    processes = [
        context.Process(
            target=reader,
            args=(str(target), rounds, counting(), truth, ready, stop, results),
            daemon=True,
        )
        for rounds in (ROUNDS_OF_A_VISIT if number % 3 == 2 else 1 for number in range(readers))
    ]
    for process in processes:
        process.start()
    ready.wait(60)
    begun = time.perf_counter()
    names = list(loads)
    last = f"{names[-1]}-0"
    try:
        for number in range(1, publishes + 1):
            name = names[(number - 1) % len(names)]
            last = f"{name}-{number}"
            load(loads[name], target, last)
    finally:
        seconds = time.perf_counter() - begun
        stop.set()
    seen = tuple(results.get(timeout=600) for _ in processes)
    for process in processes:
        process.join()
    return Outcome(publishes, seconds, last, seen)


def main() -> int:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser(description="Publish under readers; see the module.")
    parser.add_argument("--publishes", type=int, default=100)
    parser.add_argument("--readers", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(arguments.publishes, arguments.readers, Path(folder))
    sys.stdout.write(f"{outcome}\n")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
