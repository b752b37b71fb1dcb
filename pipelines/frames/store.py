"""Staged Parquet, content-addressed: a report is read again only when it or the extractor changed.

    batches/EXTRACTOR/BATCH/stg_*.parquet + manifest         what one batch of reports yielded
    frames/stg_*.parquet, stg_*.files                        all reports of the folder together: the
                                                             batches that are wanted whole by name,
                                                             and the rows that are not in them

EXTRACTOR hashes the code and the vocabulary that make the rows, BATCH the reports in it. A batch is
written beside its place and moved there whole, so it is there or it is not; whoever dies on the way
leaves nothing that the next run would trust. Its manifest holds the digests of its files: a batch
that is not what was written is dropped, and its reports are read again. The folder is a cache:
deleting it costs time only.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines import segmenters
from pipelines.bilingual import Both, system
from pipelines.contracts import files, staged_schema
from pipelines.errors import ContractError, StagingError
from pipelines.frames.copies import Copies, copies_of
from pipelines.frames.digests import Digest, read_digest
from pipelines.frames.folder import UNREADABLE, Folder, Source
from pipelines.frames.overrides import Reject
from pipelines.frames.sealed import seal, unseal
from pipelines.frames.stage import TABLES, Rows, reject_rows, stage_report, to_frames, to_try_again
from pipelines.lexicon import SEEDS
from pipelines.reading.formats import legacy
from pipelines.settings import load_settings

_MANIFEST = "manifest"
_FORM = "batch 2"
_ENTRY = 2  # cells of a manifest's entry before the digests of parts
_LIST = "files 1"
CHANGED = "changed"  # the reason of a report that was rewritten while it was read
_KEPT = Both("the rows of its last reading are kept", "保留上次读取的结果")
# Small enough to share out evenly and to fit any memory, large enough that files stay few.
_BATCH_BYTES = 1_000_000
_BATCH_REPORTS = 256

_CODE = ("reading", "text", "frames", "__init__.py", "lexicon.py", "seeds.py", "segmenters.py")
_SEEDS = ("schema.toml", "*.csv", "lexicon/**/*.tsv")
_LIBRARIES = ("ahocorasick_rs", "opencc", "polars")
# Of the formats; where one is missing, files of its format are refused until it is there.
_READERS = (
    "lxml",
    "openpyxl",
    "pdfplumber",
    "python-docx",
    "rapidocr-onnxruntime",
    "striprtf",
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports that are read together, and the folder that will hold their rows."""

    sources: tuple[Source, ...]
    folder: Path

    @property
    def root(self) -> Path:
        """The folder of all reports."""
        first = self.sources[0]
        return first.path.parents[first.file_name.count("/")]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to read, and what it finds read already."""

    home: Path
    folder: Folder
    batches: tuple[Batch, ...]
    kept: Mapping[str, str]  # by report key the name of a report that cannot be read now

    @property
    def wanted(self) -> set[str]:
        """The keys of the reports whose rows make up the staged tables."""
        return {source.key for source in self.folder.sources} | set(self.kept)

    @property
    def fresh(self) -> int:
        """Reports to read in this run."""
        return sum(len(batch.sources) for batch in self.batches)


class _Manifest(NamedTuple):
    """What a batch says of itself."""

    # By report key the file name and its sha256; then the digests of the reports that it holds, if
    # it holds several.
    reports: dict[str, list[str]]
    files: dict[str, str]  # sha256 of each Parquet file


@cache
def code_hash() -> str:
    """A hash of the code and the libraries that decide which rows a report yields."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    libraries += [f"{name} {_version_if_there(name)}" for name in _READERS]
    libraries.append(f"converter {legacy.converter() is not None}")
    return _hash(_code_files(), *libraries, segmenters.release())


