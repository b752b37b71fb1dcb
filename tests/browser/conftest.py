"""What tests of the explorer share: a page that looks at the file their module serves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from explorer_server import Seen, looking
from playwright.sync_api import Browser


@pytest.fixture
def seen(chromium: Browser, address: str) -> Iterator[Seen]:
    """A page of the explorer at `address`, a fixture of the module."""
    with looking(chromium, address) as seen:
        yield seen
