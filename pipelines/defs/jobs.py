"""The job: reports folder in, published warehouse out; by night, by sensor or by hand."""

import dagster as dg
from pydantic import Field

from pipelines.settings import EngineName, load_settings

_SETTINGS = load_settings()


class Load(dg.Config):
    """What can be chosen for one run; whatever is left out is as the settings have it."""

    reports: str = Field(
        default=str(_SETTINGS.reports), description="Folder of the reports, with its subfolders."
    )
    warehouse: str = Field(default=str(_SETTINGS.warehouse), description="DuckDB file to publish.")
    engine: EngineName = Field(
        default=_SETTINGS.engine, description="Where reports are read: local or dask."
    )
    scheduler: str | None = Field(
        default=_SETTINGS.scheduler, description="Address of a Dask scheduler, if there is one."
    )
    workers: int = Field(
        default=_SETTINGS.workers, ge=1, description="Processes that read at the same time."
    )
    reread: bool = Field(
        default=False, description="Read every report again, even those that are staged."
    )
    accept_loss: bool = Field(
        default=False, description="Publish even if much of the published file would be lost."
    )
    full: bool = Field(
        default=False, description="Build the whole file, instead of renewing what changed in it."
    )


@dg.config_mapping
def load(config: Load) -> dg.RunConfig:
    """The choices of a run as the config of its resources."""
    places = config.model_dump(mode="json") | {
        "memory_limit": _SETTINGS.memory_limit,
        "lock_wait": _SETTINGS.lock_wait,
    }
    return dg.RunConfig(resources={"places": {"config": places}})


load_reports = dg.define_asset_job(
    "load_reports",
    selection=dg.AssetSelection.all(),
    config=load,
    # A few short steps: a process for each would cost more than the work.
    executor_def=dg.in_process_executor,
    # What was staged is not read again, so a run that was lost begins at its beginning.
    tags={"dagster/retry_strategy": "ALL_STEPS"},
    description="Read new and changed reports, build the warehouse, check it, publish it.",
)
