"""The schema zh: marts under Chinese names, with codes for maps and units to read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from conftest import LOAD
from mart_cases import CITY, EAST, built, say

from pipelines import contracts
from pipelines.warehouse.chinese import chinese_views

REPORTS = {
    (CITY, 2024): [say("80亿元", "8000000000"), say("5%", "5", "%", measure="change_rate")],
    (EAST, 2024): [say("950元", "950")],
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("zh") / "w.duckdb", LOAD, REPORTS)


def asked(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return con.sql(sql).fetchall()


def test_values_are_shown_in_units_to_read(warehouse: Path) -> None:
    sql = """select "显示值", "显示单位", "数值" from zh."观测" order by "数值" desc"""
    assert asked(warehouse, sql) == [
        (Decimal(80), "亿元", Decimal(8_000_000_000)),
        (Decimal(950), "元", Decimal(950)),
        (Decimal(5), "%", Decimal(5)),
    ]


def test_maps_find_their_codes_and_charts_a_date(warehouse: Path) -> None:
    sql = """
    select "地区", "行政区划代码", "ISO地区代码", "日期", "原句" from zh."指标序列"
    where "项目" = 'level' order by "行政区划代码"
    """
    day = date(2024, 12, 31)
    assert asked(warehouse, sql) == [
        ("青禾市", "339900", "CN-ZJ", day, f"{CITY}80亿元"),
        ("东岭区", "339901", "CN-ZJ", day, f"{EAST}950元"),
    ]


def test_a_view_has_the_rows_of_its_mart_and_no_keys(warehouse: Path) -> None:
    views, _ = contracts.labels()
    for name in contracts.names("marts"):
        if name != "mart_search_word":
            both = [f"from {name}", f"from zh.{views[name].zh}"]
            rows = [len(asked(warehouse, sql)) for sql in both]
            assert rows[0] == rows[1], name
    columns = asked(warehouse, "select column_name from duckdb_columns() where schema_name = 'zh'")
    assert not [name for (name,) in columns if str(name).isascii() and str(name) != "TF-IDF"]


def test_every_view_and_column_has_a_comment(warehouse: Path) -> None:
    sql = """
    select count(*) filter (comment is null), count(*) > 200
    from duckdb_columns() where schema_name = 'zh'
    """
    assert asked(warehouse, sql) == [(0, True)]
    views = asked(warehouse, "select comment from duckdb_views() where schema_name = 'zh'")
    assert all(comment for (comment,) in views)
    assert len(views) == len([line for line in chinese_views() if line.startswith("create view")])
