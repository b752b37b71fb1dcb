"""The schedule and the sensors as the settings give them."""

from __future__ import annotations

from datetime import UTC, datetime

import dagster as dg
import pytest
from corpora import corpus

from pipelines.components.nightly import nightly
from pipelines.definitions import defs
from pipelines.errors import SettingsError


def test_the_night_is_that_of_the_time_zone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIBIAO_NIGHTLY_CRON", "0 4 * * 1-5")
    schedule = nightly(corpus())
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 4 * * 1-5", "Asia/Shanghai")


def test_a_time_that_is_none_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIBIAO_NIGHTLY_CRON", "at night")
    with pytest.raises(SettingsError, match="ZHIBIAO_NIGHTLY_CRON is at night"):
        nightly(corpus())


@pytest.mark.parametrize(("automation", "running"), [("", False), ("true", True)])
def test_automation_is_off_until_it_is_switched_on_and_what_only_looks_is_on(
    monkeypatch: pytest.MonkeyPatch, automation: str, running: bool
):
    monkeypatch.setenv("ZHIBIAO_AUTOMATION", automation)
    repository = defs().get_repository_def()
    found = {
        each.name: each.default_status.value == "RUNNING"
        for each in (*repository.schedule_defs, *repository.sensor_defs)
    }
    assert found == {
        "nightly_reports": running,
        "reports_automation": running,
        "reports_folder": True,
        "failed_run": True,
        "late_reports": True,
        "refused_files": True,
    }


def test_the_schedule_asks_for_a_load():
    schedule = defs().get_repository_def().get_schedule_def("nightly_reports")
    with dg.build_schedule_context(
        scheduled_execution_time=datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    ) as context:
        data = schedule.evaluate_tick(context)
    assert len(data.run_requests) == 1
    assert schedule.job_name == "load_reports"
