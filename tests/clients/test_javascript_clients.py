"""The published file in Node, and in a browser that has it from a web server and nothing else."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from client_environments import PROBES, node_environment, unavailable


def test_node(ask: Callable[..., dict[str, Any]], answers: dict[str, str]) -> None:
    result = ask("node", PROBES / "node_api.mjs", folder=node_environment())
    assert result["answers"] == answers
    assert [kind.split("(")[0] for kind in result["types"]] == ["DECIMAL", "DATE", "VARCHAR"]
    assert "read-only" in result["refused"]


class Server(ThreadingHTTPServer):
    """Serves the paths it is given, and puts what is posted to it on a queue."""

    def __init__(self, paths: dict[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.paths = paths
        self.posted: queue.Queue[bytes] = queue.Queue()


class Handler(SimpleHTTPRequestHandler):
    """Static files of several folders, with the types that a browser insists on."""

    server: Server
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def translate_path(self, path: str) -> str:
        first, _, rest = path.lstrip("/").partition("/")
        return str(self.server.paths.get(first, Path("/nowhere")) / rest)

    def do_POST(self) -> None:
        self.server.posted.put(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: the answers tell what went wrong."""


@contextmanager
def served(paths: dict[str, Path]) -> Iterator[Server]:
    with Server(paths) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def browser(program: str, profile: Path, address: str) -> Iterator[None]:
    """A headless Chromium that looks up no host and calls home to none."""
    process = subprocess.Popen(
        [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--user-data-dir={profile}",
            address,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def test_wasm_in_a_browser_without_a_network(
    warehouse: Path, questions: Path, answers: dict[str, str], tmp_path: Path
) -> None:
    modules = node_environment() / "node_modules"
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        unavailable("chromium is not installed")
    paths = {
        "wasm.html": PROBES / "wasm.html",
        "questions.json": questions,
        "zhibiao.duckdb": warehouse,
        "modules": modules,
    }
    with served(paths) as server:
        address = f"http://127.0.0.1:{server.server_port}/wasm.html"
        with browser(program, tmp_path / "profile", address):
            try:
                result = json.loads(server.posted.get(timeout=600))
            except queue.Empty:
                pytest.fail("the page gave no answers within 50 seconds")
    assert result.get("error") is None
    assert result["answers"] == answers
    assert "read-only" in result["refused"]
