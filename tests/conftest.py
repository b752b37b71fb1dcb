"""What holds for all tests."""

import os
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Coverage sees only what the interpreter runs. That the compiled parser gives the same is a test.
os.environ.setdefault("ZHIBIAO_COMPILED", "0")
# Runs of Dagster are sent to the folders of tests, which the defaults do not allow.
os.environ.setdefault("ZHIBIAO_ALLOWED_ROOTS", tempfile.gettempdir())

# A run that was started in the background inherits an ignored Ctrl-C, and its children would too.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no fault of an example; a test that hangs ends by pytest-timeout.
settings.register_profile("zhibiao", deadline=None)
settings.load_profile("zhibiao")

# Lanes that take minutes, or programs that a bare machine lacks: `make test` leaves them out.
_SLOW_LANES = {"clients", "faults", "live"}
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
