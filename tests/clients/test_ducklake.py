"""The tables as a DuckLake that several processes write at the same time, with a SQLite catalog.

On the version of DuckDB for which its extensions are packaged; see docs/scale.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from client_environments import PROBES, python_environment


def test_several_writers_fill_a_lake_that_answers_as_the_file_does(
    ask: Callable[..., dict[str, Any]], answers: dict[str, str]
) -> None:
    result = ask(python_environment("ducklake"), PROBES / "ducklake.py")
    assert result["answers"].keys() >= {"sum of values", "quotes", "rows of fact_term"}
    assert result["answers"].items() <= answers.items()
    assert result["snapshots"] > 12  # a transaction of each writer and table, and the tables
