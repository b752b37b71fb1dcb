"""The descriptions beside an export: they name every file and column, licence and citation."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from pipelines.bilingual import Lang
from pipelines.warehouse.citation import citation
from pipelines.warehouse.export import Form, export

CFF = yaml.safe_load((Path(__file__).resolve().parents[3] / "CITATION.cff").read_text("utf-8"))
NAMES = ["mart_series", "etl_load"]


def described(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    one, other = (
        json.loads((folder / name).read_text("utf-8"))
        for name in ("datapackage.json", "croissant.json")
    )
    return one, other


@pytest.mark.parametrize("form", Form)
def test_every_file_is_described(form: Form, built: Path, tmp_path: Path):
    export(built, tmp_path / "out", form, names=NAMES)
    package, croissant = described(tmp_path / "out")
    # SDMX has the series alone, as CSV, and what its codes are
    paths = (
        ["series.csv", "structure.xml"]
        if form is Form.sdmx
        else [f"{name}.{form}" for name in NAMES]
    )
    assert [resource["path"] for resource in package["resources"]] == paths
    assert [one["contentUrl"] for one in croissant["distribution"]] == paths
    for one in croissant["distribution"]:
        content = (tmp_path / "out" / one["contentUrl"]).read_bytes()
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
        assert one["contentSize"] == f"{len(content)} B"


def test_licence_and_citation_are_those_of_the_project(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", names=NAMES)
    package, croissant = described(tmp_path / "out")
    assert package["licenses"] == [{"name": CFF["license"], "path": croissant["license"]}]
    assert CFF["license"] in croissant["license"]
    for text in (package["citation"], croissant["citeAs"]):
        assert CFF["title"] in text
        assert CFF["version"] in text
    assert [one["title"] for one in package["contributors"]] == ["Zhibiao contributors"]
    assert package["id"] == "load-1"
    assert package["created"] == "2024-07-01T08:30:00Z"
    assert "2 reports" in package["description"]


def test_columns_have_the_types_and_words_of_the_glossary(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", Form.csv, names=NAMES)
    package, croissant = described(tmp_path / "out")
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert fields["region"] == {
        "name": "region",
        "type": "string",
        "title": "地区 | Region",
        "description": "地区名称 | Name of the region",
    }
    kinds = {
        name: fields[name]["type"] for name in ("value", "period_end", "is_of_span", "period_year")
    }
    assert kinds == {
        "value": "number",
        "period_end": "date",
        "is_of_span": "boolean",
        "period_year": "integer",
    }
    records = {field["@id"]: field for field in croissant["recordSet"][0]["field"]}
    assert records["mart_series/value"]["dataType"] == "sc:Float"
    assert records["mart_series/value"]["source"] == {
        "fileObject": {"@id": "mart_series.csv"},
        "extract": {"column": "value"},
    }
    loads = {field["@id"]: field for field in croissant["recordSet"][1]["field"]}
    assert loads["etl_load/loaded_at"]["dataType"] == "sc:DateTime"


@pytest.mark.parametrize(
    ("form", "lang", "name"),
    [
        pytest.param(Form.csv, Lang.zh, "地区", id="heading in Chinese"),
        pytest.param(Form.xlsx, Lang.en, "Region", id="heading in English"),
        pytest.param(Form.dta, Lang.zh, "region", id="a label is no name"),
    ],
)
def test_columns_are_called_as_in_the_file(
    form: Form, lang: Lang, name: str, built: Path, tmp_path: Path
):
    export(built, tmp_path / "out", form, names=["mart_series"], labels=lang)
    package, _ = described(tmp_path / "out")
    assert name in [field["name"] for field in package["resources"][0]["schema"]["fields"]]


def test_the_parts_of_a_table_are_one_resource(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", names=["fact_term", "dim_theme"], by_year=True)
    package, croissant = described(tmp_path / "out")
    part = "fact_term/report_year=2024/data_0.parquet"
    assert [resource["path"] for resource in package["resources"]] == [part, "dim_theme.parquet"]
    assert pl.read_parquet(tmp_path / "out" / part).height == 3
    assert [one["@id"] for one in croissant["distribution"]] == [part, "dim_theme.parquet"]


def test_a_table_without_rows_has_no_parts(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", names=["fact_load_change", "fact_keyword"], by_year=True)
    package, _ = described(tmp_path / "out")
    assert [resource["name"] for resource in package["resources"]] == ["fact_load_change"]


def test_a_citation_is_written_for_lists_and_for_bibtex():
    source = citation()
    assert source.text == (
        f"Zhibiao contributors ({source.year}). {CFF['title']}, version {CFF['version']}. "
        "Apache-2.0."
    )
    assert source.bibtex.startswith("@misc{zhibiao, author = {{Zhibiao contributors}}, title = ")
