"""What is cheap to know of the bundle for Superset; `make superset-test` imports it for real."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
import yaml

from tools import superset_bundle
from tools.superset_dashboard import CHARTS, DATASETS, FILTERS, ROWS

COMMITTED = Path(__file__).parents[3] / "docs" / "superset" / "zhibiao"
OF_DATASET = {
    dataset.mart: {
        name for name, _, _ in superset_bundle.columns()[superset_bundle.view(dataset.mart)]
    }
    | {added.name for added in dataset.added}
    for dataset in DATASETS
}
METRICS = {dataset.mart: {metric.name for metric in dataset.metrics} for dataset in DATASETS}


def test_the_committed_bundle_is_the_one_that_the_glossary_gives() -> None:
    committed = {
        str(path.relative_to(COMMITTED)): path.read_text("utf-8")
        for path in COMMITTED.rglob("*.yaml")
    }
    assert committed == superset_bundle.bundle(), "write it anew: make superset"


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_a_chart_asks_for_what_its_dataset_has(chart) -> None:
    asked = {*chart.columns, *(name for name, _, _ in chart.where)}
    assert asked - OF_DATASET[chart.mart] == set()
    assert set(chart.metrics) - METRICS[chart.mart] == set()


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.mart)
def test_what_superset_works_out_is_of_columns_that_are_there(dataset) -> None:
    said = [*(metric.sql for metric in dataset.metrics), *(added.sql for added in dataset.added)]
    quoted = {name for sql in said for name in re.findall('"([^"]+)"', sql)}
    assert quoted - OF_DATASET[dataset.mart] == set()


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.title)
def test_a_filter_is_of_a_column_that_is_there(one) -> None:
    assert one.column in OF_DATASET[one.mart]


def test_every_chart_has_its_place() -> None:
    assert sorted(name for names in ROWS for name in names) == sorted(one.name for one in CHARTS)


def test_the_zip_says_where_the_warehouse_is_and_reads_only(tmp_path: Path) -> None:
    warehouse = tmp_path / "a file.duckdb"
    superset_bundle.pack(tmp_path / "b.zip", warehouse)
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        database = yaml.safe_load(packed.read("zhibiao/databases/zhibiao.yaml"))
    assert database["sqlalchemy_uri"] == f"duckdb:///{warehouse}"
    given = database["extra"]["engine_params"]["connect_args"]
    assert given["read_only"] is True
    assert given["config"]["enable_external_access"] == "false"


def test_a_bundle_that_cannot_be_made_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.yaml").write_text("old", "utf-8")
    monkeypatch.setattr("tools.superset_dashboard.DATASETS", (object(),))
    with pytest.raises(AttributeError):
        superset_bundle.write(tmp_path)
    assert (tmp_path / "old.yaml").read_text("utf-8") == "old"
