"""Swap a finished file in for the one that people read, so that no reader ever sees half a load."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from pipelines.errors import DamagedError, WarehouseError
from pipelines.settings import staging_of
from pipelines.warehouse.build import wal_of
from pipelines.warehouse.connect import explain, read_only
from pipelines.warehouse.stamp import require_stamp, stamp_of


def publish(build: Path, target: Path) -> Path | None:
    """Put `build` in the place of `target` in one step.

    Readers that have the old file open keep it; whoever opens the path afterwards gets the new
    one. Both must lie on one file system.

    A published file that was damaged since is not thrown away: it stands beside the new one as
    `NAME.damaged`, until another one is set aside.

    Args:
        build: a closed warehouse file; it is gone from its place afterwards.
        target: the path that readers use. It need not exist yet.

    Returns:
        Where the damaged file is, if there was one.

    Raises:
        WarehouseError: the build is not closed, is no warehouse, was not checked, was changed
            after its checks or did not pass them; a file that is no warehouse
            stands at the target; another program has the target open for writing; the folder is
            missing or may not be written. The target is then as it was.
    """
    if wal_of(build).exists():
        raise WarehouseError(build, "it is still being written", "Let the build end first.")
    with read_only(build):
        pass
    require_stamp(build)
    if not target.parent.is_dir():
        raise WarehouseError(
            target, "its folder does not exist", "Create the folder, or name another."
        )
    try:
        _clear_wal(target)
        aside = target.with_name(f"{target.name}.damaged") if check_target(target) else None
        _sync(build)
        if aside:
            target.replace(aside)
        build.replace(target)
        stamp_of(build).unlink(missing_ok=True)
        _sync(target.parent)
    except (OSError, duckdb.Error) as error:
        raise explain(target, error) from error
    return aside


def check_target(target: Path) -> bool:
    """Refuse to replace what is no warehouse; worth asking before the work is done.

    A file that DuckDB cannot read may be a warehouse that was damaged, or something else that a
    slip of the hand names. It counts as a warehouse where earlier builds left their staging folder.

    Returns:
        Whether a damaged warehouse stands at the target.

    Raises:
        WarehouseError: a folder, or a file that is no warehouse, stands at the target.
    """
    if target.is_dir():
        raise WarehouseError(target, "it is a folder", "Name a file in it, or another place.")
    if target.exists() and not wal_of(target).exists():
        try:
            with read_only(target):
                pass
        except DamagedError:
            if not staging_of(target).is_dir():
                raise
            return True
    return False


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
            "it belongs to a database that is not there or is in use",
            "End the program that writes it, or remove the file, and run again.",
        )


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
