"""Assets of the warehouse: the new file, the checks that hold it back, the published file."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from pipelines.contracts import names
from pipelines.defs.resources import Places
from pipelines.defs.staged import STAGED
from pipelines.engines.staging import frame_path, load_info
from pipelines.warehouse.build import build
from pipelines.warehouse.check import run_checks
from pipelines.warehouse.lock import warehouse_lock
from pipelines.warehouse.publish import publish
from pipelines.warehouse.quality import quality_of
from pipelines.warehouse.sqlfiles import checks


@dg.asset(
    group_name="warehouse",
    kinds={"duckdb", "sql"},
    pool="warehouse",
    ins={
        name: dg.AssetIn(input_manager_key="parquet")
        for name in ("documents", "rejects", "sentences", "numerals", "observations", "terms")
    },
)
def warehouse_build(
    context: dg.AssetExecutionContext,
    places: Places,
    documents: Path,
    rejects: Path,
    sentences: Path,
    numerals: Path,
    observations: Path,
    terms: Path,
) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The new DuckDB file beside the published one: dimensions, facts, marts, comments."""
    staged = {
        "stg_document": documents,
        "stg_reject": rejects,
        "stg_sentence": sentences,
        "stg_numeral": numerals,
        "stg_observation": observations,
        "stg_term": terms,
    }
    with warehouse_lock(places.target, places.lock_wait, context.log.info):
        load = load_info(context.run.run_id, _staging_seconds(context), places.target)
        result = build(staged, places.build, load, memory_limit=places.memory_limit)
    quality = quality_of(places.build)
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(places.build),
            # Dagster draws these over the loads.
            "unknown percent": float(100 * quality.unknown_share) if quality else None,
            "unbound percent": float(100 * quality.unbound_share) if quality else None,
            "seconds": result.seconds,
            "bytes": places.build.stat().st_size,
            **{f"rows {table}": count for table, count in sorted(result.rows.items())},
        }
    )


def _staging_seconds(context: dg.AssetExecutionContext) -> float:
    """How long the reports took when they were last staged, as that step reported."""
    event = context.instance.get_latest_materialization_event(STAGED[0].key)
    staged = event.asset_materialization if event else None
    seconds = staged.metadata["seconds"].value if staged else 0.0
    return seconds if isinstance(seconds, float) else 0.0


_SPECS = [
    dg.AssetCheckSpec(
        check.name,
        asset="warehouse_build",
        description=check.description,
        blocking=check.severity == "blocking",
    )
    for check in checks()
]


@dg.multi_asset_check(specs=_SPECS, name="warehouse_checks", pool="warehouse")
def warehouse_checks(places: Places) -> Iterator[dg.AssetCheckResult]:
    """Every query of sql/checks over the new file; a row found by a blocking one holds it back."""
    tables = [spec.metadata["table"] for spec in STAGED]
    staged = {table: frame_path(places.staging, table) for table in tables}
    for result in run_checks(places.build, staged):
        yield dg.AssetCheckResult(
            asset_key="warehouse_build",
            check_name=result.name,
            passed=result.passed,
            severity=(
                dg.AssetCheckSeverity.ERROR
                if result.severity == "blocking"
                else dg.AssetCheckSeverity.WARN
            ),
            metadata={"rows": result.count, "seconds": result.seconds, "found": str(result)},
        )


@dg.asset(group_name="warehouse", kinds={"duckdb"}, pool="warehouse", deps=[warehouse_build])
def warehouse_published(context: dg.AssetExecutionContext, places: Places) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The file that everyone reads: the checked build, moved into place in one step."""
    with warehouse_lock(places.target, places.lock_wait, context.log.info):
        publish(places.build, places.target)
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(places.target),
            "bytes": places.target.stat().st_size,
            "tables": len(names("tables")),
            "marts": len(names("marts")),
        }
    )
