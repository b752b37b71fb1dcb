"""What is told to a webhook, and when: a failed run, files that were refused, a late warehouse.

The address comes from the settings and is kept out of logs and of the UI, for it may hold a token.
Without one nothing is sent, and the ticks say so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

import dagster as dg
import httpx

from pipelines.defs.warehouse import PUBLISHED, REFUSED
from pipelines.errors import AlertError
from pipelines.settings import load_settings

_SILENT = "ZHIBIAO_WEBHOOK_URL is not set, so nobody is told."
# A receiver that restarts is back within seconds; a tick must not wait for longer.
_PAUSES = (0.5, 1.0, 2.0)
_BUSY = frozenset({429, 500, 502, 503, 504})
_TIMEOUT = 5.0  # for each thing that is waited for: a connection, some bytes
_DEADLINE = 20.0  # for all of it, however slowly the bytes come
_FILES_NAMED = 10
# It names the address of every request.
logging.getLogger("httpx").setLevel(logging.WARNING)


def tell(url: str, alert: Mapping[str, object], deadline: float = _DEADLINE) -> None:
    """POST the alert as JSON.

    Args:
        url: where to.
        alert: what to say.
        deadline: seconds for all tries together.

    Raises:
        AlertError: the receiver cannot be reached in time, or refused it.
    """
    try:
        status = asyncio.run(asyncio.wait_for(_post(url, alert), deadline))
        detail = None if status // 100 == 2 else f"it answered {status}"
    except TimeoutError:
        detail = f"it did not answer within {deadline:g} seconds"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        detail = type(error).__name__
    # Outside the handlers: the error of the library may quote the whole address.
    if detail is not None:
        raise AlertError(str(urlsplit(url).hostname), detail)


async def _post(url: str, alert: Mapping[str, object]) -> int:
    """The status that ends the last try. What follows it, and where a redirect leads, is let be."""
    async with httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False) as client:
        for pause in (*_PAUSES, None):
            try:
                async with client.stream("POST", url, json=alert) as answer:
                    if answer.status_code not in _BUSY or pause is None:
                        return answer.status_code
            except httpx.TransportError:
                if pause is None:
                    raise
            await asyncio.sleep(pause)
    raise AssertionError("the last try returns or raises")


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
            "text": f"Zhibiao: the run of {run.job_name} failed: {error}",
            "job": run.job_name,
            "run_id": run.run_id,
            "step": steps[0].step_key if steps else None,
            "error": error,
        },
    )
    return None


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
        job_name=run.job_name,
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
            "job": run.job_name,
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
        if found and found.asset_check_key == REFUSED:
            files = found.metadata["files"].value
            return [str(name) for name in files] if isinstance(files, list) else []
    return []


def tell_lateness(
    context: dg.SensorEvaluationContext, url: str | None, hours: float
) -> dg.SensorResult:
    """Tell once of a warehouse that was last published more than `hours` ago.

    Args:
        context: of the sensor; its cursor says of which publication was told.
        url: the webhook, if there is one.
        hours: how old a warehouse may be.
    """
    event = context.instance.get_latest_materialization_event(PUBLISHED)
    if event is None:
        return dg.SensorResult(skip_reason="Nothing has been published yet.")
    published = datetime.fromtimestamp(event.timestamp, UTC).isoformat(timespec="seconds")
    age = (datetime.now(UTC).timestamp() - event.timestamp) / 3600
    said = f"The warehouse was published at {published}"
    if age < hours:
        return dg.SensorResult(skip_reason=f"{said}, which is in time.")
    if context.cursor == published:
        return dg.SensorResult(skip_reason=f"{said}; it is late, and that was told.")
    if url is None:
        return dg.SensorResult(skip_reason=f"{said}; it is late. {_SILENT}")
    tell(
        url,
        {
            "event": "warehouse_late",
            "text": f"Zhibiao: nothing was published for more than {hours:g} hours",
            "asset": PUBLISHED.to_user_string(),
            "published_at": published,
            "late_hours": hours,
        },
    )
    return dg.SensorResult(
        skip_reason=f"{said}; it is late, and the webhook was told.", cursor=published
    )


@dg.definitions
def alerting() -> dg.Definitions:
    """The sensors, always on: they send nothing unless there is an address."""
    settings = load_settings()
    url = str(settings.webhook_url) if settings.webhook_url else None

    @dg.run_failure_sensor(
        description="Tells the webhook of every run that fails, whatever started it.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def failed_run(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        return tell_failure(context, url)

    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.SUCCESS,
        description="Tells the webhook of files that a load could not read.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def refused_files(context: dg.RunStatusSensorContext) -> dg.SkipReason | None:
        return tell_refusals(context, url)

    @dg.sensor(
        description="Tells the webhook, once, of a warehouse that nothing has published in time.",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def late_warehouse(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return tell_lateness(context, url, settings.late_hours)

    return dg.Definitions(sensors=[failed_run, refused_files, late_warehouse])
