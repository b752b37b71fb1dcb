"""SDMX-CSV: how figures and periods are written, and that the structure names all of it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import polars as pl
import pytest

from pipelines.warehouse.build import build
from pipelines.warehouse.export import Form, export
from pipelines.warehouse.loads import LoadInfo

Frames = dict[str, pl.DataFrame]
SPACES = {
    name[0]: f"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/{name}"
    for name in ("structure", "common")
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def structure(folder: Path) -> Element:
    return parse(folder / "structure.xml").getroot()  # noqa: S314  (our own file)


def test_a_figure_is_an_observation(built: Path, tmp_path: Path):
    rows = export(built, tmp_path / "out", Form.sdmx)
    found = read(tmp_path / "out" / "series.csv")
    assert rows == {"series": len(found)}
    by_figure = {(row["INDICATOR"], row["FIGURE"]): row for row in found}
    level = by_figure["general_public_budget_revenue", "LEVEL"]
    assert {name: level[name] for name in list(level)[:9]} == {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "ZHIBIAO:SERIES(1.0.0)",
        "ACTION": "I",
        "FREQ": "A",
        "REF_AREA": "339901",
        "INDICATOR": "general_public_budget_revenue",
        "FIGURE": "LEVEL",
        "TIME_PERIOD": "2024",
        "OBS_VALUE": "8000000000.12345678",
    }
    assert (level["UNIT_MEASURE"], level["QUOTE"]) == ("元", "80亿元")
    growth = by_figure["tax_revenue", "GROWTH"]
    assert (growth["FREQ"], growth["TIME_PERIOD"], growth["OBS_VALUE"]) == ("S", "2024-S1", "5")
    # A street has no code of its own.
    assert growth["REF_AREA"].startswith("R")


@pytest.mark.parametrize(
    ("first", "last", "freq", "written"),
    [
        pytest.param(date(2024, 7, 1), date(2024, 12, 31), "S", "2024-S2", id="half"),
        pytest.param(date(2024, 4, 1), date(2024, 6, 30), "Q", "2024-Q2", id="quarter"),
        pytest.param(date(2024, 2, 1), date(2024, 2, 29), "M", "2024-02", id="month"),
        pytest.param(date(2024, 6, 30), date(2024, 6, 30), "D", "2024-06-30", id="day"),
        pytest.param(date(2024, 1, 1), date(2024, 9, 30), "_O", "2024-01-01/P274D", id="part"),
        pytest.param(date(2023, 7, 1), date(2024, 6, 30), "_O", "2023-07-01/P366D", id="no year"),
        pytest.param(date(2021, 1, 1), date(2025, 12, 31), "_O", "2021-01-01/P5Y", id="years"),
    ],
)
def test_a_period_has_its_form(
    first: date, last: date, freq: str, written: str,
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo,
):  # fmt: skip
    revenue = pl.col("quote") == "80亿元"
    moved = staged["stg_observation"].with_columns(
        period_start=pl.when(revenue).then(pl.lit(first)).otherwise("period_start"),
        period_end=pl.when(revenue).then(pl.lit(last)).otherwise("period_end"),
    )
    changed = staged | {"stg_observation": moved}
    path = build(changed, tmp_path / "w.duckdb", replace(load), seeds=seeds).path
    export(path, tmp_path / "out", Form.sdmx)
    (row,) = (
        row
        for row in read(tmp_path / "out" / "series.csv")
        if row["INDICATOR"] == "general_public_budget_revenue"
    )
    assert (row["FREQ"], row["TIME_PERIOD"]) == (freq, written)


def test_every_column_and_code_is_in_the_structure(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", Form.sdmx)
    rows = read(tmp_path / "out" / "series.csv")
    root = structure(tmp_path / "out")
    parts = root.find(".//s:DataStructureComponents", SPACES)
    assert parts is not None
    components = {one.get("id") for part in parts for one in part}
    assert components == set(rows[0]) - {"STRUCTURE", "STRUCTURE_ID", "ACTION"}
    codes = {
        one.get("id"): {code.get("id") for code in one.iterfind("s:Code", SPACES)}
        for one in root.iterfind(".//s:Codelist", SPACES)
    }
    for column, named in (
        ("FREQ", "CL_FREQ"),
        ("REF_AREA", "CL_AREA"),
        ("INDICATOR", "CL_INDICATOR"),
        ("FIGURE", "CL_FIGURE"),
        ("TIME_KIND", "CL_TIME_KIND"),
    ):
        assert {row[column] for row in rows} <= codes[named], column


def test_codes_have_names_in_both_languages(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", Form.sdmx)
    (code,) = structure(tmp_path / "out").iterfind(".//s:Code[@id='tax_revenue']", SPACES)
    assert [name.text for name in code.iterfind("c:Name", SPACES)] == ["税收收入", "Tax revenue"]
