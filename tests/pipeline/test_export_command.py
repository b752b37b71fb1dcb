"""The export as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest


@pytest.fixture
def published(build, warehouse: Path) -> Path:
    build()
    return warehouse


def test_every_table_goes_to_parquet(zhibiao, published: Path, tmp_path: Path):
    result = zhibiao("export", published, tmp_path / "exported" / "all", "--partition", "year")
    assert result.exit_code == 0
    assert f"rows: {tmp_path / 'exported' / 'all'}" in result.output
    parted = pl.read_parquet(tmp_path / "exported/all/fact_observation", hive_partitioning=True)
    assert parted["report_year"].unique().to_list() == [2023]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_mart_goes_to_a_spreadsheet(form: str, zhibiao, published: Path, tmp_path: Path):
    out = tmp_path / "exported"
    assert zhibiao(
        "export", published, out, "--format", form, "--mart", "mart_headline",
        "--mart", "mart_coverage",
    ).exit_code == 0  # fmt: skip
    assert set(json.loads((out / "export.json").read_text("utf-8"))["rows"]) == {
        "mart_headline",
        "mart_coverage",
    }


def test_an_earlier_export_stays_without_force(zhibiao, published: Path, tmp_path: Path):
    out = tmp_path / "exported"
    assert zhibiao("export", published, out).exit_code == 0
    again = zhibiao("export", published, out)
    assert again.exit_code == 1
    assert "--force" in again.stderr
    assert zhibiao("export", published, out, "--force").exit_code == 0


def test_only_parquet_is_parted(zhibiao, published: Path, tmp_path: Path):
    result = zhibiao(
        "export", published, tmp_path / "exported", "--format", "csv", "--partition", "year"
    )
    assert result.exit_code == 2
    assert not (tmp_path / "exported").exists()


def test_what_is_not_there_cannot_be_exported(zhibiao, published: Path, tmp_path: Path):
    assert zhibiao("export", tmp_path / "no.duckdb", tmp_path / "exported").exit_code == 1
    result = zhibiao("export", published, tmp_path / "exported", "--mart", "mart_nothing")
    assert result.exit_code == 1
    assert "mart_nothing" in result.stderr
    assert not (tmp_path / "exported").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--labels", "zh"], "--labels", id="names of Parquet stay"),
        pytest.param(["--format", "sdmx", "--mart", "mart_target"], "--mart", id="SDMX is series"),
        pytest.param(["--format", "sdmx", "--panel", "gdp"], "--panel", id="SDMX is no panel"),
        pytest.param(["--format", "sdmx", "--labels", "zh"], "--labels", id="SDMX has its names"),
    ],
)
def test_what_a_format_has_not_is_refused(
    options: list[str], said: str, zhibiao, published: Path, tmp_path: Path
):
    result = zhibiao("export", published, tmp_path / "exported", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "exported").exists()


@pytest.mark.parametrize("listed", ["gdp,财政总收入", "gdp，财政总收入", " gdp、财政总收入 "])
def test_a_panel_is_asked_for_by_codes_and_names(
    listed: str, zhibiao, published: Path, tmp_path: Path
):
    out = tmp_path / "exported"
    assert zhibiao("export", published, out, "--panel", listed).exit_code == 0
    columns = pl.read_parquet(out / "panel.parquet").columns
    assert columns[-4:] == [
        "gdp", "gdp_growth", "fiscal_revenue_total", "fiscal_revenue_total_growth",
    ]  # fmt: skip
