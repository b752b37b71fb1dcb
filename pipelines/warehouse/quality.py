"""How well the parser understood a load: two shares, as the load itself recorded them.

They are worked out by `sql/loads/etl_load.sql`; whether they are good enough is for the checks to
say.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.errors import WarehouseError
from pipelines.warehouse.connect import read_only


@dataclass(frozen=True, slots=True)
class Quality:
    """What a load left open."""

    unknown_share: Decimal  # numerals of the ledger that were not understood
    unbound_share: Decimal  # observations that were bound to no indicator


def quality_of(path: Path) -> Quality | None:
    """The shares that the load of the file `path` recorded.

    Returns:
        None where there is no such file, where it is no warehouse, or where it is of a version
        that recorded no shares: there is then nothing to compare a load with.
    """
    try:
        with read_only(path) as con:
            found = con.sql(
                "select unknown_share, unbound_share from etl_load order by load_no desc limit 1"
            ).fetchall()
    except (WarehouseError, duckdb.Error):
        return None
    return Quality(*found[0]) if found else None


def doubts_of(path: Path) -> int:
    """How many observations of the file `path` cannot be right as they stand.

    Raises:
        WarehouseError: there is no such file, it cannot be opened, or it is no warehouse.
    """
    with read_only(path) as con:
        (row,) = con.execute("select count(doubt) from fact_observation").fetchall()
    return int(row[0])
