"""`reports.csv`: what the user says of a report, which wins over what the report says of itself.

Reading and checking that one file belongs here; applying an override is the parser's and the
stage's business.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date

from pipelines.errors import DocumentError
from pipelines.reading.decode import decode
from pipelines.text.model import Period

FILE_NAME = "reports.csv"
COLUMNS = (
    "file_name",
    "region",
    "title",
    "period_start",
    "period_end",
    "published_on",
    "source_url",
)


@dataclass(frozen=True, slots=True)
class Override:
    """One line of reports.csv; None where the line is silent."""

    region: str | None = None
    title: str | None = None
    period: Period | None = None
    published_on: date | None = None
    source_url: str | None = None

    @property
    def identity(self) -> str:
        """The same text for the same override: part of the key of a staged report."""
        return repr(astuple(self))


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was refused, and why: a row of stg_reject."""

    file_name: str
    reason: str
    detail: str


def read_overrides(data: bytes, file_name: str) -> tuple[dict[str, Override], tuple[Reject, ...]]:
    """Overrides by report file name, and what of the file could not be used.

    A column that is not known is left out, a line with a bad cell is left out; the rest holds.

    Args:
        data: the bytes of a reports.csv (UTF-8, or GB18030 as a spreadsheet saves it).
        file_name: its name, for messages.
    """
    try:
        text = decode(data, file_name).raw.removeprefix("\ufeff")
    except DocumentError as error:
        return {}, (Reject(file_name, "override", error.detail),)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = tuple(name.strip() for name in reader.fieldnames or ())
    reader.fieldnames = list(header)
    if "file_name" not in header:
        detail = f"the column file_name is missing; the columns are {', '.join(COLUMNS)}"
        return {}, (Reject(file_name, "override", detail),)
    rejects = [
        Reject(
            file_name,
            "override",
            f"unknown column {name or '(no name)'}, left out; the columns are {', '.join(COLUMNS)}",
        )
        for name in header
        if name not in COLUMNS
    ]
    overrides: dict[str, Override] = {}
    for line, cells in _lines(reader):
        name = cells.pop("file_name", "")
        try:
            if not name:
                raise ValueError("file_name is empty")
            if name in overrides:
                raise ValueError(f"{name} has a line already")
            overrides[name] = _override(cells)
        except ValueError as error:
            rejects.append(
                Reject(file_name, "override", f"line {line}: {error}; the line is left out")
            )
    return overrides, tuple(rejects)


def _lines(reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines that are not blank, as stripped cells of the known columns."""
    for row in reader:
        cells = {key: (row.get(key) or "").strip() for key in COLUMNS}
        if any(cells.values()):
            yield reader.line_num, cells


def _override(cells: dict[str, str]) -> Override:
    start, end = _day(cells, "period_start"), _day(cells, "period_end")
    if (start is None) != (end is None):
        raise ValueError("period_start and period_end go together")
    if start and end and start > end:
        raise ValueError(f"period_start {start} is after period_end {end}")
    return Override(
        region=cells["region"] or None,
        title=cells["title"] or None,
        period=Period(start, end) if start and end else None,
        published_on=_day(cells, "published_on"),
        source_url=cells["source_url"] or None,
    )


def _day(cells: dict[str, str], column: str) -> date | None:
    text = cells[column]
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{column} is {text}, not a date such as 2024-06-30") from None
