"""What the file that is to be replaced tells: its loads, its changes, and what its reports said.

The queries stand in `sql/history/`. They run over the published file and, as views, over the new
one, so that like is compared with like. Of the observations only keys and fingerprints are copied
before the build; the words of those that differ come when it is known which ones. What differs is
for `sql/loads/fact_load_change.sql` to say.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines import contracts
from pipelines.relations import frame_of, offer
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.loads import Comparison
from pipelines.warehouse.renewal import OF_RENEWED, Renewal
from pipelines.warehouse.staging import shadow

_OF_BOTH = ("reports", "observations")
_FINGERPRINTS = "select observation_key, fingerprint from"
_PREVIOUS = "create table past.previous_observations as select said.* from"
_SAME = "on said.observation_key = differing.observation_key"
_COLUMNS_OF_LOADS = """
select column_name from duckdb_columns()
where database_name = 'published' and table_name = 'etl_load'
"""
# Loads are numbered from 1 without a gap, unless somebody pruned or altered them.
_BROKEN = """
select 1 from previous_loads
having count(*) != coalesce(max(load_no), 0) or count(distinct load_no) != count(*)
    or min(load_no) < 1
    or exists (
        select 1 from previous_changes
        where load_no not in (select previous_loads.load_no from previous_loads)
    )
"""
# They are numbered again in their order, with their changes; those of a load that is gone go too.
_REPAIR = (
    """
    create temporary table numbered as
    select *, row_number() over (order by load_no, loaded_at) as new_no from previous_loads
    """,
    """
    create or replace temporary table previous_changes as
    select changes.* replace (numbers.new_no as load_no)
    from previous_changes as changes
    inner join (select load_no, max(new_no) as new_no from numbered group by load_no) as numbers
        on changes.load_no = numbers.load_no
    """,
    """
    create or replace temporary table previous_loads as
    select * exclude (new_no) replace (new_no as load_no) from numbered
    """,
)
_DIFFERING = """
select was.observation_key
from previous_fingerprints as was
anti join current_fingerprints as is_now
    on was.observation_key = is_now.observation_key and was.fingerprint = is_now.fingerprint
"""


def remember(
    con: duckdb.DuckDBPyConnection, published: Path | None, renewal: Renewal | None = None
) -> Comparison:
    """Copy what the published file tells into temporary tables `previous_…`; it stays attached.

    A file that is missing, damaged or of another make hinders no build: what it cannot tell is an
    empty table. Nor does a history that somebody pruned or altered: it is numbered again.

    Args:
        con: the connection of the build, which uses its own memory and no file yet.
        published: the file that the build is to replace, if there is one.
        renewal: the reports that alone may differ, if that is known.

    Returns:
        Whether the new file can be compared with it, and why not.
    """
    con.sql("attach ':memory:' as blank")
    con.sql("use blank")
    for table in sqlfiles.statements("tables"):
        con.sql(table.sql)
    found = _attach(con, published)
    if renewal and found == "compared":
        renewal.offer(con)
        shadow(con, "fact_observation", "published.fact_observation", OF_RENEWED)
    for query in sqlfiles.statements("history"):
        state = _copy(con, query, "published") if found in ("compared", "older_schema") else found
        if state != "compared":
            found = state
            _copy(con, query, "blank")
    con.sql("use memory")
    con.sql("drop view if exists temp.fact_observation")
    con.sql("attach ':memory:' as past")
    if con.sql(_BROKEN).fetchall():
        for statement in _REPAIR:
            con.execute(statement)
    return found


def recall(
    con: duckdb.DuckDBPyConnection, found: Comparison, renewal: Renewal | None = None
) -> Comparison:
    """Make `previous_observations`: those that the file in use does not hold or holds otherwise.

    Args:
        con: the connection of the build; the file in use has its facts.
        found: what `remember` returned.
        renewal: the reports that alone may differ, if that is known.

    Returns:
        Whether the files can be compared, now that more of the published one was read.
    """
    con.sql(f"create temporary table current_fingerprints as {_FINGERPRINTS} current_observations")
    differing = frame_of(con.sql(_DIFFERING))
    (query,) = (one for one in sqlfiles.statements("history") if one.name == "observations")
    sources = ("published", "blank") if found == "compared" else ("blank",)
    # In a transaction of its own: a damaged block must not end that of the build.
    with con.cursor() as side:
        offer(side, "differing", differing)
        if renewal:
            renewal.offer(side)
            shadow(side, "fact_observation", "published.fact_observation", OF_RENEWED)
        for database in sources:
            side.sql(f"use {database}")
            try:
                side.sql(f"{_PREVIOUS} ({query.sql}) as said semi join differing {_SAME}")
                break
            except duckdb.Error:
                found = "unreadable"
    con.sql("create temporary view previous_observations as from past.previous_observations")
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
    name, sql = f"previous_{query.name}", query.sql
    if query.name == "observations":
        name, sql = "previous_fingerprints", f"{_FINGERPRINTS} ({query.sql})"
    try:
        con.sql(f"create temporary table {name} as {sql}")
    except (duckdb.BinderException, duckdb.CatalogException):
        kept = query.name == "loads" and database == "published" and _copy_older_loads(con)
        return "compared" if kept else "older_schema"
    except duckdb.Error:
        return "unreadable"
    return "compared"


def _copy_older_loads(con: duckdb.DuckDBPyConnection) -> bool:
    """Keep the loads of a version that did not record all of what is recorded now, if they fit."""
    columns = contracts.table("etl_load").columns
    said = con.execute(_COLUMNS_OF_LOADS).fetchall()
    common = [column.name for column in columns if (column.name,) in said]
    if any(not column.nullable and column.name not in common for column in columns):
        return False
    con.sql(
        "create temporary table previous_loads as from blank.etl_load "  # noqa: S608  (our own names)
        f"union all by name select {', '.join(common)} from published.etl_load"
    )
    return True


def view_current(con: duckdb.DuckDBPyConnection) -> None:
    """Make the queries over the database in use temporary views `current_…`."""
    for query in sqlfiles.statements("history"):
        if query.name in _OF_BOTH:
            con.sql(f"create temporary view current_{query.name} as {query.sql}")
