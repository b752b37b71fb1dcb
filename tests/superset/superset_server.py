"""Superset as docs/bi.md starts it, on this machine, and its REST API."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / os.environ.get("SUPERSET", ".superset") / "bin" / "superset"
PASSWORD = "of-a-test"  # noqa: S105
_ADMIN = [
    "--username",
    "admin",
    "--firstname",
    "Ad",
    "--lastname",
    "Min",
    "--email",
    "admin@localhost",
]
_SETUP = (
    ("db", "upgrade"),
    ("fab", "create-admin", *_ADMIN, "--password", PASSWORD),
    ("init",),
)


class Superset:
    """Somebody who has signed in over REST."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._session = requests.Session()
        who = {"username": "admin", "password": PASSWORD, "provider": "db"}
        token = self._asked("POST", "security/login", json=who).json()["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._session.headers["Referer"] = address
        csrf = self.get("security/csrf_token/")["result"]
        self._session.headers["X-CSRFToken"] = csrf

    def get(self, path: str) -> Any:
        return self._asked("GET", path).json()

    def bring_in(self, bundle: Path) -> None:
        """Import a dashboard."""
        with bundle.open("rb") as file:
            self._asked("POST", "dashboard/import/", files={"formData": (bundle.name, file)})

    def charts(self) -> dict[str, int]:
        """The number of each chart by its title."""
        found = self.get("chart/?q=(page_size:100)")["result"]
        return {chart["slice_name"]: chart["id"] for chart in found}

    def rows(self, chart: int) -> list[dict[str, Any]]:
        """What a chart shows."""
        (found,) = self.get(f"chart/{chart}/data/?force=true")["result"]
        assert found["error"] is None
        return found["data"]

    def refusal(self, sql: str) -> str:
        """What SQL Lab says to a statement that it does not run."""
        (database,) = self.get("database/")["result"]
        asked = {"database_id": database["id"], "sql": sql, "runAsync": False}
        answer = self._session.post(
            f"{self.address}/api/v1/sqllab/execute/", json=asked, timeout=120
        )
        assert not answer.ok, answer.text
        return json.dumps(answer.json(), ensure_ascii=False)

    def _asked(self, method: str, path: str, **body: Any) -> requests.Response:
        answer = self._session.request(method, f"{self.address}/api/v1/{path}", timeout=120, **body)
        assert answer.ok, f"{path}: {answer.text}"
        return answer


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Set Superset up in a folder and start it; the address."""
    if not PROGRAM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no {PROGRAM}: make superset-test")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {
        **os.environ,
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(ROOT / "docs" / "superset" / "superset_config.py"),
        "SUPERSET_SECRET_KEY": "of-a-test-that-lasts-some-minutes-only",
    }
    log = home / "superset.log"
    with log.open("ab") as said:
        for command in _SETUP:
            subprocess.run(
                [PROGRAM, *command], env=environment, stdout=said, stderr=said, check=True
            )
        command = [PROGRAM, "run", "--with-threads", "--port", port]
        with subprocess.Popen(command, env=environment, stdout=said, stderr=said) as server:
            try:
                _wait(f"http://127.0.0.1:{port}/health", server)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def _wait(health: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if requests.get(health, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise TimeoutError(health)
