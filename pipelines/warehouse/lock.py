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

from pipelines.errors import LockedError


@contextmanager
def warehouse_lock(
    target: Path, wait: float, on_wait: Callable[[str], object] | None = None
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
        now = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(f"process {os.getpid()} on {socket.gethostname()} since {now}", "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        return holder.read_text("utf-8") or "another run"
    except OSError:
        return "another run"
