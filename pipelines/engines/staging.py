"""The extraction stage: reports folder in, staged tables out, on the engine that is given.

What the command line and Dagster share of a load stands here; the later stages are single
functions of `warehouse/`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from pipelines.bilingual import Both
from pipelines.engines.base import Engine
from pipelines.errors import WarehouseError
from pipelines.frames.collect import collect
from pipelines.frames.corrections import FILE_NAME, corrected, read_corrections
from pipelines.frames.digests import Digests
from pipelines.frames.extractor import code_hash, seeds_hash
from pipelines.frames.folder import FoundFile, left_out, scan_folder
from pipelines.frames.overrides import Reject
from pipelines.frames.store import CHANGED, Plan, keep_unread, plan, prune, stage_batch
from pipelines.frames.tables import StagedTable
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.keywords import dictionaries_hash
from pipelines.warehouse.loads import LoadInfo
from pipelines.warehouse.quality import quality_of

# A report that is rewritten while it is read is read again, so often at most.
_LOOKS = 3


def frame_path(staging: Path, table: str) -> Path:
    """Where the staging folder keeps the staged table `table`; see `kept_files`."""
    return staging / "frames" / f"{table}.parquet"


def load_info(
    load_id: str, staging_seconds: float, target: Path, settings: Settings | None = None
) -> LoadInfo:
    """What a load says of itself in the warehouse.

    Args:
        load_id: names the run.
        staging_seconds: how long the reports took.
        target: the published file that it is to replace, if there is one.
        settings: of the load; those of the environment where not given.
    """
    settings = settings or load_settings()
    dictionaries = settings.dictionaries
    return LoadInfo(
        load_id=load_id,
        loaded_at=datetime.now(UTC).replace(tzinfo=None),
        code_version=f"{version('zhibiao')}+{code_hash()}",
        seeds_hash=f"{seeds_hash()}-{dictionaries_hash(dictionaries)}",
        staging_seconds=staging_seconds,
        trusted_confidence=settings.trusted_confidence,
        previous=quality_of(target),
        replaces=target,
        dictionaries=dictionaries,
    )


@dataclass(frozen=True, slots=True)
class Staging:
    """The staged tables of a folder, and what it took to make them."""

    tables: dict[str, StagedTable]
    files: int  # in the folder, whatever they are, and parts of those that hold several reports
    found: int  # reports in the folder that could be opened
    fresh: int  # of those, read in this run; the others were staged already
    left_out: dict[str, int]  # files that a rule leaves out, by that rule
    seconds: float


def stage_folder(
    reports: Path,
    staging: Path,
    engine: Engine,
    progress: Callable[[int, int], None] | None = None,
) -> Staging:
    """Bring the staged tables of the folder `reports` up to date and return them.

    Args:
        reports: folder of report files.
        staging: folder of the staged Parquet, beside the warehouse; made where it is missing.
        engine: what reads them.
        progress: called with the reports done and the reports to do.

    Raises:
        NoReportsError: the folder is missing or holds no report.
        OverridesError: a reports.csv cannot be opened.
        WarehouseError: the warehouse lies inside the reports folder.
        EngineError: the workers cannot be had, or kept dying.
        StagingError: what was read cannot be kept.
    """
    begin = perf_counter()
    # Workers may have another working directory.
    reports, staging = reports.absolute(), staging.absolute()
    _keep_apart(reports, staging)
    with _uncollected():
        digests = Digests(staging / "digests")
    fresh = 0
    for look in range(1, _LOOKS + 1):
        with _uncollected():
            folder = scan_folder(reports, digests.of, load_settings().max_report_bytes)
            work = plan(folder, staging / "batches", digests.of)
            digests.save()
        refused = _read(work, engine, progress)
        fresh += work.fresh
        if refused:
            names = {reject.file_name for reject in refused}
            digests.forget(source.path for source in folder.sources if source.file_name in names)
            digests.save()
        if look == _LOOKS or not any(reject.reason == CHANGED for reject in refused):
            break
    work = keep_unread(work, refused)
    prune(work)
    corrections, faults = read_corrections(folder.corrections, FILE_NAME)
    with _uncollected():
        tables = corrected(collect(work, [*refused, *faults]), corrections)
        files = [FoundFile(*row) for row in tables["stg_file"].lazy().collect().iter_rows()]
    return Staging(
        tables=tables,
        files=len(files),
        found=len({source.file_name for source in folder.sources} | set(work.kept.values())),
        fresh=fresh,
        left_out=left_out(files),
        seconds=perf_counter() - begin,
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Make many records that no cycle holds: the collector would go through all of them each time.

    That is a second of three where 100,000 reports are looked through.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(work: Plan, engine: Engine, progress: Callable[[int, int], None] | None) -> list[Reject]:
    done = 0
    refused: list[Reject] = []
    # An iterator that the garbage collector closes would end its workers at a bad moment.
    with closing(engine.map_batches(stage_batch, work.batches)) as results:
        for count, rejects in results:
            done += count
            refused += rejects
            if progress:
                progress(done, work.fresh)
    return refused


def _keep_apart(reports: Path, staging: Path) -> None:
    """Each build would change the folder that it reads, and the sensor would load it for ever."""
    home = staging.parent
    if home.resolve().is_relative_to(reports.resolve()):
        raise WarehouseError(
            home,
            Both(
                f"the warehouse would lie inside the reports folder {reports}",
                f"仓库会落在报告文件夹 {reports} 之内",
            ),
            Both(
                "Name a warehouse outside of it. Nothing was changed.",
                "请指定其外的位置。什么都没有改动。",
            ),
        )
