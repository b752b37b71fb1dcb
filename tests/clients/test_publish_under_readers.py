"""Readers while files are published under them: a short run of the stress script."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from publish_under_readers import counting, load, run, truth_of, two_loads
from warehouse_reader import Seen, figures, visit

pytestmark = pytest.mark.slow


def test_no_query_fails_and_no_read_is_torn(tmp_path: Path) -> None:
    outcome = run(publishes=6, readers=3, folder=tmp_path)
    assert outcome.good, str(outcome)
    assert all(len(seen.loads) > 1 for seen in outcome.readers)


def test_the_script_notices_a_torn_read_and_an_older_load(tmp_path: Path) -> None:
    target = tmp_path / "zhibiao.duckdb"
    loads = two_loads(tmp_path)
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


def test_a_connection_that_stays_open_keeps_the_load_it_opened(tmp_path: Path) -> None:
    target = tmp_path / "zhibiao.duckdb"
    loads = two_loads(tmp_path)
    truth = truth_of(loads, target)
    with duckdb.connect(str(target), read_only=True) as held:
        load(loads["every"], target, "every-1")
        assert figures(held, counting()) == truth["some"]
        # So does every other connection of the process, until all of them are closed.
        with duckdb.connect(str(target), read_only=True) as second:
            assert figures(second, counting()) == truth["some"]
    with duckdb.connect(str(target), read_only=True) as fresh:
        assert figures(fresh, counting()) == truth["every"]
