"""The floors of floors.toml: what was reached before, by suite and figure."""

from __future__ import annotations

import tomllib
from pathlib import Path

FLOORS = Path(__file__).resolve().parent / "floors.toml"


def floors() -> dict[str, dict[str, float]]:
    """What has been reached before, by suite and figure."""
    return tomllib.loads(FLOORS.read_text("utf-8"))
