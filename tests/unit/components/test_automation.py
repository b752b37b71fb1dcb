"""What the conditions ask for, evaluated over a real instance as the daemon evaluates them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import dagster as dg
import pytest
from corpora import corpus
from dagster._core.definitions.freshness import FreshnessState, FreshnessStateChange

from pipelines.components import staged
from pipelines.components.report_corpus import definitions_of
from pipelines.components.versions import VERSION_TAG

SOURCES = ("report_files", "vocabulary", "dictionaries")


class Ticks:
    """The sensor of automation of the corpus `towns`: each tick returns what it asks for."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self.instance = instance
        self.corpus = corpus("towns")
        self.cursor = None
        self.reload()

    def reload(self) -> None:
        self.definitions = definitions_of(self.corpus)

    def observe(self, version: str, *sources: str) -> None:
        for name in sources:
            event = dg.AssetObservation(self.corpus.key(name), tags={VERSION_TAG: version})
            self.instance.report_runless_asset_event(event)

    def __call__(self) -> set[str]:
        result = dg.evaluate_automation_conditions(
            self.definitions, self.instance, cursor=self.cursor
        )
        self.cursor = result.cursor
        asked = [each.key for each in result.results if not each.true_subset.is_empty]
        return {key.name if isinstance(key, dg.AssetCheckKey) else key.path[-1] for key in asked}

    @property
    def whole(self) -> set[str]:
        """All that a load makes, and all checks."""
        graph = self.definitions.get_repository_def().asset_graph
        made = {key.path[-1] for key in graph.materializable_asset_keys}
        return made | {key.name for key in graph.asset_check_keys}


@pytest.fixture
def tick() -> Iterator[Ticks]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield Ticks(instance)


@pytest.fixture
def loaded(tick: Ticks) -> Ticks:
    """After the first load was asked for."""
    tick.observe("1", *SOURCES)
    assert tick() == tick.whole
    assert tick() == set()
    return tick


def test_nothing_is_asked_for_before_the_sources_were_seen(tick: Ticks):
    assert tick() == set()
    tick.observe("1", "report_files")
    assert tick() == set()
    tick.observe("1", "vocabulary", "dictionaries")
    assert tick() == tick.whole


@pytest.mark.parametrize("source", ["report_files", "vocabulary"])
def test_another_version_of_a_source_is_loaded_once_with_all_checks(loaded: Ticks, source: str):
    loaded.observe("2", source)
    assert loaded() == loaded.whole
    assert loaded() == set()


def test_other_word_lists_make_another_build_of_the_same_staged_tables(loaded: Ticks):
    loaded.observe("2", "dictionaries")
    asked = loaded()
    assert asked == loaded.whole - staged.TABLES.keys()


def test_the_same_version_seen_again_is_no_cause(loaded: Ticks):
    loaded.observe("1", *SOURCES)
    assert loaded() == set()


def test_other_code_is_a_cause(loaded: Ticks, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(staged, "code_hash", lambda: "another")
    loaded.reload()
    assert loaded() == loaded.whole
    assert loaded() == set()


def test_what_changes_while_a_load_runs_is_loaded_after_it(loaded: Ticks):
    job = loaded.definitions.resolve_job_def("load_towns")
    run = loaded.instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
    loaded()
    loaded.observe("2", "report_files")
    assert loaded() == set()
    loaded.instance.report_run_failed(run)
    assert loaded() == loaded.whole
    assert loaded() == set()


@pytest.mark.parametrize("state", [FreshnessState.WARN, FreshnessState.FAIL])
def test_a_file_that_will_soon_be_late_or_is_is_a_cause_once(loaded: Ticks, state: FreshnessState):
    """The event is the one that the daemon writes when the state of a policy changes."""
    published = loaded.corpus.published
    loaded.instance.report_runless_asset_event(dg.AssetMaterialization(published))
    loaded()
    event = FreshnessStateChange(
        key=published,
        new_state=state,
        previous_state=FreshnessState.PASS,
        state_change_timestamp=time.time(),
    )
    loaded.instance.report_runless_asset_event(event)
    assert loaded() == loaded.whole
    assert loaded() == set()


def test_a_published_file_warns_before_it_is_late():
    spec = next(
        spec
        for spec in definitions_of(corpus("towns", late_hours=26)).resolve_all_asset_specs()
        if spec.key.path[-1] == "warehouse_published"
    )
    policy = spec.freshness_policy
    assert policy.fail_window.to_timedelta().total_seconds() == 26 * 3600
    assert policy.warn_window.to_timedelta().total_seconds() == 25 * 3600
