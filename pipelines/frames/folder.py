"""What lies in a reports folder: the reports, their hashes and overrides, and what is not read.

Every file is accounted for: it is a source, a reject, or left out by a rule that has a name.
Finding and telling apart files belongs here; reading what they say does not.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal, NamedTuple

from pipelines.bilingual import Both, system
from pipelines.errors import NoReportsError, OverridesError
from pipelines.frames.digests import Digest, Place, read_digest
from pipelines.frames.overrides import FILE_NAME, Override, Reject, read_overrides
from pipelines.reading.formats import parquet, registry, rows
from pipelines.reading.formats.registry import MAYBE, SUFFIXES
from pipelines.settings import load_settings

# Data and notes that people keep beside their reports: no report, and nothing to complain of.
_BESIDE = frozenset({".json", ".py", ".yaml", ".yml"})
_NO_REPORT = frozenset({"readme", "changelog", "license", "contributing", "index", "notes"})
# The folder in which a browser keeps the pictures and styles of a page that it saved.
_PAGE_PARTS = ("_files", ".files", "_file")
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_HEAD = 65_536  # bytes by which files are told apart that may be reports
_NOTE = 60  # Han characters: a Markdown file with fewer is a note
_SILENT = Override()
UNREADABLE = "unreadable"  # the reason of what the system would not open
# Unknown names of a reports.csv that are listed one by one; the others are counted.
_NAMED = 20

# Why a file is left out: its name begins with a dot, it is the list of overrides or of corrections,
# it is data or a note beside the reports, a link to a folder, which is not entered, a part of a
# saved page, or it holds several reports, each with a line of its own.
Rule = Literal[
    "hidden", "reports_csv", "corrections_csv", "beside", "linked_folder", "page_part", "parts"
]
CORRECTIONS = "corrections.csv"
# Files that are no report and change what reports say.
_NAMES: Mapping[Rule, str] = {"reports_csv": FILE_NAME, "corrections_csv": CORRECTIONS}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the folder lists it: enough to see that it changed, if not that it did not."""

    file_name: str  # relative to the folder, with / between the parts
    size: int  # bytes
    mtime_ns: int  # nanoseconds since 1970, as the file system keeps them


@dataclass(frozen=True, slots=True)
class Source:
    """A report file as the scan found it."""

    # As the file system has it; a path object for each of 100,000 files costs half a second.
    place: str
    file_name: str  # relative to the folder, with / between the parts
    sha256: str
    byte_count: int
    override: Override
    columns: str = ""  # names that the settings give to those of a table of reports
    # Changes whenever the staged rows of this report may change. A run asks for it several times.
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the key."""
        text = "\n".join((self.sha256, self.file_name, self.override.identity))
        if self.columns:
            text = f"{text}\n{self.columns}"
        object.__setattr__(self, "key", hashlib.sha256(text.encode()).hexdigest())

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.place)


class FoundFile(NamedTuple):
    """A file of the folder, and the rule that leaves it out, if one does: a row of stg_file."""

    file_name: str
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds, in the order of names.

    Each of `files` without a rule is one of `sources` or has a line in `rejects`, which also tell
    of folders that cannot be entered and of lines of a reports.csv.
    """

    root: Path
    sources: tuple[Source, ...]
    rejects: tuple[Reject, ...]
    files: tuple[FoundFile, ...]
    corrections: bytes = b""  # the corrections.csv, if there is one

    @property
    def unreadable(self) -> tuple[Reject, ...]:
        """The files and folders that the system would not open."""
        return tuple(reject for reject in self.rejects if reject.reason == UNREADABLE)


class _Listed(NamedTuple):
    """A name that a folder lists."""

    name: str  # as it is shown and kept: Unicode, whatever the file system has
    path: str  # as the file system has it
    linked: bool
    rule: Rule | None


def left_out(files: Iterable[FoundFile]) -> dict[str, int]:
    """How many files each rule leaves out; data and notes by their ending (`.md`)."""
    counts = Counter(
        _ending(name) if rule == "beside" else _NAMES.get(rule, rule)
        for name, rule in files
        if rule
    )
    return dict(sorted(counts.items()))


