"""The schedule: a load every night, whether or not the folder changed."""

from __future__ import annotations

import dagster as dg

from pipelines.bilingual import Both
from pipelines.components.corpus import Corpus
from pipelines.errors import SettingsError


def nightly(corpus: Corpus) -> dg.ScheduleDefinition:
    """The nightly load: it mends what the sensor could not see or a failed run left undone.

    Raises:
        SettingsError: the time is no cron expression.
    """
    settings = corpus.settings
    try:
        return dg.ScheduleDefinition(
            name=f"nightly_{corpus.name}",
            job_name=corpus.job,
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
            Both(
                "it is no cron expression of five fields, such as 30 2 * * *",
                "不是五段式 cron 表达式，如 30 2 * * *",
            ),
        ) from None
