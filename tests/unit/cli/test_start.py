"""`zhibiao parse` starts without what it does not need: each would cost every start some time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipelines import lexicon

SAMPLE = next((lexicon.SEEDS / "reports").glob("*.txt"))


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules that are loaded once a report was parsed."""
    code = (
        "import sys\nfrom pipelines.cli import app\n"
        f"app(['parse', {str(SAMPLE)!r}], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("{")
    return set(done.stderr.split())


@pytest.mark.parametrize("module", ["rich", "asyncio", "jieba", "rjieba"])
def test_parse_starts_without(module: str, loaded: set[str]) -> None:
    assert module not in loaded


def test_what_is_loaded_is_seen(loaded: set[str]) -> None:
    assert {"typer", "pydantic", "pipelines.text.parse"} <= loaded
