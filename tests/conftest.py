"""What holds for all tests."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Coverage sees only what the interpreter runs. That the compiled parser gives the same is a test.
os.environ.setdefault("ZHIBIAO_COMPILED", "0")
# What tests look for in messages is English, whoever runs them.
os.environ.setdefault("ZHIBIAO_LANG", "en")
# Runs of Dagster are sent to the folders of tests, which the defaults do not allow.
os.environ.setdefault("ZHIBIAO_ALLOWED_ROOTS", tempfile.gettempdir())

# A run that was started in the background inherits an ignored Ctrl-C, and its children would too.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no fault of an example; a test that hangs ends by pytest-timeout.
settings.register_profile("zhibiao", deadline=None)
settings.load_profile("zhibiao")

# Lanes that take minutes, or programs that a bare machine lacks: `make test` leaves them out.
_SLOW_LANES = {"browser", "clients", "faults", "live", "superset"}
_SLOW_SECONDS = 1200


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of slow lanes, but for those that are a smoke test of theirs."""
    for item in items:
        lane = item.path.relative_to(Path(__file__).parent).parts[0]
        if lane in _SLOW_LANES and not item.get_closest_marker("smoke"):
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(_SLOW_SECONDS))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium of the system that looks up no host and calls home to none."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (most tests need none)

    program = shutil.which("chromium")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("chromium is not installed")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()
