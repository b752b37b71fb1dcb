"""Staged tables in, a complete new warehouse file out: tables, rows, views, comments.

One transaction into a file of its own. Whether the file is good is for `check` to say, whether
anybody sees it for `publish`.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from pipelines import contracts
from pipelines.errors import WarehouseError
from pipelines.relations import offer
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.chinese import chinese_views
from pipelines.warehouse.connect import explain
from pipelines.warehouse.history import Comparison, recall, remember, view_current
from pipelines.warehouse.quality import Quality
from pipelines.warehouse.staging import Staged, register_seeds, register_staged

# The one value that all current clients read and that refuses the WAL of another file.
STORAGE_VERSION = "v1.4.0"


@dataclass(frozen=True, slots=True)
class LoadInfo:
    """What a run says of itself in `etl_load`."""

    load_id: str
    loaded_at: datetime  # UTC, without a zone
    code_version: str
    seeds_hash: str
    staging_seconds: float = 0.0
    trusted_confidence: float = 0.9  # from which on mart_trusted shows a row
    previous: Quality | None = None  # of the file that is to be replaced
    replaces: Path | None = None  # that file, whose history this one goes on with
    dictionaries: Path | None = None  # word lists to count; those of seeds/ where not given


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built: rows of every table, and how long it took."""

    path: Path
    rows: dict[str, int]
    seconds: float


def build(
    staged: Mapping[str, Staged],
    target: Path,
    load: LoadInfo,
    *,
    seeds: Mapping[str, pl.DataFrame] | None = None,
    memory_limit: str = "2GB",
    threads: int | None = None,
) -> BuildResult:
    """Build a new warehouse file.

    Args:
        staged: by name (`stg_document` …) a frame, or the paths or glob of Parquet files.
        target: the file to write; what a crashed build left there is removed.
        load: the run's account of itself.
        seeds: seed tables by name; the files of `seeds/` where not given.
        memory_limit: what DuckDB may use before it spills to disk, beside the target.
        threads: how many threads DuckDB may use; its own choice where not given.

    Returns:
        Rows and seconds. The file is closed and no WAL stands beside it.

    Raises:
        ContractError: a staged or seed table does not hold the columns that `sql/` declares.
        SeedError: a file of `seeds/` is missing or malformed.
        WarehouseError: the folder is missing or not writable, the disk is full, or a row breaks
            a constraint. Nothing is left of the new file.
    """
    begun = time.perf_counter()
    if not target.parent.is_dir():
        raise WarehouseError(
            target, "its folder does not exist", "Create the folder, or name another."
        )
    done = False
    try:
        _remove(target)
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": str(spill_of(target)),
        }
        if threads is not None:
            config["threads"] = threads
        with duckdb.connect(":memory:", config=config) as con:
            rows = _write(con, staged, seeds, target, load)
        done = True
    except (duckdb.Error, OSError) as error:
        raise _explain_build(target, error) from error
    finally:
        shutil.rmtree(spill_of(target), ignore_errors=True)
        if not done:
            _remove(target)
    return BuildResult(target, rows, time.perf_counter() - begun)


def _write(
    con: duckdb.DuckDBPyConnection,
    staged: Mapping[str, Staged],
    seeds: Mapping[str, pl.DataFrame] | None,
    target: Path,
    load: LoadInfo,
) -> dict[str, int]:
    """Fill the new file and let go of it. Returns the rows of every table."""
    register_staged(con, staged)
    register_seeds(con, seeds, load.dictionaries)
    for macro in sqlfiles.statements("macros"):
        con.sql(macro.sql)
    comparison = remember(con, load.replaces)
    place = str(target).replace("'", "''")
    con.sql(f"attach '{place}' as zhibiao (storage_version '{STORAGE_VERSION}')")
    con.sql("use zhibiao")
    con.begin()
    _create(con, load, comparison)
    rows = {name: _count(con, name) for name in contracts.names("tables")}
    con.commit()
    con.sql("use memory")
    # Detaching writes the last checkpoint, so no WAL is left.
    con.sql("detach zhibiao")
    return rows


def _create(con: duckdb.DuckDBPyConnection, load: LoadInfo, comparison: Comparison) -> None:
    begun = time.perf_counter()
    for statement in sqlfiles.statements("tables"):
        con.sql(statement.sql)
    view_current(con)
    offer(con, "check_results", pl.DataFrame(schema=contracts.table("etl_check").schema))
    for statement in sqlfiles.loads():
        if statement.name == "etl_load":
            found = recall(con, comparison)
            seconds = time.perf_counter() - begun
            offer(con, "load_info", _load_frame(load, found, seconds))
        con.sql(statement.sql)
    for statement in sqlfiles.statements("marts"):
        con.sql(statement.sql)
    for view in chinese_views():
        con.sql(view)
    for macro in sqlfiles.statements("search"):
        con.sql(macro.sql)
    for comment in contracts.comments():
        con.sql(comment)


def _load_frame(load: LoadInfo, comparison: Comparison, star_seconds: float) -> pl.DataFrame:
    before = load.previous
    return pl.DataFrame(
        {
            "load_id": [load.load_id],
            "loaded_at": [load.loaded_at],
            "code_version": [load.code_version],
            "seeds_hash": [load.seeds_hash],
            "previous_unknown_share": [before and before.unknown_share],
            "previous_unbound_share": [before and before.unbound_share],
            "trusted_confidence": [load.trusted_confidence],
            "staging_seconds": [load.staging_seconds],
            "star_seconds": [star_seconds],
            "comparison": [comparison],
        },
        schema_overrides=dict.fromkeys(
            ("previous_unknown_share", "previous_unbound_share"), pl.Decimal(9, 8)
        ),
    )


def _count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    (row,) = con.sql(f"select count(*) from {name}").fetchall()  # noqa: S608  (our own name)
    return int(row[0])


def _explain_build(target: Path, error: Exception) -> WarehouseError:
    if isinstance(error, duckdb.ConstraintException):
        return WarehouseError(
            target,
            f"a staged row breaks a rule of the tables ({str(error).splitlines()[0]})",
            "The extractor gave a value that sql/tables/ does not allow; the published file is "
            "unchanged.",
        )
    return explain(target, error)


def spill_of(target: Path) -> Path:
    """Where DuckDB puts what does not fit into memory.

    The place is a fixed one, so that the next build finds and removes what a killed one left.
    """
    return target.with_name(f"{target.name}.spill")


def _remove(target: Path) -> None:
    shutil.rmtree(spill_of(target), ignore_errors=True)
    target.unlink(missing_ok=True)
    wal_of(target).unlink(missing_ok=True)


def wal_of(path: Path) -> Path:
    """Where DuckDB keeps the write-ahead log of a file."""
    return path.with_name(f"{path.name}.wal")
