"""Bring a copy of the published file up to date: the same statements, over fewer rows.

Nothing here says what a row is; that is in `sql/` alone, as for a whole build. By report, a table
that has a `report_key`: the rows of renewed reports are deleted, and its load runs over their
staged rows. By cell, the marts of `_CELLS`: their query runs over the facts that the cells which a
renewed report touches are made of. Whole, every other table: it is made again of all staged rows.
So a table that no rule names is exact, if dear.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple

import duckdb
import polars as pl

from pipelines import contracts
from pipelines.relations import offer
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.history import recall, view_current
from pipelines.warehouse.loads import BuildKind, LoadInfo, load_frame
from pipelines.warehouse.renewal import OF_RENEWED, Renewal
from pipelines.warehouse.staging import Staged, register_staged, shadow

_CHANGES = "fact_load_change"
_TOUCHED = "(region_key in (from touched_regions) or report_key in (from touched_reports))"


class _Cells(NamedTuple):
    """A mart of which only some cells are made again."""

    facts: str  # the table of which these cells are made
    reads: str  # its rows that they are made of
    writes: str  # the cells


# A cell of mart_series is made of the observations of one region, or of one report without region.
# One of mart_target names the target of the region above, which is made of that region's. One of
# mart_similarity weighs the words of all reports of its level and year, and of the year before.
_CELLS: Mapping[str, _Cells] = {
    "mart_series": _Cells("fact_observation", _TOUCHED, _TOUCHED),
    "mart_target": _Cells(
        "fact_observation",
        "region_key in (from touched_kin)",
        "region_key in (from touched_below)",
    ),
    "mart_similarity": _Cells(
        "fact_term",
        "report_key in (from touched_vectors)",
        "(region_level, period_year) in (from touched_sets)",
    ),
}
_SAID_BY_RENEWED = f"""
select distinct region_key from dim_report where {OF_RENEWED} and region_key != -1
"""  # noqa: S608  (our own words)
_YEARS = "select period_end from dim_period where period_kind = 'year'"
# A level that was reached in a span of years stands for the last of them, if any report names that
# year: the first that does, or the last that does no more, changes cells of other regions.
_OF_SPANS = """
from fact_observation as observation
inner join dim_period as period on observation.period_key = period.period_key
where
    period.day_count > 366
    and period.period_end in (
        (from years_before except from years_after)
        union all
        (from years_after except from years_before)
    )