def listing(root: Path) -> tuple[Entry, ...]:
    """What a load of `root` would look at, in the order of names.

    Not a byte of a report is read; of what may be a note or a table of data, the head.

    Raises:
        NoReportsError: the folder does not exist, or holds no report at all.
    """
    return tuple(
        Entry(file.name, found.st_size, found.st_mtime_ns)
        for file in _files(root, [])
        if file.rule in {None, *_NAMES} and (found := _stat(file.path))
    )


def scan_folder(
    root: Path,
    digest: Callable[[Place], Digest] = read_digest,
    max_bytes: int | None = None,
) -> Folder:
    """Find the reports in `root` and its subfolders; hidden folders are not entered.

    A `reports.csv` in any of the folders speaks of the files below that folder.

    Args:
        root: the folder.
        digest: how to come by the digest of a report: by reading it, or out of a memory.
        max_bytes: a larger report is refused, a larger reports.csv stops the load; None for no
            limit.

    Raises:
        NoReportsError: the folder does not exist, or holds no report at all.
        OverridesError: a reports.csv cannot be opened, or is too large.
    """
    closed: list[Reject] = []
    files = _files(root, closed)
    inside = os.path.join(os.path.realpath(root), "")  # noqa: PTH118  (a prefix of names)
    overrides, rejects = _overrides(files, inside, max_bytes)
    rejects += closed
    columns = load_settings().columns or ""
    sources: list[Source] = []
    by_hash: dict[str, str] = {}
    for file in files:
        if file.rule:
            continue
        override = overrides.pop(file.name, _SILENT)
        found = _open(file, override, columns, digest, inside, max_bytes)
        if isinstance(found, Source) and found.sha256 in by_hash:
            first = by_hash[found.sha256]
            detail = Both(f"the same bytes as {first}", f"与 {first} 完全相同")
            found = Reject(file.name, "duplicate", detail)
        if isinstance(found, Source):
            by_hash[found.sha256] = file.name
            sources.append(found)
        else:
            rejects.append(found)
    behind = tuple(f"{folder.file_name}/" for folder in closed)
    rejects += _unknown_names(sorted(name for name in overrides if not name.startswith(behind)))
    said = (_beside(f, inside, max_bytes) for f in files if f.rule == "corrections_csv")
    return Folder(
        root,
        tuple(sources),
        tuple(rejects),
        tuple(FoundFile(f.name, f.rule) for f in files),
        next(said, b""),
    )


def _unknown_names(names: list[str]) -> Iterator[Reject]:
    """What reports.csv says of files that are not there: the first ones by name."""
    for name in names[:_NAMED]:
        detail = Both(f"it names {name}, and there is no such report", f"其中的 {name} 不存在")
        yield Reject(FILE_NAME, "override", detail)
    if (more := len(names) - _NAMED) > 0:
        detail = Both(
            f"it names {more} more files that are not there", f"其中另有 {more} 个文件不存在"
        )
        yield Reject(FILE_NAME, "override", detail)


def _files(root: Path, closed: list[Reject]) -> list[_Listed]:
    """All files of the folder by name; at least one of them is a report."""
    if not root.is_dir():
        what = Both("the folder does not exist", "没有这个文件夹")
        if root.exists():
            what = Both("it is a file, not a folder", "这是文件，不是文件夹")
        raise NoReportsError(root, what)
    files = sorted(_walk(root, closed))
    if not any(file.rule is None and _ending(file.name) in SUFFIXES for file in files):
        known = ", ".join(sorted(SUFFIXES))
        what = Both(
            f"no report in it (a report is a {known} file)",
            f"其中没有报告（报告是 {known} 文件）",
        )
        for folder in closed[:1]:
            what = Both(
                f"{what}, and {folder.file_name} cannot be opened: {folder.detail}",
                f"{what.zh}，而且 {folder.file_name} 打不开：{folder.detail.zh}",
            )
        raise NoReportsError(root, what)
    return files


