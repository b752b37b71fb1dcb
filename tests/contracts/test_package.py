"""What the package promises to who installs it: names, extras, and what it imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import files, packages_distributions, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import pipelines
import zhibiao
from pipelines.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LIBRARIES = packages_distributions()
# What comes with an extra, and the only places that may import it.
AT_HOME = {
    "warehouse": [
        "pipelines/warehouse/",
        "pipelines/frames/",
        "pipelines/defs/",
        "pipelines/components/",
        "pipelines/contracts.py",
        "pipelines/relations.py",
        "pipelines/explorer/",
        "pipelines/machine.py",
        "pipelines/reading/formats/parquet.py",
        "pipelines/commands/rows.py",
        *(f"pipelines/commands/{name}.py" for name, extra in COMMANDS.items() if extra),
    ],
    "explore": ["pipelines/explorer/", "pipelines/commands/explore.py"],
    "dagster": [
        "pipelines/defs/",
        "pipelines/components/",
        "pipelines/definitions.py",
        "pipelines/page.py",
    ],
    "dask": ["pipelines/engines/dask.py"],
    "compile": ["pipelines/compile.py"],
    "formats": ["pipelines/reading/formats/"],
    "ocr": ["pipelines/reading/formats/ocr.py"],
    "stats": ["pipelines/warehouse/labelled.py"],
    "xlsx": ["pipelines/warehouse/spreadsheets.py"],
    "fast": ["pipelines/segmenters.py"],
    "mcp": ["pipelines/machine.py", "pipelines/commands/mcp.py"],
    "notebook": [],
}

# Extras that weigh so much that only who asks for them by name gets them.
HEAVY = {"ocr"}


def names(requirements: list[str]) -> set[str]:
    """The distributions that requirements speak of, as PEP 503 spells them."""
    found = (re.match(r"[A-Za-z0-9._-]+", one) for one in requirements)
    return {plain(match.group()) for match in found if match}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imports(path: Path) -> set[str]:
    """The top-level names that a module imports, whenever it does."""
    tree = ast.parse(path.read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            (name,) = node.args
            first = name.values[0] if isinstance(name, ast.JoinedStr) else name
            assert isinstance(first, ast.Constant), f"{path}: which module?"
            found.add(str(first.value).split(".")[0])
    return found - set(sys.stdlib_module_names) - {"pipelines", "zhibiao"}


MODULES = sorted([*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "zhibiao").rglob("*.py")])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_module_imports_is_declared(path: Path):
    place = path.relative_to(ROOT).as_posix()
    allowed = names(PROJECT["dependencies"])
    for extra, homes in AT_HOME.items():
        if place.startswith(tuple(homes)):
            allowed |= names(EXTRAS[extra])
    undeclared = {
        name
        for name in imports(path)
        if not allowed & {plain(one) for one in LIBRARIES.get(name, [name])}
    }
    assert not undeclared


def test_every_dependency_is_imported():
    used = {
        plain(one)
        for path in MODULES
        for name in imports(path)
        for one in LIBRARIES.get(name, [name])
    }
    # Commands that units run, what a notebook needs for `.pl()`, what is loaded by its file.
    commands = {"dagster-dg-cli", "pyarrow", "dask", "rjieba"}
    declared = names(PROJECT["dependencies"]).union(*(names(EXTRAS[extra]) for extra in AT_HOME))
    assert declared - used == commands | {"zhibiao"}


def test_all_is_all_extras():
    (whole,) = EXTRAS["all"]
    assert AT_HOME.keys() == EXTRAS.keys() - {"all", "dev"}
    assert set(re.findall(r"\w+", whole)[1:]) == AT_HOME.keys() - HEAVY


def test_the_lock_has_every_library_that_is_declared():
    locked = names((ROOT / "requirements.lock").read_text("utf-8").splitlines())
    light = [requirements for extra, requirements in EXTRAS.items() if extra not in HEAVY]
    declared = names(PROJECT["dependencies"]).union(*map(names, light))
    # pip freeze leaves setuptools out; mypy[mypyc] brings it.
    assert declared - locked == {"setuptools", "zhibiao"}


def test_both_names_offer_the_same():
    assert zhibiao.__all__ == pipelines.__all__
    assert all(getattr(zhibiao, name) is getattr(pipelines, name) for name in zhibiao.__all__)


@pytest.mark.parametrize("package", [pipelines, zhibiao])
def test_both_are_typed(package):
    assert Path(package.__file__).with_name("py.typed").is_file()


def loaded(code: str) -> set[str]:
    """The libraries that a fresh Python has loaded after `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in done.stdout.split()}


SENTENCE = "2023年,全县财政总收入完成2.26亿元,增长8.33%。"


def test_the_parser_needs_neither_warehouse_nor_dagster():
    said = loaded(f"from zhibiao import parse_text; assert parse_text('{SENTENCE}').observations")
    heavy = {"duckdb", "polars", "pyarrow", "dagster", "pydantic", "dask", "rich", "typer", "yaml"}
    assert "pipelines" in said
    assert not said & heavy


def test_the_commands_need_no_more_than_the_warehouse():
    said = loaded(
        "\n".join(f"import pipelines.commands.{name.replace('-', '_')}" for name in COMMANDS)
    )
    assert "duckdb" in said
    assert not said & {
        "dagster",
        "dask",
        "distributed",
        "pyarrow",
        "pyreadstat",
        "requests",
        "xlsxwriter",
    }


@pytest.mark.parametrize("command", [name for name, extra in COMMANDS.items() if not extra])
def test_what_needs_no_warehouse_starts_without_one(command: str):
    said = loaded(
        "from typer.testing import CliRunner; from pipelines.cli import app\n"
        f"assert CliRunner().invoke(app, ['{command}', '--help']).exit_code == 0"
    )
    assert not said & {"duckdb", "polars", "pyarrow", "dagster"}


def closure(distribution: str, extras: tuple[str, ...] = ("",)) -> set[str]:
    """The distributions that pip installs with one, itself included."""
    found = {plain(distribution)}
    for line in requires(distribution) or ():
        one = Requirement(line)
        if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras):
            found |= closure(one.name, tuple(one.extras) or ("",))
    return found


def test_the_core_is_small():
    core = set().union(*map(closure, names(PROJECT["dependencies"])))
    assert not core & {"duckdb", "polars", "dagster", "pyarrow"}
    size = sum(
        path.stat().st_size
        for name in core
        for path in (Path(file.locate()) for file in files(name) or ())
        if path.is_file()
    )
    # In the environment of a user it is under 100 MB with zhibiao itself, 6 MB of it.
    assert size < 90_000_000, {name: len(files(name) or ()) for name in core}


def test_the_command_tells_its_version():
    done = subprocess.run(
        [sys.executable, "-m", "zhibiao", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"zhibiao {version('zhibiao')}\n"


def test_without_dagster_one_sentence_says_what_to_do():
    code = "import sys; sys.modules['dagster'] = None; import pipelines.definitions"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    last = done.stderr.splitlines()[-1]
    assert last.endswith("dagster is not installed. Run pip install 'zhibiao[dagster]'.")


def test_the_version_is_that_of_the_change_log():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    (newest, *_) = re.findall(r"^## \[?(\d+\.\d+\.\d+)", text, re.MULTILINE)
    assert newest == PROJECT["version"]
    cited = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {newest}\n" in cited


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", "README.zh-CN.md"])
def test_what_a_guide_points_to_exists(name: str):
    text = (ROOT / name).read_text("utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    rooms = "pipelines|tests|seeds|sql|docs|tools"
    named = re.findall(rf"\b((?:{rooms})/[A-Za-z_./-]+\.[a-z]+)\b", text)
    assert not {
        path for path in {*linked, *named} if "NAME" not in path and not (ROOT / path).exists()
    }
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    used = re.findall(r"(?:^    |`)make ([a-z-]+(?: [a-z-]+)*)", text, re.MULTILINE)
    assert {word for line in used for word in line.split()} <= set(targets)
