"""One run at a time writes a warehouse: the others wait, and can say for whom.

The lock is the operating system's, so a run that is killed leaves none behind.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.bilingual import Both
from pipelines.errors import LockedError


@contextmanager
def warehouse_lock(
    target: Path, wait: float, on_wait: Callable[[Both], object] | None = None
) -> Iterator[None]:
    """Hold the right to write the warehouse `target` and its staging.

    Args:
        target: the published file; its folder is made where it is missing.
        wait: seconds to wait for another run.
        on_wait: told once who holds the lock, before the wait begins.

    Raises:
        LockedError: the other run did not end in time.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    holder = target.with_name(f".{target.name}.holder")
    lock = FileLock(target.with_name(f".{target.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if on_wait:
            on_wait(_who(holder))
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise LockedError(target, _who(holder)) from None
    try:
        holder.write_text(_myself(), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _myself() -> str:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return f"{os.getpid()}\n{socket.gethostname()}\n{now}"


def _who(holder: Path) -> Both:
    try:
        process, host, since = holder.read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return Both("another run", "另一次运行")
    return Both(
        f"process {process} on {host} since {since}",
        f"进程 {process}（{host}，{since} 起）",
    )
