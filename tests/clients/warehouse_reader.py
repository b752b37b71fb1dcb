"""A reader of the published file that notices a half-published one. It knows DuckDB alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier, Event

import duckdb

Figures = tuple[object, ...]

QUERIES_OF_A_ROUND = 6  # those of `figures`, and the load before and after them


@dataclass(slots=True)
class Seen:
    """What one reader met."""

    queries: int = 0
    failed: int = 0
    torn: int = 0
    loads: set[str] = field(default_factory=set)
    last: str = ""
    trouble: str = ""  # the first one


def figures(con: duckdb.DuckDBPyConnection, count: str) -> Figures:
    """What must belong together: the rows of every table, what the load says of them, a sum."""
    queries = (
        count,
        "select report_count, numeral_count, observation_count, "
        "load_no = (select count(*) from etl_load) from etl_load order by load_no desc limit 1",
        "select count(*) from mart_load_changes where is_latest",
        "select count(distinct report_key), sum(value), max(char_end) from mart_observation",
    )
    return tuple(cell for query in queries for cell in con.sql(query).fetchall()[0])


def visit(target: str, rounds: int, count: str, truth: dict[str, Figures], seen: Seen) -> None:
    """Open the file, look at it some times, close it."""
    con = duckdb.connect(target, read_only=True)
    try:
        met = set()
        for _ in range(rounds):
            before = _load(con)
            found = figures(con, count)
            met |= {before, _load(con)}
            seen.queries += QUERIES_OF_A_ROUND
            if found != truth[before.split("-")[0]]:
                seen.torn += 1
                seen.trouble = seen.trouble or f"{before}: {found}"
    finally:
        con.close()
    if len(met) > 1 or _number(min(met, key=_number)) < _number(seen.last):
        seen.torn += 1
        seen.trouble = seen.trouble or f"after {seen.last}: {sorted(met)}"
    seen.loads |= met
    seen.last = max(met, key=_number)


def _load(con: duckdb.DuckDBPyConnection) -> str:
    newest = con.sql("select load_id from etl_load order by load_no desc limit 1")
    return str(newest.fetchall()[0][0])


def _number(load: str) -> int:
    return int(load.split("-")[1]) if load else 0


def reader(
    target: str,
    rounds: int,
    count: str,
    truth: dict[str, Figures],
    ready: Barrier,
    stop: Event,
    results: Queue[Seen],
) -> None:
    """Visit the file until told to stop, and once more after that."""
    seen = Seen()
    ready.wait()
    last_visit = False
    while not last_visit:
        last_visit = stop.is_set()
        try:
            visit(target, rounds, count, truth, seen)
        except Exception as error:
            seen.failed += 1
            seen.trouble = seen.trouble or f"{type(error).__name__}: {error}"
    results.put(seen)
