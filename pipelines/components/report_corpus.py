"""The component `zhibiao.ReportCorpus`: a folder of reports and the warehouse made of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import Field, ValidationError

from pipelines.components.alerts import late_warehouse
from pipelines.components.automation import automating
from pipelines.components.checks import checking
from pipelines.components.corpus import Corpus
from pipelines.components.load import load_job, run_tags
from pipelines.components.nightly import nightly
from pipelines.components.resources import resources_of
from pipelines.components.sources import observing
from pipelines.components.staged import extraction
from pipelines.components.warehouse import building, mart_specs, publishing, table_specs
from pipelines.components.watch import watching
from pipelines.errors import CorpusError
from pipelines.settings import settings_with


class CorpusScaffolder(dg.Scaffolder):
    """Writes the YAML of a new corpus, all of it that is usually said."""

    def scaffold(self, request: dg.ScaffoldRequest) -> None:
        """Write `defs.yaml` into the folder of the new corpus."""
        name = request.target_path.name
        dg.scaffold_component(
            request,
            {
                "reports": f"{name}/reports",
                "warehouse": f"warehouse/{name}.duckdb",
                "nightly_cron": "30 3 * * *",
                "timezone": "Asia/Shanghai",
                "late_hours": 26,
            },
        )


@dg.scaffold_with(CorpusScaffolder)
class ReportCorpus(dg.Component, dg.Model, dg.Resolvable):
    """A folder of reports, loaded into a DuckDB file by itself: assets, checks, job, automation.

    Whatever is left out is as the settings of the environment have it (docs/settings.md).
    """

    name: str | None = Field(
        default=None,
        pattern=r"^[a-z][a-z0-9_]*$",
        description="Begins the keys of its assets and ends the name of its job; the name of the "
        "folder where not given.",
    )
    reports: str | None = Field(default=None, description="Folder of the reports.")
    warehouse: str | None = Field(default=None, description="The DuckDB file to publish.")
    dictionaries: str | None = Field(default=None, description="Folder of word lists.")
    nightly_cron: str | None = Field(default=None, description="Start of the nightly load.")
    timezone: str | None = Field(default=None, description="Time zone of that start.")
    watch_seconds: int | None = Field(
        default=None, description="Seconds between two looks at the folder."
    )
    late_hours: float | None = Field(
        default=None, description="Hours after which a warehouse that was not published is late."
    )
    loss_limit: float | None = Field(
        default=None, description="Part of what was published that a load may lose."
    )
    automation: bool | None = Field(
        default=None, description="Whether schedule and sensors start switched on."
    )

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        """All Dagster objects of the corpus.

        Raises:
            CorpusError: a field has a value that cannot be used.
        """
        return definitions_of(self.corpus(context.path))

    def corpus(self, path: Path) -> Corpus:
        """The corpus as its YAML file in the folder `path` has it.

        Raises:
            CorpusError: a field has a value that cannot be used.
        """
        said: Mapping[str, Any] = self.model_dump(exclude={"name"}, exclude_none=True)
        try:
            return Corpus(self.name or path.name, settings_with(said))
        except ValidationError as error:
            first = error.errors()[0]
            field, detail = ".".join(map(str, first["loc"])), first["msg"]
        raise CorpusError(path, field, detail)


def definitions_of(corpus: Corpus) -> dg.Definitions:
    """All Dagster objects of a corpus."""
    return dg.Definitions(
        assets=[
            observing(corpus),
            extraction(corpus),
            building(corpus),
            *table_specs(corpus),
            publishing(corpus),
            *mart_specs(corpus),
        ],
        asset_checks=[checking(corpus)],
        jobs=[load_job(corpus)],
        schedules=[nightly(corpus)],
        sensors=[
            watching(corpus),
            automating(corpus, run_tags(corpus)),
            late_warehouse(corpus),
        ],
        # What a run holds from its first step to its last is held by one process.
        executor=dg.in_process_executor,
        resources=resources_of(corpus),
    )
