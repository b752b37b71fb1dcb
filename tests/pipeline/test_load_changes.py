"""What an analyst sees of a load beside the one before, after builds as a user runs them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pipeline_reports import FIRST

from pipelines.warehouse.connect import read_only

DOCS = Path(__file__).resolve().parents[2] / "docs"
CHANGES = (
    "select change_kind, change_reason, changed_field, old_text, new_text from mart_load_changes "
    "where is_latest order by file_name, char_start, changed_field"
)


def rows(warehouse: Path, sql: str) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql(sql).fetchall()


@pytest.mark.slow
def test_two_builds_of_the_same_reports_differ_in_nothing(build, warehouse: Path):
    build()
    build()
    assert rows(warehouse, CHANGES) == []
    assert rows(warehouse, "select load_no, comparison from etl_load order by load_no") == [
        (1, "first"),
        (2, "compared"),
    ]


def test_a_corrected_figure_is_told_with_the_old_one(build, reports: Path, warehouse: Path):
    build()
    # The title is longer too, so every figure stands at another place.
    text = FIRST.replace("工作总结", "工作总结（修订）").replace("3.25亿元", "3.35亿元")
    (reports / "2023h1.txt").write_text(text, "utf-8")
    build()
    assert rows(warehouse, CHANGES) == [
        ("changed", "report_changed", "quote", "3.25亿元", "3.35亿元"),
        ("changed", "report_changed", "value", "325000000", "335000000"),
    ]


@pytest.mark.slow
def test_a_removed_report_is_told_figure_by_figure(build, reports: Path, warehouse: Path):
    build()
    before = rows(warehouse, "select count(*) from mart_observation where file_name = '2023.txt'")
    (reports / "2023.txt").unlink()
    build()
    assert (
        rows(
            warehouse,
            "select count(*) from mart_load_changes where change_kind = 'removed' "
            "and change_reason = 'report_removed' and file_name = '2023.txt'",
        )
        == before
    )
    assert len(rows(warehouse, CHANGES)) == before[0][0] > 0


@pytest.mark.slow
def test_another_period_of_reports_csv_is_told(build, reports: Path, warehouse: Path):
    build()
    (reports / "reports.csv").write_text(
        "file_name,region\n2023.txt,浙江省/杭州市/拱墅区/东沙街道\n", "utf-8"
    )
    build()
    found = rows(warehouse, CHANGES)
    assert {row[:3] for row in found} == {("changed", "overrides", "region_path")}
    assert {row[4] for row in found} == {"浙江省/杭州市/拱墅区/东沙街道"}


@pytest.mark.slow
def test_a_load_that_was_not_published_is_forgotten(build, warehouse: Path, tmp_path: Path):
    build()
    build(folder=tmp_path / "nowhere")
    build()
    assert rows(warehouse, "select count(*), max(load_no) from etl_load") == [(2, 2)]


@pytest.mark.parametrize("guide", ["exports.md", "exports.zh-CN.md"])
@pytest.mark.slow
def test_the_queries_of_the_guide_run(guide: str, build, warehouse: Path):
    text = (DOCS / guide).read_text("utf-8")
    queries = re.findall(r"^    select .*(?:\n    .+)*", text, re.MULTILINE)
    build()
    assert len(queries) >= 1
    for query in queries:
        rows(warehouse, query)
