"""The schedule: a load every night, whether or not the folder changed."""

from __future__ import annotations

import dagster as dg

from pipelines.defs.jobs import load_reports
from pipelines.errors import SettingsError
from pipelines.settings import Settings, load_settings


def nightly(settings: Settings) -> dg.ScheduleDefinition:
    """The nightly load: it mends what the sensor could not see or a failed run left undone.

    Raises:
        SettingsError: the time is no cron expression.
    """
    try:
        return dg.ScheduleDefinition(
            name="nightly",
            job=load_reports,
            cron_schedule=settings.nightly_cron,
            execution_timezone=str(settings.timezone),
            default_status=(
                dg.DefaultScheduleStatus.RUNNING
                if settings.automation
                else dg.DefaultScheduleStatus.STOPPED
            ),
            description="Reads what is new, rebuilds, checks and publishes the whole warehouse.",
        )
    except dg.DagsterInvalidDefinitionError:
        raise SettingsError(
            "ZHIBIAO_NIGHTLY_CRON",
            settings.nightly_cron,
            "it is no cron expression of five fields, such as 30 2 * * *",
        ) from None


@dg.definitions
def scheduling() -> dg.Definitions:
    """The schedule, at the time that the settings give."""
    return dg.Definitions(schedules=[nightly(load_settings())])
