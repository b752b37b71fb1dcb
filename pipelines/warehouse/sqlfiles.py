"""The only reader of `sql/` beside the contracts: statements to run, checks with their headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, get_args

from pipelines import contracts
from pipelines.bilingual import Both
from pipelines.errors import ContractError

Severity = Literal["blocking", "warning"]
_SEVERITY = re.compile(r"-- severity: (\w+)$")
# The line of a check that speaks of one table; the others speak of the file.
_ABOUT = re.compile(r"-- about: (\w+)$")
# The line of a check that asks of single rows: of a copy of a file that passed it, the rows
# of renewed reports are asked alone.
_OF_REPORTS = "-- asks: reports"
_STAGED = re.compile(r"\bstg_\w+")
_LAST = {"etl_load": 1, "fact_load_change": 2}


@dataclass(frozen=True, slots=True)
class Statement:
    """A file of `sql/`: its name without the ending, and its text."""

    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Check:
    """A query that selects the rows that break a rule; none means that the rule holds."""

    name: str
    severity: Severity
    description: str
    sql: str
    needs_staged: bool
    is_loss: bool = False
    about: str | None = None  # the table that it speaks of, if it is one
    of_reports: bool = False  # whether rows that a load did not renew cannot break it


def statements(folder: str) -> tuple[Statement, ...]:
    """The files of a folder of `sql/`, in the order in which they can be run."""
    return tuple(Statement(path.stem, path.read_text("utf-8")) for path in contracts.files(folder))


def loads() -> tuple[Statement, ...]:
    """One `insert … select` a table, in the order in which they run.

    No load of the star reads what another wrote, so any order would do. The load record comes
    after them because it says how long they took, and the changes last: they compare it all.
    """
    return tuple(sorted(statements("loads"), key=lambda statement: _LAST.get(statement.name, 0)))


def checks() -> tuple[Check, ...]:
    """The checks of `sql/checks/`, by name.

    Raises:
        ContractError: a check does not open with `-- severity: blocking` or `warning`.
    """
    return tuple(_check(statement) for statement in statements("checks"))


def losses(*, accepted: bool = False) -> tuple[Check, ...]:
    """The queries of `sql/loss/`, by name. A loss blocks unless it is accepted."""
    return tuple(
        Check(
            name=statement.name,
            severity="warning" if accepted else "blocking",
            description=_header(statement.sql.splitlines()),
            sql=statement.sql.rstrip().rstrip(";"),
            needs_staged=False,
            is_loss=True,
            about=_about(statement),
        )
        for statement in statements("loss")
    )


def _header(lines: Sequence[str]) -> str:
    """The comment that a file opens with, as one line; without the lines that programs read."""
    header = takewhile(lambda line: line.startswith("--"), lines)
    said = (line for line in header if line != _OF_REPORTS and not _ABOUT.match(line))
    return " ".join(line.removeprefix("--").strip() for line in said)


def _about(statement: Statement) -> str | None:
    found = (_ABOUT.match(line) for line in statement.sql.splitlines()[:2])
    return next((match.group(1) for match in found if match), None)


def _check(statement: Statement) -> Check:
    lines = statement.sql.splitlines()
    found = _SEVERITY.match(lines[0])
    severity = found.group(1) if found else ""
    if severity not in get_args(Severity):
        raise ContractError(
            f"sql/checks/{statement.name}.sql",
            Both("its first line must state its severity", "首行应写明严重程度"),
        )
    of_reports = _OF_REPORTS in lines
    return Check(
        name=statement.name,
        severity="blocking" if severity == "blocking" else "warning",
        description=_header(lines[1:]),
        sql=statement.sql.rstrip().rstrip(";"),
        needs_staged=bool(_STAGED.search(re.sub("--.*", "", statement.sql))),
        about=_about(statement),
        of_reports=of_reports,
    )
