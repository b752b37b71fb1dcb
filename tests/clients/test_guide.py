"""The code in docs/bi.md does what it says: every block is run as it stands."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from client_environments import node_environment, python_environment

GUIDE = Path(__file__).parents[2] / "docs" / "bi.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
LAST_NAME = re.compile(r"^ *(rows|frame|table) = ", re.MULTILINE)


@pytest.fixture
def desk(tmp_path: Path, warehouse: Path) -> Path:
    """A folder where the file lies at the path that the guide gives."""
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "zhibiao.duckdb").symlink_to(warehouse)
    return tmp_path


@pytest.mark.parametrize("code", [code for language, code in BLOCKS if language == "python"])
def test_python_of_the_guide(code: str, desk: Path) -> None:
    (name,) = LAST_NAME.findall(code)
    python = python_environment("drivers")
    assert _run([str(python), "-c", f"{code}\nprint(len({name}))"], desk) >= 5


@pytest.mark.parametrize("code", [code for language, code in BLOCKS if language == "js"])
def test_javascript_of_the_guide(code: str, desk: Path) -> None:
    (desk / "node_modules").symlink_to(node_environment() / "node_modules")
    (desk / "guide.mjs").write_text(code.replace("getRowObjects()", "getRowObjects().length"))
    assert _run(["node", "guide.mjs"], desk) == 5


def test_the_guide_holds_the_code_that_is_tried() -> None:
    assert [language for language, _ in BLOCKS] == ["python"] * 4 + ["js"]


def _run(command: list[str], folder: Path) -> int:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[-1])
