"""What is told to a webhook, and when: a run that failed, a warehouse that nothing has renewed.

The address comes from the settings and is kept out of logs and of the UI, for it may hold a token.
Without one nothing is sent, and the ticks say so.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from urllib.parse import urlsplit

import dagster as dg
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from pipelines.defs.warehouse import PUBLISHED
from pipelines.errors import AlertError
from pipelines.settings import load_settings

_SILENT = "ZHIBIAO_WEBHOOK_URL is not set, so nobody is told."
# A receiver that restarts is back within seconds; a tick must not wait for longer.
_TRIES = Retry(
    3, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=None
)
_TIMEOUT = 5.0
# It warns of every try again, and quotes the address.
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)


def tell(url: str, alert: dict[str, str | float | None]) -> None:
    """POST the alert as JSON.

    Raises:
        AlertError: the receiver cannot be reached, or refused it.
    """
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=_TRIES))
        try:
            session.post(url, json=alert, timeout=_TIMEOUT).raise_for_status()
        except requests.RequestException as error:
            host = str(urlsplit(url).hostname)
            status = error.response.status_code if error.response is not None else None
            # The message of the library quotes the whole address.
            detail = f"it answered {status}" if status else type(error).__name__
            raise AlertError(host, detail) from None


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


def tell_lateness(
    context: dg.SensorEvaluationContext, url: str | None, hours: float
) -> dg.SensorResult:
    """Tell once of a warehouse that was last published more than `hours` ago."""
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
    """Both sensors, always on: they send nothing unless there is an address."""
    settings = load_settings()
    url = str(settings.webhook_url) if settings.webhook_url else None

    @dg.run_failure_sensor(
        description="Tells the webhook of every run that fails, whatever started it.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def failed_run(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        return tell_failure(context, url)

    @dg.sensor(
        description="Tells the webhook, once, of a warehouse that nothing has published in time.",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def late_warehouse(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return tell_lateness(context, url, settings.late_hours)

    return dg.Definitions(sensors=[failed_run, late_warehouse])