def _stat(path: str) -> os.stat_result | None:
    """None where the file is gone since the folder was listed, or cannot be asked about."""
    try:
        return os.stat(path)  # noqa: PTH116  (a path object for each of 100,000 names costs more)
    except OSError:
        return None


def _walk(root: Path, closed: list[Reject]) -> Iterator[_Listed]:
    """All files, and folders and links that pose as reports; links are not followed.

    Folders that cannot be looked into are added to `closed`.
    """
    folders = [(os.fspath(root), "", False)]
    while folders:
        folder, above, parts = folders.pop()
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
        except OSError as error:
            name = above.rstrip("/") or "."
            closed.append(Reject(name, UNREADABLE, system(error)))
            continue
        shown = _shown(entry.name for entry in found)
        for entry in found:
            name = above + shown[entry.name]
            hidden = entry.name.startswith(".")
            linked = entry.is_symlink()
            if _is_folder(entry) and _ending(entry.name) != ".txt":
                if linked and not hidden:
                    yield _Listed(name, entry.path, linked, "linked_folder")
                elif not hidden:
                    within = parts or _belongs_to_page(entry.name, shown)
                    folders.append((entry.path, f"{name}/", within))
                continue
            rule: Rule | None = "hidden" if hidden else "page_part" if parts else None
            yield _Listed(name, entry.path, linked, rule or _rule(name, entry.path, linked))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _belongs_to_page(folder: str, names: Iterable[str]) -> bool:
    """Whether a folder has the pictures of a page that was saved beside it."""
    for ending in _PAGE_PARTS:
        if folder.endswith(ending):
            stem = folder.removesuffix(ending)
            return any(stem + page in names for page in _PAGES)
    return False


def _rule(name: str, path: str, linked: bool) -> Rule | None:
    """The rule that leaves a file of that name out."""
    if name.rpartition("/")[2] == FILE_NAME:
        return "reports_csv"
    if name == CORRECTIONS:
        return "corrections_csv"
    ending = _ending(name)
    if ending in MAYBE:
        return None if not linked and _may_be_report(path, ending) else "beside"
    return "beside" if ending in _BESIDE else None


def _may_be_report(path: str, ending: str) -> bool:
    """Whether a file that may be a note or data is a report, or a table of reports, by its head."""
    stem = os.path.splitext(os.path.basename(path))[0]  # noqa: PTH119, PTH122
    if stem.lower() in _NO_REPORT:
        return False
    found = _stat(path)
    if found is None or not stat.S_ISREG(found.st_mode):
        return False
    try:
        with open(path, "rb") as handle:  # noqa: PTH123
            head = handle.read(_HEAD)
            if ending in registry.PARQUET:
                handle.seek(max(found.st_size - _HEAD, 0))
                return parquet.may_hold_reports(handle.read(_HEAD), load_settings().columns or "")
    except OSError:
        return False
    if ending in registry.MARKDOWN:
        text = head.decode("utf-8", "ignore")
        return sum("\u3400" <= char <= "\u9fff" for char in text) >= _NOTE
    return rows.holds_reports(
        head, ending, whole=found.st_size <= _HEAD, given=load_settings().columns or ""
    )


def _is_of_known_kind(path: str) -> bool:
    """Whether the first bytes of a file are those of a format that is read."""
    found = _stat(path)
    if found is None or not stat.S_ISREG(found.st_mode):
        return False
    try:
        with open(path, "rb") as handle:  # noqa: PTH123
            return registry.has_sign(handle.read(registry.HEAD))
    except OSError:
        return False


