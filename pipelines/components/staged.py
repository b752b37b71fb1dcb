"""Assets of the extraction stage: what the reports say, as staged tables.

One step reads every report once and yields them all, for a report is parsed in one pass.
"""

import shutil
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import dagster as dg
import polars as pl

from pipelines.components.automation import changed
from pipelines.components.columns import table_metadata
from pipelines.components.corpus import OWNERS, Corpus
from pipelines.components.resources import Places
from pipelines.components.retries import retried
from pipelines.components.versions import version_of, version_of_rows
from pipelines.engines.choose import engine_of
from pipelines.engines.staging import stage_folder
from pipelines.frames.extractor import code_hash, seeds_hash
from pipelines.frames.tables import StagedTable


class _Staged(NamedTuple):
    """An asset of this stage."""

    table: str
    made_of: tuple[str, ...]
    description: str
    # Its content is no other where no report, or line of corrections.csv, has another version.
    of_reports: bool = True


_STAGED = {
    "documents": _Staged(
        "stg_document",
        ("report_files", "vocabulary"),
        "A report that was read: raw text, title, region, kind, period.",
    ),
    "rejects": _Staged(
        "stg_reject",
        ("report_files",),
        "A file, or a line of reports.csv, that was refused, and why.",
        of_reports=False,
    ),
    "files": _Staged(
        "stg_file",
        ("report_files",),
        "A file of the reports folder, and the rule that leaves it out, if one does.",
        of_reports=False,
    ),
    "corrections": _Staged(
        "stg_correction",
        ("report_files",),
        "A line of corrections.csv, and what became of it.",
        of_reports=False,
    ),
    "versions": _Staged(
        "stg_version",
        ("report_files", "vocabulary"),
        "The version of a report: by it the star knows which reports to load again.",
    ),
    "sentences": _Staged(
        "stg_sentence",
        ("documents", "vocabulary"),
        "A sentence with its section, theme and place in the raw text.",
    ),
    "numerals": _Staged(
        "stg_numeral",
        ("sentences", "vocabulary"),
        "The ledger: every numeral of every report, and what became of it.",
    ),
    "observations": _Staged(
        "stg_observation",
        ("numerals", "corrections", "vocabulary"),
        "A number said about one thing: indicator, value, unit, subject, period, status.",
    ),
    "terms": _Staged(
        "stg_term",
        ("sentences", "vocabulary"),
        "A word of a report and how often it occurs.",
    ),
}
TABLES: Mapping[str, str] = {name: staged.table for name, staged in _STAGED.items()}


def staged_specs(corpus: Corpus) -> tuple[dg.AssetSpec, ...]:
    """The staged tables; they are stale where code, vocabulary or a report file changed."""
    return tuple(
        dg.AssetSpec(
            corpus.key(name),
            deps=[corpus.key(source) for source in staged.made_of],
            group_name=corpus.group("staged"),
            kinds={"polars", "parquet"},
            description=staged.description,
            owners=OWNERS,
            code_version=code_hash(),
            automation_condition=changed(corpus, "report_files", "vocabulary"),
            metadata=table_metadata(staged.table, "staged", {}),
        ).with_io_manager_key(corpus.parquet_key)
        for name, staged in _STAGED.items()
    )


def staged_versions(tables: Mapping[str, StagedTable]) -> dict[str, dg.DataVersion]:
    """The data versions of the staged tables, by table."""
    named = version_of_rows(tables["stg_version"].lazy())
    reports = version_of(named.value, code_hash(), seeds_hash())
    return {
        one.table: reports if one.of_reports else version_of_rows(tables[one.table].lazy())
        for one in _STAGED.values()
    }


def extraction(corpus: Corpus) -> dg.AssetsDefinition:
    """The step that reads the reports."""
    specs = staged_specs(corpus)

    @dg.multi_asset(
        specs=specs,
        name=f"{corpus.name}_extraction",
        pool=corpus.pool,
        required_resource_keys={corpus.places_key},
    )
    def extract(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        """Read the reports that are new or changed; take the others from what is staged."""
        places: Places = getattr(context.resources, corpus.places_key)
        with retried():
            places.hold(context.log.info)
            if places.reread:
                shutil.rmtree(places.staging, ignore_errors=True)
            engine = engine_of(places.engine, places.workers, places.scheduler, places.memory_limit)
            staging = stage_folder(places.folder, places.staging, engine)
            context.log.info(f"{staging.found} reports, {staging.fresh} of them read in this run")
            refused = staging.tables["stg_reject"].lazy().select(pl.len()).collect().item()
            counts = {"refused": refused, "left_out": sum(staging.left_out.values())}
            # The list of runs shows these, and is searched by them for what was made of a folder.
            context.instance.add_run_tags(
                context.run.run_id,
                {"reports": places.reports, "warehouse": places.warehouse}
                | {name: str(count) for name, count in counts.items()},
            )
            versions = staged_versions(staging.tables)
            for spec in specs:
                table = spec.metadata["table"]
                yield dg.MaterializeResult(
                    asset_key=spec.key,
                    value=staging.tables[table],
                    data_version=versions[table],
                    metadata={
                        "files": staging.files,
                        "reports": staging.found,
                        **counts,
                        "reports_read": staging.fresh,
                        "seconds": staging.seconds,
                    },
                )

    return extract
