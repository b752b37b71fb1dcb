"""What the file that is to be replaced tells: its loads, its changes, and what its reports said.

The queries stand in `sql/history/`. They run once over the published file, before the build
begins, and as views over the new one, so that like is compared with like. What differs is for
`sql/loads/fact_load_change.sql` to say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import duckdb

from pipelines.warehouse import sqlfiles

Comparison = Literal["compared", "first", "older_schema", "unreadable"]
_OF_BOTH = ("reports", "observations")


def remember(con: duckdb.DuckDBPyConnection, published: Path | None) -> Comparison:
    """Copy what the published file tells into temporary tables `previous_…`.

    A file that is missing, damaged or of another make hinders no build: what it cannot tell is an
    empty table.

    Args:
        con: the connection of the build, which uses its own memory and no file yet.
        published: the file that the build is to replace, if there is one.

    Returns:
        Whether the new file can be compared with it, and why not.
    """
    con.sql("attach ':memory:' as blank")
    con.sql("use blank")
    for table in sqlfiles.statements("tables"):
        con.sql(table.sql)
    found = _attach(con, published)
    for query in sqlfiles.statements("history"):
        state = _copy(con, query, "published") if found in ("compared", "older_schema") else found
        if state != "compared":
            found = state
            _copy(con, query, "blank")
    con.sql("use memory")
    con.sql("detach database if exists published")
    con.sql("detach blank")
    return found


def _attach(con: duckdb.DuckDBPyConnection, published: Path | None) -> Comparison:
    if published is None or not published.is_file():
        return "first"
    place = str(published).replace("'", "''")
    try:
        con.sql(f"attach '{place}' as published (read_only)")
    except duckdb.Error:
        return "unreadable"
    return "compared"


def _copy(con: duckdb.DuckDBPyConnection, query: sqlfiles.Statement, database: str) -> Comparison:
    """Keep what the query finds in the database. Returns why it cannot, if it cannot."""
    con.sql(f"use {database}")
    try:
        con.sql(f"create temporary table previous_{query.name} as {query.sql}")
    except (duckdb.BinderException, duckdb.CatalogException):
        return "older_schema"
    except duckdb.Error:
        return "unreadable"
    return "compared"


def view_current(con: duckdb.DuckDBPyConnection) -> None:
    """Make the queries over the database in use temporary views `current_…`."""
    for query in sqlfiles.statements("history"):
        if query.name in _OF_BOTH:
            con.sql(f"create temporary view current_{query.name} as {query.sql}")
