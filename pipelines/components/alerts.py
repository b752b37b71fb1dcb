"""What is told to a webhook, and when: a failed run, files that were refused, a late warehouse.

The address comes from the settings and is kept out of logs and of the UI, for it may hold a token.
Without one nothing is sent, and the ticks say so.
"""

from __future__ import annotations

from datetime import UTC, datetime

import dagster as dg

from pipelines.components.corpus import FILES_REFUSED, Corpus
from pipelines.components.webhook import tell
from pipelines.settings import Settings

_SILENT = "ZHIBIAO_WEBHOOK_URL is not set, so nobody is told."
_FILES_NAMED = 10


def tell_failure(context: dg.RunFailureSensorContext, url: str | None) -> dg.SkipReason | None:
    """Tell of a failed run."""
    if url is None:
        return dg.SkipReason(_SILENT)
    run = context.dagster_run
    steps = context.get_step_failure_events()
    error = _cause(steps[0]) if steps else str(context.failure_event.message)
    tell(
        url,
        {
            "event": "run_failed",
            "text": f"Zhibiao: the run of {_job(run)} failed: {error}",
            "job": _job(run),
            "run_id": run.run_id,
            "step": steps[0].step_key if steps else None,
            "error": error,
        },
    )
    return None


def _job(run: dg.DagsterRun) -> str:
    """The job of a run; to one that a condition asked for, Dagster gives no name that says much."""
    corpus = run.tags.get("corpus")
    return f"load_{corpus}" if corpus else run.job_name


def _cause(step: dg.DagsterEvent) -> str:
    """The error that began it, in its own words; what wraps it says nothing new."""
    error = step.step_failure_data.error
    while error and error.cause:
        error = error.cause
    return error.message.strip() if error else str(step.message)


def tell_refusals(context: dg.RunStatusSensorContext, url: str | None) -> dg.SkipReason | None:
    """Tell of files that a load could not read, unless the load before could not read the same."""
    run = context.dagster_run
    names = _refused(context.instance, run)
    if not names:
        return dg.SkipReason("Every report could be read.")
    same = dg.RunsFilter(
        statuses=[dg.DagsterRunStatus.SUCCESS],
        tags={"warehouse": run.tags.get("warehouse", "")},
    )
    before = [one for one in context.instance.get_runs(same, limit=10) if one.run_id != run.run_id]
    if before and names == _refused(context.instance, before[0]):
        return dg.SkipReason("The same files were refused as by the load before.")
    if url is None:
        return dg.SkipReason(_SILENT)
    shown = ", ".join(names[:_FILES_NAMED])
    more = f" and {len(names) - _FILES_NAMED} more" if len(names) > _FILES_NAMED else ""
    tell(
        url,
        {
            "event": "files_refused",
            "text": f"Zhibiao: published, but files could not be read: {shown}{more}",
            "job": _job(run),
            "run_id": run.run_id,
            "refused": int(run.tags.get("refused", len(names))),
            "files": names,
        },
    )
    return None


def _refused(instance: dg.DagsterInstance, run: dg.DagsterRun) -> list[str]:
    """The files that a run refused, as its check lists them."""
    for entry in instance.all_logs(run.run_id, dg.DagsterEventType.ASSET_CHECK_EVALUATION):
        event = entry.dagster_event
        found = event.asset_check_evaluation_data if event else None
        if found and found.check_name == FILES_REFUSED:
            files = found.metadata["files"].value
            return [str(name) for name in files] if isinstance(files, list) else []
    return []


def tell_lateness(
    context: dg.SensorEvaluationContext, published: dg.AssetKey, url: str | None, hours: float
) -> dg.SensorResult:
    """Tell once of a warehouse that was last published more than `hours` ago.

    Args:
        context: of the sensor; its cursor says of which publication was told.
        published: the asset that is late.
        url: the webhook, if there is one.
        hours: how old a warehouse may be.
    """
    event = context.instance.get_latest_materialization_event(published)
    if event is None:
        return dg.SensorResult(skip_reason="Nothing has been published yet.")
    when = datetime.fromtimestamp(event.timestamp, UTC).isoformat(timespec="seconds")
    age = (datetime.now(UTC).timestamp() - event.timestamp) / 3600
    said = f"The warehouse was published at {when}"
    if age < hours:
        return dg.SensorResult(skip_reason=f"{said}, which is in time.")
    if context.cursor == when:
        return dg.SensorResult(skip_reason=f"{said}; it is late, and that was told.")
    if url is None:
        return dg.SensorResult(skip_reason=f"{said}; it is late. {_SILENT}")
    tell(
        url,
        {
            "event": "warehouse_late",
            "text": f"Zhibiao: nothing was published for more than {hours:g} hours",
            "asset": published.to_user_string(),
            "published_at": when,
            "late_hours": hours,
        },
    )
    return dg.SensorResult(
        skip_reason=f"{said}; it is late, and the webhook was told.", cursor=when
    )


def late_warehouse(corpus: Corpus) -> dg.SensorDefinition:
    """The sensor of a corpus that tells of its lateness.

    Dagster shows it by the freshness policy of the published file, but tells nobody.
    """
    url, hours = address(corpus.settings), corpus.settings.late_hours

    def evaluate(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return tell_lateness(context, corpus.published, url, hours)

    return dg.SensorDefinition(
        name=f"late_{corpus.name}",
        evaluation_fn=evaluate,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells the webhook, once, of a warehouse that nothing has published in time.",
    )


def address(settings: Settings) -> str | None:
    """The webhook, if there is one."""
    return str(settings.webhook_url) if settings.webhook_url else None
