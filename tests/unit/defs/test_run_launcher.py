"""What is said of runs whose process cannot be asked; the live test asks after a real one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.launcher.base import WorkerStatus

from pipelines.definitions import defs

HOME = Path(__file__).parents[3] / "dagster_home"


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    """An instance as `make dev` has it, with a home of its own."""
    home = tmp_path_factory.mktemp("home")
    (home / "dagster.yaml").write_text((HOME / "dagster.yaml").read_text("utf-8"), "utf-8")
    with dg.DagsterInstance.from_config(str(home)) as instance:
        yield instance


def status(instance: dg.DagsterInstance, tags: Mapping[str, str]) -> WorkerStatus:
    job = defs().resolve_job_def("load_reports")
    run = instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED)
    assert instance.run_launcher.supports_check_run_worker_health
    return instance.run_launcher.check_run_worker_health(run).status


def test_a_run_whose_code_server_is_gone_is_lost(instance: dg.DagsterInstance, tmp_path: Path):
    server = {"host": "localhost", "socket": str(tmp_path / "gone")}
    found = status(instance, {".dagster/grpc_info": json.dumps(server)})
    assert found is WorkerStatus.NOT_FOUND


def test_a_run_that_no_code_server_started_is_left_alone(instance: dg.DagsterInstance):
    assert status(instance, {}) is WorkerStatus.RUNNING


def test_the_instance_sends_nothing_out_and_writes_one_warehouse_at_a_time(
    instance: dg.DagsterInstance,
):
    assert not instance.telemetry_enabled
    assert instance.run_retries_enabled
    assert not instance.run_retries_retry_on_asset_or_op_failure
    assert instance.run_monitoring_enabled
    assert instance.run_monitoring_max_runtime_seconds > 0
    concurrency = instance.get_concurrency_config()
    assert concurrency.pool_config.default_pool_limit == 1
    assert concurrency.run_queue_config.max_concurrent_runs == 1
