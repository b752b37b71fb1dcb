"""What a build would take away from the published file: the queries of `sql/loss/`.

Each selects what is lost, where that is more than may be; `published` is the file that people read.
What changed in single figures is the business of `history`.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.errors import WarehouseError
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.check import CheckResult, find
from pipelines.warehouse.connect import explain
from pipelines.warehouse.sqlfiles import Check


def run_losses(
    build: Path, published: Path, *, limit: float, accepted: bool = False
) -> tuple[CheckResult, ...]:
    """Compare a build with the file that it is to replace.

    Args:
        build: a closed warehouse file.
        published: the file that it is to replace. One that is missing, damaged or of a make that
            cannot be asked has nothing to lose.
        limit: the part of the reports, and of the observations, that may go (0.1 is a tenth).
        accepted: whether a loss is wanted: it then warns and does not block.

    Returns:
        One result a query, by name.

    Raises:
        WarehouseError: the build cannot be opened.
    """
    results = []
    with duckdb.connect(":memory:") as con:
        _attach(con, build, "build")
        con.sql("use build")
        con.sql(f"set variable loss_limit = {limit!r}::double")
        comparable = published.is_file() and _attached(con, published)
        for check in sqlfiles.losses(accepted=accepted):
            result = _find(con, check, published) if comparable else None
            results.append(result or CheckResult.nothing(check, 0.0))
    return tuple(results)


def _attached(con: duckdb.DuckDBPyConnection, published: Path) -> bool:
    try:
        _attach(con, published, "published")
    except WarehouseError:
        return False
    return True


def _attach(con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    place = str(path).replace("'", "''")
    try:
        con.sql(f"attach '{place}' as {name} (read_only)")
    except duckdb.Error as error:
        raise explain(path, error) from error


def _find(con: duckdb.DuckDBPyConnection, check: Check, published: Path) -> CheckResult | None:
    """What a query finds, or None where the published file cannot be asked."""
    try:
        return find(con, check, ran=True)
    except duckdb.Error as error:
        explain(published, error)  # Ctrl-C ends the run
        return None
