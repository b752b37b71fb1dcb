"""What the batches of the engine tests do; importable, for a worker imports it anew."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def double(number: int) -> int:
    return number * 2


def die_once(path: Path) -> str:
    """Kills its own process the first time that it meets the path."""
    if path.name == "fatal" and not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(number: int) -> int:
    if number == 1:
        raise ValueError("one")
    return number


def end(process: int) -> int:
    """Kills a process, such as the scheduler."""
    os.kill(process, signal.SIGKILL)
    return process
