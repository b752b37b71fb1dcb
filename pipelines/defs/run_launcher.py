"""Runs as processes of the code server, as Dagster has them, whose death is noticed.

A run whose machine, container or code server went down under it is else taken to go on for ever,
and keeps the place of the one run that may be under way. With this launcher the daemon asks after
every run, says of a lost one that it failed, and starts it again (`dagster_home/dagster.yaml`).

Dagster has no public name for what it asks a launcher about, so this module, and no other, uses
private ones. In a release that has them no more, runs go on without being asked after: those that
are lost end by `max_runtime_seconds`. `tests/contracts/test_private_api.py` names the releases
that it was tried with.
"""

from __future__ import annotations

import logging
from typing import Any

import dagster as dg

try:
    from dagster._core.errors import DagsterUserCodeUnreachableError
    from dagster._core.launcher.base import CheckRunHealthResult, WorkerStatus
    from dagster._grpc.types import CanCancelExecutionRequest, CanCancelExecutionResult

    KNOWN = hasattr(dg.DefaultRunLauncher, "_get_grpc_client_for_termination")
except ImportError:
    KNOWN = False
if not KNOWN:
    logging.getLogger(__name__).warning(
        "Dagster %s: a run whose process dies is not noticed before its maximum runtime. "
        "Use a release that requirements.lock names.",
        dg.__version__,
    )


class WatchedRunLauncher(dg.DefaultRunLauncher):
    """Asks the code server that started a run whether the process of the run is still there."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Whether the daemon may ask."""
        return KNOWN

    # What it returns has no public name.
    def check_run_worker_health(self, run: dg.DagsterRun) -> Any:
        """Whether the process of a run that has not ended is there."""
        client = self._get_grpc_client_for_termination(run.run_id)  # type: ignore[no-untyped-call]
        if client is None:
            return CheckRunHealthResult(WorkerStatus.RUNNING, "no code server started it")
        try:
            answer = client.can_cancel_execution(CanCancelExecutionRequest(run_id=run.run_id))
        except DagsterUserCodeUnreachableError:
            return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its code server is gone")
        if dg.deserialize_value(answer, CanCancelExecutionResult).can_cancel:
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "its process is gone")
