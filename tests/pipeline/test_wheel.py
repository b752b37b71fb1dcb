"""The built wheel works away from the checkout: sql/ and seeds/ travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_wheel_builds_a_warehouse_elsewhere(reports: Path, tmp_path: Path):
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    built = run(
        *pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT, cwd=tmp_path
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("zhibiao-*.whl")

    home = tmp_path / "env"
    venv.create(home)
    python = home / "bin" / "python"
    installed = run(*pip, "--python", python, "install", "-q", "--no-deps", wheel, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    # The libraries of this environment, without what is installed here in editable form.
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")

    where = run(python, "-c", "import pipelines; print(pipelines.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(site)), where.stdout + where.stderr
    done = run(
        home / "bin" / "zhibiao",
        "build",
        "--reports",
        reports,
        "--warehouse",
        "w.duckdb",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "w.duckdb").is_file()
    sample = run(home / "bin" / "zhibiao", "build", "--warehouse", "s.duckdb", cwd=tmp_path)
    assert sample.returncode == 0, sample.stdout + sample.stderr
    listed = run(
        python,
        *("-c", "from pipelines.definitions import defs; defs().resolve_job_def('load_reports')"),
        cwd=tmp_path,
    )
    assert listed.returncode == 0, listed.stderr