"""
# The reports of each region and year, as mart_similarity puts them together.
_YEARS_SAID = """
select report.report_key, report.region_key, region.region_level, period.period_year
from dim_report as report
inner join dim_period as period on report.period_key = period.period_key
inner join dim_region as region on report.region_key = region.region_key
where report.region_key != -1 and period.period_year is not null
"""
_YEARS_OF_RENEWED = f"select region_key, period_year from ({_YEARS_SAID}) where {OF_RENEWED}"  # noqa: S608
_ALIKE = "select region_key, region_level, period_year, year_before from"
_TOUCH = (
    f"create temporary table years_after as {_YEARS}",
    f"""
    create temporary table touched_regions as
    from regions_before union {_SAID_BY_RENEWED}
    union select region_key {_OF_SPANS} and region_key != -1
    """,
    f"""
    create temporary table touched_reports as
    select report_key from renewed union select report_key {_OF_SPANS} and region_key = -1
    """,  # noqa: S608
    """
    create temporary table touched_below as
    from touched_regions union
    select region_key from dim_region where parent_key in (from touched_regions)
    """,
    """
    create temporary table touched_kin as
    from touched_below union
    select parent_key from dim_region
    where region_key in (from touched_regions) and parent_key is not null
    """,
    f"create temporary table said_after as {_YEARS_SAID}",
    """
    create temporary table alike_after as
    select *, lag(period_year) over (partition by region_key order by period_year) as year_before
    from (select distinct region_key, region_level, period_year from said_after)
    """,
    f"""
    create temporary table touched_sets as
    with said as (
        from years_of_renewed union
        select region_key, period_year from said_after where {OF_RENEWED}
    )
    select region_level, period_year from (from alike_before union from alike_after)
    where (region_key, period_year) in (from said) or (region_key, year_before) in (from said)
    union
    select region_level, period_year from (
        (from alike_before except from alike_after) union all
        (from alike_after except from alike_before)
    )
    """,  # noqa: S608
    """
    create temporary table touched_vectors as
    with touched as (
        from alike_after where (region_level, period_year) in (from touched_sets)
    )
    select report_key from said_after
    where (region_key, period_year) in (
        select (region_key, period_year) from touched union
        select (region_key, year_before) from touched
    )
    """,
)


def renew(
    con: duckdb.DuckDBPyConnection,
    staged: Mapping[str, Staged],
    load: LoadInfo,
    renewal: Renewal,
) -> None:
    """Renew what changed in the database in use.

    Three transactions: a key that was deleted in one cannot be inserted again in it, and DuckDB
    plans joins well once it knows the rows, which is when they are committed (else the marts of
    100,000 reports took four times as long). Nobody sees the file before it is published.

    Args:
        con: the connection of the build: seeds, macros, `renewed` and what `remember` leaves are
            there, and the database in use is the copy.
        staged: the staged tables.
        load: the run's account of itself.
        renewal: what to renew.

    Raises:
        duckdb.Error: a statement fails, or the published file can be read no more.
    """
    begun = time.perf_counter()
    by_report = {
        name for name in contracts.names("tables") if "report_key" in contracts.table(name).schema
    }
    marts = {name for name in contracts.names("marts") if not contracts.table(name).is_view}
    whole = {*contracts.names("tables"), *marts} - {*by_report, *_CELLS, _CHANGES}
    con.begin()
    _clear(con, by_report, whole)
    con.commit()
    con.begin()
    loads = sqlfiles.loads()
    register_staged(con, staged, settled=renewal.settled)
    for load_of in (one for one in loads if one.name in by_report):
        con.sql(load_of.sql)
    register_staged(con, staged)
    shadow(con, "fact_observation", "zhibiao.fact_observation", OF_RENEWED)
    view_current(con)
    for load_of in (one for one in loads if one.name not in by_report):
        if load_of.name == "etl_load":
            _account(con, load, renewal, begun)
        con.sql(load_of.sql)
    con.sql("drop view temp.fact_observation")
    con.commit()
    con.begin()
    _renew_marts(con, whole)
    for comment in contracts.comments(whole):
        con.sql(comment)
    con.commit()


def _clear(con: duckdb.DuckDBPyConnection, by_report: set[str], whole: set[str]) -> None:
    """Delete what is made again, and remember what the marts must know of it."""
    con.sql(f"create temporary table regions_before as {_SAID_BY_RENEWED}")
    con.sql(f"create temporary table years_before as {_YEARS}")
    con.sql(f"create temporary table alike_before as {_ALIKE} mart_similarity")
    con.sql(f"create temporary table years_of_renewed as {_YEARS_OF_RENEWED}")
    for name in sorted(by_report):
        con.sql(f"delete from {name} where {OF_RENEWED}")  # noqa: S608
    # The changes that the file before told of are in the copy; the oldest are told of no more.
    con.sql(
        f"delete from {_CHANGES} where load_no not in (select load_no from previous_changes)"  # noqa: S608
    )
    con.sql("create or replace temporary table previous_changes as from previous_changes limit 0")
    for name in sorted(whole):
        con.sql(f"drop table {name}")
    for statement in sqlfiles.statements("tables"):
        if statement.name in whole:
            con.sql(statement.sql)
    offer(con, "check_results", pl.DataFrame(schema=contracts.table("etl_check").schema))


def _account(
    con: duckdb.DuckDBPyConnection, load: LoadInfo, renewal: Renewal, begun: float
) -> None:
    """Find what differs from the published file, and say what the load says of itself."""
    if recall(con, "compared", renewal) != "compared":
        raise duckdb.Error("the published file can be read no more")
    seconds = time.perf_counter() - begun
    kind: BuildKind = "incremental"
    made, dead = renewal.made, renewal.dead
    row = load_frame(load, "compared", seconds, kind=kind, renewed=made, dead=dead)
    offer(con, "load_info", row)


def _renew_marts(con: duckdb.DuckDBPyConnection, whole: set[str]) -> None:
    for statement in _TOUCH:
        con.sql(statement)
    for mart in sqlfiles.statements("marts"):
        if mart.name in whole:
            con.sql(mart.sql)
        elif cells := _CELLS.get(mart.name):
            con.sql(f"delete from {mart.name} where {cells.writes}")  # noqa: S608
            _, query = mart.sql.rstrip().rstrip(";").split(f"create table {mart.name} as\n")
            # Found once: a query may ask for its facts more than once.
            con.sql(
                f"create temporary table {cells.facts} as "
                f"from zhibiao.{cells.facts} where {cells.reads}"
            )
            con.sql(f"insert into {mart.name} by name from ({query}) where {cells.writes}")
            con.sql(f"drop table temp.{cells.facts}")
