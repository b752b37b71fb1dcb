"""The Dagster job, run in this process: the same warehouse as the command line builds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.definitions import defs
from pipelines.frames import stage
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.stamp import stamp_of


def launch(
    reports: Path,
    warehouse: Path,
    *,
    instance: dg.DagsterInstance | None = None,
    assets: Sequence[dg.AssetKey] | None = None,
    **more: object,
) -> dg.ExecuteInProcessResult:
    """The job, or some assets of it, with the config that a person writes in the launchpad."""
    config = {"reports": str(reports), "warehouse": str(warehouse), "workers": 1}
    return (
        defs()
        .resolve_job_def("load_reports")
        .execute_in_process(
            run_config=config | more,
            raise_on_error=False,
            instance=instance,
            asset_selection=assets,
        )
    )


def observations(warehouse: Path) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql("select * from fact_observation order by all").fetchall()


def metadata(result: dg.ExecuteInProcessResult, asset: str) -> dict[str, object]:
    (event,) = [
        event
        for event in result.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey(["reports", asset])
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


@pytest.mark.slow
def test_the_job_reads_again_only_what_changed(reports: Path, warehouse: Path):
    launch(reports, warehouse)
    (reports / "2024.txt").write_text("东沙街道2024年工作总结\n走访企业9家。\n", "utf-8")
    result = launch(reports, warehouse)
    assert metadata(result, "documents")["reports_read"] == 1


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_command_and_the_job_share_their_staging(build, reports: Path, warehouse: Path):
    build()
    assert metadata(launch(reports, warehouse), "documents")["reports_read"] == 0


def fail_orphans(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tuple(
        sqlfiles.Check(check.name, check.severity, "", "select 1 as row_found", False)
        if check.name == "orphans"
        else check
        for check in sqlfiles.checks()
    )
    monkeypatch.setattr(sqlfiles, "checks", lambda: broken)


def test_a_blocking_check_keeps_the_old_file(
    reports: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    assert launch(reports, warehouse).success
    before = warehouse.read_bytes()
    fail_orphans(monkeypatch)
    result = launch(reports, warehouse)
    assert not result.success
    assert {
        check.check_name for check in result.get_asset_check_evaluations() if not check.passed
    } == {"orphans"}
    assert warehouse.read_bytes() == before


@pytest.mark.slow
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


def of_check(result: dg.ExecuteInProcessResult, name: str) -> dg.AssetCheckEvaluation:
    (found,) = (check for check in result.get_asset_check_evaluations() if check.check_name == name)
    return found


@pytest.mark.slow
def test_refused_files_are_listed_by_the_first_load_that_meets_them(reports: Path, warehouse: Path):
    (reports / "empty.txt").write_bytes(b"")
    (reports / "notes.md").write_text("没有用", "utf-8")
    with dg.DagsterInstance.ephemeral() as instance:
        result = launch(reports, warehouse, instance=instance)
        assert result.success
        tags = instance.get_run_by_id(result.run_id).tags
    check = of_check(result, "files_refused")
    assert (check.passed, check.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert check.metadata["files"].value == ["empty.txt"]
    assert "empty.txt" in check.metadata["found"].value
    documents = metadata(result, "documents")
    assert (documents["files"], documents["refused"], documents["left_out"]) == (4, 1, 1)
    assert (tags["refused"], tags["left_out"]) == ("1", "1")
    assert of_check(launch(reports, warehouse), "internal_errors").passed


def test_a_fault_of_the_parser_is_a_check_that_warns(
    reports: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    real = stage.parse_text

    def broken(text: str, *more: object, **choices: object) -> object:
        if "2023年上半年" in text[:40]:
            raise RuntimeError("a fault of this project")
        return real(text, *more, **choices)

    monkeypatch.setattr(stage, "parse_text", broken)
    result = launch(reports, warehouse)
    assert result.success
    for name in ("internal_errors", "files_refused"):
        check = of_check(result, name)
        assert (check.passed, check.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert of_check(result, "files_refused").metadata["files"].value == ["2023h1.txt"]


@pytest.mark.slow
def test_a_load_that_would_lose_reports_is_published_where_that_is_accepted(
    reports: Path, warehouse: Path
):
    assert launch(reports, warehouse).success
    (reports / "2023.txt").write_bytes(b"")
    before = warehouse.read_bytes()
    result = launch(reports, warehouse)
    assert not result.success
    assert not of_check(result, "reports_refused").passed
    assert warehouse.read_bytes() == before
    assert launch(reports, warehouse, accept_loss=True).success
    with read_only(warehouse) as con:
        assert con.sql("select file_name from etl_reject").fetchall() == [("2023.txt",)]


def step_error(result: dg.ExecuteInProcessResult) -> str:
    (failure,) = (event for event in result.all_events if event.is_step_failure)
    return failure.step_failure_data.error.cause.message


def publish_alone(reports: Path, warehouse: Path) -> str:
    """What a click on the published file says where its step fails."""
    keys = defs().get_assets_def(dg.AssetKey(["reports", "warehouse_published"])).keys
    result = launch(reports, warehouse, assets=sorted(keys))
    assert not result.success
    return step_error(result)


def test_nothing_is_published_without_a_build_that_passed(
    reports: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    assert launch(reports, warehouse).success
    before = warehouse.read_bytes()
    assert "there is no build to publish. Run the whole job load_reports" in publish_alone(
        reports, warehouse
    )
    fail_orphans(monkeypatch)
    assert not launch(reports, warehouse).success
    assert "it did not pass its checks (orphans: 1 row" in publish_alone(reports, warehouse)
    (build,) = warehouse.parent.glob(".*.dagster.build")
    stamp_of(build).unlink()
    assert "its checks did not run" in publish_alone(reports, warehouse)
    assert warehouse.read_bytes() == before


@pytest.mark.parametrize("name", ["mart_observation", "fact_observation"])
def test_what_is_part_of_a_file_is_not_materialized_by_itself(
    reports: Path, warehouse: Path, name: str
):
    asset = dg.AssetKey(["reports", name])
    assert not defs().get_repository_def().asset_graph.get(asset).is_executable
    with pytest.raises(dg.DagsterInvalidDefinitionError):
        launch(reports, warehouse, assets=[asset])


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


@pytest.mark.slow
def test_a_run_goes_to_a_folder_that_the_settings_add(confined: Path, reports: Path):
    assert launch(reports, confined / "more" / "below" / "w.duckdb").success
    assert launch(reports, confined / "out" / "w.duckdb").success


def test_a_run_may_replace_what_the_warehouse_of_the_settings_links_to(
    confined: Path, reports: Path
):
    (confined / "out" / "w.duckdb").symlink_to(confined / "away" / "real.duckdb")
    assert launch(reports, confined / "out" / "w.duckdb").success
    assert (confined / "away" / "real.duckdb").is_file()
