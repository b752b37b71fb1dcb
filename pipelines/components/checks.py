"""Asset checks: every query of `sql/checks/` and `sql/loss/`, each at the asset that it speaks of.

All of them together, over a new build, are what lets it be published. Some of them by themselves
look at the build, or where there is none at the published file, and decide nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from pipelines.bilingual import Both
from pipelines.components.automation import follows
from pipelines.components.columns import preview
from pipelines.components.corpus import Corpus
from pipelines.components.resources import Places
from pipelines.components.retries import retried
from pipelines.components.staged import TABLES
from pipelines.components.warehouse import assets_of_tables
from pipelines.engines.staging import frame_path
from pipelines.errors import WarehouseError
from pipelines.frames.tables import kept_files
from pipelines.relations import frame_of
from pipelines.warehouse.certify import certify
from pipelines.warehouse.check import CheckResult, run_checks
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loss import run_losses
from pipelines.warehouse.sqlfiles import checks, losses

_FILES_NAMED = 100


def check_keys(corpus: Corpus) -> dict[str, dg.AssetCheckKey]:
    """The checks by name."""
    assets = assets_of_tables(corpus)
    keys = {
        check.name: dg.AssetCheckKey(
            assets[check.about] if check.about else corpus.build, check.name
        )
        for check in (*checks(), *losses())
    }
    return keys | {corpus.refused.name: corpus.refused}


def _specs(corpus: Corpus) -> Iterator[dg.AssetCheckSpec]:
    keys = check_keys(corpus)
    for check in (*checks(), *losses()):
        yield _spec(
            corpus, keys[check.name], check.description, blocking=check.severity == "blocking"
        )
    words = "Every report of the folder could be read; those that could not are listed."
    yield _spec(corpus, corpus.refused, words, blocking=False)


def _spec(
    corpus: Corpus, key: dg.AssetCheckKey, words: str, *, blocking: bool
) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        key.name,
        asset=key.asset_key,
        # It asks the build, whatever it speaks of.
        additional_deps=[] if key.asset_key == corpus.build else [corpus.build],
        description=words,
        blocking=blocking,
        automation_condition=follows(),
    )


def checking(corpus: Corpus) -> dg.AssetChecksDefinition:
    """The step that checks a build."""
    keys = check_keys(corpus)

    @dg.multi_asset_check(
        specs=list(_specs(corpus)),
        name=f"{corpus.name}_checks",
        pool=corpus.pool,
        can_subset=True,
        required_resource_keys={corpus.places_key},
    )
    def check(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        """Ask the queries; a row that a blocking one finds holds the build back."""
        places: Places = getattr(context.resources, corpus.places_key)
        with retried():
            places.hold(context.log.info)
        asked = {key.name for key in context.selected_asset_check_keys}
        whole = asked == keys.keys() and places.build.exists()
        file = places.build if places.build.exists() else places.target
        if not file.exists():
            raise WarehouseError(
                file,
                Both("there is no file to check", "没有可检查的文件"),
                Both(f"Run the whole job {corpus.job}.", f"请运行整个作业 {corpus.job}。"),
            )
        found = _certified(corpus, places) if whole else _looked_at(corpus, places, file, asked)
        for result in found:
            yield dg.AssetCheckResult(
                asset_key=keys[result.name].asset_key,
                check_name=result.name,
                passed=result.passed,
                severity=(
                    dg.AssetCheckSeverity.ERROR
                    if result.severity == "blocking"
                    else dg.AssetCheckSeverity.WARN
                ),
                metadata=_told(result),
            )
        if corpus.refused.name in asked:
            yield _files_refused(file, corpus.refused)

    return check


def _certified(corpus: Corpus, places: Places) -> Iterable[CheckResult]:
    """All checks of a build; their stamp says whether it may be published."""
    return certify(
        places.build,
        _staged(places),
        places.target,
        loss_limit=corpus.settings.loss_limit,
        accept_loss=places.accept_loss,
        memory_limit=places.memory_limit,
    )


def _looked_at(
    corpus: Corpus, places: Places, file: Path, asked: Collection[str]
) -> Iterator[CheckResult]:
    """Some checks of a file, of which nothing follows."""
    results = (
        *run_checks(file, _staged(places), memory_limit=places.memory_limit),
        *run_losses(file, places.target, limit=corpus.settings.loss_limit),
    )
    yield from (result for result in results if result.name in asked)


def _staged(places: Places) -> dict[str, tuple[Path, ...]]:
    return {table: kept_files(frame_path(places.staging, table)) for table in TABLES.values()}


def _told(result: CheckResult) -> dict[str, dg.MetadataValue[Any]]:
    """What the page of a check shows: how many rows break the rule, and some of them."""
    folder = "loss" if result.is_loss else "checks"
    told: dict[str, dg.MetadataValue[Any]] = {
        "rows": dg.MetadataValue.int(result.count),
        "seconds": dg.MetadataValue.float(result.seconds),
        "found": dg.MetadataValue.text(str(result)),
        "query": dg.MetadataValue.text(f"sql/{folder}/{result.name}.sql"),
    }
    if result.sample:
        cells = [[None if cell is None else str(cell) for cell in row] for row in result.sample]
        frame = pl.DataFrame(cells, dict.fromkeys(result.columns, pl.String), orient="row")
        told["offenders"] = preview(frame)
    return told


def _files_refused(file: Path, key: dg.AssetCheckKey) -> dg.AssetCheckResult:
    with read_only(file) as con:
        rows = frame_of(con.sql("select file_name, reason, detail from etl_reject order by all"))
        ((left_out,),) = con.sql(
            "select count(*) from etl_file where disposition = 'left_out'"
        ).fetchall()
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=rows.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "rows": rows.height,
            "left out": left_out,
            "files": dg.MetadataValue.json(rows["file_name"].head(_FILES_NAMED).to_list()),
            "found": preview(rows.head(_FILES_NAMED)),
        },
    )
