"""The Dagster objects: what they say of themselves, and the IO manager's contract."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipelines.components.columns import column_schema, preview
from pipelines.components.resources import ParquetIOManager, Places
from pipelines.contracts import staged_schema
from pipelines.definitions import defs as load_definitions
from pipelines.errors import ContractError
from pipelines.frames.tables import StagedTable


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return load_definitions()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(
        reports=str(tmp_path), warehouse=str(tmp_path / "w.duckdb"), workers=1, lock_wait=0
    )


def test_every_asset_is_described_and_grouped(definitions: dg.Definitions):
    specs = definitions.resolve_all_asset_specs()
    assert [spec.key.to_user_string() for spec in specs if not spec.description] == []
    assert [spec.key.to_user_string() for spec in specs if spec.group_name == "default"] == []
    assert [spec.key.to_user_string() for spec in specs if not spec.kinds] == []
    assert [spec.key.to_user_string() for spec in specs if not spec.owners] == []


def test_a_preview_keeps_to_its_cells():
    long = "一|二\n三" * 20
    shown = preview(pl.DataFrame({"text": [long, None], "number": [1, 2]})).value.splitlines()
    assert len(shown) == 4
    assert all(len(line.replace("\\|", "").split("|")) == 4 for line in shown)
    assert max(map(len, shown)) < 100


def test_column_schema_is_the_contract():
    schema = column_schema("stg_observation")
    assert [column.name for column in schema.columns] == list(staged_schema("stg_observation"))
    assert all(" | " in (column.description or "") for column in schema.columns)


def test_a_column_tells_what_it_comes_from():
    words = {column.name: column.description for column in column_schema("fact_term").columns}
    assert str(words["term_count"]).endswith(" ← stg_term.term_count")
    assert "←" not in str(column_schema("dim_theme").columns[0].description)


def frame(**changes: pl.DataType) -> pl.LazyFrame:
    return pl.DataFrame(schema=staged_schema("stg_reject") | changes).lazy()


def write(places: Places, rest: pl.LazyFrame) -> None:
    context = dg.build_output_context(
        asset_key=dg.AssetKey("rejects"), definition_metadata={"table": "stg_reject"}
    )
    ParquetIOManager(places).handle_output(context, StagedTable("stg_reject", (), rest))


def test_an_empty_frame_is_written_with_its_columns(places: Places):
    write(places, frame())
    path = places.staging / "frames" / "stg_reject.parquet"
    assert dict(pl.read_parquet_schema(path)) == staged_schema("stg_reject")


@pytest.mark.parametrize(
    "obj",
    [
        frame(reason=pl.Int64()),
        frame().drop("detail"),
        frame().with_columns(more=pl.lit(1)),
        frame().select("detail", "reason", "file_name"),
    ],
    ids=["other type", "column missing", "column too many", "other order"],
)
def test_a_frame_that_breaks_its_contract_is_not_written(places: Places, obj: pl.LazyFrame):
    with pytest.raises(ContractError, match="stg_reject"):
        write(places, obj)
    assert not list(places.target.parent.rglob("*.parquet"))
