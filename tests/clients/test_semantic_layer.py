"""What `zhibiao semantics` prints, read by Boring Semantic Layer over the published file."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from pathlib import Path

from client_environments import PROBES, python_environment

from pipelines import contracts
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.semantics import semantics

_LARGEST = """
select indicator_zh || ' ' || level_unit, max(level_value) from mart_headline
where indicator_code is not null and level_value is not null group by all
"""


def test_a_semantic_layer_reads_the_models(warehouse: Path, tmp_path: Path) -> None:
    models = tmp_path / "semantics.yml"
    models.write_text(semantics(), "utf-8")
    python = python_environment("boring-semantic-layer")
    done = subprocess.run(
        [str(python), str(PROBES / "semantic_layer.py"), str(warehouse), str(models)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    with read_only(warehouse) as con:
        rows = {
            name: con.table(name).aggregate("count(*)").fetchall()[0][0]
            for name in contracts.names("marts")
        }
        largest = dict(con.sql(_LARGEST).fetchall())
    assert told["totals"] == rows
    assert all(told["described"].values())
    assert {name: Decimal(value) for name, value in told["largest"].items()} == largest
