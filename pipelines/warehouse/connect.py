"""How the published file is opened for reading, and what its failures mean in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import duckdb

from pipelines.errors import DamagedError, QueryError, WarehouseError

# What every version of the warehouse has, and no other database.
_SIGNATURE = (
    ("dim_report", "report_sha256"),
    ("fact_observation", "observation_key"),
    ("fact_observation", "char_start"),
    ("fact_numeral", "disposition"),
    ("etl_load", "load_id"),
    ("etl_load", "code_version"),
)
_SIGNED = f"""
select count(*) from duckdb_columns()
where database_name = current_database() and schema_name = 'main'
and (table_name, column_name) in {_SIGNATURE}
"""  # noqa: S608  (our own names)

# What SQL of somebody else may not do: read or write files, fetch code, see variables of this
# process; and the last one, undo any of it. A read-only connection alone hinders none of that.
_CONFINED: Mapping[str, str] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
# Where a DuckDB file says what it is.
_MAGIC = slice(8, 12)


@contextmanager
def confined(
    path: Path, limits: Mapping[str, str] = MappingProxyType({})
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection for SQL that somebody else wrote: it sees this file and no other.

    All connections of a process to one file share their settings: do not mix this with `read_only`
    on a file that is open at the same time, nor with other limits.

    Args:
        path: the published file.
        limits: more settings of DuckDB, such as memory_limit.

    Raises:
        WarehouseError: as `read_only`.
        duckdb.PermissionException: by a query that asks for files or extensions.
    """
    with _opened(path, {**limits, **_CONFINED}) as con:
        yield con


@contextmanager
def read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection for as long as one question takes.

    Hold it no longer: a process that keeps one open goes on seeing the file that was there when
    it opened it, however often a new one is published.

    Raises:
        WarehouseError: there is no such file, it cannot be opened, or it is no warehouse.
        DamagedError: it is no DuckDB file, or one that was cut short or altered.
    """
    with _opened(path, {}) as con:
        yield con


@contextmanager
def _opened(path: Path, config: Mapping[str, str]) -> Iterator[duckdb.DuckDBPyConnection]:
    if not path.is_file():
        if path.is_dir():
            raise WarehouseError(path, "it is a folder", "Name a file in it.")
        raise WarehouseError(path, "there is no such file", "Build it first: zhibiao build.")
    _refuse_other_formats(path)
    try:
        con = duckdb.connect(str(path), read_only=True, config=dict(config))
    except duckdb.Error as error:
        raise explain(path, error) from error
    try:
        if con.sql(_SIGNED).fetchall() != [(len(_SIGNATURE),)]:
            raise WarehouseError(
                path, "it is a DuckDB file, but not a warehouse", "Name another file."
            )
        yield con
    finally:
        con.close()


def _refuse_other_formats(path: Path) -> None:
    """For a file of SQLite and others DuckDB would try to fetch an extension from the network."""
    try:
        with path.open("rb") as file:
            magic = file.read(_MAGIC.stop)[_MAGIC]
    except OSError as error:
        raise explain(path, error) from error
    if magic and magic != b"DUCK":
        raise DamagedError(path, *_NO_DATABASE)


def explain(path: Path, error: Exception) -> WarehouseError:
    """An error of DuckDB or of the system, in plain words and with what to do about it.

    Raises:
        KeyboardInterrupt: it was Ctrl-C that stopped DuckDB.
    """
    text = str(error)
    if _interrupted(error):
        raise KeyboardInterrupt from error
    for sign, detail, advice in _DAMAGES:
        if sign in text:
            return DamagedError(path, detail, advice)
    for sign, detail, advice in _MEANINGS:
        if sign in text:
            return WarehouseError(path, detail, advice)
    first = text.splitlines()[0].rstrip(".") if text else type(error).__name__
    return WarehouseError(path, first, "The published file is unchanged.")


@contextmanager
def sql_errors() -> Iterator[None]:
    """Around statements that somebody else wrote: what DuckDB says of them as an error of ours.

    Raises:
        QueryError: a statement failed.
        KeyboardInterrupt: it was Ctrl-C that stopped DuckDB.
    """
    try:
        yield
    except duckdb.Error as error:
        if _interrupted(error):
            raise KeyboardInterrupt from error
        raise QueryError(str(error)) from error


def _interrupted(error: Exception) -> bool:
    """Whether DuckDB failed because somebody pressed Ctrl-C while it read a frame or ran."""
    return isinstance(error, duckdb.InterruptException) or "KeyboardInterrupt" in str(error)


_NO_DATABASE = ("it is not a DuckDB file", "Name another file.")
_DAMAGES = (
    ("not a valid DuckDB database file", *_NO_DATABASE),
    (
        "Could not read enough bytes from file",
        "it was cut short",
        "Rebuild it with zhibiao build, or restore a copy.",
    ),
    (
        "Corrupt database file",
        "it is damaged: its contents changed after it was written",
        "Rebuild it with zhibiao build, or restore a copy.",
    ),
)

# What DuckDB and the system say, and what it means.
_MEANINGS = (
    (
        "No space left on device",
        "the disk is full",
        "Make room and run again; the published file is unchanged.",
    ),
    (
        "File too large",
        "the limit on file size is reached",
        "Raise the limit (ulimit -f) and run again; the published file is unchanged.",
    ),
    (
        "failed to offload data block",
        "the disk has no room for what does not fit in memory",
        "Make room, or raise ZHIBIAO_MEMORY_LIMIT, and run again; the published file is unchanged.",
    ),
    (
        "Out of Memory Error",
        "the memory limit is too low",
        "Raise ZHIBIAO_MEMORY_LIMIT and run again; the published file is unchanged.",
    ),
    (
        "Could not set lock on file",
        "another program has it open for writing",
        "Close that program, or open the file read-only there, and run again.",
    ),
    (
        "WAL does not match",
        "the .wal file next to it belongs to another database",
        "Remove the .wal file and run again.",
    ),
    (
        "we can only read versions",
        "another version of DuckDB wrote it, which this one cannot read",
        "Name another file, or rebuild it.",
    ),
    (
        "Permission denied",
        "this user has no permission to read or write here",
        "Change the permissions of the file and its folder, or choose another place.",
    ),
    (
        "Read-only file system",
        "the file system is read-only",
        "Choose another place for the warehouse.",
    ),
    (
        "Invalid cross-device link",
        "the new file is on a different file system from the old one",
        "Build next to the target, so that it can replace it in one step.",
    ),
)
