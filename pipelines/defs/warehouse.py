"""Assets of the warehouse: tables in a new file, checks that hold it back, what is published."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import dagster as dg

from pipelines.contracts import describe_table, names
from pipelines.defs.columns import preview, table_metadata
from pipelines.defs.resources import Places
from pipelines.defs.retries import retried
from pipelines.defs.staged import OWNERS, STAGED, VOCABULARY
from pipelines.engines.staging import frame_path, load_info
from pipelines.errors import WarehouseError
from pipelines.frames.store import kept_files
from pipelines.relations import frame_of
from pipelines.settings import load_settings
from pipelines.warehouse.build import build
from pipelines.warehouse.certify import certify
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.publish import publish
from pipelines.warehouse.quality import quality_of
from pipelines.warehouse.sqlfiles import checks, loads, losses, statements

PUBLISHED = dg.AssetKey("warehouse_published")
_BUILD = dg.AssetKey("warehouse_build")
REFUSED = dg.AssetCheckKey(_BUILD, "files_refused")
_ROWS_SHOWN = 3
_FILES_NAMED = 100
# By table or view: the asset that holds it.
_ASSETS = {spec.metadata["table"]: spec.key for spec in STAGED}
_ASSETS |= {name: dg.AssetKey(name) for name in (*names("tables"), *names("marts"))}


def _names_in(sql: str) -> set[str]:
    """Every word of a statement; comments read nothing."""
    return set(re.findall(r"\w+", re.sub("--.*", "", sql)))


def _table_specs() -> Iterator[dg.AssetSpec]:
    """The tables of the star, each made of what its load reads."""
    sources = dict.fromkeys(names("seeds"), VOCABULARY.key) | _ASSETS
    # The comparison of two loads reads the star through views.
    views = {f"current_{query.name}": _names_in(query.sql) for query in statements("history")}
    for load in loads():
        read = _names_in(load.sql)
        read = read.union(*(views[name] for name in read & views.keys())) - {load.name}
        yield dg.AssetSpec(
            load.name,
            deps=sorted({sources[name] for name in read & sources.keys()}),
            group_name="star",
            kinds={"duckdb", "table"},
            owners=OWNERS,
            description=str(describe_table(load.name)),
            metadata=table_metadata(load.name, "loads", _ASSETS),
        )


def _mart_specs() -> Iterator[dg.AssetSpec]:
    """The views of the published file, each made of the views that it reads."""
    marts = set(names("marts"))
    for mart in statements("marts"):
        yield dg.AssetSpec(
            mart.name,
            deps=[PUBLISHED, *sorted((_names_in(mart.sql) & marts) - {mart.name})],
            group_name="marts",
            kinds={"duckdb", "view"},
            owners=OWNERS,
            description=str(describe_table(mart.name)),
            metadata=table_metadata(mart.name, "marts", _ASSETS),
        )


_TABLES = tuple(_table_specs())
_MARTS = tuple(_mart_specs())


@dg.multi_asset(
    name="building",
    pool="warehouse",
    specs=[
        *_TABLES,
        dg.AssetSpec(
            _BUILD,
            deps=[spec.key for spec in _TABLES],
            group_name="warehouse",
            kinds={"duckdb", "file"},
            owners=OWNERS,
            description="The new file beside the published one, not yet checked.",
        ),
    ],
    ins={spec.key.path[-1]: dg.AssetIn(spec.key, input_manager_key="parquet") for spec in STAGED},
)
def building(
    context: dg.AssetExecutionContext, places: Places, **staged: tuple[Path, ...]
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Build the new file: dimensions, facts, marts, comments, in one transaction."""
    paths = {spec.metadata["table"]: staged[spec.key.path[-1]] for spec in STAGED}
    with retried():
        places.hold(context.log.info)
        load = load_info(context.run.run_id, _staging_seconds(context), places.target)
        result = build(
            paths, places.build, load, memory_limit=places.memory_limit, full=places.full
        )
    with read_only(places.build) as con:
        for spec in _TABLES:
            yield dg.MaterializeResult(
                asset_key=spec.key,
                metadata={
                    "dagster/row_count": result.rows[spec.key.path[-1]],
                    "preview": preview(
                        frame_of(con.table(spec.metadata["table"]).limit(_ROWS_SHOWN))
                    ),
                },
            )
    quality = quality_of(places.build)
    yield dg.MaterializeResult(
        asset_key=_BUILD,
        metadata={
            "path": dg.MetadataValue.path(places.build.absolute()),
            # Dagster draws these over the loads.
            "unknown percent": float(100 * quality.unknown_share) if quality else None,
            "unbound percent": float(100 * quality.unbound_share) if quality else None,
            "observations": result.rows["fact_observation"],
            "refused": result.rows["etl_reject"],
            "reports renewed": result.renewed,
            "built": f"whole: {result.whole}" if result.whole else "incremental",
            "seconds": result.seconds,
            "bytes": places.build.stat().st_size,
        },
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
        asset=_BUILD,
        description=check.description,
        blocking=check.severity == "blocking",
    )
    for check in (*checks(), *losses())
]
_FILES_REFUSED = dg.AssetCheckSpec(
    REFUSED.name,
    asset=_BUILD,
    description="Every report of the folder could be read; those that could not are listed.",
)


