"""Swap a finished file in for the one that people read, so that no reader ever sees half a load."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

import duckdb

from pipelines.bilingual import Both
from pipelines.errors import WarehouseError
from pipelines.warehouse.build import wal_of
from pipelines.warehouse.connect import explain, read_only
from pipelines.warehouse.identity import note_published
from pipelines.warehouse.renewal import renewal_file
from pipelines.warehouse.stamp import require_stamp, stamp_of
from pipelines.warehouse.target import SetAside, aside_of, check_target, real_target


def publish(build: Path, target: Path) -> SetAside | None:
    """Put `build` in the place of `target` in one step.

    Readers that have the old file open keep it; whoever opens the path afterwards gets the new
    one. Both must lie on one file system.

    A published file that was damaged since, or has tables of a user, is not thrown away: it is kept
    beside the new one, as `NAME.damaged` or `NAME.replaced`. A link stays and what it names is
    replaced; mode and owner of the file stay as far as the system lets this user keep them.

    Args:
        build: a closed warehouse file; it is gone from its place afterwards.
        target: the path that readers use. It need not exist yet.

    Returns:
        Where the old file is and why, if it was kept.

    Raises:
        WarehouseError: the build is not closed, is no warehouse, was not checked, was changed
            after its checks or did not pass them; a file that is no warehouse
            is at the target; another program has the target open for writing; the folder is
            missing or may not be written. The target is then unchanged.
    """
    if wal_of(build).exists():
        raise WarehouseError(
            build,
            Both("it is still being written", "文件还在写入"),
            Both("Let the build end first.", "请待构建结束。"),
        )
    with read_only(build):
        pass
    sha256 = require_stamp(build)
    target = real_target(target)
    if not target.parent.is_dir():
        raise WarehouseError(
            target,
            Both("its folder does not exist", "其所在文件夹不存在"),
            Both("Create the folder, or name another.", "请建立该文件夹，或另指定位置。"),
        )
    try:
        _clear_wal(target)
        keep = check_target(target)
        aside = aside_of(target, keep) if keep else None
        _take_rights(build, target)
        _sync(build)
        if aside:
            _keep(target, aside.path)
        build.replace(target)
        stamp_of(build).unlink(missing_ok=True)
        renewal_file(build).unlink(missing_ok=True)
        note_published(target, sha256)
        _sync(target.parent)
    except (OSError, duckdb.Error) as error:
        raise explain(target, error) from error
    return aside


def _clear_wal(target: Path) -> None:
    """Fold a WAL that a crashed writer left into the file it belongs to.

    Left where it is, it would stand beside the new file, to which it does not belong.
    """
    wal = wal_of(target)
    if not wal.exists():
        return
    if target.exists():
        duckdb.connect(str(target)).close()
    if wal.exists():
        raise WarehouseError(
            wal,
            Both(
                "it belongs to a database that is not there or is in use",
                "它所属的数据库不存在或正在使用",
            ),
            Both(
                "End the program that writes it, or remove the file, and run again.",
                "请结束写入它的程序，或移走该文件，再重新运行。",
            ),
        )


def _keep(target: Path, aside: Path) -> None:
    """A second name for the file, so that its readers never miss it; a copy where none may be."""
    try:
        aside.hardlink_to(target)
    except OSError:
        shutil.copy2(target, aside)


def _take_rights(build: Path, target: Path) -> None:
    """Give the build the mode and, where this user may, the owner of the file it replaces."""
    if not target.exists():
        return
    rights = target.stat()
    with suppress(PermissionError):
        os.chown(build, rights.st_uid, rights.st_gid)
    build.chmod(stat.S_IMODE(rights.st_mode))


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
