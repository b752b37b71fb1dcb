"""The drivers under other people's tools: SQLAlchemy and ADBC, and Polars on both its ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from client_environments import PROBES, python_environment

from pipelines import contracts


def test_sqlalchemy_reflects_tables_columns_comments_and_keys(
    warehouse: Path, ask: Callable[..., dict[str, Any]], answers: dict[str, str]
) -> None:
    result = ask(python_environment("drivers"), PROBES / "sqlalchemy_reflection.py")
    assert result["answers"] == answers
    views = {name for name in contracts.names("marts") if contracts.table(name).is_view}
    assert set(result["views"]) == views
    with duckdb.connect(str(warehouse), read_only=True) as con:
        keys: dict[str, list[str]] = dict(
            con.sql(
                "select table_name, constraint_column_names from duckdb_constraints() "
                "where constraint_type = 'PRIMARY KEY'"
            ).fetchall()
        )
    assert keys["dim_region"] == ["region_key"]
    wanted = {
        name: {
            "comment": str(contracts.describe_table(name)),
            "columns": {
                column.name: str(contracts.describe(name, column.name))
                for column in contracts.table(name).columns
            },
            "untyped": [],
            "key": keys.get(name, []),
        }
        for kind in ("tables", "marts")
        for name in contracts.names(kind)
    }
    assert result["tables"] == wanted


def test_adbc(ask: Callable[..., dict[str, Any]], answers: dict[str, str]) -> None:
    result = ask(python_environment("drivers"), PROBES / "adbc.py")
    assert result["answers"] == answers
    assert str(result["rows"]) == answers["rows of mart_observation"]
    value, end, quote = result["types"]
    assert value.startswith("decimal128")
    assert (end, quote) == ("date32[day]", "string")
    assert {*contracts.names("tables"), *contracts.names("marts")} <= set(result["tables"])
    assert "read-only" in result["refused"]


@pytest.mark.parametrize("way", ["read_database", "pl"])
def test_polars(way: str, warehouse: Path, answers: dict[str, str]) -> None:
    query = "from mart_observation"
    with duckdb.connect(str(warehouse), read_only=True) as con:
        frame = pl.read_database(query, con) if way == "read_database" else con.sql(query).pl()
    assert str(frame.height) == answers["rows of mart_observation"]
    assert frame.schema["value"].is_decimal()
    assert frame.schema["period_end"] == pl.Date
    assert frame.columns == [column.name for column in contracts.table("mart_observation").columns]
