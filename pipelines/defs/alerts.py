"""The sensors that watch over all runs; always on, for without an address they send nothing.

What they tell is said in `components/alerts.py`.
"""

from __future__ import annotations

import dagster as dg

from pipelines.components.alerts import address, tell_failure, tell_refusals
from pipelines.settings import load_settings


@dg.definitions
def alerting() -> dg.Definitions:
    """One for runs that fail, one for files that were refused."""
    url = address(load_settings())

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

    return dg.Definitions(sensors=[failed_run, refused_files])
