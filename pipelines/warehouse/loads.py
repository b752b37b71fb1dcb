"""What a load says of itself in `etl_load`, and the hash of what makes a star of staged rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb
import polars as pl

from pipelines import contracts
from pipelines.warehouse.quality import Quality

Comparison = Literal["compared", "first", "older_schema", "unreadable"]
BuildKind = Literal["whole", "incremental"]


@dataclass(frozen=True, slots=True)
class LoadInfo:
    """What a run says of itself in `etl_load`."""

    load_id: str
    loaded_at: datetime  # UTC, without a zone
    code_version: str
    seeds_hash: str
    staging_seconds: float = 0.0
    trusted_confidence: float = 0.9  # from which on mart_trusted shows a row
    previous: Quality | None = None  # of the file that is to be replaced
    replaces: Path | None = None  # that file, whose history this one goes on with
    dictionaries: Path | None = None  # word lists to count; those of seeds/ where not given


def load_frame(
    load: LoadInfo,
    comparison: Comparison,
    star_seconds: float,
    *,
    kind: BuildKind = "whole",
    renewed: int | None = None,
    dead: int = 0,
) -> pl.DataFrame:
    """The one row of `load_info`, which `sql/loads/etl_load.sql` reads.

    Args:
        load: the run's account of itself.
        comparison: whether the file could be compared with the one before.
        star_seconds: how long the star took.
        kind: how it was made.
        renewed: the reports whose rows were made; all where not given.
        dead: the reports whose rows left a hole in the file.
    """
    before = load.previous
    return pl.DataFrame(
        {
            "load_id": [load.load_id],
            "loaded_at": [load.loaded_at],
            "code_version": [load.code_version],
            "seeds_hash": [load.seeds_hash],
            "previous_unknown_share": [before and before.unknown_share],
            "previous_unbound_share": [before and before.unbound_share],
            "trusted_confidence": [load.trusted_confidence],
            "staging_seconds": [load.staging_seconds],
            "star_seconds": [star_seconds],
            "comparison": [comparison],
            "star_hash": [star_hash()],
            "build_kind": [kind],
            "renewed_count": [renewed],
            "dead_count": [dead],
        },
        schema_overrides={
            "previous_unknown_share": pl.Decimal(9, 8),
            "previous_unbound_share": pl.Decimal(9, 8),
            "renewed_count": pl.Int32,
        },
    )


@cache
def star_hash() -> str:
    """A hash of the SQL, the code and the DuckDB that decide what is made of staged rows."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256(duckdb.__version__.encode())
    sql = [*contracts.SQL.rglob("*.sql"), contracts.SQL / "glossary.yml"]
    for path in (*sorted(sql), *sorted(here.glob("*.py")), Path(contracts.__file__)):
        digest.update(f"{path.parent.name}/{path.name}".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
