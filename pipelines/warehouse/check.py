"""Run the queries of `sql/checks/` on a finished file, read-only, and say what they found.

What the results lead to is the business of `certify`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.bilingual import Both
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.build import spill_of
from pipelines.warehouse.connect import explain, read_only
from pipelines.warehouse.renewal import OF_RENEWED, kept_renewal
from pipelines.warehouse.sqlfiles import Check, Severity
from pipelines.warehouse.staging import Staged, register_staged, shadow

_SAMPLE = 20
# What there is too much of to be asked whole after each load, and the key by which it is known.
_KEYS = {
    "dim_passage": "passage_key",
    "fact_observation": "observation_key",
    "fact_numeral": "report_key",
    "fact_keyword": "report_key",
    "fact_term": "report_key",
}


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
    is_loss: bool = False  # something of the published file would go, which a user may accept

    @classmethod
    def nothing(cls, check: Check, seconds: float, *, ran: bool = True) -> CheckResult:
        """The result of a check that found nothing, or had nothing to look at.

        Args:
            check: the check.
            seconds: that it took.
            ran: whether it was run.
        """
        return cls(
            name=check.name,
            severity=check.severity,
            description=check.description,
            ran=ran,
            count=0,
            columns=(),
            sample=(),
            seconds=seconds,
            is_loss=check.is_loss,
        )

    @property
    def passed(self) -> bool:
        """Whether the rule was tried and holds."""
        return self.ran and self.count == 0

    @property
    def blocks(self) -> bool:
        """Whether the file must not be published."""
        return self.severity == "blocking" and self.count > 0

    @property
    def example(self) -> str | None:
        """One offending row, in words."""
        if not self.sample:
            return None
        cells = zip(self.columns, self.sample[0], strict=True)
        return ", ".join(f"{column}={value}" for column, value in cells)

    def said(self) -> Both:
        """What was found, in both languages."""
        name, count, example = self.name, self.count, self.example
        if not self.ran:
            return Both(
                f"{name}: not run, it needs the staged tables", f"{name}：没有运行，需要暂存表"
            )
        if count == 0:
            return Both(f"{name}: passed", f"{name}：通过")
        if count == 1:
            return Both(
                f"{name}: 1 row violates the rule, for example {example}",
                f"{name}：有 1 行不合规则，如 {example}",
            )
        return Both(
            f"{name}: {count} rows violate the rule, for example {example}",
            f"{name}：有 {count} 行不合规则，如 {example}",
        )

    def __str__(self) -> str:
        return str(self.said())

    @property
    def zh(self) -> str:
        """What was found, in Chinese."""
        return self.said().zh


def run_checks(
    path: Path, staged: Mapping[str, Staged] | None = None, *, memory_limit: str = "1GB"
) -> tuple[CheckResult, ...]:
    """Run every check.

    Of a build that was renewed, checks of single rows ask the rows of renewed reports, and those
    whose keys meet theirs: the others are those of a file that passed the same checks.

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
        renewal = kept_renewal(path)
        if renewal is not None:
            renewal.offer(con)
        if staged is not None:
            register_staged(con, staged, settled=renewal and renewal.settled)
        try:
            results = []
            for check in sqlfiles.checks():
                with _of_renewed(con, only=check.of_reports and renewal is not None):
                    ran = staged is not None or not check.needs_staged
                    results.append(find(con, check, ran=ran))
            return tuple(results)
        except duckdb.Error as error:
            raise explain(path, error) from error


@contextmanager
def _of_renewed(con: duckdb.DuckDBPyConnection, *, only: bool) -> Iterator[None]:
    """Show the facts and passages of renewed reports alone, if only these are asked."""
    if not only:
        yield
        return
    ((database,),) = con.sql("select current_database()").fetchall()
    for table, key in _KEYS.items():
        place = f'"{database}".main.{table}'
        met = f"select {key} from {place} where {OF_RENEWED}"  # noqa: S608  (our own names)
        shadow(con, table, place, f"{key} in ({met})")
    yield
    for table in _KEYS:
        con.sql(f"drop view temp.{table}")


def find(con: duckdb.DuckDBPyConnection, check: Check, *, ran: bool) -> CheckResult:
    """Run one check on an open connection, unless it cannot be run.

    Args:
        con: a connection to the file that is checked.
        check: the check.
        ran: whether it can be run.

    Raises:
        duckdb.Error: the query fails.
    """
    begun = time.perf_counter()
    result = CheckResult.nothing(check, 0.0, ran=ran)
    if ran:
        offenders = con.sql(check.sql)
        sample = tuple(offenders.limit(_SAMPLE).fetchall())
        if sample:
            (row,) = con.sql(check.sql).aggregate("count(*)").fetchall()
            result = replace(
                result, count=int(row[0]), columns=tuple(offenders.columns), sample=sample
            )
    return replace(result, seconds=time.perf_counter() - begun)
