"""How the published file is opened for reading, and what its failures mean in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import duckdb

from pipelines.bilingual import Both
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
# What somebody whose SQL is confined is told when it asks for more.
REFUSED = Both(
    "the query may not read or write other files, load extensions or change settings",
    "查询不得读写其他文件、加载扩展或更改设置",
)


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
            raise WarehouseError(
                path,
                Both("it is a folder", "这是文件夹"),
                Both("Name a file in it.", "请指定其中的文件。"),
            )
        raise WarehouseError(
            path,
            Both("there is no such file", "没有这个文件"),
            Both("Build it first: zhibiao build.", "请先构建：zhibiao build。"),
        )
    _refuse_other_formats(path)
    try:
        con = duckdb.connect(str(path), read_only=True, config=dict(config))
    except duckdb.Error as error:
        raise explain(path, error) from error
    try:
        if con.sql(_SIGNED).fetchall() != [(len(_SIGNATURE),)]:
            raise WarehouseError(
                path,
                Both(
                    "it is a DuckDB file, but not a warehouse", "这是 DuckDB 文件，但不是指标仓库"
                ),
                Both("Name another file.", "请指定其他文件。"),
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
    advice = Both("The published file is unchanged.", "已发布的文件未变。")
    return WarehouseError(path, Both.quoted(first), advice)


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
        raise QueryError(Both.quoted(error)) from error


def _interrupted(error: Exception) -> bool:
    """Whether DuckDB failed because somebody pressed Ctrl-C while it read a frame or ran."""
    return isinstance(error, duckdb.InterruptException) or "KeyboardInterrupt" in str(error)


_NO_DATABASE = (
    Both("it is not a DuckDB file", "这不是 DuckDB 文件"),
    Both("Name another file.", "请指定其他文件。"),
)
_DAMAGES = (
    ("not a valid DuckDB database file", *_NO_DATABASE),
    (
        "Could not read enough bytes from file",
        Both("it was cut short", "文件不完整"),
        Both(
            "Rebuild it with zhibiao build, or restore a copy.",
            "请用 zhibiao build 重新构建，或用备份恢复。",
        ),
    ),
    (
        "Corrupt database file",
        Both(
            "it is damaged: its contents changed after it was written",
            "文件已损坏：写成之后内容有变",
        ),
        Both(
            "Rebuild it with zhibiao build, or restore a copy.",
            "请用 zhibiao build 重新构建，或用备份恢复。",
        ),
    ),
)

# What DuckDB and the system say, and what it means.
_MEANINGS = (
    (
        "No space left on device",
        Both("the disk is full", "磁盘已满"),
        Both(
            "Make room and run again; the published file is unchanged.",
            "请腾出空间后重新运行；已发布的文件未变。",
        ),
    ),
    (
        "File too large",
        Both("the limit on file size is reached", "文件达到大小上限"),
        Both(
            "Raise the limit (ulimit -f) and run again; the published file is unchanged.",
            "请调高上限（ulimit -f）后重新运行；已发布的文件未变。",
        ),
    ),
    (
        "failed to offload data block",
        Both(
            "the disk has no room for what does not fit in memory", "内存放不下，磁盘也没有空间转存"
        ),
        Both(
            "Make room, or raise ZHIBIAO_MEMORY_LIMIT, and run again; the published file is "
            "unchanged.",
            "请腾出空间，或调高 ZHIBIAO_MEMORY_LIMIT，再重新运行；已发布的文件未变。",
        ),
    ),
    (
        "Out of Memory Error",
        Both("the memory limit is too low", "内存上限过低"),
        Both(
            "Raise ZHIBIAO_MEMORY_LIMIT and run again; the published file is unchanged.",
            "请调高 ZHIBIAO_MEMORY_LIMIT 后重新运行；已发布的文件未变。",
        ),
    ),
    (
        "Could not set lock on file",
        Both("another program has it open for writing", "另一个程序正在写入"),
        Both(
            "Close that program, or open the file read-only there, and run again.",
            "请关闭该程序，或在其中以只读方式打开，再重新运行。",
        ),
    ),
    (
        "WAL does not match",
        Both(
            "the .wal file next to it belongs to another database",
            "旁边的 .wal 文件属于另一个数据库",
        ),
        Both("Remove the .wal file and run again.", "请移走 .wal 文件后重新运行。"),
    ),
    (
        "we can only read versions",
        Both(
            "another version of DuckDB wrote it, which this one cannot read",
            "文件由另一版本的 DuckDB 写成，现用版本无法读取",
        ),
        Both("Name another file, or rebuild it.", "请指定其他文件，或重新构建。"),
    ),
    (
        "Permission denied",
        Both("this user has no permission to read or write here", "当前用户没有读写权限"),
        Both(
            "Change the permissions of the file and its folder, or choose another place.",
            "请更改文件及其文件夹的权限，或换一个位置。",
        ),
    ),
    (
        "Read-only file system",
        Both("the file system is read-only", "文件系统只读"),
        Both("Choose another place for the warehouse.", "请为仓库换一个位置。"),
    ),
    (
        "Invalid cross-device link",
        Both(
            "the new file is on a different file system from the old one",
            "新文件与旧文件不在同一文件系统",
        ),
        Both(
            "Build next to the target, so that it can replace it in one step.",
            "请在目标旁边构建，以便一步替换。",
        ),
    ),
)
