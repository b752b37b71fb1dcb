"""What Dagster is told of each asset, so that it knows what is stale and what is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.components.corpus import Corpus
from pipelines.components.report_corpus import definitions_of
from pipelines.settings import settings_with

VERSION = "dagster/data_version"
LATER = "东沙街道2024年工作总结\n走访企业9家。\n"


class Site:
    """A corpus, loaded again and again in one instance of Dagster."""

    def __init__(self, reports: Path, folder: Path, instance: dg.DagsterInstance) -> None:
        self.reports, self.words, self.instance = reports, folder / "words", instance
        self.words.mkdir()
        (self.words / "words.csv").write_text("term\n企业\n", "utf-8")
        self.corpus = Corpus(
            "towns",
            settings_with(
                {
                    "reports": reports,
                    "warehouse": folder / "w.duckdb",
                    "dictionaries": self.words,
                    "workers": 1,
                }
            ),
        )
        self.definitions = definitions_of(self.corpus)

    def load(self) -> dict[str, str]:
        """Load it all; the data version of every asset that the run tells of."""
        job = self.definitions.resolve_job_def("load_towns")
        return self.versions(job.execute_in_process(instance=self.instance))

    def check(self, *names: str) -> dg.ExecuteInProcessResult:
        """Run some checks by themselves, as a click on their page does."""
        found = self.definitions.get_repository_def().asset_graph.asset_check_keys
        keys = [each for each in found if each.name in names]
        job = dg.define_asset_job("some", selection=dg.AssetSelection.checks(*keys))
        merged = dg.Definitions.merge(self.definitions, dg.Definitions(jobs=[job]))
        return merged.resolve_job_def("some").execute_in_process(instance=self.instance)

    @staticmethod
    def versions(result: dg.ExecuteInProcessResult) -> dict[str, str]:
        told = [event.materialization for event in result.get_asset_materialization_events()]
        told += [event.asset_observation_data.asset_observation for event in result.all_events
                 if event.event_type is dg.DagsterEventType.ASSET_OBSERVATION]  # fmt: skip
        return {one.asset_key.path[-1]: one.tags[VERSION] for one in told}


@pytest.fixture
def site(reports: Path, tmp_path: Path) -> Iterator[Site]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield Site(reports, tmp_path, instance)


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


def test_every_asset_has_a_version_and_only_records_of_loads_change_by_themselves(site: Site):
    before = site.load()
    specs = site.definitions.resolve_all_asset_specs()
    assert before.keys() == {spec.key.path[-1] for spec in specs}
    assert changed(before, site.load()) == {"etl_load", "etl_check", "fact_load_change"}


OF_REPORTS = {"documents", "sentences", "numerals", "observations", "terms", "versions"}


@pytest.mark.slow
def test_a_new_report_is_another_version_of_what_is_made_of_reports(site: Site):
    before = site.load()
    (site.reports / "2024.txt").write_text(LATER, "utf-8")
    found = changed(before, site.load())
    staged = {*OF_REPORTS, "rejects", "files", "corrections"}
    assert found & staged == {*OF_REPORTS, "files"}
    assert {"report_files", "fact_observation", "warehouse_build", "warehouse_published"} <= found
    assert not found & {"vocabulary", "dictionaries"}


@pytest.mark.slow
def test_a_changed_word_list_is_another_version_of_the_build_and_of_no_staged_table(site: Site):
    before = site.load()
    (site.words / "words.csv").write_text("term\n企业\n走访\n", "utf-8")
    found = changed(before, site.load())
    assert {"dictionaries", "warehouse_build", "fact_keyword"} <= found
    assert not found & {*OF_REPORTS, "vocabulary", "report_files"}


@pytest.mark.slow
def test_a_check_by_itself_looks_at_the_published_file_and_publishes_nothing(site: Site):
    site.load()
    warehouse = site.corpus.settings.warehouse
    before = warehouse.read_bytes()
    result = site.check("spans_verify", "files_refused")
    assert {found.check_name for found in result.get_asset_check_evaluations()} == {
        "spans_verify",
        "files_refused",
    }
    assert warehouse.read_bytes() == before
    assert not list(warehouse.parent.glob(".*.build*"))


@pytest.mark.slow
def test_some_checks_of_a_build_are_no_leave_to_publish_it(site: Site):
    site.load()
    graph = site.definitions.get_repository_def().asset_graph
    build = site.corpus.build
    job = site.definitions.resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(
        instance=site.instance,
        asset_selection=[build, site.corpus.published],
        raise_on_error=False,
    )
    assert graph.get(build).is_executable
    assert not result.success
    (failure,) = (event for event in result.all_events if event.is_step_failure)
    assert "its checks did not run" in failure.step_failure_data.error.to_string()


@pytest.mark.slow
def test_a_failed_check_shows_its_offenders(site: Site):
    site.load()
    shutil.copy(site.reports / "2023.txt", site.reports / "again.txt")
    (site.reports / "2025.txt").write_text("东沙街道2025年工作总结\n没有数字。\n", "utf-8")
    site.load()
    (found,) = site.check("facts_present").get_asset_check_evaluations()
    assert not found.passed
    assert found.asset_key == site.corpus.key("dim_report")
    assert found.metadata["rows"].value == 1
    assert "2025.txt" in found.metadata["offenders"].value
    assert found.metadata["query"].value == "sql/checks/facts_present.sql"


@pytest.mark.slow
def test_a_run_that_is_sent_to_another_folder_says_nothing_of_that_of_the_corpus(
    site: Site, tmp_path: Path
):
    before = site.load()
    history = site.reports / "history"
    history.mkdir()
    (history / "2024.txt").write_text(LATER, "utf-8")
    job = site.definitions.resolve_job_def("load_towns")
    config = {"reports": str(history), "warehouse": str(tmp_path / "history.duckdb")}
    after = site.versions(job.execute_in_process(run_config=config, instance=site.instance))
    assert before["report_files"] == after["report_files"]
    assert before["documents"] != after["documents"]
