"""Run the queries of `sql/checks/` on a finished file, read-only, and say what they found."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.warehouse import sqlfiles
from pipelines.warehouse.build import spill_of
from pipelines.warehouse.connect import explain, read_only
from pipelines.warehouse.sqlfiles import Check, Severity
from pipelines.warehouse.staging import Staged, register_staged

_SAMPLE = 5


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found. `ran` is False where it needs staged tables that were not given."""

    name: str
    severity: Severity
    description: str
    ran: bool
    count: int  # rows that break the rule
    columns: tuple[str, ...]
    sample: tuple[tuple[object, ...], ...]  # some of them
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether the rule was tried and holds."""
        return self.ran and self.count == 0

    @property
    def blocks(self) -> bool:
        """Whether the file must not be published."""
        return self.severity == "blocking" and self.count > 0

    def __str__(self) -> str:
        if not self.ran:
            return f"{self.name}: not run, it needs the staged tables"
        if self.count == 0:
            return f"{self.name}: passed"
        first = ", ".join(
            f"{column}={value}" for column, value in zip(self.columns, self.sample[0], strict=True)
        )
        return f"{self.name}: {self.count} rows break the rule, for example {first}"


def run_checks(
    path: Path, staged: Mapping[str, Staged] | None = None, *, memory_limit: str = "1GB"
) -> tuple[CheckResult, ...]:
    """Run every check.

    Args:
        path: a closed warehouse file.
        staged: the staged tables it was built of, as `build` takes them. Without them the checks
            that hold the file against the raw text do not run.
        memory_limit: what DuckDB may use before it spills to disk, beside the file.

    Returns:
        One result a check, by name.

    Raises:
        WarehouseError: the file cannot be opened, or lacks a table that a check reads.
        ContractError: a staged table does not hold the columns that `sql/` declares.
    """
    spill = str(spill_of(path)).replace("'", "''")
    with read_only(path) as con:
        con.sql(f"set memory_limit = '{memory_limit}'")
        con.sql(f"set temp_directory = '{spill}'")
        if staged is not None:
            register_staged(con, staged)
        try:
            return tuple(_run(con, check, staged is not None) for check in sqlfiles.checks())
        except duckdb.Error as error:
            raise explain(path, error) from error


def _run(con: duckdb.DuckDBPyConnection, check: Check, has_staged: bool) -> CheckResult:
    begun = time.perf_counter()
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[object, ...], ...] = ()
    count = 0
    ran = has_staged or not check.needs_staged
    if ran:
        offenders = con.sql(check.sql)
        columns = tuple(offenders.columns)
        sample = tuple(offenders.limit(_SAMPLE).fetchall())
        if sample:
            (row,) = con.sql(check.sql).aggregate("count(*)").fetchall()
            count = int(row[0])
    return CheckResult(
        name=check.name,
        severity=check.severity,
        description=check.description,
        ran=ran,
        count=count,
        columns=columns,
        sample=sample,
        seconds=time.perf_counter() - begun,
    )
