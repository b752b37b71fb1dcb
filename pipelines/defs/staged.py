"""Assets of the extraction stage: what the reports say, as staged tables.

One step reads every report once and yields them all, for a report is parsed in one pass.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import dagster as dg
import polars as pl

from pipelines.defs.columns import table_metadata
from pipelines.defs.resources import Places
from pipelines.defs.retries import retried
from pipelines.engines.choose import engine_of
from pipelines.engines.staging import stage_folder

# Who is named in the UI as answerable: a team there, or an e-mail address.
OWNERS = ["team:data-engineering"]

REPORT_FILES = dg.AssetSpec(
    "report_files",
    group_name="sources",
    kinds={"file"},
    owners=OWNERS,
    description="Report files (.txt) in the reports folder and its subfolders, and reports.csv.",
)

VOCABULARY = dg.AssetSpec(
    "vocabulary",
    group_name="sources",
    kinds={"file"},
    owners=OWNERS,
    description="The reviewed data of seeds/: units, indicators, regions, themes, word lists.",
)


def _staged(name: str, table: str, upstream: Iterable[str], description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name,
        deps=upstream,
        group_name="staged",
        kinds={"polars", "parquet"},
        description=description,
        owners=OWNERS,
        metadata=table_metadata(table, "staged", {}),
    ).with_io_manager_key("parquet")


STAGED = (
    _staged(
        "documents",
        "stg_document",
        ["report_files", "vocabulary"],
        "A report that was read: raw text, title, region, kind, period.",
    ),
    _staged(
        "rejects",
        "stg_reject",
        ["report_files"],
        "A file, or a line of reports.csv, that was refused, and why.",
    ),
    _staged(
        "files",
        "stg_file",
        ["report_files"],
        "A file of the reports folder, and the rule that leaves it out, if one does.",
    ),
    _staged(
        "corrections",
        "stg_correction",
        ["report_files"],
        "A line of corrections.csv, and what became of it.",
    ),
    _staged(
        "versions",
        "stg_version",
        ["report_files"],
        "The version of a report: by it the star knows which reports to load again.",
    ),
    _staged(
        "sentences",
        "stg_sentence",
        ["documents"],
        "A sentence with its section, theme and place in the raw text.",
    ),
    _staged(
        "numerals",
        "stg_numeral",
        ["sentences"],
        "The ledger: every numeral of every report, and what became of it.",
    ),
    _staged(
        "observations",
        "stg_observation",
        ["numerals"],
        "A number said about one thing: indicator, value, unit, subject, period, status.",
    ),
    _staged(
        "terms",
        "stg_term",
        ["sentences"],
        "A word of a report and how often it occurs.",
    ),
)


@dg.multi_asset(specs=STAGED, name="extraction", pool="warehouse")
def extraction(context: dg.AssetExecutionContext, places: Places) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Read the reports that are new or changed; take the others from what is staged."""
    with retried():
        places.hold(context.log.info)
        if places.reread:
            shutil.rmtree(places.staging, ignore_errors=True)
        engine = engine_of(places.engine, places.workers, places.scheduler, places.memory_limit)
        staging = stage_folder(Path(places.reports), places.staging, engine)
        context.log.info(f"{staging.found} reports, {staging.fresh} of them read in this run")
        refused = staging.tables["stg_reject"].lazy().select(pl.len()).collect().item()
        counts = {"refused": refused, "left_out": sum(staging.left_out.values())}
        # The list of runs shows these, and is searched by them for what was made of a folder.
        context.instance.add_run_tags(
            context.run.run_id,
            {"reports": places.reports, "warehouse": places.warehouse}
            | {name: str(count) for name, count in counts.items()},
        )
        for spec in STAGED:
            yield dg.MaterializeResult(
                asset_key=spec.key,
                value=staging.tables[spec.metadata["table"]],
                metadata={
                    "files": staging.files,
                    "reports": staging.found,
                    **counts,
                    "reports_read": staging.fresh,
                    "seconds": staging.seconds,
                },
            )
