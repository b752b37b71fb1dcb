"""The job: reports folder in, published warehouse out; by night, by itself or by hand."""

from typing import Any

import dagster as dg
from pydantic import Field

from pipelines.components.checks import check_keys
from pipelines.components.corpus import Corpus
from pipelines.components.sources import source_specs
from pipelines.components.staged import staged_specs
from pipelines.settings import EngineName


def run_tags(corpus: Corpus) -> dict[str, str]:
    """The tags of a run that loads a corpus, whatever asked for it.

    What was staged is not read again, so a run that was lost begins at its beginning.
    """
    return {"dagster/retry_strategy": "ALL_STEPS", "corpus": corpus.name}


def load_job(corpus: Corpus) -> Any:  # what it is has no public name
    """The job of a corpus."""
    settings = corpus.settings

    class Load(dg.Config):
        """What can be chosen for one run; whatever is left out is as the settings have it."""

        reports: str = Field(
            default=str(settings.reports), description="Folder of the reports, with its subfolders."
        )
        warehouse: str = Field(
            default=str(settings.warehouse), description="DuckDB file to publish."
        )
        engine: EngineName = Field(
            default=settings.engine, description="Where reports are read: local or dask."
        )
        scheduler: str | None = Field(
            default=settings.scheduler, description="Address of a Dask scheduler, if there is one."
        )
        workers: int = Field(
            default=settings.workers, ge=1, description="Processes that read at the same time."
        )
        reread: bool = Field(
            default=False, description="Read every report again, even those that are staged."
        )
        accept_loss: bool = Field(
            default=False, description="Publish even if much of the published file would be lost."
        )
        full: bool = Field(
            default=False,
            description="Build the whole file, instead of renewing what changed in it.",
        )

    @dg.config_mapping
    def load(config: Load) -> dg.RunConfig:
        """The choices of a run as the config of its resources."""
        places = config.model_dump(mode="json") | {
            "memory_limit": settings.memory_limit,
            "lock_wait": settings.lock_wait,
        }
        return dg.RunConfig(resources={corpus.places_key: {"config": places}})

    made = [spec.key for spec in (*source_specs(corpus), *staged_specs(corpus))]
    return dg.define_asset_job(
        corpus.job,
        selection=dg.AssetSelection.assets(*made, corpus.build, corpus.published)
        | dg.AssetSelection.checks(*check_keys(corpus).values()),
        config=load,
        # A few short steps: a process for each would cost more than the work.
        executor_def=dg.in_process_executor,
        tags=run_tags(corpus),
        description="Read new and changed reports, build the warehouse, check it, publish it.",
    )
