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

Here batches are planned, read, kept and dropped; what they yield together is for `collect`.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from pipelines.bilingual import Both, system
from pipelines.errors import StagingError
from pipelines.frames.digests import Digest, Place, read_digest
from pipelines.frames.extractor import extractor
from pipelines.frames.folder import UNREADABLE, Folder, Source
from pipelines.frames.manifest import is_sound, manifests, write_manifest
from pipelines.frames.overrides import Reject
from pipelines.frames.stage import Rows, stage_report, to_frames, to_try_again
from pipelines.frames.tables import write_frame
from pipelines.settings import load_settings

CHANGED = "changed"  # the reason of a report that was rewritten while it was read
# Small enough to share out evenly and to fit any memory, large enough that files stay few.
_BATCH_BYTES = 1_000_000
_BATCH_REPORTS = 256


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


def plan(folder: Folder, staging: Path, digest: Callable[[Place], Digest] = read_digest) -> Plan:
    """Compare the reports of `folder` with what is staged; group those to read into batches.

    What a killed run left half written, and batches that were damaged since, are removed.

    Args:
        folder: the reports.
        staging: where the batches are kept.
        digest: how to come by the digest of a staged file: by reading it, or out of a memory.
    """
    home = staging / extractor()
    home.mkdir(parents=True, exist_ok=True)
    for batch in list(home.iterdir()):
        if batch.is_dir() and (batch.name.startswith(".") or not is_sound(batch, digest)):
            shutil.rmtree(batch)
    staged = {key for entries in manifests(home).values() for key in entries}
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
    for _, entries in sorted(manifests(home).items(), key=lambda item: item[0].stat().st_mtime_ns):
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
    if home.name != extractor():
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
            write_frame(frame.lazy(), work / f"{name}.parquet")
        reports = {
            source.key: [source.file_name, source.sha256, *_parts(rows)]
            for source, rows in sources.items()
        }
        write_manifest(work, reports)
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


def prune(plan: Plan) -> None:
    """Drop what no report of the folder needs: other extractors, batches of removed reports."""
    wanted = plan.wanted
    for other in plan.home.parent.iterdir():
        if other != plan.home and other.is_dir():
            shutil.rmtree(other)
    for batch, entries in manifests(plan.home).items():
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
