"""A warehouse published from the sample reports, and the questions every client has to answer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import contracts
from pipelines.engines.local import LocalEngine
from pipelines.engines.staging import load_info, stage_folder
from pipelines.warehouse.build import build
from pipelines.warehouse.certify import certify
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.publish import publish

REPORTS = Path(__file__).parents[2] / "seeds" / "reports"

# One text a question, so that clients with other types can be compared with one another. Of the
# schema main: zh shows the same under other names.
QUESTIONS = {
    "load": "select load_id from etl_load order by load_no desc limit 1",
    "sum of values": "select sum(value)::varchar from fact_observation",
    "quotes": "select string_agg(quote, '|' order by observation_key) from fact_observation",
    "table comments": (
        "select string_agg(table_name || ': ' || comment, chr(10) order by table_name) from ("
        "select table_name, comment from duckdb_tables() "
        "where database_name = current_database() and schema_name = 'main' union all "
        "select view_name, comment from duckdb_views() "
        "where database_name = current_database() and schema_name = 'main' and not internal)"
    ),
    "column comments": (
        "select string_agg(table_name || '.' || column_name || ': ' || comment, chr(10) "
        "order by table_name, column_index) from duckdb_columns() "
        "where database_name = current_database() and schema_name = 'main' and not internal"
    ),
}


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that readers open, after a whole load."""
    folder = tmp_path_factory.mktemp("clients")
    target = folder / "zhibiao.duckdb"
    staging = stage_folder(REPORTS, folder / "staging", LocalEngine(1))
    new = folder / "new.duckdb"
    staged = {name: table.lazy() for name, table in staging.tables.items()}
    build(staged, new, load_info("load-of-the-samples", staging.seconds, target))
    assert not [found for found in certify(new, staged, target) if found.blocks]
    publish(new, target)
    return target


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The questions as JSON: the fixed ones, and the rows of every table and view."""
    counts = {
        f"rows of {name}": f"select count(*)::varchar from {name}"  # noqa: S608  (our own names)
        for kind in ("tables", "marts")
        for name in contracts.names(kind)
    }
    path = tmp_path_factory.mktemp("questions") / "questions.json"
    path.write_text(json.dumps(QUESTIONS | counts, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture(scope="session")
def answers(warehouse: Path, questions: Path) -> dict[str, str]:
    """What the project's own DuckDB answers."""
    asked = json.loads(questions.read_text("utf-8"))
    with read_only(warehouse) as con:
        found = {name: con.sql(sql).fetchall()[0][0] for name, sql in asked.items()}
    described = sum(len(table.columns) for table in _in_the_file())
    assert found["column comments"].count("\n") + 1 == described
    assert found["table comments"].count("\n") + 1 == len(_in_the_file())
    assert int(found["rows of mart_observation"]) > 300
    return found


def _in_the_file() -> list[contracts.Table]:
    return [table for table in contracts.tables().values() if table.kind in {"tables", "marts"}]


@pytest.fixture(scope="session")
def ask(warehouse: Path, questions: Path) -> Callable[..., dict[str, Any]]:
    """Run a probe in its own process; returns the JSON that it prints."""

    def run(*command: str | Path, folder: Path | None = None) -> dict[str, object]:
        done = subprocess.run(
            [*map(str, command), str(warehouse), str(questions)],
            cwd=folder or warehouse.parent,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    return run
