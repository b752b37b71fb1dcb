"""Dagster as it runs unattended: webserver and daemon on this machine, asked over GraphQL."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import requests

HOME = Path(__file__).parents[2] / "dagster_home"
SELECTOR = {"repositoryLocationName": "zhibiao", "repositoryName": "__repository__"}

Found = TypeVar("Found")


def until(look: Callable[[], Found | None], what: str, seconds: float = 300) -> Found:
    """The first thing that `look` finds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.2)
    raise TimeoutError(f"{what}: not within {seconds:g} seconds")


class Dagster:
    """The GraphQL side of a webserver."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ready(self) -> bool:
        """Whether it answers, and has loaded the project."""
        query = "{ repositoriesOrError { ... on RepositoryConnection { nodes { name } } } }"
        try:
            return bool(self.ask(query).get("nodes"))
        except requests.ConnectionError:
            return False

    def ask(self, query: str, **variables: object) -> Any:
        body = {"query": query, "variables": variables}
        answer = requests.post(f"{self.address}/graphql", json=body, timeout=120).json()
        assert "errors" not in answer, answer["errors"]
        (data,) = answer["data"].values()
        assert "message" not in data, data
        return data

    def switch_on(self, sensor: str) -> str:
        return self.switch(sensor, on=True)

    def switch(self, sensor: str, *, on: bool) -> str:
        """Switch a sensor on or off; what it is then."""
        if on:
            query = """mutation ($it: SensorSelector!) { startSensor(sensorSelector: $it) {
                ... on Sensor { sensorState { status } } ... on Error { message } } }"""
            return self.ask(query, it=SELECTOR | {"sensorName": sensor})["sensorState"]["status"]
        query = """query ($it: SensorSelector!) { sensorOrError(sensorSelector: $it) {
            ... on Sensor { id } ... on Error { message } } }"""
        found = self.ask(query, it=SELECTOR | {"sensorName": sensor})["id"]
        query = """mutation ($id: String) { stopSensor(id: $id) {
            ... on StopSensorMutationResult { instigationState { status } }
            ... on Error { message } } }"""
        return self.ask(query, id=found)["instigationState"]["status"]

    def stale(self) -> dict[str, set[str]]:
        """The assets that are marked as stale, and why."""
        query = """{ assetNodes { assetKey { path } staleStatus
            staleCauses { key { path } reason } } }"""
        return {
            node["assetKey"]["path"][-1]: {
                f"{cause['key']['path'][-1]} {cause['reason']}" for cause in node["staleCauses"]
            }
            for node in self.ask(query)
            if node["staleStatus"] == "STALE"
        }

    def ticks(self, sensor: str) -> list[dict[str, Any]]:
        """The sensor's ticks, the newest first."""
        query = """query ($it: SensorSelector!) { sensorOrError(sensorSelector: $it) {
            ... on Sensor { sensorState { ticks { tickId status skipReason } } }
            ... on Error { message } } }"""
        return self.ask(query, it=SELECTOR | {"sensorName": sensor})["sensorState"]["ticks"]

    def launch(self, **config: object) -> str:
        """What the launchpad does with this config; returns the run."""
        query = """mutation ($it: ExecutionParams!) { launchRun(executionParams: $it) {
            ... on LaunchRunSuccess { run { runId } } ... on Error { message } } }"""
        job = SELECTOR | {"jobName": "load_reports"}
        return self.ask(query, it={"selector": job, "runConfigData": config})["run"]["runId"]

    def runs(self, **tags: str) -> dict[str, str]:
        """The status of every run with these tags."""
        query = """query ($tags: [ExecutionTag!]) { runsOrError(filter: {tags: $tags}) {
            ... on Runs { results { runId status } } ... on Error { message } } }"""
        wanted = [{"key": f"dagster/{key}", "value": value} for key, value in tags.items()]
        results = self.ask(query, tags=wanted)["results"]
        return {run["runId"]: run["status"] for run in results}

    def ended(self, run: str) -> str:
        """How the run ends."""

        def look() -> str | None:
            status = self.runs().get(run)
            return status if status in {"SUCCESS", "FAILURE", "CANCELED"} else None

        return until(look, f"the end of run {run}")

    def materialized(self, asset: str) -> list[dict[str, Any]]:
        """The numbers that the asset's materializations carry, the newest first."""
        query = """query ($it: AssetKeyInput!) { assetOrError(assetKey: $it) { ... on Asset {
            assetMaterializations { runId metadataEntries { label
            ... on IntMetadataEntry { intValue } } } } } }"""
        found = self.ask(query, it={"path": ["reports", asset]})["assetMaterializations"]
        return [
            {entry["label"]: entry.get("intValue") for entry in one["metadataEntries"]}
            for one in found
        ]


@contextmanager
def dagster(home: Path, logs: Path, settings: Mapping[str, str]) -> Iterator[Dagster]:
    """A webserver on a free port and a daemon, with a home and settings of their own."""
    shutil.copyfile(HOME / "dagster.yaml", home / "dagster.yaml")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    workspace = ["-w", str(HOME / "workspace.yaml")]
    commands = [
        ["python", "-m", "pipelines.page", *workspace, "-h", "127.0.0.1", "-p", str(port)],
        ["dagster-daemon", "run", *workspace],
    ]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIBIAO_")}
    environment = kept | {"DAGSTER_HOME": str(home)} | settings
    # Two programs that make a new home at the same time spoil it.
    program = Path(sys.executable).with_name("dagster")
    subprocess.run(
        [str(program), "instance", "info"], env=environment, check=True, capture_output=True
    )
    with ExitStack() as stack:
        for command in commands:
            stack.enter_context(_running(command, home, logs, environment))
        server = Dagster(f"http://127.0.0.1:{port}")
        until(server.ready, "the webserver")
        yield server


@contextmanager
def _running(
    command: list[str], folder: Path, logs: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    program = Path(sys.executable).with_name(command[0])
    with (logs / f"{program.name}.log").open("wb") as log:
        process = subprocess.Popen(
            [str(program), *command[1:]],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a group of its own, with the code servers that it starts
        )
        try:
            yield
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
