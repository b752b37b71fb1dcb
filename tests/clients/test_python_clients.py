"""The published file in every DuckDB of Python that people have, each alone in an environment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from client_environments import PROBES, python_environment


@pytest.mark.parametrize("version", ["1.4", "1.5", "2.0"])
def test_duckdb_of_python(
    version: str, ask: Callable[..., dict[str, Any]], answers: dict[str, str]
) -> None:
    result = ask(python_environment(f"duckdb-{version}"), PROBES / "python_duckdb.py")
    assert result["version"].startswith(f"{version}.")
    assert result["answers"] == answers
    assert result["types"] == ["Decimal", "date", "str"]
    assert "read-only" in result["refused"]
