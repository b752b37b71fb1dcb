"""The targets of national growth and their outcomes are the official ones.

national_gdp.csv: targets as the government work reports of 2004 to 2025 set them, outcomes as the
report of the next year states them (the National Bureau of Statistics revised some later). No
target was set for 2020. Outcome empty: the reports at hand do not state it for the year alone (2007
in a review of five years; the report of 2020 is not among them).
"""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.warehouse.connect import read_only

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1].parent / "shared" / "corpus"


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the reports of the State Council are not here")
def test_targets_of_national_growth(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for path in CORPUS.glob("20*-国务院.txt"):
        shutil.copy(path, reports)
    warehouse = tmp_path / "w.duckdb"
    arguments = ["build", "--reports", str(reports), "--warehouse", str(warehouse)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    with read_only(warehouse) as con:
        found = con.sql(
            "select period_year, direction, lower_value, upper_value, outcome_value "
            "from mart_target where indicator_code = 'gdp' and measure = 'change_rate' "
            "and target_kind = 'annual' and period_year >= 2004 order by all"
        ).fetchall()
    with (HERE / "national_gdp.csv").open(encoding="utf-8") as file:
        official = [
            (
                int(row["year"]),
                row["direction"],
                *(Decimal(row[key]) if row[key] else None for key in ("lower", "upper", "outcome")),
            )
            for row in csv.DictReader(file)
        ]
    assert found == official