@dg.multi_asset_check(specs=[*_SPECS, _FILES_REFUSED], name="warehouse_checks", pool="warehouse")
def warehouse_checks(
    context: dg.AssetCheckExecutionContext, places: Places
) -> Iterator[dg.AssetCheckResult]:
    """Every query of sql/checks over the new file; a row found by a blocking one holds it back."""
    with retried():
        places.hold(context.log.info)
    tables = [spec.metadata["table"] for spec in STAGED]
    staged = {table: kept_files(frame_path(places.staging, table)) for table in tables}
    for result in certify(
        places.build,
        staged,
        places.target,
        loss_limit=load_settings().loss_limit,
        accept_loss=places.accept_loss,
        memory_limit=places.memory_limit,
    ):
        yield dg.AssetCheckResult(
            asset_key=_BUILD,
            check_name=result.name,
            passed=result.passed,
            severity=(
                dg.AssetCheckSeverity.ERROR
                if result.severity == "blocking"
                else dg.AssetCheckSeverity.WARN
            ),
            metadata={"rows": result.count, "seconds": result.seconds, "found": str(result)},
        )
    yield _files_refused(places.build)


def _files_refused(build: Path) -> dg.AssetCheckResult:
    with read_only(build) as con:
        rows = frame_of(con.sql("select file_name, reason, detail from etl_reject order by all"))
        ((left_out,),) = con.sql(
            "select count(*) from etl_file where disposition = 'left_out'"
        ).fetchall()
    return dg.AssetCheckResult(
        asset_key=_BUILD,
        check_name=REFUSED.name,
        passed=rows.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "rows": rows.height,
            "left out": left_out,
            "files": dg.MetadataValue.json(rows["file_name"].head(_FILES_NAMED).to_list()),
            "found": preview(rows.head(_FILES_NAMED)),
        },
    )


@dg.multi_asset(
    name="publishing",
    pool="warehouse",
    specs=[
        dg.AssetSpec(
            PUBLISHED,
            deps=[_BUILD],
            group_name="warehouse",
            kinds={"duckdb", "file"},
            owners=OWNERS,
            description="The file that everyone reads: the checked build, in place in one step.",
            freshness_policy=dg.FreshnessPolicy.time_window(
                fail_window=timedelta(hours=load_settings().late_hours)
            ),
        ),
        *_MARTS,
    ],
)
def publishing(context: dg.AssetExecutionContext, places: Places) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Put the checked file in the place of the one that is read; its views come with it."""
    with retried():
        places.hold(context.log.info)
        if not places.build.exists():
            raise WarehouseError(
                places.build, "there is no build to publish", "Run the whole job load_reports."
            )
        if aside := publish(places.build, places.target):
            context.log.warning(str(aside))
    yield dg.MaterializeResult(
        asset_key=PUBLISHED,
        metadata={
            "path": dg.MetadataValue.path(places.target.absolute()),
            "file": dg.MetadataValue.url(places.target.absolute().as_uri()),
            "bytes": places.target.stat().st_size,
            "tables": len(names("tables")),
            "marts": len(names("marts")),
        },
    )
    # No rows of theirs are shown: over many reports a view takes longer than the whole load.
    yield from (dg.MaterializeResult(asset_key=spec.key) for spec in _MARTS)
