"""The Dagster job, run in this process: the same warehouse as the command line builds."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.definitions import defs
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.connect import read_only


def launch(reports: Path, warehouse: Path, **more: object) -> dg.ExecuteInProcessResult:
    """The job with the config that a person would write in the launchpad."""
    config = {"reports": str(reports), "warehouse": str(warehouse), "workers": 1}
    return (
        defs()
        .resolve_job_def("load_reports")
        .execute_in_process(run_config=config | more, raise_on_error=False)
    )


def observations(warehouse: Path) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql("select * from fact_observation order by all").fetchall()


def metadata(result: dg.ExecuteInProcessResult, asset: str) -> dict[str, object]:
    (event,) = [
        event
        for event in result.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey(asset)
    ]
    return {key: value.value for key, value in event.materialization.metadata.items()}


def test_the_job_builds_what_the_command_builds(build, reports: Path, warehouse: Path, tmp_path):
    build()
    other = tmp_path / "dagster" / "w.duckdb"
    result = launch(reports, other)
    assert result.success
    assert observations(other) == observations(warehouse)
    assert all(check.passed for check in result.get_asset_check_evaluations())
    documents = metadata(result, "documents")
    assert documents["dagster/row_count"] == 2
    assert documents["reports_read"] == 2
    assert documents["seconds"] > 0
    assert metadata(result, "warehouse_build")["observations"] == len(observations(other))
    assert metadata(result, "fact_observation")["dagster/row_count"] == len(observations(other))
    assert "binding_rule" in metadata(result, "fact_observation")["preview"]
    assert "东沙街道2023年工作总结" in documents["preview"]
    assert [path.name for path in other.parent.iterdir() if not path.name.startswith(".")] == [
        "w.duckdb"
    ]


def test_the_job_reads_again_only_what_changed(reports: Path, warehouse: Path):
    launch(reports, warehouse)
    (reports / "2024.txt").write_text("东沙街道2024年工作总结\n走访企业9家。\n", "utf-8")
    result = launch(reports, warehouse)
    assert metadata(result, "documents")["reports_read"] == 1


def test_the_job_reads_all_of_it_again_where_that_is_asked(reports: Path, warehouse: Path):
    launch(reports, warehouse)
    assert metadata(launch(reports, warehouse), "documents")["reports_read"] == 0
    assert metadata(launch(reports, warehouse, reread=True), "documents")["reports_read"] == 2


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"engine": "spark"}, "engine"),
        ({"workers": "many"}, "workers"),
        ({"folder": "x"}, "folder"),
    ],
)
def test_the_launchpad_refuses_what_the_job_does_not_know(
    reports: Path, warehouse: Path, config: dict[str, object], says: str
):
    with pytest.raises(dg.DagsterInvalidConfigError, match=says):
        launch(reports, warehouse, **config)


def test_the_command_and_the_job_share_their_staging(build, reports: Path, warehouse: Path):
    build()
    assert metadata(launch(reports, warehouse), "documents")["reports_read"] == 0


def test_a_blocking_check_keeps_the_old_file(
    reports: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    assert launch(reports, warehouse).success
    before = warehouse.read_bytes()
    broken = [
        sqlfiles.Check(check.name, check.severity, "", "select 1 as row_found", False)
        if check.name == "orphans"
        else check
        for check in sqlfiles.checks()
    ]
    monkeypatch.setattr(sqlfiles, "checks", lambda: tuple(broken))
    result = launch(reports, warehouse)
    assert not result.success
    assert {
        check.check_name for check in result.get_asset_check_evaluations() if not check.passed
    } == {"orphans"}
    assert warehouse.read_bytes() == before


def test_a_load_worse_than_the_last_is_published_with_a_warning(reports: Path, warehouse: Path):
    assert launch(reports, warehouse).success
    with duckdb.connect(str(warehouse)) as con:
        con.sql("update etl_load set unknown_share = -0.1, unbound_share = -0.1")
    result = launch(reports, warehouse)
    assert result.success
    (check,) = [
        found
        for found in result.get_asset_check_evaluations()
        if found.check_name == "quality_kept"
    ]
    assert not check.passed
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert not check.blocking
    with read_only(warehouse) as con:
        ((share,),) = con.sql(
            "select unknown_share from etl_load order by load_no desc limit 1"
        ).fetchall()
    shown = metadata(result, "warehouse_build")["unknown percent"]
    assert shown == pytest.approx(100 * float(share))
    # The next load is held against this one, and is no worse.
    checks = launch(reports, warehouse).get_asset_check_evaluations()
    assert all(found.passed for found in checks if found.check_name == "quality_kept")


@pytest.fixture
def confined(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings that allow runs the folder of the reports, that of the warehouse and one more."""
    monkeypatch.setenv("ZHIBIAO_REPORTS", str(reports))
    monkeypatch.setenv("ZHIBIAO_WAREHOUSE", str(tmp_path / "out" / "w.duckdb"))
    monkeypatch.setenv("ZHIBIAO_ALLOWED_ROOTS", str(tmp_path / "more"))
    away = tmp_path / "away"
    away.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(away)
    return tmp_path


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        ({"warehouse": "{}/away/w.duckdb"}, "{}/away/w.duckdb"),
        ({"warehouse": "{}/out/../away/w.duckdb"}, "{}/out/../away/w.duckdb"),
        ({"warehouse": "{}/out/link/w.duckdb"}, "{}/out/link/w.duckdb"),
        ({"warehouse": "{}/out-of-it/w.duckdb"}, "{}/out-of-it/w.duckdb"),
        ({"reports": "/etc"}, "/etc"),
        ({"reports": "{}"}, "{}"),
    ],
    ids=["elsewhere", "up and down", "by a link", "same beginning", "system", "above"],
)
def test_a_run_is_refused_outside_the_allowed_folders(
    confined: Path, reports: Path, choice: dict[str, str], named: str
):
    places = {"reports": str(reports), "warehouse": str(confined / "out" / "w.duckdb")}
    before = sorted(confined.rglob("*"))
    result = launch(**places | {key: value.format(confined) for key, value in choice.items()})
    assert not result.success
    (failure,) = (event for event in result.all_events if event.is_step_failure)
    error = failure.step_failure_data.error.cause.message
    named = named.format(confined)
    assert f"PlaceError: {named}: a run of Dagster may read and write only in" in error
    assert "set ZHIBIAO_ALLOWED_ROOTS" in error
    assert sorted(confined.rglob("*")) == before


def test_a_run_is_refused_a_scheduler_of_its_own(confined: Path, reports: Path):
    result = launch(
        reports, confined / "out" / "w.duckdb", engine="dask", scheduler="tcp://192.0.2.1:8786"
    )
    assert not result.success
    (failure,) = (event for event in result.all_events if event.is_step_failure)
    assert "set ZHIBIAO_SCHEDULER" in failure.step_failure_data.error.cause.message


def test_a_run_goes_to_a_folder_that_the_settings_add(confined: Path, reports: Path):
    assert launch(reports, confined / "more" / "below" / "w.duckdb").success
    assert launch(reports, confined / "out" / "w.duckdb").success


def test_a_run_may_replace_what_the_warehouse_of_the_settings_links_to(
    confined: Path, reports: Path
):
    (confined / "out" / "w.duckdb").symlink_to(confined / "away" / "real.duckdb")
    assert launch(reports, confined / "out" / "w.duckdb").success
    assert (confined / "away" / "real.duckdb").is_file()
