"""Contracts of `sql/` and rows of tables as Dagster shows them."""

from __future__ import annotations

from collections.abc import Mapping

import dagster as dg
import polars as pl
import polars.selectors as cs

from pipelines.contracts import describe, lineage, table

_CELL = 30  # characters of a text that a preview shows


def column_schema(name: str) -> dg.TableSchema:
    """Columns of the table `name`: their types, what they mean, and what they come from."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.type.lower(),
                description=_words(name, column.name),
                constraints=dg.TableColumnConstraints(nullable=column.nullable),
            )
            for column in table(name).columns
        ]
    )


def _words(name: str, column: str) -> str:
    """The page of an asset shows no lineage of columns, so the description tells it too."""
    sources = lineage().get(name, {}).get(column, ())
    words = str(describe(name, column))
    return f"{words} ← {', '.join(sources)}" if sources else words


def column_lineage(name: str, assets: Mapping[str, dg.AssetKey]) -> dg.TableColumnLineage:
    """The columns that those of the table `name` come from; `assets` holds the asset of a table."""
    deps = {
        column: [source.split(".") for source in sources]
        for column, sources in lineage().get(name, {}).items()
    }
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(assets[table], source) for table, source in sources]
            for column, sources in deps.items()
        }
    )


def table_metadata(name: str, sql: str, assets: Mapping[str, dg.AssetKey]) -> Mapping[str, object]:
    """What is known of the table `name` before it has any rows.

    Args:
        name: the table or view.
        sql: the folder of `sql/` whose statement of that name makes or declares its rows.
        assets: by table, the asset that holds it; at least those that its columns come from.
    """
    return {
        "table": name,
        "dagster/table_name": name,
        "dagster/column_schema": column_schema(name),
        "dagster/column_lineage": column_lineage(name, assets),
        "sql": f"sql/{sql}/{name}.sql",
        "documentation": "docs/dictionary.md",
    }


def preview(rows: pl.DataFrame) -> dg.MarkdownMetadataValue:
    """A few rows as a table of Markdown; long texts are cut."""
    short = (
        cs.string()
        .str.slice(0, _CELL)
        .str.replace_all(r"\s+", " ")
        .str.replace_all("|", "\\|", literal=True)
    )
    with pl.Config(
        tbl_formatting="MARKDOWN",
        tbl_hide_column_data_types=True,
        tbl_hide_dataframe_shape=True,
        tbl_cols=-1,
        tbl_rows=-1,
        tbl_width_chars=10_000,
        fmt_str_lengths=2 * _CELL,
    ):
        return dg.MetadataValue.md(str(rows.with_columns(short)))
