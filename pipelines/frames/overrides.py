"""`reports.csv`: what the user says of a report, which wins over what the report says of itself.

Reading and checking that one file belongs here; applying an override is the parser's and the
stage's business.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date

from pipelines.bilingual import Both
from pipelines.errors import DocumentError, LineError
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
    "note",  # for people: nothing reads it
)

_YEARS = range(1900, 2101)
# 省, 市, 县, 乡, 村, and one more for a zone between them.
_MAX_LEVELS = 6
# A name begins with a letter or a character, so that no spreadsheet takes it for a formula.
_LEVEL = re.compile(r"[^\W\d_][\w·•・()（）〇 -]{0,39}")
_WRITTEN = re.compile(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?(?: 0?0:00(?::00)?)?")
_MAX_TEXT = 2000
_SHOWN = 60


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
        return repr((self.region, self.title, self.period, self.published_on, self.source_url))


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was refused, and why: a row of stg_reject."""

    file_name: str
    reason: str
    detail: Both


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
    lines = text.splitlines()
    try:
        header = _cells(lines[0] if lines else "")
    except LineError as error:
        detail = Both(
            f"line 1: {error}; no line of it is used", f"第 1 行：{error.zh}；整个文件未采用"
        )
        return {}, (Reject(file_name, "override", detail),)
    columns = ", ".join(COLUMNS)
    if "file_name" not in header:
        detail = Both(
            f"the column file_name is missing; the columns are {columns}",
            f"缺少 file_name 列；应有的列：{columns}",
        )
        return {}, (Reject(file_name, "override", detail),)
    rejects = [
        Reject(
            file_name,
            "override",
            Both(
                f"unknown column {name or '(no name)'}, left out; the columns are {columns}",
                f"不认识的列 {name or '（无列名）'}，未采用；可用的列：{columns}",
            ),
        )
        for name in header
        if name not in COLUMNS
    ]
    overrides: dict[str, Override] = {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            given = _cells(line)
            if any(given[len(header) :]):
                raise LineError(
                    Both(
                        f"it has {len(given)} cells, the header {len(header)}; "
                        "put a cell with a comma between quotation marks",
                        f"有 {len(given)} 格，表头有 {len(header)} 格；含逗号的格请加引号",
                    )
                )
            cells = dict.fromkeys(COLUMNS, "") | dict(zip(header, given, strict=False))
            if not any(cells[column] for column in COLUMNS):
                continue
            name = _clean(cells["file_name"], "file_name")
            if not name:
                raise LineError(Both("file_name is empty", "file_name 为空"))
            if name in overrides:
                raise LineError(Both(f"{name} has a line already", f"{name} 已有一行"))
            overrides[name] = _override(cells)
        except LineError as error:
            detail = Both(
                f"line {number}: {error}; the line is left out",
                f"第 {number} 行：{error.zh}；该行未采用",
            )
            rejects.append(Reject(file_name, "override", detail))
    return overrides, tuple(rejects)


def _cells(line: str) -> list[str]:
    """The stripped cells of one line. No cell of ours spans lines.

    So a quotation mark too many spoils its own line, and not all that follow.
    """
    try:
        cells = next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        problem = Both.quoted(error)
        if "unexpected end" in problem or "expected after" in problem:
            problem = Both(
                "a quotation mark is not closed, or is inside a cell", "引号没有配对，或出现在格内"
            )
        raise LineError(problem) from None
    return [cell.strip() for cell in cells]


def _override(cells: dict[str, str]) -> Override:
    start, end = _day(cells, "period_start"), _day(cells, "period_end")
    if (start is None) != (end is None):
        raise LineError(
            Both("period_start and period_end go together", "period_start 与 period_end 须同时填写")
        )
    if start and end and start > end:
        raise LineError(
            Both(
                f"period_start {start} is after period_end {end}",
                f"period_start {start} 晚于 period_end {end}",
            )
        )
    return Override(
        region=_region(cells["region"]) or None,
        title=_clean(cells["title"], "title") or None,
        period=Period(start, end) if start and end else None,
        published_on=_day(cells, "published_on"),
        source_url=_clean(cells["source_url"], "source_url") or None,
    )


def _day(cells: dict[str, str], column: str) -> date | None:
    text = cells[column]
    if not text:
        return None
    try:
        day = date.fromisoformat(_iso(text))
    except ValueError:
        raise LineError(
            Both(
                f"{column} is {_short(text)}, not a date such as 2024-06-30",
                f"{column} 为 {_short(text)}，不是 2024-06-30 这样的日期",
            )
        ) from None
    if day.year not in _YEARS:
        first, last = _YEARS.start, _YEARS.stop - 1
        raise LineError(
            Both(
                f"{column} is {text}; a report is of the years {first} to {last}",
                f"{column} 为 {text}；报告应在 {first} 年至 {last} 年之间",
            )
        )
    return day


def _iso(text: str) -> str:
    """A day as Excel or a person writes it (2024/1/1, 2024年1月1日), in the form of ISO 8601."""
    match = _WRITTEN.fullmatch(text)
    return "{}-{:0>2}-{:0>2}".format(*match.groups()) if match else text


def _region(text: str) -> str:
    """A region as names from the highest level down, as in 浙江省/杭州市/上城区."""
    levels = text.split("/") if text else []
    if len(levels) > _MAX_LEVELS or not all(map(_LEVEL.fullmatch, levels)):
        raise LineError(
            Both(
                f"region is {_short(text)}, not one to {_MAX_LEVELS} names such as "
                "浙江省/杭州市/上城区",
                f"region 为 {_short(text)}，应为一至 {_MAX_LEVELS} 级名称，如 浙江省/杭州市/上城区",
            )
        )
    return text


def _clean(text: str, column: str) -> str:
    """Text of one line that can be shown: tables and terminals choke on control characters."""
    if len(text) > _MAX_TEXT or not text.isprintable():
        raise LineError(
            Both(
                f"{column} is {_short(text)}: longer than {_MAX_TEXT} characters, or not printable",
                f"{column} 为 {_short(text)}：超过 {_MAX_TEXT} 个字符，或含不可显示的字符",
            )
        )
    return text


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
