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

from pipelines.definitions import defs
from pipelines.defs.alerts import tell, tell_failure, tell_lateness
from pipelines.defs.warehouse import PUBLISHED
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
    with pytest.raises(AlertError, match=f"127.0.0.1 was not told: it answered {status}") as error:
        tell(receiver.url, {})
    assert "secret" not in str(error.getrepr())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver: Receiver, status: int):
    receiver.statuses = [status]
    with pytest.raises(AlertError, match=f"it answered {status}"):
        tell(receiver.url, {"event": "x"})
    assert receiver.asked == ["/hooks/secret"]
    assert receiver.told == []


def test_an_answer_that_never_ends_is_given_up(receiver: Receiver):
    receiver.drips = True
    with pytest.raises(AlertError, match=r"did not answer within 0\.3 seconds") as error:
        tell(receiver.url, {}, deadline=0.3)
    assert "secret" not in str(error.getrepr())


def test_a_sent_alert_leaves_no_address_in_the_log(
    receiver: Receiver, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level("INFO"):
        tell(receiver.url, {})
    assert "secret" not in caplog.text


def test_nobody_at_the_address_is_an_error(receiver: Receiver, caplog: pytest.LogCaptureFixture):
    receiver.shutdown()
    receiver.server_close()
    with pytest.raises(AlertError, match="ConnectError") as error:
        tell(receiver.url, {})
    assert "secret" not in str(error.getrepr())
    assert "secret" not in caplog.text


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
            "step": "extraction",
            "error": error,
        }
    ]


def test_without_an_address_nobody_is_told_of_a_failure(failed: dg.RunFailureSensorContext):
    reason = tell_failure(failed, None)
    assert reason is not None
    assert "ZHIBIAO_WEBHOOK_URL is not set" in reason.skip_message


def published(instance: dg.DagsterInstance) -> None:
    instance.report_runless_asset_event(dg.AssetMaterialization(PUBLISHED))


class Ticks:
    """The sensor of lateness as the daemon calls it; returns what each tick says."""

    def __init__(self, instance: dg.DagsterInstance, url: str | None) -> None:
        self.instance, self.url = instance, url
        self.cursor: str | None = None

    def __call__(self, hours: float) -> str:
        with dg.build_sensor_context(instance=self.instance, cursor=self.cursor) as context:
            result = tell_lateness(context, self.url, hours)
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
    assert alert["asset"] == "warehouse_published"
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
