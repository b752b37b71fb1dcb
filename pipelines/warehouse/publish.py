"""Swap a finished file in for the one that people read, so that no reader ever sees half a load."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from pipelines.errors import WarehouseError
from pipelines.warehouse.build import wal_of
from pipelines.warehouse.connect import explain, read_only


def publish(build: Path, target: Path) -> None:
    """Put `build` in the place of `target` in one step.

    Readers that have the old file open keep it; whoever opens the path afterwards gets the new
    one. Both must lie on one file system.

    Args:
        build: a closed warehouse file; it is gone from its place afterwards.
        target: the path that readers use. It need not exist yet.

    Raises:
        WarehouseError: the build is not closed or is no warehouse; a file that is no warehouse
            stands at the target; another program has the target open for writing; the folder is
            missing or may not be written. The target is then as it was.
    """
    if wal_of(build).exists():
        raise WarehouseError(build, "it is still being written", "Let the build end first.")
    with read_only(build):
        pass
    if not target.parent.is_dir():
        raise WarehouseError(
            target, "its folder does not exist", "Create the folder, or name another."
        )
    try:
        _clear_wal(target)
        check_target(target)
        _sync(build)
        build.replace(target)
        _sync(target.parent)
    except (OSError, duckdb.Error) as error:
        raise explain(target, error) from error


def check_target(target: Path) -> None:
    """Refuse to replace what is no warehouse; worth asking before the work is done.

    Raises:
        WarehouseError: a folder, or a file that is no warehouse, stands at the target.
    """
    if target.is_dir():
        raise WarehouseError(target, "it is a folder", "Name a file in it, or another place.")
    if target.exists() and not wal_of(target).exists():
        with read_only(target):
            pass


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
