"""The one way from a build to a file that may be published: all checks, their record, the stamp.

The command line and the assets call the same function. What a check asks is said in `sql/`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from pipelines import contracts
from pipelines.relations import offer
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.check import CheckResult, run_checks
from pipelines.warehouse.connect import explain
from pipelines.warehouse.loss import run_losses
from pipelines.warehouse.staging import Staged
from pipelines.warehouse.stamp import stamp_of, write_stamp


def certify(
    build: Path,
    staged: Mapping[str, Staged],
    target: Path,
    *,
    loss_limit: float = 0.1,
    accept_loss: bool = False,
    memory_limit: str = "1GB",
) -> tuple[CheckResult, ...]:
    """Check a build, write the results into it (`etl_check`) and stamp it.

    Args:
        build: a closed warehouse file.
        staged: the staged tables it was built of, as `build` takes them.
        target: the published file that it is to replace; it need not exist.
        loss_limit: the part of the reports and observations of that file that may go.
        accept_loss: publish even if more goes.
        memory_limit: what DuckDB may use before it spills to disk, beside the file.

    Returns:
        One result a check. A build is publishable if none `blocks`; `publish` asks the stamp.

    Raises:
        WarehouseError: the build cannot be opened or written, or lacks a table.
        ContractError: a staged table does not have the columns that `sql/` declares.
    """
    stamp_of(build).unlink(missing_ok=True)
    results = (
        *run_checks(build, staged, memory_limit=memory_limit),
        *run_losses(build, target, limit=loss_limit, accepted=accept_loss),
    )
    _record(build, results)
    write_stamp(build, results)
    return results


def check_rows(results: Sequence[CheckResult]) -> pl.DataFrame:
    """The rows of `etl_check`."""
    contract = contracts.table("etl_check").schema
    return pl.DataFrame(
        [
            (found.name, found.severity, found.count, found.example, found.description)
            for found in results
        ],
        schema=contract,
        orient="row",
    )


def _record(build: Path, results: Sequence[CheckResult]) -> None:
    (load,) = (one for one in sqlfiles.statements("loads") if one.name == "etl_check")
    try:
        with duckdb.connect(str(build)) as con:
            offer(con, "check_results", check_rows(results))
            con.begin()
            con.sql("delete from etl_check")
            con.sql(load.sql)
            con.commit()
    except duckdb.Error as error:
        raise explain(build, error) from error
