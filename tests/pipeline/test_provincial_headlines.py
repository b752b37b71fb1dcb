"""Headline figures of whole provincial reports, which lie beside the checkout where they exist."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.warehouse.connect import read_only

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

# Regions, of 24, with a level or a growth of 2025, of the indicator or a part of it (urban incomes,
# industry above designated size). Figures that cover several years, as totals or
# as yearly averages, do not count; levels reached in the years up to 2025 do. The reports
# themselves state no more of most of these.
FLOORS = {
    "gdp": 24,
    "general_public_budget_revenue": 17,
    "disposable_income": 18,
    "industrial_value_added": 16,
    "retail_sales": 20,
}
# Read in the texts: region, indicator, level, growth; None where the report states none of 2025.
READ = [
    ("上海市", "gdp", 5_670_000_000_000, 5.4),
    ("云南省", "gdp", 3_276_500_000_000, 4.1),
    ("云南省", "disposable_income", 31_000, 4.6),
    ("四川省", "general_public_budget_revenue", 585_390_000_000, 3.9),
    ("广东省", "disposable_income", 54_000, 4.3),
    ("湖北省", "general_public_budget_revenue", 421_100_000_000, None),
    ("福建省", "gdp", 6_019_945_000_000, 5.0),
    ("西藏自治区", "large_industrial_value_added", None, 12.4),
    ("辽宁省", "general_public_budget_revenue", None, 0.4),
    ("甘肃省", "gdp", 1_369_750_000_000, 5.8),
]


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the provincial reports of 2026."""
    reports = sorted(CORPUS.glob("2026-*.txt"))
    if not reports:
        pytest.skip("the folder of whole reports is not there")
    folder = tmp_path_factory.mktemp("provinces")
    for report in reports:
        shutil.copy(report, folder)
    target = tmp_path_factory.mktemp("out") / "w.duckdb"
    result = CliRunner().invoke(
        app, ["build", "--reports", str(folder), "--warehouse", str(target)]
    )
    assert result.exit_code == 0, result.output
    return target


@pytest.mark.slow
def test_as_many_regions_state_it(provinces: Path) -> None:
    with read_only(provinces) as con:
        found = con.sql(
            "select coalesce(broader_code, indicator_code), count(distinct region) "
            "from mart_headline inner join dim_indicator using (indicator_key, indicator_code) "
            "where period_label = '2025年' and coalesce(level_value, growth_percent) is not null "
            "group by all"
        ).fetchall()
    counts = dict(found)
    assert {code: counts[code] for code in FLOORS if counts[code] < FLOORS[code]} == {}


@pytest.mark.slow
@pytest.mark.parametrize(("region", "code", "level", "growth"), READ)
def test_figures_read_in_the_texts(
    region: str, code: str, level: int | None, growth: float | None, provinces: Path
) -> None:
    with read_only(provinces) as con:
        found = con.execute(
            "select cast(level_value as double), cast(growth_percent as double) "
            "from mart_headline "
            "where period_label = '2025年' and region = ? and indicator_code = ?",
            [region, code],
        ).fetchall()
    assert found == [(level, growth)]
