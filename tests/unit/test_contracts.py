from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pipelines import contracts
from pipelines.errors import ContractError


def terms(**changes: object) -> pl.DataFrame:
    columns = {"report_sha256": ["a"], "term": ["税收"], "term_count": [3]}
    return pl.DataFrame(columns | changes)


def numerals(**changes: object) -> pl.DataFrame:
    columns = {
        "report_sha256": ["a"],
        "numeral_no": [0],
        "passage_no": [0],
        "char_start": [0],
        "char_end": [1],
        "numeral_text": ["3"],
        "value": [Decimal("3.5")],
        "unit": [None],
        "disposition": ["observation"],
        "unknown_reason": [None],
        "observation_no": [None],
    }
    return pl.DataFrame(columns | changes)


def test_types_come_from_the_ddl() -> None:
    schema = contracts.staged_schema("stg_observation")
    assert schema["value"] == pl.Decimal(38, 8)
    assert schema["char_start"] == pl.Int32
    assert schema["period_start"] == pl.Date
    assert schema["quote"] == pl.String
    assert contracts.table("etl_load").schema["loaded_at"] == pl.Datetime("us")


def test_nullability_comes_from_the_ddl() -> None:
    nullable = {column.name for column in contracts.table("stg_numeral").columns if column.nullable}
    assert nullable == {"value", "unit", "unknown_reason", "observation_no"}


def test_columns_are_put_in_order_and_in_their_types() -> None:
    shuffled = numerals().select(reversed(numerals().columns))
    got = contracts.enforce(shuffled, "stg_numeral")
    assert dict(got.schema) == contracts.staged_schema("stg_numeral")
    assert got["value"].to_list() == [Decimal("3.50000000")]


@pytest.mark.parametrize(
    ("frame", "table", "words"),
    [
        (terms().drop("term"), "stg_term", "it lacks term"),
        (terms(extra=[1]), "stg_term", "it must not hold extra"),
        (terms(term_count=[3.0]), "stg_term", "term_count is Float64 where INTEGER"),
        (terms(term_count=["3"]), "stg_term", "term_count is String where INTEGER"),
        (terms(term=[7]), "stg_term", "term is Int64 where VARCHAR"),
        (terms(term=[None]), "stg_term", "term is null in 1 rows"),
        (terms(term_count=[2**40]), "stg_term", "a value does not fit its type"),
        (numerals(value=[0.1]), "stg_numeral", "value is Float64 where DECIMAL"),
        (numerals(value=[Decimal("0.123456789")]), "stg_numeral", "value is Decimal"),
        (terms(), "stg_nothing", "there is no such table"),
    ],
    ids=[
        "missing column",
        "unknown column",
        "float for integer",
        "text for integer",
        "integer for text",
        "null",
        "too large",
        "float for decimal",
        "would be rounded",
        "unknown table",
    ],
)
def test_a_frame_that_breaks_its_contract(frame: pl.DataFrame, table: str, words: str) -> None:
    with pytest.raises(ContractError) as caught:
        contracts.enforce(frame, table)
    assert words in str(caught.value)
    assert table in str(caught.value)


def test_an_empty_frame_keeps_its_types() -> None:
    got = contracts.enforce(terms().clear(), "stg_term")
    assert dict(got.schema) == contracts.staged_schema("stg_term")


def test_moments_are_kept_to_the_microsecond() -> None:
    schema = contracts.table("etl_load").schema
    row = {
        name: datetime(2024, 1, 1)
        if dtype == pl.Datetime("us")
        else ("x" if dtype == pl.String else 1)
        for name, dtype in schema.items()
    }
    got = contracts.enforce(pl.DataFrame([row]), "etl_load")
    assert got["loaded_at"].to_list() == [datetime(2024, 1, 1)]
    with pytest.raises(ContractError):
        contracts.enforce(pl.DataFrame([row | {"loaded_at": date(2024, 1, 1)}]), "etl_load")


def test_stored_columns_are_held_to_exact_types() -> None:
    types = {column.name: column.type for column in contracts.table("stg_term").columns}
    contracts.enforce_columns("stg_term", types)
    with pytest.raises(ContractError, match="term_count is BIGINT where INTEGER"):
        contracts.enforce_columns("stg_term", types | {"term_count": "BIGINT"})
    with pytest.raises(ContractError, match="it must not hold more"):
        contracts.enforce_columns("stg_term", types | {"more": "BIGINT"})


def test_comments_hold_both_languages() -> None:
    comments = contracts.comments()
    assert "comment on table dim_term is '词语维度 | Words'" in comments
    assert any(line.startswith("comment on view mart_observation is ") for line in comments)
    assert any(line.startswith("comment on column mart_observation.value is ") for line in comments)
    assert not any("stg_" in line or "seed_" in line for line in comments)


@pytest.fixture
def sql_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(contracts, "SQL", tmp_path)
    (tmp_path / "marts").mkdir()
    return tmp_path


def test_a_view_comes_after_those_it_reads(sql_folder: Path) -> None:
    (sql_folder / "marts" / "mart_a.sql").write_text("create view mart_a as from mart_b")
    (sql_folder / "marts" / "mart_b.sql").write_text("create view mart_b as select 1")
    assert [path.stem for path in contracts.files("marts")] == ["mart_b", "mart_a"]


def test_views_that_read_each_other_are_named(sql_folder: Path) -> None:
    (sql_folder / "marts" / "mart_a.sql").write_text("create view mart_a as from mart_b")
    (sql_folder / "marts" / "mart_b.sql").write_text("create view mart_b as from mart_a")
    with pytest.raises(ContractError, match="in a circle"):
        contracts.files("marts")


def test_an_entry_in_one_language_is_refused(sql_folder: Path) -> None:
    (sql_folder / "glossary.yml").write_text("tables: {t: {zh: 表}}\ncolumns: {}", "utf-8")
    contracts.glossary.cache_clear()
    with pytest.raises(ContractError, match="must hold zh and en"):
        contracts.glossary()
    contracts.glossary.cache_clear()


def test_what_the_glossary_does_not_know() -> None:
    with pytest.raises(ContractError, match="does not describe it"):
        contracts.describe_table("dim_nothing")
    with pytest.raises(ContractError, match="the column nothing"):
        contracts.describe("dim_term", "nothing")
