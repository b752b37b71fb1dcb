"""How long the explorer takes to show each page: `python -m bench.explorer FILE`.

Serves a published file, opens each page in headless Chromium (of the system, by Playwright), and
waits until the page is drawn and Streamlit is at rest. The first view of a page asks the file; the
second is answered out of the memory of the server. Not part of either: to start the server, and to
fetch the scripts of Streamlit, which a page that asks nothing does before. On a machine that does
other work, elapsed seconds grow with it; the processor seconds of server and browser do so less.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import duckdb
import requests
from playwright.sync_api import BrowserContext, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-sync"]
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
BAR = 2.0  # seconds that a first view may take
# What is on a page when it is drawn.
DRAWN = {
    "": "[data-testid=stDataFrame]",
    "report": ".text .m",
    "indicator": "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg",
    "region": "[data-testid=stDataFrame]",
    "quality": "[data-testid=stDataFrame] >> nth=2",
    "search": "[data-testid=stDataFrame]",
    "sql": "textarea",
}


def pages(file: Path) -> dict[str, str]:
    """The addresses that are looked at, by page."""
    with duckdb.connect(str(file), read_only=True) as con:
        ((region, name, key),) = con.sql(
            "select region_path, region || period_year || '年' || indicator_zh, "
            "level_observation_key from mart_headline "
            "where level_observation_key is not null and region_path is not null limit 1"
        ).fetchall()
    own = {
        "report": f"?obs={key}",
        "region": f"?region={quote(region)}",
        "search": f"?q={quote(name)}",
    }
    return {page: f"{page}{own.get(page, '')}" for page in DRAWN}


@contextlib.contextmanager
def serving(file: Path) -> Iterator[str]:
    """Serve the file on this machine; the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "zhibiao", "explore", str(file), "--no-browser"]
    with subprocess.Popen(  # noqa: S603  (our own program)
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline:
                with contextlib.suppress(requests.ConnectionError):
                    if requests.get(f"{address}/_stcore/health", timeout=5).ok:
                        break
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()


class Taken(NamedTuple):
    """Seconds of a view: that passed, and that the processors worked for server and browser."""

    passed: float
    worked: float


def view(browser: BrowserContext, address: str, page_name: str) -> Taken:
    """Open a page in a window of its own until it is drawn."""
    page: Page = browser.new_page()
    page.set_default_timeout(120_000)
    begun, worked = time.perf_counter(), _worked()
    page.goto(address)
    page.locator(DRAWN[page_name]).first.wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    taken = Taken(time.perf_counter() - begun, _worked() - worked)
    page.close()
    return taken


def _worked() -> float:
    """Processor seconds so far of all processes that this one has started, and they in turn."""
    parents: dict[int, int] = {}
    seconds: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            process = int(stat.parent.name)
            parents[process] = int(fields[1])
            seconds[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    own = {os.getpid()}
    for _ in parents:
        more = {process for process, parent in parents.items() if parent in own} - own
        if not more:
            break
        own |= more
    return sum(seconds.get(process, 0) for process in own - {os.getpid()})


def main() -> int:
    """Print the seconds of each page; 1 where a first view is over the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="servers started anew")
    options = parser.parse_args()
    first: dict[str, list[Taken]] = {page: [] for page in DRAWN}
    again: dict[str, list[Taken]] = {page: [] for page in DRAWN}
    with sync_playwright() as driver:
        program = shutil.which("chromium")
        chromium = driver.chromium.launch(executable_path=program, args=[*FLAGS, OFFLINE])
        # One profile: the scripts of Streamlit are fetched once, as in a browser that people use.
        browser = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale="zh-CN")
        for _ in range(options.rounds):
            with serving(options.file) as address:
                # The console asks nothing of the file: modules are loaded, and nothing is known.
                view(browser, f"{address}/sql", "sql")
                for taken in (first, again):
                    for page, at in pages(options.file).items():
                        taken[page].append(view(browser, f"{address}/{at}", page))
        chromium.close()
    sys.stdout.write(
        f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n\n"
        "| page | first view, s | processors, s | again, s | processors, s |\n"
        "| --- | --: | --: | --: | --: |\n"
    )
    for page in DRAWN:
        cells = [
            statistics.median(value)
            for taken in (first, again)
            for value in zip(*taken[page], strict=True)
        ]
        sys.stdout.write(f"| {page or 'overview'} | {' | '.join(f'{x:.2f}' for x in cells)} |\n")
    return int(max(statistics.median(x.passed for x in one) for one in first.values()) > BAR)


if __name__ == "__main__":
    sys.exit(main())
