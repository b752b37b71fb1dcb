"""What stopped DuckDB: a fault, or somebody at the keyboard."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import QueryError
from pipelines.warehouse.connect import explain, sql_errors


def test_ctrl_c_is_no_fault_of_the_file() -> None:
    # So DuckDB tells of it when it strikes while a frame is read.
    error = duckdb.InvalidInputException("KeyboardInterrupt: <EMPTY MESSAGE>")
    with pytest.raises(KeyboardInterrupt):
        explain(Path("w.duckdb"), error)


def test_an_interrupted_query_is_ctrl_c() -> None:
    done = threading.Event()
    with duckdb.connect() as con:

        def press() -> None:
            while not done.wait(0.05):
                con.interrupt()

        hand = threading.Thread(target=press)
        hand.start()
        with pytest.raises(KeyboardInterrupt), sql_errors():
            con.sql("select sum(a.range * b.range) from range(10000000) a, range(10000) b").show()
        done.set()
        hand.join()


def test_other_errors_are_not_interruptions() -> None:
    with duckdb.connect() as con, pytest.raises(QueryError, match="selec"), sql_errors():
        con.sql("selec 1")
