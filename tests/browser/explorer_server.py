"""The explorer over a file, served for a browser; what its pages ask for and complain of."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from playwright.sync_api import Browser, Page, TimeoutError, expect
from typer.testing import CliRunner

from pipelines.cli import app

ROOT = Path(__file__).parents[2]
_PATIENCE = 60_000  # milliseconds: the machine may be busy
# Streamlit looks for its server below the address of a page before it looks where it is.
_EXPECTED = ("/_stcore/health", "/_stcore/host-config")


def build(folder: Path, reports: dict[str, str], target: Path) -> Path:
    """Publish these reports, with those that are in the folder already."""
    folder.mkdir(exist_ok=True)
    for name, text in reports.items():
        (folder / name).write_text(text, "utf-8")
    arguments = ["build", "--reports", str(folder), "--warehouse", str(target), "--workers", "1"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return target


@contextmanager
def serving(file: Path, *options: str) -> Iterator[str]:
    """Serve a file; the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "zhibiao", "explore", str(file), "--no-browser", *options]
    with subprocess.Popen([*command, "--port", str(port)], cwd=ROOT) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(health: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if requests.get(health, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise TimeoutError(health)


class Seen:
    """What a page asked for, and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page, self.asked, self.said = page, [], []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message) -> None:
        if message.type == "error" and not message.location["url"].endswith(_EXPECTED):
            self.said.append(message.text)


@contextmanager
def looking(chromium: Browser, address: str) -> Iterator[Seen]:
    """A page of the browser; in the end, nothing was asked of another host, nothing failed."""
    page = chromium.new_page(viewport={"width": 1400, "height": 1000}, locale="en-US")
    page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    seen = Seen(page)
    yield seen
    outside = [url for url in seen.asked if not url.startswith((address, f"blob:{address}"))]
    page.close()
    assert outside == []
    assert seen.said == []


def chosen(page: Page):
    """The mark that is looked at."""
    return page.locator(".text .m[aria-current]")


def settled(page: Page) -> None:
    """Wait until the page is whole: a list that is opened before is closed by what comes yet."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()


def pick(page: Page, label: str, option: str) -> None:
    """Choose from a list; it is opened again if what holds it unfolds and closes it."""
    entry = page.get_by_role("option", name=option, exact=True)
    for last in (False, False, False, True):
        page.get_by_label(label).click()
        try:
            entry.click(timeout=None if last else 5_000)
        except TimeoutError:
            if last:
                raise
        else:
            return


def click_row(page: Page, table: int, row: int) -> None:
    """Click a row of a table that is drawn, below its head of one row."""
    settled(page)
    drawn = page.locator("[data-testid=stDataFrame] .dvn-scroller").nth(table)
    drawn.click(position={"x": 90, "y": 35 * row + 52})
