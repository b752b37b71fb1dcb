"""The component `zhibiao.ReportCorpus`: of YAML files, corpora that know nothing of each other."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest
import yaml

from pipelines.warehouse.connect import read_only

ROOT = Path(__file__).resolve().parents[2]
TOWN = "东沙街道2024年工作总结\n全年走访企业9家，调解纠纷3起。\n"
BUDGET = "东沙区2024年预算执行情况\n一般公共预算收入2.26亿元，增长8.3%。\n"

Load = Callable[[], dg.Definitions]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """A package whose folder `defs` has the corpora of towns and of budgets."""
    monkeypatch.delenv("ZHIBIAO_ALLOWED_ROOTS")
    monkeypatch.setenv("ZHIBIAO_WORKERS", "1")
    monkeypatch.setenv("ZHIBIAO_AUTOMATION", "true")
    for name, text, word in (("towns", TOWN, "企业"), ("budgets", BUDGET, "收入")):
        home = tmp_path / name
        for folder in ("reports", "out", "words"):
            (home / folder).mkdir(parents=True)
        (home / "reports" / "2024.txt").write_text(text, "utf-8")
        (home / "words" / "words.csv").write_text(f"term\n{word}\n", "utf-8")
        write(
            tmp_path / "corpora_of_a_test" / "defs" / name,
            reports=str(home / "reports"),
            warehouse=str(home / "out" / "w.duckdb"),
            dictionaries=str(home / "words"),
            nightly_cron="0 4 * * *",
            timezone="Asia/Shanghai",
            late_hours=30,
            automation=name == "towns",
        )
    for folder in ("corpora_of_a_test", "corpora_of_a_test/defs"):
        (tmp_path / folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    def load() -> dg.Definitions:
        module = importlib.import_module("corpora_of_a_test.defs")
        return dg.ComponentTree.from_module(module, project_root=tmp_path).build_defs()

    yield load
    for name in [name for name in sys.modules if name.startswith("corpora_of_a_test")]:
        del sys.modules[name]


def write(home: Path, **attributes: object) -> None:
    """The YAML of a corpus: no more than ten lines."""
    home.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"type": "zhibiao.ReportCorpus", "attributes": attributes})
    assert text.count("\n") <= 10
    (home / "defs.yaml").write_text(text, "utf-8")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def ask(folder: Path, query: str) -> list[tuple]:
    with read_only(folder / "out" / "w.duckdb") as con:
        return con.sql(query).fetchall()


@pytest.mark.slow
def test_two_corpora_are_loaded_in_one_instance(
    project: Load, instance: dg.DagsterInstance, tmp_path: Path
):
    loaded = project()
    (tmp_path / "towns" / "reports" / "empty.txt").write_bytes(b"")
    for name in ("towns", "budgets"):
        result = loaded.resolve_job_def(f"load_{name}").execute_in_process(instance=instance)
        told = {event.asset_key.path[0] for event in result.get_asset_materialization_events()}
        assert told == {name}
        (refused,) = (
            found
            for found in result.get_asset_check_evaluations()
            if found.check_name == "files_refused"
        )
        assert refused.passed == (name == "budgets")
    rows = "select distinct indicator from mart_observation order by all"
    assert ask(tmp_path / "budgets", rows) == [("一般公共预算收入",)]
    assert ("一般公共预算收入",) not in ask(tmp_path / "towns", rows)
    words = "select keyword from dim_keyword where keyword_key <> -1"
    assert ask(tmp_path / "towns", words) == [("企业",)]
    assert ask(tmp_path / "budgets", words) == [("收入",)]


@pytest.mark.slow
def test_a_run_of_one_corpus_stays_out_of_the_folders_of_the_other(
    project: Load, instance: dg.DagsterInstance, tmp_path: Path
):
    job = project().resolve_job_def("load_towns")
    result = job.execute_in_process(
        run_config={"warehouse": str(tmp_path / "budgets" / "out" / "w.duckdb")},
        instance=instance,
        raise_on_error=False,
    )
    (failure,) = (event for event in result.all_events if event.is_step_failure)
    assert "may read and write only in" in failure.step_failure_data.error.to_string()
    assert not list((tmp_path / "budgets" / "out").iterdir())


@pytest.mark.slow
def test_a_corpus_has_automation_of_its_own(project: Load):
    repository = project().get_repository_def()
    found = {
        each.name: each.default_status.value == "RUNNING"
        for each in (*repository.schedule_defs, *repository.sensor_defs)
    }
    for name in ("towns", "budgets"):
        schedule = repository.get_schedule_def(f"nightly_{name}")
        assert schedule.cron_schedule == "0 4 * * *"
        assert found[f"nightly_{name}"] == found[f"{name}_automation"] == (name == "towns")
        assert found[f"{name}_folder"]
        assert found[f"late_{name}"]


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ({"late_hours": 0}, "late_hours: Input should be greater than 0.1"),
        ({"timezone": "Mars/Olympus"}, "timezone: "),
        ({"folder": "x"}, "folder"),
        ({"name": "two words"}, "name"),
    ],
    ids=["too small", "no time zone", "unknown", "no name"],
)
@pytest.mark.slow
def test_a_yaml_that_says_what_cannot_be_used_names_the_file_and_the_field(
    project: Load, tmp_path: Path, attributes: dict[str, object], says: str
):
    folder = tmp_path / "corpora_of_a_test" / "defs" / "budgets"
    write(folder, **attributes)
    with pytest.raises(Exception, match="budgets") as error:
        project().get_repository_def()
    assert says in str(error.getrepr())


@pytest.mark.slow
def test_a_second_corpus_is_scaffolded_checked_and_listed(tmp_path: Path):
    for name in ("pipelines", "zhibiao", "sql", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("_compiled"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    # As an installation of the package has it.
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    installed = tmp_path / f"zhibiao-{told['version']}.dist-info"
    installed.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: zhibiao\nVersion: {told['version']}\n"
    (installed / "METADATA").write_text(metadata, "utf-8")
    with (installed / "entry_points.txt").open("w") as file:
        for group, entries in told["entry-points"].items():
            file.writelines([f"[{group}]\n", *(f"{k} = {v}\n" for k, v in entries.items())])
    environment = os.environ | {
        "PYTHONPATH": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DAGSTER_HOME": "",
    }

    def run(*words: str) -> str:
        done = subprocess.run(
            ["dg", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "zhibiao.ReportCorpus" in run("list", "components")
    run("scaffold", "defs", "zhibiao.ReportCorpus", "budgets")
    said = yaml.safe_load((tmp_path / "pipelines/defs/budgets/defs.yaml").read_text("utf-8"))
    assert said["attributes"]["warehouse"] == "warehouse/budgets.duckdb"
    assert "All definitions loaded successfully" in run("check", "defs")
    listed = json.loads(run("list", "defs", "--json"))
    assert {one["asset_key_parts"][0] for one in listed["assets"]} == {"reports", "budgets"}
    assert {one["name"] for one in listed["jobs"]} == {"load_reports", "load_budgets"}
