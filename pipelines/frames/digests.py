"""sha256 of files: sizes and times first, their bytes only where those do not settle it.

What is remembered of a file holds for as long as its size, its times and its place on the disk are
the same. A file that was written shortly before it was read could be written once more within the
same tick of the clock, so it is not remembered before it is older than that (git calls such files
racy). The memory is a cache: without it, or with a damaged one, every file is read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from pipelines.bilingual import Both
from pipelines.frames.sealed import seal, unseal

_FORM = "digests 1"
# The coarsest clock of a common file system (FAT) ticks every two seconds.
_TICK_NS = 2_000_000_000

Place = str | Path


class Stamp(NamedTuple):
    """What the file system tells of a file.

    Whoever writes the file changes `ctime_ns` at least, for nobody can set that time.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Digest(NamedTuple):
    """What a file held when it was read."""

    sha256: str
    stamp: Stamp
    read_ns: int  # by the clock, before the first byte was read


def read_digest(path: Place) -> Digest:
    """The digest of a file, out of its bytes.

    Raises:
        OSError: it cannot be read, or is no regular file (to open a pipe could wait for ever).
    """
    now = time_ns()
    path = Path(path)
    _stamp(path.stat())
    with path.open("rb") as handle:
        stamp = _stamp(os.fstat(handle.fileno()))
        return Digest(hashlib.file_digest(handle, "sha256").hexdigest(), stamp, now)


class Digests:
    """The digests of the files that one run asks for, and what is remembered of the last one."""

    def __init__(self, memory: Path) -> None:
        """Begin with what the file `memory` remembers, if it is whole."""
        self._memory = memory
        self._known = {
            name: Digest(sha256, Stamp(*stamp), read_ns)
            for name, (sha256, stamp, read_ns) in (unseal(memory, _FORM) or {}).items()
        }
        self._asked: dict[str, Digest] = {}

    def of(self, path: Place) -> Digest:
        """The digest of a file; its bytes are read only if it is not remembered as it now is.

        Raises:
            OSError: it cannot be read, or is no regular file.
        """
        name = os.fspath(path)
        known = self._known.get(name)
        if known is None or known.stamp != _stamp(os.stat(path)):  # noqa: PTH116
            known = read_digest(path)
        self._asked[name] = known
        return known

    def forget(self, paths: Iterable[Place]) -> None:
        """Have the next run read these files."""
        for path in paths:
            self._asked.pop(os.fspath(path), None)

    def save(self) -> None:
        """Remember the files that were asked for, and no others.

        Raises:
            StagingError: the memory cannot be written.
        """
        settled = {name: found for name, found in self._asked.items() if _settled(found)}
        if settled != self._known:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            seal(self._memory, _FORM, settled)
            self._known = settled


def stamp_of_file(path: Path) -> Stamp:
    """What the file system tells of a file.

    Raises:
        OSError: there is none, or it is no regular file.
    """
    return _stamp(path.stat())


def _stamp(found: os.stat_result) -> Stamp:
    if not stat.S_ISREG(found.st_mode):
        folder = stat.S_ISDIR(found.st_mode)
        kind = Both("a folder", "文件夹") if folder else Both("a device or a pipe", "设备或管道")
        raise OSError(Both(f"it is {kind}, not a file", f"这是{kind.zh}，不是文件"))
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _settled(digest: Digest) -> bool:
    return max(digest.stamp.mtime_ns, digest.stamp.ctime_ns) + _TICK_NS < digest.read_ns
