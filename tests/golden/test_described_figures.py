"""How often the figure that a reader describes is the first that a search finds.

The descriptions are of figures drawn at random from whole reports, put as a reader would: short
names, other words, another order, with a year or without.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.warehouse.connect import read_only

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
CORPUS = HERE.parents[2] / "shared" / "corpus"
# Of 100 descriptions: 96 first and 98 among the first five when this was written. The first run,
# before anything was tuned, had 93 and 98.
FIRST, AMONG_FIVE = 92, 96
FOUND = "select region, measure, value, unit from search_figures(?, most := 5)"


@pytest.mark.slow
def test_described_figures_are_found(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the folder of whole reports is not there")
    target = tmp_path / "w.duckdb"
    built = CliRunner().invoke(app, ["build", "--reports", str(CORPUS), "--warehouse", str(target)])
    assert built.exit_code == 0, built.output
    with (HERE / "described_figures.csv").open(encoding="utf-8", newline="") as file:
        described = list(csv.DictReader(file))
    places = []
    with read_only(target) as con:
        for row in described:
            wanted = (row["region"], row["measure"], Decimal(row["value"]), row["unit"])
            found = con.execute(FOUND, [row["description"]]).fetchall()
            places.append(found.index(wanted) if wanted in found else None)
    assert len(described) == 100
    # What the guides say is no more than what is found.
    for guide, said in (
        ("analysts.md", r"(\d+) are found first and (\d+) among the first five"),
        ("analysts.zh-CN.md", r"(\d+) 个排在第一，(\d+) 个在前五"),
    ):
        (numbers,) = re.findall(said, (DOCS / guide).read_text("utf-8"))
        assert places.count(0) >= int(numbers[0]), guide
        assert len(places) - places.count(None) >= int(numbers[1]), guide
    assert places.count(0) >= FIRST
    assert len(places) - places.count(None) >= AMONG_FIVE
