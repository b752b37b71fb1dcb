"""Where each column of the star and of the marts comes from, worked out of the SQL itself.

`python -m tools.lineage > sql/lineage.yml` writes the file that is shipped, and that
`contracts.lineage` reads: sqlglot needs seconds for it, and is installed for developers only.
"""

from __future__ import annotations

import sys

import yaml
from sqlglot import exp, parse_one
from sqlglot.lineage import Node
from sqlglot.lineage import lineage as sources_of
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

from pipelines import contracts
from pipelines.warehouse import sqlfiles

Lineage = dict[str, dict[str, list[str]]]

# The tables of loads: they are filled from parameters and from the file that is replaced.
_LOADS = frozenset({"etl_check", "etl_load", "fact_load_change"})


def column_lineage() -> Lineage:
    """By table or view, by column: the columns, as `table.column`, that its values come from.

    Columns of seeds, constants and conditions of joins are left out, and so are `_LOADS`.

    Raises:
        SqlglotError: a statement of any other table cannot be understood.
    """
    found: Lineage = {}
    for kind in ("loads", "marts"):
        for statement in sqlfiles.statements(kind):
            columns = {} if statement.name in _LOADS else _columns(statement)
            if columns:
                found[statement.name] = columns
    return found


def _columns(statement: sqlfiles.Statement) -> dict[str, list[str]]:
    tables = contracts.tables()
    schema: dict[str, object] = {
        name: {column.name: column.type for column in table.columns}
        for name, table in tables.items()
    }
    tree = parse_one(statement.sql, dialect="duckdb")
    query = tree if isinstance(tree, exp.Query) else tree.expression
    query = qualify(query, dialect="duckdb", schema=schema, identify=False)
    scope = build_scope(query)
    found = {
        column: _leaves(sources_of(column, query, schema, dialect="duckdb", scope=scope))
        for column in query.named_selects
    }
    return {column: sources for column, sources in found.items() if sources}


def _leaves(node: Node) -> list[str]:
    """The columns of known tables at which the way back from a column ends."""
    tables = contracts.tables()
    found = set()
    for leaf in node.walk():
        if leaf.downstream or not isinstance(leaf.source, exp.Table):
            continue
        table, column = leaf.source.name, leaf.name.rpartition(".")[2]
        if table in tables and tables[table].kind != "seeds":
            found.add(f"{table}.{column}")
    return sorted(found)


def lineage_file() -> str:
    """The text of `sql/lineage.yml`."""
    head = "# Written by `python -m tools.lineage`; do not edit by hand.\n"
    return head + yaml.safe_dump(column_lineage(), default_flow_style=None, width=10_000)


if __name__ == "__main__":
    sys.stdout.write(lineage_file())
