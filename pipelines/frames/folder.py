"""What lies in a reports folder: the reports, their hashes and overrides, and what was refused.

Finding and telling apart files belongs here; reading what they say does not.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import NoReportsError
from pipelines.frames.digests import Digest, read_digest
from pipelines.frames.overrides import FILE_NAME, Override, Reject, read_overrides

SUFFIXES = frozenset({".txt"})
# Data and notes that people keep beside their reports: no report, and nothing to complain of.
_BESIDE = frozenset({".csv", ".json", ".jsonl", ".md", ".parquet", ".py", ".yaml", ".yml"})
_SILENT = Override()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the folder lists it: enough to see that it changed, if not that it did not."""

    file_name: str  # relative to the folder, with / between the parts
    size: int  # bytes
    mtime_ns: int  # nanoseconds since 1970, as the file system keeps them


@dataclass(frozen=True, slots=True)
class Source:
    """A report file as it was found."""

    path: Path
    file_name: str  # relative to the folder, with / between the parts
    sha256: str
    byte_count: int
    override: Override

    @property
    def key(self) -> str:
        """Changes whenever the staged rows of this report may change."""
        text = "\n".join((self.sha256, self.file_name, self.override.identity))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Folder:
    """The reports of a folder in the order of their names, and the files refused at its door."""

    sources: tuple[Source, ...]
    rejects: tuple[Reject, ...]


def listing(root: Path) -> tuple[Entry, ...]:
    """What a load of `root` would look at, in the order of names; not a byte of it is read.

    Raises:
        NoReportsError: the folder does not exist, or holds no report at all.
    """
    return tuple(
        Entry(name, found.st_size, found.st_mtime_ns)
        for name in _names(root, [])
        if _matters(name) and (found := _stat(root / name))
    )


def scan_folder(root: Path, digest: Callable[[Path], Digest] = read_digest) -> Folder:
    """Find the reports in `root` and its subfolders; hidden files are passed over.

    A `reports.csv` in any of the folders speaks of the files below that folder.

    Args:
        root: the folder.
        digest: how to come by the digest of a report: by reading it, or out of a memory.

    Raises:
        NoReportsError: the folder does not exist, or holds no report at all.
    """
    closed: list[Reject] = []
    names = _names(root, closed)
    overrides, rejects = _overrides(root, names)
    rejects += closed
    sources: list[Source] = []
    by_hash: dict[str, str] = {}
    for name in names:
        found = _open(root, name, overrides.get(name, _SILENT), digest)
        if found is None:
            continue
        overrides.pop(name, None)
        if isinstance(found, Source) and found.sha256 in by_hash:
            found = Reject(name, "duplicate", f"the same bytes as {by_hash[found.sha256]}")
        if isinstance(found, Source):
            by_hash[found.sha256] = name
            sources.append(found)
        else:
            rejects.append(found)
    rejects += [
        Reject(FILE_NAME, "override", f"it names {name}, and there is no such report")
        for name in sorted(overrides)
    ]
    return Folder(tuple(sources), tuple(rejects))


def _names(root: Path, closed: list[Reject]) -> list[str]:
    """All files of the folder by name; at least one of them is a report."""
    if not root.is_dir():
        what = "it is a file, not a folder" if root.exists() else "the folder does not exist"
        raise NoReportsError(root, what)
    names = sorted(_walk(root, closed))
    if not any(_ending(name) in SUFFIXES for name in names):
        raise NoReportsError(root, f"no report in it (a report is a {', '.join(SUFFIXES)} file)")
    return names


def _matters(name: str) -> bool:
    """Whether the file is read or refused; what people keep beside their reports is neither."""
    return name.rpartition("/")[2] == FILE_NAME or _ending(name) not in _BESIDE


def _stat(path: Path) -> os.stat_result | None:
    """None where the file is gone since the folder was listed, or cannot be asked about."""
    try:
        return path.stat()
    except OSError:
        return None


def _walk(root: Path, closed: list[Reject]) -> Iterator[str]:
    """Relative names of all files, and of folders and links that pose as reports.

    Folders that cannot be looked into are added to `closed`.
    """

    def refuse(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        closed.append(Reject(name, "unreadable", error.strerror or str(error)))

    for folder, subfolders, files in os.walk(root, onerror=refuse):
        here = Path(folder).relative_to(root).as_posix()
        above = "" if here == "." else f"{here}/"
        posing = [name for name in subfolders if _ending(name) in SUFFIXES]
        subfolders[:] = [
            name for name in subfolders if not name.startswith(".") and name not in posing
        ]
        yield from (f"{above}{name}" for name in (*files, *posing) if not name.startswith("."))


def _ending(name: str) -> str:
    """The ending of a name in small letters: `.txt` of `a/B.TXT`.

    There may be 100,000 names, and a path object for each costs more than asking the system for
    the file.
    """
    return os.path.splitext(name)[1].lower()  # noqa: PTH122


def _open(
    root: Path, name: str, override: Override, digest: Callable[[Path], Digest]
) -> Source | Reject | None:
    """The file as a source; a reject; or None where it is no report and need not be one."""
    suffix = _ending(name)
    if suffix in _BESIDE:
        return None
    if suffix not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        return Reject(name, "unsupported_format", f"only {known} files are read")
    path = root / name
    try:
        found = digest(path)
    except OSError as error:
        return Reject(name, "unreadable", error.strerror or str(error))
    return Source(path, name, found.sha256, found.stamp.size, override)


def _overrides(root: Path, names: list[str]) -> tuple[dict[str, Override], list[Reject]]:
    overrides: dict[str, Override] = {}
    rejects: list[Reject] = []
    for name in names:
        if name.rpartition("/")[2] != FILE_NAME:
            continue
        try:
            found, refused = read_overrides((root / name).read_bytes(), name)
        except OSError as error:
            rejects.append(Reject(name, "unreadable", error.strerror or str(error)))
            continue
        parent = Path(name).parent
        overrides.update({(parent / key).as_posix(): value for key, value in found.items()})
        rejects += refused
    return overrides, rejects
