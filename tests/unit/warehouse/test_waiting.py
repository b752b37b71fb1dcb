"""Marts answer without work that grows with the square of the rows; the bench asks all of them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from conftest import LOAD
from mart_cases import CITY, EAST, built, say

from bench.views import measure, table
from pipelines import contracts


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = {(CITY, 2024): [say("80亿元", "8000000000")], (EAST, 2024): [say("9元", "9")]}
    return built(tmp_path_factory.mktemp("waiting") / "w.duckdb", LOAD, reports)


@pytest.mark.parametrize("name", ["mart_comparison", "mart_headline", "mart_series"])
def test_no_join_compares_every_row_with_every_other(name: str, warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        ((_, plan),) = con.sql(f"explain from {name}").fetchall()
    assert "BLOCKWISE_NL_JOIN" not in plan
    assert "CROSS_PRODUCT" not in plan


def test_the_bench_asks_every_mart_and_search(warehouse: Path) -> None:
    found = measure(warehouse, rounds=1)
    names = {name for name, _ in found}
    assert {*contracts.names("marts"), "search_figures", "find_indicator"} <= names
    assert table(found).count("\n") == len(names) + 1
