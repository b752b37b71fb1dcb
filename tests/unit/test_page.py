"""What the guard before Dagster's page refuses; asked of the real page in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.datastructures import Headers

from pipelines.page import refusal

MUTATION = "mutation { setAutoMaterializePaused(paused: %s) }"
PAUSED = "{ instance { autoMaterializePaused } }"
JSON = "application/json"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The page of an instance without any project, under one more name."""
    home = tmp_path_factory.mktemp("home")
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pipelines.page", "--empty-workspace", "-p", str(port)]
    settings = {"DAGSTER_HOME": str(home), "ZHIBIAO_PAGE_HOSTS": "dagster.example.org"}
    with (
        (home / "page.log").open("wb") as log,
        subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client,
    ):
        try:
            deadline = time.monotonic() + 120
            while True:
                try:
                    client.get("/server_info")
                    break
                except httpx.ConnectError:
                    assert process.poll() is None, (home / "page.log").read_text("utf-8")
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
            yield client
        finally:
            process.terminate()


def paused(page: httpx.Client) -> bool:
    answer = page.post("/graphql", json={"query": PAUSED})
    return bool(answer.json()["data"]["instance"]["autoMaterializePaused"])


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        ("GET", {"Accept": JSON}),
        ("GET", {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("POST", {"Origin": "http://evil.example"}),
        ("POST", {"Origin": "null"}),
        ("POST", {"Origin": "http://localhost:8080"}),
        ("POST", {"Host": "evil.example"}),
        ("POST", {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("POST", {"Host": "dagster.example.org.evil.example"}),
        ("POST", {"Origin": "http://dagster.example.org.evil.example"}),
    ],
    ids=lambda part: " ".join(part.values()) or "plain" if isinstance(part, dict) else part,
)
def test_a_forged_mutation_is_refused(page: httpx.Client, method: str, headers: dict[str, str]):
    before = paused(page)
    query = {"query": MUTATION % ("false" if before else "true")}
    answer = page.request(method, "/graphql", params=query, headers=headers)
    assert answer.status_code == 403
    assert paused(page) is before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "{page}"},
        {"Host": "dagster.example.org", "Origin": "https://dagster.example.org"},
        {"Origin": "https://dagster.example.org"},
    ],
    ids=["a program", "the page", "a proxy that keeps the name", "a proxy that does not"],
)
def test_a_mutation_of_the_page_itself_is_done(page: httpx.Client, headers: dict[str, str]):
    own = {key: value.format(page=str(page.base_url).rstrip("/")) for key, value in headers.items()}
    before = paused(page)
    query = {"query": MUTATION % ("false" if before else "true")}
    assert page.post("/graphql", json=query, headers=own).status_code == 200
    assert paused(page) is not before


def test_other_changes_than_those_of_graphql_are_refused_too(page: httpx.Client):
    forged = {"Origin": "http://evil.example"}
    answer = page.post("/report_asset_materialization/any", headers=forged)
    assert (answer.status_code, "http://evil.example" in answer.text) == (403, True)


def test_pages_are_shown_under_their_names_alone(page: httpx.Client):
    html = {"Accept": "text/html"}
    for path in ("/", "/runs", "/graphql"):
        assert page.get(path, headers=html).status_code == 200
        assert page.get(path, headers=html | {"Host": "dagster.example.org"}).status_code == 200
        refused = page.get(path, headers=html | {"Host": "evil.example:3000"})
        assert refused.status_code == 403
        assert "evil.example:3000" in refused.text
        assert "ZHIBIAO_PAGE_HOSTS" in refused.text


WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "graphql-ws",
}


@pytest.mark.parametrize(
    ("origin", "status"), [("{page}", 101), ("http://evil.example", 403)], ids=["own", "forged"]
)
def test_a_websocket_opens_for_the_page_alone(page: httpx.Client, origin: str, status: int):
    own = origin.format(page=str(page.base_url).rstrip("/"))
    with page.stream("GET", "/graphql", headers=WEBSOCKET | {"Origin": own}) as answer:
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("localhost", True),
        ("LOCALHOST:3000", True),
        ("[::1]:3000", True),
        ("127.0.0.1:3000", True),
        ("127.0.0.1.evil.example", False),
        ("evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_the_names_of_this_machine_are_enough(host: str, answered: bool):
    assert (refusal("GET", "/", Headers({"host": host}), ()) is None) is answered
