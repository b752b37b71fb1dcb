"""Readers while files are published under them: a short run of the stress script."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import duckdb
import pytest
from publish_under_readers import counting, load, run, truth_of, two_loads
from warehouse_reader import Seen, figures, visit


def apart(check: Callable[[Path], None], folder: Path) -> None:
    """Runs a check in a process of its own.

    The tests of other clients load drivers and query into this one, and a read right after a
    publish has crashed there; that was not seen in a process that only builds and reads.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        pool.submit(check, folder).result()


def no_query_fails_and_no_read_is_torn(folder: Path) -> None:
    outcome = run(publishes=6, readers=3, folder=folder)
    assert outcome.good, str(outcome)
    assert all(len(seen.loads) > 1 for seen in outcome.readers)


def the_script_notices_a_torn_read_and_an_older_load(folder: Path) -> None:
    target = folder / "zhibiao.duckdb"
    loads = two_loads(folder)
    truth = truth_of(loads, target)
    load(loads["some"], target, "every-7")  # the rows of one load under the name of the other
    seen = Seen()
    visit(str(target), 1, counting(), truth, seen)
    assert (seen.torn, seen.last) == (1, "every-7")
    with duckdb.connect(str(target), read_only=True) as con:
        truth["every"] = figures(con, counting())
    newer = Seen(last="some-8")
    visit(str(target), 1, counting(), truth, newer)
    assert newer.torn == 1


def a_connection_that_stays_open_keeps_the_load_it_opened(folder: Path) -> None:
    target = folder / "zhibiao.duckdb"
    loads = two_loads(folder)
    truth = truth_of(loads, target)
    with duckdb.connect(str(target), read_only=True) as held:
        load(loads["every"], target, "every-1")
        assert figures(held, counting()) == truth["some"]
        # So does every other connection of the process, until all of them are closed.
        with duckdb.connect(str(target), read_only=True) as second:
            assert figures(second, counting()) == truth["some"]
    with duckdb.connect(str(target), read_only=True) as fresh:
        assert figures(fresh, counting()) == truth["every"]


CHECKS = [
    no_query_fails_and_no_read_is_torn,
    the_script_notices_a_torn_read_and_an_older_load,
    a_connection_that_stays_open_keeps_the_load_it_opened,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_publish_under_readers(check: Callable[[Path], None], tmp_path: Path) -> None:
    apart(check, tmp_path)