def _version_if_there(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@cache
def seeds_hash() -> str:
    """A hash of the vocabulary that decides which rows a report yields, as this process has it."""
    return read_seeds_hash()


def read_seeds_hash() -> str:
    """That hash as the files are now."""
    return _hash(path for pattern in _SEEDS for path in sorted(SEEDS.glob(pattern)))


def _extractor() -> str:
    return f"{code_hash()}-{seeds_hash()}"


def plan(folder: Folder, staging: Path, digest: Callable[[Path], Digest] = read_digest) -> Plan:
    """Compare the reports of `folder` with what is staged; group those to read into batches.

    What a killed run left half written, and batches that were damaged since, are removed.

    Args:
        folder: the reports.
        staging: where the batches are kept.
        digest: how to come by the digest of a staged file: by reading it, or out of a memory.
    """
    home = staging / _extractor()
    home.mkdir(parents=True, exist_ok=True)
    for batch in list(home.iterdir()):
        if batch.is_dir() and (batch.name.startswith(".") or not _sound(batch, digest)):
            shutil.rmtree(batch)
    staged = {key for entries in _manifests(home).values() for key in entries}
    fresh = [source for source in folder.sources if source.key not in staged]
    names = {reject.file_name for reject in folder.unreadable}
    return Plan(home, folder, tuple(_batches(fresh, home)), _kept(folder, home, names))


def keep_unread(plan: Plan, refused: Iterable[Reject]) -> Plan:
    """The plan, with the last rows of reports that changed or could not be opened meanwhile.

    Args:
        plan: what was found.
        refused: what `stage_batch` could not read.
    """
    names = {reject.file_name for reject in refused if reject.reason in {CHANGED, UNREADABLE}}
    kept = {**plan.kept, **_kept(plan.folder, plan.home, names)}
    return replace(plan, kept=kept)


def _kept(folder: Folder, home: Path, names: set[str]) -> dict[str, str]:
    """Reports that were read before and cannot be read now: their rows are kept unchanged.

    A folder whose rights were changed for an hour must not take its reports out of the warehouse.
    """
    if not names:
        return {}
    within = tuple("" if name == "." else f"{name}/" for name in names)
    others = [source for source in folder.sources if source.file_name not in names]
    here = {source.sha256 for source in others}
    latest: dict[str, tuple[str, str]] = {}
    for _, entries in sorted(_manifests(home).items(), key=lambda item: item[0].stat().st_mtime_ns):
        for key, (name, sha256, *_) in entries.items():
            if name in names or name.startswith(within):
                latest[name] = (key, sha256)
    listed = {source.file_name for source in others}
    return {
        key: name
        for name, (key, sha256) in sorted(latest.items())
        if name not in listed and sha256 not in here
    }


def stage_batch(batch: Batch) -> tuple[int, tuple[Reject, ...]]:
    """Read the reports of one batch and keep their rows; doing it twice does no harm.

    Returns:
        The number of reports in the batch, and those that could not be read this time: they are
        not kept, so that the next run tries them again. A fault of this project is one of these:
        its traceback is then in the log of every run that meets it.

    Raises:
        StagingError: the rows cannot be kept; or this process runs on another machine than the one
            that made the batch, and does not see its folders or has another version of this code.
    """
    if batch.folder.is_dir():
        return len(batch.sources), ()
    _same_world(batch)
    contents = [(source, _read(source)) for source in batch.sources]
    refused = [data for _, data in contents if isinstance(data, Reject)]
    kept: dict[Source, Rows] = {}
    seconds = load_settings().report_seconds
    for source, data in contents:
        if isinstance(data, bytes):
            rows = stage_report(data, source.file_name, source.override, seconds)
            again = to_try_again(rows)
            refused += again
            if not again:
                kept[source] = rows
    if kept:
        _keep(to_frames(kept.values()), kept, batch.folder)
    return len(batch.sources), tuple(refused)


def _same_world(batch: Batch) -> None:
    """Refuse to work where the outcome would be another than where the batch was made."""
    home, here = batch.folder.parent, f"the worker on {platform.node()}"
    if not home.is_dir():
        detail = Both(
            f"{here} does not see this folder; share it at the same path",
            f"{here} 看不到这个文件夹；请以相同路径共享",
        )
        raise StagingError(home, detail)
    if home.name != _extractor():
        detail = Both(
            f"{here} has another version of zhibiao; install the same one",
            f"{here} 的 zhibiao 版本不同；请安装相同版本",
        )
        raise StagingError(home, detail)
    if not batch.root.is_dir():
        detail = Both(
            f"{here} does not see the reports; share them likewise",
            f"{here} 看不到报告；请同样共享",
        )
        raise StagingError(batch.root, detail)


def _keep(frames: Mapping[str, pl.DataFrame], sources: Mapping[Source, Rows], folder: Path) -> None:
    """Write the frames and their manifest to `folder`, whole or not at all."""
    work = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    try:
        for name, frame in frames.items():
            _write(frame.lazy(), work / f"{name}.parquet")
        reports = {
            source.key: [source.file_name, source.sha256, *_parts(rows)]
            for source, rows in sources.items()
        }
        digests = {path.name: read_digest(path).sha256 for path in work.iterdir()}
        seal(work / _MANIFEST, _FORM, _Manifest(reports, digests))
        try:
            work.rename(folder)
        except OSError:
            # Another worker was given the same batch and was first; the rows are the same.
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _parts(rows: Rows) -> list[str]:
    """The digests of the reports of a file that holds several; none of a report of its own.

    A file of which all parts were refused has parts too, though no digest: its own is not used.
    """
    if not rows["stg_file"]:
        return []
    return [str(row[0]) for row in rows["stg_document"]] or [""]


@dataclass(frozen=True, slots=True)
class StagedTable:
    """The rows of one staged table, left where they lie."""

    name: str
    files: tuple[Path, ...]  # of batches that are wanted whole
    rest: pl.LazyFrame  # rows of batches that are wanted in part, and of what was refused

    def lazy(self) -> pl.LazyFrame:
        """All rows."""
        scans = [pl.scan_parquet(list(self.files))] if self.files else []
        return pl.concat([self.rest, *scans])


def collect(plan: Plan, refused: Iterable[Reject] = ()) -> dict[str, StagedTable]:
    """The staged tables of exactly the reports in the plan's folder.

    Args:
        plan: what was found.
        refused: what `stage_batch` could not read, beside what was refused when the folder was
            looked through.
    """
    wanted = plan.wanted
    copies = _copies(plan)
    whole: list[Path] = []
    some: list[tuple[Path, list[list[str]]]] = []
    holders: set[str] = set()  # files that hold several reports
    versions: list[tuple[str, str, str | None]] = []
    for batch, entries in sorted(_manifests(plan.home).items()):
        kept = {key: entry for key, entry in entries.items() if key in wanted}
        keep = list(kept.values())
        holders.update(entry[0] for entry in keep if len(entry) > _ENTRY)
        wanted.difference_update(entries)
        digests = {digest for entry in keep for digest in entry[1:]}
        is_whole = len(keep) == len(entries) and digests.isdisjoint(copies.digests)
        if is_whole:
            whole.append(batch)
        elif keep:
            some.append((batch, keep))
        versions += [
            (digest, key, batch.name if is_whole else None)
            for key, entry in kept.items()
            for digest in entry[_ENTRY:] or entry[1:]
            if digest and digest not in copies.digests
        ]
    door = to_frames([_door(plan, (*refused, *copies.rejects), holders)])
    tables = {"stg_version": _versions(versions)}
    for table in TABLES:
        # The empty or refused rows come first: they give the schema where nothing is staged.
        scans = [door[table].lazy()]
        for batch, keep in some:
            scans.append(
                pl.scan_parquet(batch / f"{table}.parquet").filter(_of(keep, table, copies.digests))
            )
        files = tuple(batch / f"{table}.parquet" for batch in whole)
        tables[table] = StagedTable(table, files, pl.concat(scans))
    return tables


def _versions(rows: list[tuple[str, str, str | None]]) -> StagedTable:
    """What each report was read from, by which the next load tells whether its rows are others."""
    schema = staged_schema("stg_version")
    return StagedTable("stg_version", (), pl.DataFrame(rows, schema, orient="row").lazy())


def _copies(plan: Plan) -> Copies:
    """The reports of the plan that say what another one of it says."""
    wanted = plan.wanted
    batches = []
    digests: list[str] = []
    for batch, entries in sorted(_manifests(plan.home).items()):
        keep = [entries[key] for key in entries if key in wanted]
        wanted.difference_update(entries)
        if keep:
            batches.append(batch)
            digests += [digest for entry in keep for digest in entry[1:]]
    if not batches:
        return Copies(frozenset(), ())
    documents, observations = (
        pl.scan_parquet([batch / f"{table}.parquet" for batch in batches])
        for table in ("stg_document", "stg_observation")
    )
    return copies_of(documents, observations, digests)


def _of(entries: Iterable[list[str]], table: str, copies: Collection[str] = ()) -> pl.Expr:
    """The rows of a staged table that belong to some files of its batch, copies left out."""
    entries = list(entries)
    if table not in {"stg_reject", "stg_file"}:
        digests = [digest for entry in entries for digest in entry[1:] if digest not in copies]
        return pl.col("report_sha256").is_in(digests)
    within = [pl.col("file_name").str.starts_with(f"{e[0]}/") for e in entries if len(e) > _ENTRY]
    return pl.any_horizontal(pl.col("file_name").is_in([e[0] for e in entries]), *within)


def _door(plan: Plan, refused: Iterable[Reject], holders: Collection[str] = ()) -> Rows:
    """What there is to say of the folder beside what its reports say."""
    folder, kept = plan.folder, set(plan.kept.values())
    rejects = [
        replace(
            reject,
            reason="kept",
            detail=Both(f"{reject.detail}; {_KEPT}", f"{reject.detail.zh}；{_KEPT.zh}"),
        )
        if reject.file_name in kept
        else reject
        for reject in (*folder.rejects, *refused)
    ]
    listed = {file.file_name for file in folder.files}
    hidden = [(name, None) for name in sorted(kept - listed)]
    files = (
        (name, "parts" if rule is None and name in holders else rule) for name, rule in folder.files
    )
    return {**reject_rows(rejects), "stg_file": (*files, *hidden)}


def keep_table(table: StagedTable, path: Path) -> tuple[Path, ...]:
    """Keep at `path` what is not in a file of its own, and beside it the names of these.

    Copying all rows together would cost memory and half a minute for 100,000 reports.

    Returns:
        The files that hold the rows, as `kept_files` gives them later.

    Raises:
        ContractError: columns, their order or their types are not those of `sql/staged/`.
        StagingError: the file cannot be written.
    """
    have, want = dict(table.rest.collect_schema()), staged_schema(table.name)
    if list(have.items()) != list(want.items()):
        detail = Both(
            f"the frame has {have} where {want} is declared", f"声明为 {want}，实为 {have}"
        )
        raise ContractError(table.name, detail)
    path.parent.mkdir(parents=True, exist_ok=True)
    work = path.with_suffix(".part")
    try:
        _write(table.rest, work)
        work.replace(path)
    finally:
        work.unlink(missing_ok=True)
    names = [os.path.relpath(file, path.parents[1]) for file in table.files]
    seal(path.with_suffix(".files"), _LIST, names)
    return (path, *table.files)


def kept_files(path: Path) -> tuple[Path, ...]:
    """The Parquet files that hold the rows of the table that was kept at `path`.

    Raises:
        StagingError: it was not kept, or is damaged.
    """
    names = unseal(path.with_suffix(".files"), _LIST)
    if names is None:
        detail = Both(
            "it is not there, or damaged; run the extraction again",
            "文件不存在或已损坏；请重新提取",
        )
        raise StagingError(path, detail)
    return (path, *(path.parents[1] / name for name in names))


def _write(frame: pl.LazyFrame, path: Path) -> None:
    """Polars tells of a full disk and of a limit as of faults in the data."""
    try:
        frame.sink_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise StagingError(path, Both.quoted(error)) from error


def prune(plan: Plan) -> None:
    """Drop what no report of the folder needs: other extractors, batches of removed reports."""
    wanted = plan.wanted
    for other in plan.home.parent.iterdir():
        if other != plan.home and other.is_dir():
            shutil.rmtree(other)
    for batch, entries in _manifests(plan.home).items():
        if wanted.isdisjoint(entries):
            shutil.rmtree(batch)


def _read(source: Source) -> bytes | Reject:
    """The bytes of the report if they are those that the scan found, or why there are none."""
    try:
        data = source.path.read_bytes()
    except OSError as error:
        return Reject(source.file_name, UNREADABLE, system(error))
    if hashlib.sha256(data).hexdigest() != source.sha256:
        detail = Both(
            "the file changed while it was being read; the next run reads it again",
            "读取时文件有变化；下次运行重新读取",
        )
        return Reject(source.file_name, CHANGED, detail)
    return data


def _batches(sources: Iterable[Source], home: Path) -> Iterator[Batch]:
    batch: list[Source] = []
    size = 0
    for source in sources:
        if batch and (size + source.byte_count > _BATCH_BYTES or len(batch) >= _BATCH_REPORTS):
            yield _batch(batch, home)
            batch, size = [], 0
        batch.append(source)
        size += source.byte_count
    if batch:
        yield _batch(batch, home)


def _batch(sources: list[Source], home: Path) -> Batch:
    keys = "\n".join(source.key for source in sources)
    return Batch(tuple(sources), home / hashlib.sha256(keys.encode()).hexdigest()[:32])


def _manifests(home: Path) -> dict[Path, dict[str, list[str]]]:
    """By batch folder: report key -> file name, sha256."""
    found = {batch: _manifest(batch) for batch in sorted(home.glob("[!.]*"))}
    return {batch: manifest.reports for batch, manifest in found.items() if manifest}


def _manifest(batch: Path) -> _Manifest | None:
    """None where the batch has none, or not the one that was written."""
    path = batch / _MANIFEST
    try:
        found = path.stat()
    except OSError:
        return None
    return _read_manifest(path, (found.st_ino, found.st_size, found.st_ctime_ns))


# A run asks for each several times, and of 100,000 reports they are 400 of a hundred kilobytes.
@cache
def _read_manifest(path: Path, _stamp: tuple[int, int, int]) -> _Manifest | None:
    written = unseal(path, _FORM)
    return written and _Manifest(*written)


def _sound(batch: Path, digest: Callable[[Path], Digest]) -> bool:
    """Whether every file of the batch is what was written."""
    manifest = _manifest(batch)
    try:
        return manifest is not None and all(
            digest(batch / name).sha256 == sha256 for name, sha256 in manifest.files.items()
        )
    except OSError:
        return False


def _code_files() -> Iterator[Path]:
    package = Path(__file__).resolve().parent.parent
    for part in _CODE:
        path = package / part
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)
    yield from files("staged")


def _hash(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("\n".join(more).encode())
    for path in paths:
        digest.update(f"{path.parent.name}/{path.name}".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
