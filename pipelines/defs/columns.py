"""Contracts of `sql/` as Dagster shows them."""

from __future__ import annotations

import dagster as dg

from pipelines.contracts import describe, table


def column_schema(name: str) -> dg.TableSchema:
    """Columns of the table `name` with their types and what they mean."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.type.lower(),
                description=str(describe(name, column.name)),
                constraints=dg.TableColumnConstraints(nullable=column.nullable),
            )
            for column in table(name).columns
        ]
    )
