"""Panels of chosen indicators: which figures fill them, and where each comes from."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from pipelines.errors import ExportError
from pipelines.warehouse.build import build
from pipelines.warehouse.export import Form, export
from pipelines.warehouse.loads import LoadInfo

Frames = dict[str, pl.DataFrame]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_panel_has_the_figures_of_whole_years(built: Path, tmp_path: Path):
    rows = export(
        built, tmp_path / "out", Form.csv, panel=["general_public_budget_revenue", "tax_revenue"]
    )
    # The tax of the first half of the year is in no row: it is of no whole year.
    assert rows == {"panel": 1, "panel_sources": 1}
    assert read(tmp_path / "out" / "panel.csv") == [
        {
            "region_code": "339901",
            "region": "云溪县",
            "region_path": "浙江省/云溪县",
            "region_level": "county",
            "period_year": "2024",
            "general_public_budget_revenue": "8000000000.12345678",
            "general_public_budget_revenue_growth": "",
            "tax_revenue": "",
            "tax_revenue_growth": "",
        }
    ]
    (source,) = read(tmp_path / "out" / "panel_sources.csv")
    assert (source["indicator_code"], source["figure"]) == (
        "general_public_budget_revenue",
        "level",
    )
    assert (source["file_name"], source["quote"]) == ("b.txt", "80亿元")
    assert source["sentence"] == "财政收入80亿元。"


@pytest.fixture
def other_unit(tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo) -> Path:
    """The revenue in people, and its growth: what a report may say, but no level of the panel."""
    yearly = staged["stg_observation"].with_columns(
        unit=pl.when(pl.col("quote") == "80亿元").then(pl.lit("人")).otherwise("unit")
    )
    changed = staged | {"stg_observation": yearly}
    return build(changed, tmp_path / "u.duckdb", replace(load), seeds=seeds).path


def test_a_level_of_another_unit_is_left_out(other_unit: Path, tmp_path: Path):
    rows = export(other_unit, tmp_path / "out", panel=["general_public_budget_revenue"])
    assert rows == {"panel": 0, "panel_sources": 0}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("general_public_budget_revenue", id="code"),
        pytest.param("一般公共预算收入", id="Chinese name"),
        pytest.param("财政收入", id="other name"),
    ],
)
def test_an_indicator_goes_by_its_names(name: str, built: Path, tmp_path: Path):
    export(built, tmp_path / "out", panel=[name])
    panel = pl.read_parquet(tmp_path / "out" / "panel.parquet")
    assert panel["general_public_budget_revenue"].to_list() == [Decimal("8000000000.12345678")]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        pytest.param("一般公共预算收人", r"Did you mean general_public_budget_revenue", id="typo"),
        pytest.param("☆☆", "dim_indicator", id="nothing near"),
    ],
)
def test_an_unknown_indicator_is_refused(name: str, advice: str, built: Path, tmp_path: Path):
    with pytest.raises(ExportError, match=f"{name}.*no such indicator.*{advice}"):
        export(built, tmp_path / "out", panel=["tax_revenue", name])
    assert not (tmp_path / "out").exists()


def test_a_panel_of_stata_says_what_its_columns_are(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", Form.dta, panel=["general_public_budget_revenue"])
    _, about = pyreadstat.read_dta(tmp_path / "out" / "panel.dta")
    labels = about.column_names_to_labels
    assert labels["general_public_budget_revenue"] == "一般公共预算收入(元) Revenue (元)"
    assert labels["general_public_budget_rev_growth"] == "一般公共预算收入增速% Revenue, growth %"


def test_views_may_stand_beside_a_panel(built: Path, tmp_path: Path):
    rows = export(built, tmp_path / "out", Form.csv, names=["mart_coverage"], panel=["tax_revenue"])
    assert set(rows) == {"panel", "panel_sources", "mart_coverage"}
