"""Staged tables in, a complete new warehouse file out: tables, rows, views, comments.

One transaction into a file of its own. Whether the file is good is for `check` to say, whether
anybody sees it for `publish`.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipelines import contracts
from pipelines.bilingual import Both
from pipelines.errors import WarehouseError
from pipelines.relations import offer
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.chinese import chinese_views
from pipelines.warehouse.connect import explain
from pipelines.warehouse.history import recall, remember, view_current
from pipelines.warehouse.loads import Comparison, LoadInfo, load_frame
from pipelines.warehouse.renew import renew
from pipelines.warehouse.renewal import Renewal, keep_renewal, renewal_file, renewal_of
from pipelines.warehouse.staging import Staged, register_seeds, register_staged

# The one value that all current clients read and that refuses the WAL of another file.
STORAGE_VERSION = "v1.4.0"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built: rows of every table, and how long it took."""

    path: Path
    rows: dict[str, int]
    seconds: float
    whole: Both | None = None  # why it was built whole; None of a renewed copy
    renewed: int = 0  # reports whose rows were made


def build(
    staged: Mapping[str, Staged],
    target: Path,
    load: LoadInfo,
    *,
    seeds: Mapping[str, pl.DataFrame] | None = None,
    memory_limit: str = "2GB",
    threads: int | None = None,
    full: bool = False,
) -> BuildResult:
    """Build a new warehouse file, if it may be by renewing a copy of the published one.

    Both ways give the same rows (`tests/pipeline/test_renewed.py`).

    Args:
        staged: by name (`stg_document` …) a frame, or the paths or glob of Parquet files.
        target: the file to write; what a crashed build left there is removed.
        load: the run's account of itself.
        seeds: seed tables by name; the files of `seeds/` where not given.
        memory_limit: what DuckDB may use before it spills to disk, beside the target.
        threads: how many threads DuckDB may use; its own choice where not given.
        full: build whole, whatever changed.

    Returns:
        Rows, seconds, and how it was built. The file is closed and no WAL stands beside it.

    Raises:
        ContractError: a staged or seed table does not hold the columns that `sql/` declares.
        SeedError: a file of `seeds/` is missing or malformed.
        WarehouseError: the folder is missing or not writable, the disk is full, or a row breaks
            a constraint. Nothing is left of the new file.
    """
    begun = time.perf_counter()
    if not target.parent.is_dir():
        raise WarehouseError(
            target,
            Both("its folder does not exist", "其所在文件夹不存在"),
            Both("Create the folder, or name another.", "请建立该文件夹，或另指定位置。"),
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
        found = renewal_of(staged, load, full=full)
        if isinstance(found, Renewal):
            try:
                with duckdb.connect(":memory:", config=config) as con:
                    rows = _renew(con, staged, seeds, target, load, found)
            except duckdb.Error as error:
                # Ctrl-C ends the run; a fault may be one of the old file.
                found = explain(target, error).detail
                _remove(target)
        if isinstance(found, Both):
            with duckdb.connect(":memory:", config=config) as con:
                rows = _write(con, staged, seeds, target, load)
        done = True
    except (duckdb.Error, OSError) as error:
        raise _explain_build(target, error) from error
    finally:
        shutil.rmtree(spill_of(target), ignore_errors=True)
        if not done:
            _remove(target)
    whole = found if isinstance(found, Both) else None
    made = found.made if isinstance(found, Renewal) else rows["dim_report"] - 1
    return BuildResult(target, rows, time.perf_counter() - begun, whole, made)


def _write(
    con: duckdb.DuckDBPyConnection,
    staged: Mapping[str, Staged],
    seeds: Mapping[str, pl.DataFrame] | None,
    target: Path,
    load: LoadInfo,
) -> dict[str, int]:
    """Fill the new file and let go of it. Returns the rows of every table."""
    register_staged(con, staged)
    _prepare(con, seeds, load)
    comparison = remember(con, load.replaces)
    place = str(target).replace("'", "''")
    con.sql(f"attach '{place}' as zhibiao (storage_version '{STORAGE_VERSION}')")
    con.sql("use zhibiao")
    con.begin()
    _create(con, load, comparison)
    con.commit()
    return _let_go(con)


def _renew(
    con: duckdb.DuckDBPyConnection,
    staged: Mapping[str, Staged],
    seeds: Mapping[str, pl.DataFrame] | None,
    target: Path,
    load: LoadInfo,
    renewal: Renewal,
) -> dict[str, int]:
    """Copy the published file, renew the copy and let go of it. Returns the rows of every table."""
    if load.replaces is None or remember(con, load.replaces, renewal) != "compared":
        raise duckdb.Error("the published file can be compared with no more")
    shutil.copyfile(load.replaces, target)
    _prepare(con, seeds, load)
    place = str(target).replace("'", "''")
    con.sql(f"attach '{place}' as zhibiao")
    con.sql("use zhibiao")
    renew(con, staged, load, renewal)
    keep_renewal(target, renewal)
    return _let_go(con)


def _prepare(
    con: duckdb.DuckDBPyConnection, seeds: Mapping[str, pl.DataFrame] | None, load: LoadInfo
) -> None:
    register_seeds(con, seeds, load.dictionaries)
    for macro in sqlfiles.statements("macros"):
        con.sql(macro.sql)


def _let_go(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = {name: _count(con, name) for name in contracts.names("tables")}
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
            offer(con, "load_info", load_frame(load, found, seconds))
        con.sql(statement.sql)
    for folder in ("functions", "marts"):
        for statement in sqlfiles.statements(folder):
            con.sql(statement.sql)
    for view in chinese_views():
        con.sql(view)
    for macro in sqlfiles.statements("search"):
        con.sql(macro.sql)
    for comment in contracts.comments():
        con.sql(comment)


def _count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    (row,) = con.sql(f"select count(*) from {name}").fetchall()  # noqa: S608  (our own name)
    return int(row[0])


def _explain_build(target: Path, error: Exception) -> WarehouseError:
    if isinstance(error, duckdb.ConstraintException):
        first = str(error).splitlines()[0]
        return WarehouseError(
            target,
            Both(
                f"a staged row breaks a rule of the tables ({first})",
                f"有一行暂存数据不合表的规则（{first}）",
            ),
            Both(
                "The extractor gave a value that sql/tables/ does not allow; the published file "
                "is unchanged.",
                "提取结果中有 sql/tables/ 不允许的值；已发布的文件未变。",
            ),
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
    renewal_file(target).unlink(missing_ok=True)
    wal_of(target).unlink(missing_ok=True)


def wal_of(path: Path) -> Path:
    """Where DuckDB keeps the write-ahead log of a file."""
    return path.with_name(f"{path.name}.wal")
