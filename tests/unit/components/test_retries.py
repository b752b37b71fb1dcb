"""Which failures are tried again: those that may pass by themselves, and no others."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import dagster as dg
import pytest
from corpora import corpus

from pipelines.components import retries
from pipelines.components.resources import resources_of
from pipelines.components.staged import extraction
from pipelines.warehouse.lock import warehouse_lock


def written_by_another(folder: Path) -> AbstractContextManager[None]:
    return warehouse_lock(folder / "w.duckdb", 0)


def without_reports(folder: Path) -> AbstractContextManager[None]:
    (folder / "reports" / "a.txt").unlink()
    return nullcontext()


def beside_a_file(folder: Path) -> AbstractContextManager[None]:
    """The place of the staged tables is taken."""
    (folder / ".w.duckdb.staging").write_text("甲")
    return nullcontext()


@pytest.mark.parametrize(
    ("trouble", "says", "tries"),
    [
        (written_by_another, "is being written by process", 3),
        (beside_a_file, "Not a directory", 3),
        (without_reports, "no report in it", 0),
    ],
)
def test_a_step_is_tried_again_where_that_may_help(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[Path], AbstractContextManager[None]],
    says: str,
    tries: int,
):
    monkeypatch.setattr(retries, "_PAUSE", 0.0)
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("东沙街道2024年工作总结\n走访企业9家。\n", "utf-8")
    alone = corpus(reports=reports, warehouse=tmp_path / "w.duckdb", workers=1, lock_wait=0)
    with trouble(tmp_path):
        result = dg.materialize(
            [extraction(alone)], resources=resources_of(alone), raise_on_error=False
        )
    (failure,) = result.get_step_failure_events()
    assert says in failure.step_failure_data.error.to_string()
    assert [event.event_type_value for event in result.all_events].count("STEP_RESTARTED") == tries
