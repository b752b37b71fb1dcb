"""Where a run reads and writes: paths from the settings, and Parquet files held to contracts."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

import dagster as dg
import polars as pl
from pydantic import PrivateAttr

from pipelines.bilingual import Both
from pipelines.components.columns import preview
from pipelines.components.corpus import Corpus
from pipelines.engines.staging import frame_path
from pipelines.errors import PlaceError
from pipelines.frames.tables import StagedTable, keep_table, kept_files
from pipelines.settings import EngineName, Settings, load_settings, staging_of
from pipelines.warehouse.lock import warehouse_lock
from pipelines.warehouse.target import real_target

_ROWS_SHOWN = 3


class Places(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folders and the file of a run; each can be set in the launchpad.

    Whoever reaches Dagster's page may launch runs, so they stay in the folders that the settings
    allow. What is allowed is no field of this resource: the launchpad must not widen it.
    """

    reports: str
    warehouse: str
    workers: int
    engine: EngineName = EngineName.local
    scheduler: str | None = None
    memory_limit: str = "1GB"
    lock_wait: float
    reread: bool = False
    accept_loss: bool = False
    full: bool = False
    # Of the corpus: what is given here in the launchpad counts for nothing.
    settings: ClassVar[Settings | None] = None
    _held: ExitStack | None = PrivateAttr(default=None)

    @property
    def folder(self) -> Path:
        """The folder of the reports.

        Raises:
            PlaceError: it is in no folder that the settings allow.
        """
        return self._allowed(self.reports)

    @property
    def target(self) -> Path:
        """The published file.

        Raises:
            PlaceError: it is in no folder that the settings allow.
        """
        return real_target(self._allowed(self.warehouse))

    @property
    def build(self) -> Path:
        """The new file while it is made and checked, beside the published one."""
        return self.target.with_name(f".{self.target.name}.dagster.build")

    @property
    def staging(self) -> Path:
        """The staged Parquet of this warehouse."""
        return staging_of(self.target)

    def hold(self, on_wait: Callable[[Both], object]) -> None:
        """Take the right to write the warehouse and keep it to the end of the run.

        Between two steps no other run may stage or publish: what is checked is then what was
        built, and what is published follows on what it was compared with.

        Raises:
            PlaceError: the run was sent to a place that the settings do not allow.
            LockedError: another run did not end in time.
        """
        self._allowed(self.reports)
        if self.scheduler not in {None, self._known().scheduler}:
            # What a scheduler answers is unpickled here: who chooses it can run any code.
            raise PlaceError(
                str(self.scheduler),
                "ZHIBIAO_SCHEDULER",
                Both("not the scheduler of the settings", "不是设置中的调度器"),
            )
        if self._held is None:
            held = ExitStack()
            held.enter_context(warehouse_lock(self.target, self.lock_wait, on_wait))
            self._held = held

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:  # noqa: ARG002
        """Let other runs write, however this one ended."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _known(self) -> Settings:
        return self.settings or load_settings()

    def _allowed(self, place: str) -> Path:
        """The path, if it is in a folder that the settings allow."""
        path, roots = Path(place), self._known().roots
        if not any(path.resolve().is_relative_to(root) for root in roots):
            folders = ", ".join(map(str, roots))
            detail = Both(
                f"a run of Dagster may read and write only in {folders}",
                f"Dagster 的运行只能读写 {folders}",
            )
            raise PlaceError(place, "ZHIBIAO_ALLOWED_ROOTS", detail)
        return path


class ParquetIOManager(dg.IOManager):
    """Parquet files of exactly the columns and types that `sql/staged/` declares.

    The table is named by the asset's metadata `table`.
    """

    def __init__(self, places: Places) -> None:
        self.places = places

    def handle_output(self, context: dg.OutputContext, obj: StagedTable) -> None:
        """Keep the table, held against its contract.

        Raises:
            ContractError: columns, their order or their types are not the contract's.
        """
        path = frame_path(self.places.staging, obj.name)
        files = keep_table(obj, path)
        context.add_output_metadata(
            {
                "dagster/row_count": obj.lazy().select(pl.len()).collect().item(),
                "preview": preview(obj.lazy().head(_ROWS_SHOWN).collect()),
                "bytes": sum(file.stat().st_size for file in files),
                "path": dg.MetadataValue.path(path),
            }
        )

    def load_input(self, context: dg.InputContext) -> tuple[Path, ...]:
        """The files that the upstream asset kept: DuckDB reads them out of core."""
        output = context.upstream_output
        if output is None:
            raise dg.DagsterInvariantViolationError("a staged table is read from its asset alone")
        table = output.definition_metadata["table"]
        return kept_files(frame_path(self.places.staging, table))


def resources_of(corpus: Corpus) -> dict[str, object]:
    """The resources of a corpus by their keys, with its settings as their defaults."""

    class PlacesOfCorpus(Places):
        """As another corpus has others, so the folders that it may use are its own."""

        settings: ClassVar[Settings | None] = corpus.settings

    @dg.io_manager(required_resource_keys={corpus.places_key})
    def parquet(context: dg.InitResourceContext) -> ParquetIOManager:
        """Parquet beside the warehouse that this very run was told to write."""
        return ParquetIOManager(getattr(context.resources, corpus.places_key))

    settings = corpus.settings
    places = PlacesOfCorpus(
        reports=str(settings.reports),
        warehouse=str(settings.warehouse),
        workers=settings.workers,
        engine=settings.engine,
        scheduler=settings.scheduler,
        memory_limit=settings.memory_limit,
        lock_wait=settings.lock_wait,
    )
    return {corpus.places_key: places, corpus.parquet_key: parquet}
