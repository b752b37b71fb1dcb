"""The seed of the kills, and the figures at the end."""

from __future__ import annotations

import os
import random

import pytest

SEED = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(1_000_000))


@pytest.fixture(scope="session")
def faults_seed() -> int:
    return SEED