def _shown(names: Iterable[str]) -> dict[str, str]:
    """The names of one folder as Unicode, each by the name that the file system has.

    Archives packed on Windows bear names in GBK, which Python passes on as lone surrogates that no
    table and no terminal takes. No two files share a name: where the name in GBK is one that
    another file has in Unicode, its bytes are shown.
    """
    shown: dict[str, str] = {}
    odd = []
    for name in names:
        if name.isascii() or _is_unicode(name):
            shown[name] = name
        else:
            odd.append(name)
    taken = set(shown.values())
    for name in sorted(odd):
        shown[name] = next(reading for reading in _readings(name) if reading not in taken)
        taken.add(shown[name])
    return shown


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _readings(name: str) -> Iterator[str]:
    """What a name that is not UTF-8 may be shown as, the best first; without end."""
    data = os.fsencode(name)
    with suppress(UnicodeDecodeError):
        yield data.decode("gb18030")
    escaped = data.decode("utf-8", "backslashreplace")
    yield escaped
    stem, ending = os.path.splitext(escaped)  # noqa: PTH122
    yield from (f"{stem}~{number}{ending}" for number in count(2))


def _ending(name: str) -> str:
    """The ending of a name in small letters: `.txt` of `a/B.TXT`.

    There may be 100,000 names, and a path object for each costs more than asking the system for
    the file.
    """
    return os.path.splitext(name)[1].lower()  # noqa: PTH122


def _open(
    file: _Listed,
    override: Override,
    columns: str,
    digest: Callable[[Place], Digest],
    inside: str,
    max_bytes: int | None,
) -> Source | Reject:
    """The file as a source, or why it is none."""
    name = file.name
    if _leads_out(file, inside):
        detail = Both(
            "the link leads out of the folder; copy the report into it",
            "链接指向文件夹之外；请将报告复制进来",
        )
        return Reject(name, "link", detail)
    if _ending(name) not in SUFFIXES and not _is_of_known_kind(file.path):
        known = ", ".join(sorted(SUFFIXES))
        detail = Both(f"only {known} files are read", f"只读取 {known} 文件")
        return Reject(name, "unsupported_format", detail)
    if too_large := _too_large(file.path, max_bytes):
        detail = Both(
            f"{too_large}. Split the file, or raise the limit",
            f"{too_large.zh}。请拆分文件，或调高上限",
        )
        return Reject(name, "too_large", detail)
    try:
        held = digest(file.path)
    except OSError as error:
        return Reject(name, UNREADABLE, system(error))
    return Source(file.path, name, held.sha256, held.stamp.size, override, columns)


def _too_large(path: str, max_bytes: int | None) -> Both | None:
    """What is wrong with the size of a file, if anything is."""
    size = found.st_size if max_bytes and (found := _stat(path)) else 0
    if max_bytes is None or size <= max_bytes:
        return None
    return Both(
        f"{size:,} bytes; ZHIBIAO_MAX_REPORT_BYTES allows {max_bytes:,}",
        f"共 {size:,} 字节；ZHIBIAO_MAX_REPORT_BYTES 允许 {max_bytes:,} 字节",
    )


def _leads_out(file: _Listed, inside: str) -> bool:
    """Whether a link leads to a file outside the folder: it could hold anything."""
    if not file.linked:
        return False
    target = os.path.realpath(file.path)
    return os.path.exists(target) and not target.startswith(inside)  # noqa: PTH110


def _overrides(
    files: list[_Listed], inside: str, max_bytes: int | None
) -> tuple[dict[str, Override], list[Reject]]:
    overrides: dict[str, Override] = {}
    rejects: list[Reject] = []
    for file in files:
        if file.rule != "reports_csv":
            continue
        found, refused = read_overrides(_beside(file, inside, max_bytes), file.name)
        above = file.name.removesuffix(FILE_NAME)
        overrides.update({above + os.path.normpath(key): found[key] for key in found})
        rejects += refused
    return overrides, rejects


def _beside(file: _Listed, inside: str, max_bytes: int | None) -> bytes:
    """The bytes of a file without which reports would say something else.

    Raises:
        OverridesError: it cannot be opened, or is too large.
    """
    try:
        if _leads_out(file, inside):
            raise OSError(Both("the link leads out of the folder", "链接指向文件夹之外"))
        if too_large := _too_large(file.path, max_bytes):
            raise OSError(too_large)
        path = Path(file.path)
        read_digest(path)  # refuses what is no regular file: to open a pipe could wait for ever
        return path.read_bytes()
    except OSError as error:
        raise OverridesError(file.name, system(error)) from error
