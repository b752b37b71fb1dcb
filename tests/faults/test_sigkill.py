"""A build that is killed at any moment harms nobody, and the next one completes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_trials import KILLS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.fault("killed with SIGKILL"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc on this system"),
]


@pytest.mark.parametrize("number", range(KILLS))
def test_the_run_after_a_kill_recovers(number: int, trials):
    kill, outcome = trials[number]
    assert outcome.result() == [], kill
