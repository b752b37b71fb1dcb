"""Which reports a load must renew in a copy of the published file, or why it must build whole.

A report is renewed where its version (`stg_version`) is not the one that the published file has of
it (`etl_version`). Only what was made by the same code, vocabulary, SQL and DuckDB can be renewed.
How it is done is the business of `renew`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from pipelines.bilingual import Both
from pipelines.frames.sealed import seal, unseal
from pipelines.relations import frame_of, offer
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.connect import explain
from pipelines.warehouse.identity import is_as_published
from pipelines.warehouse.loads import LoadInfo, star_hash
from pipelines.warehouse.staging import Staged, register_staged

# DuckDB does not give back the space of deleted rows: beyond this share of dead reports a whole
# build makes a dense file again.
DEAD_SHARE = 0.3
OF_RENEWED = "report_key in (select report_key from renewed)"
_FORM = "renewal 1"
_SCHEMA = {"report_sha256": pl.String, "report_key": pl.Int64}

_LAST = """
select code_version, seeds_hash, star_hash, dead_count from published.etl_load
qualify load_no = max(load_no) over ()
"""
_LISTED = """
create temporary table listed as
select report_sha256, key_of(report_sha256) as report_key, version, batch
from stg_version semi join stg_document using (report_sha256)
"""
_TWICE = "select report_key from listed group by report_key having count(*) > 1"
_RENEWED = """
create temporary table differing as
select
    listed.report_sha256,
    coalesce(listed.report_key, was.report_key) as report_key,
    was.report_key is not null as was_there
from listed
full join published.etl_version as was on listed.report_key = was.report_key
where listed.version is distinct from was.version
"""
_SETTLED = """
select batch from listed
group by batch
having batch is not null
and not bool_or(report_sha256 in (
    select report_sha256 from differing where report_sha256 is not null
))
"""


class Renewal(NamedTuple):
    """What a load renews."""

    # report_sha256, null of what is gone, and report_key: of reports that are new, changed or gone
    reports: pl.DataFrame
    settled: frozenset[str]  # batches of staged files that hold no row of them
    made: int  # reports that are new or changed
    dead: int  # reports that left holes in the file since it was built whole

    def offer(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make the reports the temporary table `renewed` of a connection.

        The member -1 that some tables have beside their reports is one of them: each load makes
        it.
        """
        unknown = pl.DataFrame({"report_sha256": [None], "report_key": [-1]}, _SCHEMA)
        offer(con, "renewed", pl.concat([self.reports, unknown]))


def renewal_of(
    staged: Mapping[str, Staged], load: LoadInfo, *, full: bool = False
) -> Renewal | Both:
    """What a load renews in a copy of the published file, or why it builds whole.

    Args:
        staged: the staged tables.
        load: the run's account of itself.
        full: whether a whole build is wanted.
    """
    published = load.replaces
    if full:
        return Both("asked for", "按要求")
    if published is None or not published.is_file():
        return Both("first load", "首次装载")
    if not is_as_published(published):
        return Both(
            "the published file is not the one that the last load published",
            "已发布的文件不是上次装载所发布的",
        )
    try:
        with duckdb.connect(":memory:") as con:
            place = str(published).replace("'", "''")
            con.sql(f"attach '{place}' as published (read_only)")
            return _compare(con, staged, load)
    except duckdb.Error as error:
        return explain(published, error).detail


def _compare(
    con: duckdb.DuckDBPyConnection, staged: Mapping[str, Staged], load: LoadInfo
) -> Renewal | Both:
    ((*made_by, holes),) = con.sql(_LAST).fetchall()
    if made_by != [load.code_version, load.seeds_hash, star_hash()]:
        return Both("other code, vocabulary, SQL or DuckDB", "代码、词表、SQL 或 DuckDB 有变化")
    for macro in sqlfiles.statements("macros"):
        con.sql(macro.sql)
    register_staged(con, staged, names=("stg_version", "stg_document"))
    con.sql(_LISTED)
    if con.sql(_TWICE).fetchall():
        return Both("a report was staged twice", "有报告重复暂存")
    con.sql(_RENEWED)
    found = frame_of(con.sql("from differing"))
    ((count,),) = con.sql("select count(*) from listed").fetchall()
    dead = int(holes or 0) + int(found["was_there"].sum())
    if dead > DEAD_SHARE * (count + dead):
        every = count + dead
        return Both(
            f"{dead} of {every} reports in it are dead", f"其中 {every} 份报告有 {dead} 份已失效"
        )
    return Renewal(
        reports=found.select(pl.col("report_sha256").cast(pl.String), "report_key"),
        settled=frozenset(batch for (batch,) in con.sql(_SETTLED).fetchall()),
        made=int(found["report_sha256"].is_not_null().sum()),
        dead=dead,
    )


def renewal_file(build: Path) -> Path:
    """Where it is said what was renewed in a build, for its checks."""
    return build.with_name(f"{build.name}.renewed")


def keep_renewal(build: Path, renewal: Renewal) -> None:
    """Say beside the build what was renewed in it.

    Raises:
        StagingError: the file cannot be written.
    """
    reports = renewal.reports.rows()
    seal(renewal_file(build), _FORM, [reports, sorted(renewal.settled), renewal.made, renewal.dead])


def kept_renewal(build: Path) -> Renewal | None:
    """What was renewed in a build; None of one that was built whole."""
    kept = unseal(renewal_file(build), _FORM)
    if kept is None:
        return None
    reports, settled, made, dead = kept
    frame = pl.DataFrame(reports, _SCHEMA, orient="row")
    return Renewal(frame, frozenset(settled), int(made), int(dead))
