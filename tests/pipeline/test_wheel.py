"""The built wheel works away from the checkout, with its extras and without them.

It is installed into an environment of its own that borrows the libraries of this one; which of them
it may not see is up to each test.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
BUILD = (*PIP, "wheel", "-q", "--no-deps", "--no-build-isolation")
WAREHOUSE = "duckdb filelock polars"
EXTRAS = (
    "dagster dask distributed docx lxml openpyxl pdfplumber pyarrow pypdf requests rjieba "
    "streamlit striprtf xlsxwriter mypyc"
)
HIDE = "import os, sys\nsys.modules.update(dict.fromkeys(os.environ.get('HIDDEN', '').split()))\n"

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def built(folder: Path, **environment: str) -> Path:
    done = run(*BUILD, "-w", folder, ROOT, cwd=folder, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("zhibiao-*.whl")
    return wheel


def installed(wheel: Path, home: Path) -> Path:
    """The folder of the commands of an environment that holds the wheel."""
    venv.create(home)
    python = home / "bin" / "python"
    done = run(*PIP, "--python", python, "install", "-q", "--no-deps", wheel, cwd=home)
    assert done.returncode == 0, done.stderr
    # The libraries of this environment, without what is installed here in editable form.
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (site / "sitecustomize.py").write_text(HIDE, "utf-8")
    where = run(python, "-c", "import pipelines; print(pipelines.__file__)", cwd=home)
    assert where.stdout.startswith(str(site)), where.stdout + where.stderr
    return home / "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(wheel, tmp_path_factory.mktemp("env"))


def test_it_holds_the_package_and_nothing_else(wheel: Path):
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pipelines", "zhibiao"}
    for wanted in (
        "zhibiao/py.typed",
        "pipelines/py.typed",
        "pipelines/_data/sql/glossary.yml",
        "pipelines/_data/CITATION.cff",
    ):
        assert wanted in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not [name for name in names if "_compiled" in name]


def test_with_the_warehouse_it_builds_and_queries(commands: Path, reports: Path, tmp_path: Path):
    def zhibiao(*arguments: object) -> subprocess.CompletedProcess[str]:
        return run(commands / "zhibiao", *arguments, cwd=tmp_path, HIDDEN=EXTRAS)

    done = zhibiao("build", "--reports", reports, "--warehouse", "w.duckdb")
    assert done.returncode == 0, done.stdout + done.stderr
    count = zhibiao("query", "w.duckdb", "select count(*) > 5 as ok from mart_observation")
    assert "true" in count.stdout.lower(), count.stdout + count.stderr
    (first, *_) = sorted(reports.glob("*.txt"))
    assert '"quote"' in zhibiao("parse", first).stdout
    assert zhibiao("export", "w.duckdb", "x", "--format", "csv").returncode == 0
    again = zhibiao("build", "--reports", reports, "--warehouse", "w.duckdb")
    assert again.returncode == 0, again.stdout + again.stderr


def test_without_extras_it_parses(commands: Path, reports: Path, tmp_path: Path):
    def zhibiao(*arguments: object) -> subprocess.CompletedProcess[str]:
        return run(commands / "zhibiao", *arguments, cwd=tmp_path, HIDDEN=f"{EXTRAS} {WAREHOUSE}")

    (first, *_) = sorted(reports.glob("*.txt"))
    assert '"quote"' in zhibiao("parse", first).stdout
    assert zhibiao("synth", "3").returncode == 0
    shown = zhibiao("--help")
    assert shown.returncode == 0, shown.stderr
    assert "zhibiao[warehouse]" in shown.stdout
    refused = zhibiao("build", "--reports", reports)
    assert refused.returncode == 1
    assert refused.stderr.startswith("failed  zhibiao build needs ")
    assert refused.stderr.endswith("Run pip install 'zhibiao[warehouse]'.\n")
    assert zhibiao("parse", "nowhere.txt").stderr.endswith("No such file or directory\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("build", "--engine", "dask"), "pip install 'zhibiao[dask]'"),
        (("export", "w.duckdb", "x", "--format", "xlsx"), "pip install 'zhibiao[xlsx]'"),
    ],
    ids=["dask", "xlsx"],
)
def test_a_missing_extra_is_one_sentence(
    commands: Path, arguments: tuple[str, ...], sentence: str, tmp_path: Path
):
    done = run(commands / "zhibiao", *arguments, cwd=tmp_path, HIDDEN=EXTRAS)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_its_samples_build_and_dagster_loads_it(commands: Path, tmp_path: Path):
    sample = run(commands / "zhibiao", "build", "--warehouse", "s.duckdb", cwd=tmp_path)
    assert sample.returncode == 0, sample.stdout + sample.stderr
    code = "from pipelines.definitions import defs; defs().resolve_job_def('load_reports')"
    listed = run(commands / "python", "-c", code, cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr


def test_a_compiled_wheel_runs_the_compiled_parser(tmp_path: Path):
    wheel = built(tmp_path, ZHIBIAO_WHEEL="compiled")
    assert not wheel.name.endswith("-any.whl")
    (home := tmp_path / "env").mkdir()
    code = (
        "from zhibiao import parse_text; from pipelines import compiled\n"
        "(one,) = parse_text('2023年,财政收入完成2.26亿元。').observations\n"
        "print(compiled.in_use(), one.value)"
    )
    python = installed(wheel, home) / "python"
    done = run(python, "-c", code, cwd=tmp_path, ZHIBIAO_COMPILED="1")
    assert done.stdout == "True 226000000\n", done.stderr
