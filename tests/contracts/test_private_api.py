"""What is used of Dagster without a promise: where, what, and with which releases it was tried."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import dagster as dg
import pytest
from dagster._grpc.client import DagsterGrpcClient
from dagster_webserver import cli

from pipelines.defs import run_launcher

ROOT = Path(__file__).resolve().parents[2]
# Before another one is named here, with it: tests/live, tests/faults/test_daemon_killed.py.
TRIED = {"1.13"}
PACKAGES = ("dagster", "dagster-dg-cli", "dagster-webserver")
# By file: the modules without a promise that it imports from.
PRIVATE = {
    "pipelines/defs/run_launcher.py": {
        "dagster._core.errors",
        "dagster._core.launcher.base",
        "dagster._grpc.types",
    },
    "pipelines/page.py": {"dagster_webserver"},
}


def without_promise(path: Path) -> Iterator[str]:
    """Modules of Dagster, but for `dagster` itself, that a file imports from."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            modules = [name.name for name in node.names]
        yield from (name for name in modules if re.match(r"dagster[._]", name))


def test_only_these_files_use_what_has_no_promise():
    files = [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "zhibiao").rglob("*.py")]
    found = {str(path.relative_to(ROOT)): set(without_promise(path)) for path in files}
    assert {path: modules for path, modules in found.items() if modules} == PRIVATE


@pytest.mark.parametrize("package", PACKAGES)
def test_the_release_was_tried(package: str):
    (locked,) = (
        line.strip().partition("==")[2]
        for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
        if line.startswith(f"{package}==")
    )
    assert {locked.rpartition(".")[0], version(package).rpartition(".")[0]} <= TRIED


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_takes_any_release_that_breaks_no_promise(package: str):
    wanted = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'"{package}>=1.13,<2"' in wanted


def test_the_launcher_finds_what_it_uses():
    assert run_launcher.KNOWN
    asked = inspect.signature(dg.DefaultRunLauncher._get_grpc_client_for_termination)
    assert list(asked.parameters) == ["self", "run_id"]
    assert "can_cancel_execution" in vars(DagsterGrpcClient)
    base = inspect.signature(dg.DefaultRunLauncher.check_run_worker_health)
    assert list(base.parameters) == ["self", "run"]


def test_a_launcher_that_does_not_find_it_starts_runs_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(run_launcher, "KNOWN", False)
    assert not run_launcher.WatchedRunLauncher().supports_check_run_worker_health
    assert run_launcher.WatchedRunLauncher.launch_run is dg.DefaultRunLauncher.launch_run


def test_the_page_finds_what_it_puts_its_guard_around():
    made = inspect.signature(cli.create_app_from_workspace_process_context)
    assert next(iter(made.parameters)) == "workspace_process_context"
    assert "create_app_from_workspace_process_context(" in inspect.getsource(cli)
