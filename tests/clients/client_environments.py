"""Where clients live that the project itself does not depend on: one folder a client, kept.

The folders are made once under `.venv-clients/` and made anew when their list of packages
changes. Nothing here knows what a client is asked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".venv-clients"
PROBES = HERE / "probes"

_FAILED: dict[Path, str] = {}  # what could not be made in this session, and why


def python_environment(name: str) -> Path:
    """The interpreter of an environment that holds what `environments/NAME.txt` lists."""
    wanted = HERE / "environments" / f"{name}.txt"
    folder = CACHE / name
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(python)]
    _make(
        folder,
        wanted,
        [
            [sys.executable, "-m", "venv", "--without-pip", str(folder)],
            [*pip, "install", "-r", str(wanted)],
        ],
    )
    return python


def node_environment() -> Path:
    """A folder whose `node_modules` holds what `node/package.json` lists."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            unavailable(f"{program} is not installed")
    folder = CACHE / "node"
    wanted = HERE / "node" / "package.json"
    _make(
        folder,
        wanted,
        [
            ["mkdir", str(folder)],
            ["cp", str(wanted), str(folder)],
            ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund"],
        ],
    )
    return folder


def unavailable(reason: str) -> NoReturn:
    """Leave a test out where its client cannot be had; on CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _make(folder: Path, wanted: Path, commands: list[list[str]]) -> None:
    if folder in _FAILED:
        unavailable(_FAILED[folder])
    stamp = folder / ".made-of"
    CACHE.mkdir(exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        if stamp.exists() and stamp.read_text("utf-8") == wanted.read_text("utf-8"):
            return
        shutil.rmtree(folder, ignore_errors=True)
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                _FAILED[folder] = f"{folder.name} cannot be installed: {_reason(done.stderr)}"
                unavailable(_FAILED[folder])
        shutil.copyfile(wanted, stamp)


def _reason(messages: str) -> str:
    lines = messages.strip().splitlines() or ["no message"]
    told = [line for line in lines if line.startswith(("ERROR", "npm error code"))]
    return (told or lines)[-1]
