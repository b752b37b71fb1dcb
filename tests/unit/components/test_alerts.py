"""What the webhook is told, and when; the receiver is a real server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dagster as dg
import pytest

from pipelines.components.alerts import tell_failure, tell_lateness, tell_refusals
from pipelines.components.webhook import tell
from pipelines.definitions import defs
from pipelines.errors import AlertError


class Receiver(ThreadingHTTPServer):
    """Keeps what it is told; answers with `statuses` in turn, and then with 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.told: list[dict[str, object]] = []
        self.statuses: list[int] = []
        self.asked: list[str] = []  # each path
        self.drips = False  # whether the answer comes by single bytes, and never ends
        self.closed = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hooks/secret"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        assert self.headers["Content-Type"] == "application/json"
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.path)
        if self.server.drips:
            self.drip()
            return
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == 200:
            self.server.told.append(json.loads(body))
        self.send_response(status)
        if status // 100 == 3:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    def drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        with suppress(OSError):
            while not self.server.closed.wait(0.02):
                self.wfile.write(b"x")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.closed.set()
        server.shutdown()
        thread.join()


def test_a_receiver_that_restarts_is_told_all_the_same(receiver: Receiver):
    receiver.statuses = [503]
    tell(receiver.url, {"event": "运行失败"})
    assert receiver.told == [{"event": "运行失败"}]


@pytest.mark.parametrize("status", [400, 404])
def test_a_refusal_is_an_error_that_keeps_the_address_to_itself(receiver: Receiver, status: int):
    receiver.statuses = [status]
    with pytest.raises(
        AlertError, match=f"127.0.0.1 did not take the message: it answered {status}"
    ) as error:
        tell(receiver.url, {})
    assert "secret" not in str(error.getrepr())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def load(reports: Path, instance: dg.DagsterInstance) -> dg.RunStatusSensorContext:
    """What the sensor is given after a load of the folder."""
    places = {"reports": str(reports), "warehouse": str(reports.with_name("w.duckdb"))}
    result = (
        defs()
        .resolve_job_def("load_reports")
        .execute_in_process(run_config=places | {"workers": 1}, instance=instance)
    )
    return dg.build_run_status_sensor_context(
        sensor_name="refused_files",
        dagster_event=result.get_run_success_event(),
        dagster_instance=instance,
        dagster_run=instance.get_run_by_id(result.run_id),
    )


def test_refused_files_are_told_once(
    receiver: Receiver, instance: dg.DagsterInstance, tmp_path: Path
):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "2024.txt").write_text("东沙街道2024年工作总结\n走访企业9家。\n", "utf-8")
    context = load(reports, instance)
    assert "could be read" in str(tell_refusals(context, receiver.url))
    (reports / "empty.txt").write_bytes(b"")
    context = load(reports, instance)
    assert "is not set" in str(tell_refusals(context, None))
    assert tell_refusals(context, receiver.url) is None
    (alert,) = receiver.told
    assert (alert["event"], alert["refused"]) == ("files_refused", 1)
    assert alert["files"] == ["empty.txt"]
    assert alert["text"].endswith("could not be read: empty.txt")
    assert "same files" in str(tell_refusals(load(reports, instance), receiver.url))
    assert len(receiver.told) == 1


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def failed(tmp_path: Path, instance: dg.DagsterInstance) -> dg.RunFailureSensorContext:
    """A run that had no folder to read."""
    places = {"reports": str(tmp_path / "away"), "warehouse": str(tmp_path / "w.duckdb")}
    result = (
        defs()
        .resolve_job_def("load_reports")
        .execute_in_process(
            run_config=places,
            instance=instance,
            raise_on_error=False,
        )
    )
    return dg.build_run_status_sensor_context(
        sensor_name="failed_run",
        dagster_event=result.get_run_failure_event(),
        dagster_instance=instance,
        dagster_run=result.dagster_run,
    ).for_run_failure()


def test_a_failed_run_is_told_in_plain_words(
    receiver: Receiver, failed: dg.RunFailureSensorContext, tmp_path: Path
):
    assert tell_failure(failed, receiver.url) is None
    error = (
        f"pipelines.errors.NoReportsError: {tmp_path}/away: the folder does not exist. "
        "Nothing was changed. Name the folder of the reports."
    )
    assert receiver.told == [
        {
            "event": "run_failed",
            "text": f"Zhibiao: the run of load_reports failed: {error}",
            "job": "load_reports",
            "run_id": failed.dagster_run.run_id,
            "step": "reports_sources",
            "error": error,
        }
    ]


def test_without_an_address_nobody_is_told_of_a_failure(failed: dg.RunFailureSensorContext):
    reason = tell_failure(failed, None)
    assert reason is not None
    assert "ZHIBIAO_WEBHOOK_URL is not set" in reason.skip_message


PUBLISHED = dg.AssetKey(["reports", "warehouse_published"])


def published(instance: dg.DagsterInstance) -> None:
    instance.report_runless_asset_event(dg.AssetMaterialization(PUBLISHED))


class Ticks:
    """The sensor of lateness as the daemon calls it; returns what each tick says."""

    def __init__(self, instance: dg.DagsterInstance, url: str | None) -> None:
        self.instance, self.url = instance, url
        self.cursor: str | None = None

    def __call__(self, hours: float) -> str:
        with dg.build_sensor_context(instance=self.instance, cursor=self.cursor) as context:
            result = tell_lateness(context, PUBLISHED, self.url, hours)
        self.cursor = result.cursor
        return str(result.skip_reason.skip_message)


def test_a_late_warehouse_is_told_once_for_each_publication(
    receiver: Receiver, instance: dg.DagsterInstance
):
    tick = Ticks(instance, receiver.url)
    assert "Nothing has been published" in tick(0)
    published(instance)
    assert "in time" in tick(1)
    assert receiver.told == []
    assert "the webhook was told" in tick(0)
    assert "that was told" in tick(0)
    (alert,) = receiver.told
    assert alert["event"] == "warehouse_late"
    assert alert["asset"] == "reports/warehouse_published"
    assert "in time" in tick(1)


def test_a_receiver_that_is_away_is_told_of_lateness_later(
    receiver: Receiver, instance: dg.DagsterInstance
):
    published(instance)
    receiver.statuses = [404]
    tick = Ticks(instance, receiver.url)
    with pytest.raises(AlertError):
        tick(0)
    tick(0)
    assert len(receiver.told) == 1


def test_without_an_address_nobody_is_told_of_lateness(instance: dg.DagsterInstance):
    published(instance)
    assert "ZHIBIAO_WEBHOOK_URL is not set" in Ticks(instance, None)(0)
