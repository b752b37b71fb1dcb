"""Assets of the warehouse: the new file, the tables in it, what is published, the views in that.

A file is made, checked and published as a whole, in three steps (`checks.py` has the second). So
the tables and views in it are no assets that anybody could make one by one: the steps tell of them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import dagster as dg
import polars as pl

from pipelines.bilingual import Both
from pipelines.components.automation import changed, follows
from pipelines.components.columns import preview, table_metadata
from pipelines.components.corpus import OWNERS, Corpus
from pipelines.components.resources import Places
from pipelines.components.retries import retried
from pipelines.components.staged import TABLES
from pipelines.components.versions import VERSION_TAG, version_of, version_of_rows
from pipelines.contracts import describe_table, names
from pipelines.engines.staging import load_info
from pipelines.errors import WarehouseError
from pipelines.relations import frame_of
from pipelines.warehouse.build import build
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loads import LoadInfo, star_hash
from pipelines.warehouse.publish import publish
from pipelines.warehouse.quality import quality_of
from pipelines.warehouse.sqlfiles import loads, statements

_ROWS_SHOWN = 3
# What these tell is of the load itself, so each load makes others.
_OF_LOADS = frozenset({"etl_load", "etl_check", "fact_load_change"})
# Every staged table is made of the versions of the reports, but for these.
_COUNTED = ("stg_version", "stg_reject", "stg_file", "stg_correction")


def _names_in(sql: str) -> set[str]:
    """Every word of a statement; comments read nothing."""
    return set(re.findall(r"\w+", re.sub("--.*", "", sql)))


def assets_of_tables(corpus: Corpus) -> dict[str, dg.AssetKey]:
    """By table or view: the asset that it is."""
    found = {table: corpus.key(name) for name, table in TABLES.items()}
    return found | {name: corpus.key(name) for name in (*names("tables"), *names("marts"))}


def table_specs(corpus: Corpus) -> Iterator[dg.AssetSpec]:
    """The tables of the new file, each made of what its load reads."""
    assets = assets_of_tables(corpus)
    sources = dict.fromkeys(names("seeds"), corpus.key("vocabulary")) | assets
    sources["seed_keywords"] = corpus.key("dictionaries")
    # The comparison of two loads reads the star through views.
    views = {f"current_{query.name}": _names_in(query.sql) for query in statements("history")}
    for load in loads():
        read = _names_in(load.sql)
        read = read.union(*(views[name] for name in read & views.keys())) - {load.name}
        yield dg.AssetSpec(
            corpus.key(load.name),
            deps=[corpus.build, *sorted({sources[name] for name in read & sources.keys()})],
            group_name=corpus.group("star"),
            kinds={"duckdb", "table"},
            owners=OWNERS,
            description=str(describe_table(load.name)),
            metadata=table_metadata(load.name, "loads", assets),
        )


def mart_specs(corpus: Corpus) -> Iterator[dg.AssetSpec]:
    """The views of the published file, each made of the views that it reads."""
    marts, assets = set(names("marts")), assets_of_tables(corpus)
    for mart in statements("marts"):
        read = sorted((_names_in(mart.sql) & marts) - {mart.name})
        yield dg.AssetSpec(
            corpus.key(mart.name),
            deps=[corpus.published, *(corpus.key(name) for name in read)],
            group_name=corpus.group("marts"),
            kinds={"duckdb", "view"},
            owners=OWNERS,
            description=str(describe_table(mart.name)),
            metadata=table_metadata(mart.name, "marts", assets),
        )


def building(corpus: Corpus) -> dg.AssetsDefinition:
    """The step that makes the new file."""
    staged = {table: corpus.key(name) for name, table in TABLES.items()}
    sources = (corpus.key("vocabulary"), corpus.key("dictionaries"))

    @dg.multi_asset(
        name=f"{corpus.name}_building",
        pool=corpus.pool,
        required_resource_keys={corpus.places_key},
        specs=[
            dg.AssetSpec(
                corpus.build,
                deps=[*staged.values(), *sources],
                group_name=corpus.group("warehouse"),
                kinds={"duckdb", "file"},
                owners=OWNERS,
                code_version=star_hash(),
                automation_condition=changed(corpus, "vocabulary", "dictionaries") | follows(),
                description="The new file beside the published one, not yet checked: all tables.",
            )
        ],
        ins={
            table: dg.AssetIn(key, input_manager_key=corpus.parquet_key)
            for table, key in staged.items()
        },
    )
    def make(
        context: dg.AssetExecutionContext, **staged: tuple[Path, ...]
    ) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        """Build the new file: dimensions, facts, marts, comments, in one transaction."""
        places: Places = getattr(context.resources, corpus.places_key)
        with retried():
            places.hold(context.log.info)
            load = load_info(
                context.run.run_id,
                _staging_seconds(context, corpus),
                places.target,
                corpus.settings,
            )
            result = build(
                staged, places.build, load, memory_limit=places.memory_limit, full=places.full
            )
        version = _version(staged, load)
        with read_only(places.build) as con:
            for name in names("tables"):
                rows = frame_of(con.table(name).limit(_ROWS_SHOWN))
                own = version_of(load.load_id) if name in _OF_LOADS else version
                context.log_event(
                    dg.AssetMaterialization(
                        corpus.key(name),
                        metadata={"dagster/row_count": result.rows[name], "preview": preview(rows)},
                        tags={VERSION_TAG: own.value},
                    )
                )
        quality = quality_of(places.build)
        yield dg.MaterializeResult(
            asset_key=corpus.build,
            data_version=version,
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

    return make


def _version(staged: Mapping[str, tuple[Path, ...]], load: LoadInfo) -> dg.DataVersion:
    """The version of the rows of a build: the same where a load finds nothing new."""
    counted = (version_of_rows(pl.scan_parquet(list(staged[name]))) for name in _COUNTED)
    made_by = (load.code_version, load.seeds_hash, load.trusted_confidence, star_hash())
    return version_of(*(one.value for one in counted), *made_by)


def _staging_seconds(context: dg.AssetExecutionContext, corpus: Corpus) -> float:
    """How long the reports took when they were last staged, as that step reported."""
    event = context.instance.get_latest_materialization_event(corpus.key("documents"))
    staged = event.asset_materialization if event else None
    seconds = staged.metadata["seconds"].value if staged else 0.0
    return seconds if isinstance(seconds, float) else 0.0


def publishing(corpus: Corpus) -> dg.AssetsDefinition:
    """The step that puts a checked file in its place."""

    @dg.multi_asset(
        name=f"{corpus.name}_publishing",
        pool=corpus.pool,
        required_resource_keys={corpus.places_key},
        specs=[
            dg.AssetSpec(
                corpus.published,
                # Blocking checks of the tables, too, keep this step back.
                deps=[corpus.build, *(corpus.key(name) for name in names("tables"))],
                group_name=corpus.group("warehouse"),
                kinds={"duckdb", "file"},
                owners=OWNERS,
                description="The file that everyone reads: the checked build, in place in one "
                "step.",
                freshness_policy=freshness(corpus.settings.late_hours),
                automation_condition=follows(),
            )
        ],
    )
    def put(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        """Put the checked file in the place of the one that is read; its views come with it."""
        places: Places = getattr(context.resources, corpus.places_key)
        with retried():
            places.hold(context.log.info)
            if not places.build.exists():
                raise WarehouseError(
                    places.build,
                    Both("there is no build to publish", "没有可发布的构建"),
                    Both(f"Run the whole job {corpus.job}.", f"请运行整个作业 {corpus.job}。"),
                )
            if aside := publish(places.build, places.target):
                context.log.warning(str(aside))
        built = _version_of_build(context, corpus)
        # No rows are shown: over many reports a view takes longer than the whole load.
        for name in names("marts"):
            context.log_event(
                dg.AssetMaterialization(corpus.key(name), tags={VERSION_TAG: built.value})
            )
        yield dg.MaterializeResult(
            asset_key=corpus.published,
            data_version=built,
            metadata={
                "path": dg.MetadataValue.path(places.target.absolute()),
                "file": dg.MetadataValue.url(places.target.absolute().as_uri()),
                "bytes": places.target.stat().st_size,
                "tables": len(names("tables")),
                "marts": len(names("marts")),
            },
        )

    return put


def _version_of_build(context: dg.AssetExecutionContext, corpus: Corpus) -> dg.DataVersion:
    """The version of the file that is published, as the step that made it reported."""
    event = context.instance.get_latest_materialization_event(corpus.build)
    built = event.asset_materialization if event else None
    tags = built.tags if built and built.tags else {}
    return dg.DataVersion(tags.get(VERSION_TAG, "unknown"))


def freshness(late_hours: float) -> dg.FreshnessPolicy:
    """When the published file is late, and when it soon will be: an hour before, or halfway."""
    warned = max(late_hours - 1, late_hours / 2)
    return dg.FreshnessPolicy.time_window(
        fail_window=timedelta(hours=late_hours), warn_window=timedelta(hours=warned)
    )
