"""`corrections.csv`: what readers found wrong in figures, applied to the staged rows by each load.

Reading and checking that one file, and putting what it says in the place of what was read, belong
here. A correction names the report by its digest and the figure by its span, so it outlives
rebuilds and new rules; where the figure says something else by now, it is not applied.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

import polars as pl

from pipelines import lexicon
from pipelines.bilingual import Both
from pipelines.contracts import staged_schema
from pipelines.errors import DocumentError, LineError
from pipelines.frames.folder import CORRECTIONS
from pipelines.frames.overrides import Reject
from pipelines.frames.tables import StagedTable
from pipelines.reading.decode import decode
from pipelines.text.model import Measure, Modifier, Status

FILE_NAME = CORRECTIONS
COLUMNS = (
    "report_sha256",
    "char_start",
    "char_end",
    "field",
    "was",
    "becomes",
    "reason",
    "corrected_by",
    "corrected_on",
)
# applied; agreed: the rules say so themselves by now; stale: the field says something else by now;
# gone: there is no such figure; unknown_report: no such report; impossible: the period would end
# before it begins, or lack an end; confirmed: a reader looked at all of the report.
State = Literal["applied", "agreed", "stale", "gone", "unknown_report", "impossible", "confirmed"]
# Of these nobody need be told.
IN_ORDER: Final = ("applied", "agreed", "confirmed")
# A line about a report as a whole.
WHOLE, CONFIRMED = "report", "confirmed"
_MAX_TEXT = 500
_DIGITS, _PLACES = 10**30, Decimal("1e-8")
_PERIOD = ("period_start", "period_end")


class Correction(NamedTuple):
    """One line of corrections.csv."""

    line_no: int
    report_sha256: str
    char_start: int
    char_end: int
    field: str
    was: str
    becomes: str
    reason: str
    corrected_by: str
    corrected_on: date


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise LineError(Both("no number", "不是数字")) from None
    if not value.is_finite() or abs(value) >= _DIGITS or value != value.quantize(_PLACES):
        raise LineError(
            Both(
                "no number of at most thirty digits and eight places",
                "不是至多三十位、八位小数的数字",
            )
        )
    return value.quantize(_PLACES)


def _text(text: str) -> str:
    if not text:
        raise LineError(Both("empty", "为空"))
    return text


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LineError(Both("no date such as 2024-06-30", "不是 2024-06-30 这样的日期")) from None


def _code(text: str) -> str:
    if text not in {row["code"] for row in lexicon.table("indicators")}:
        raise LineError(
            Both("no code of seeds/indicators.csv", "不是 seeds/indicators.csv 中的编码")
        )
    return text


def _one_of(members: Sequence[str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in members:
            listed = ", ".join(members)
            raise LineError(Both(f"none of {listed}", f"不在 {listed} 之列"))
        return text

    return check


def _or_none(check: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: check(text) if text else None


# The fields that can be corrected, and what makes a value of a cell.
FIELDS: Mapping[str, Callable[[str], object]] = {
    "value": _decimal,
    "value_upper": _or_none(_decimal),
    "unit": _or_none(_text),
    "modifier": _one_of(get_args(Modifier)),
    "measure": _one_of(get_args(Measure)),
    "indicator": _text,
    "canonical_code": _or_none(_code),
    "subject": _or_none(_text),
    "scope": _or_none(_text),
    "period_start": _or_none(_date),
    "period_end": _or_none(_date),
    "status": _one_of(get_args(Status)),
}


def text_of(value: object) -> str:
    """A value of a field as corrections write it: empty for none, numbers without idle zeros."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def read_corrections(
    data: bytes, file_name: str
) -> tuple[tuple[Correction, ...], tuple[Reject, ...]]:
    """The lines of a corrections.csv, and those that cannot be used, with the reason.

    Args:
        data: its bytes (UTF-8, or GB18030 as a spreadsheet saves it).
        file_name: its name, for messages.
    """
    try:
        text = decode(data, file_name).raw.removeprefix("\ufeff") if data.strip() else ""
    except DocumentError as error:
        return (), (Reject(file_name, "correction", error.detail),)
    lines = text.splitlines()
    if not lines:
        return (), ()
    if tuple(_cells(lines[0])) != COLUMNS:
        head = ",".join(COLUMNS)
        detail = Both(
            f"line 1: the header must be {head}; no line of it is used",
            f"第 1 行：表头应为 {head}；整个文件未采用",
        )
        return (), (Reject(file_name, "correction", detail),)
    found: list[Correction] = []
    rejects: list[Reject] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip(" ,"):
            continue
        try:
            found.append(_correction(number, _cells(line)))
        except LineError as error:
            detail = Both(
                f"line {number}: {error}; the line is left out",
                f"第 {number} 行：{error.zh}；该行未采用",
            )
            rejects.append(Reject(file_name, "correction", detail))
    return tuple(found), tuple(rejects)


def _cells(line: str) -> list[str]:
    """The stripped cells of one line; no cell of ours spans lines."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True), [])]
    except csv.Error:
        return []


def _correction(number: int, cells: list[str]) -> Correction:
    if len(cells) != len(COLUMNS):
        raise LineError(
            Both(
                f"it is not {len(COLUMNS)} cells between commas",
                f"不是以逗号分隔的 {len(COLUMNS)} 格",
            )
        )
    for column, cell in zip(COLUMNS, cells, strict=True):
        if len(cell) > _MAX_TEXT or not cell.isprintable():
            raise LineError(
                Both(
                    f"{column} is longer than {_MAX_TEXT} characters, or not printable",
                    f"{column} 超过 {_MAX_TEXT} 个字符，或含不可显示的字符",
                )
            )
    digest, start, end, field, was, becomes, reason, who, on = cells
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise LineError(
            Both(
                "report_sha256 is no digest of 64 hexadecimal digits",
                "report_sha256 不是 64 位十六进制摘要",
            )
        )
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 20):
        raise LineError(
            Both(
                "char_start and char_end are no places in a text",
                "char_start 和 char_end 不是文本中的位置",
            )
        )
    if field == WHOLE:
        if becomes != CONFIRMED:
            raise LineError(
                Both(f"a report becomes nothing but {CONFIRMED}", f"report 只能改为 {CONFIRMED}")
            )
    elif field in FIELDS:
        checked(field, becomes)
    else:
        listed = ", ".join((*FIELDS, WHOLE))
        raise LineError(Both(f"field is none of {listed}", f"field 不在 {listed} 之列"))
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise LineError(
            Both(
                "corrected_on is not a date such as 2024-06-30",
                "corrected_on 不是 2024-06-30 这样的日期",
            )
        ) from None
    return Correction(number, digest, int(start), int(end), field, was, becomes, reason, who, day)


def checked(field: str, text: str) -> object:
    """The value that a cell of a field stands for.

    Raises:
        LineError: it stands for none.
    """
    try:
        return FIELDS[field](text)
    except LineError as error:
        raise LineError(
            Both(
                f"becomes is {text!r}, which is {error} for {field}",
                f"becomes 为 {text!r}，{field} 的这个值{error.zh}",
            )
        ) from None


def line_of(correction: Correction) -> str:
    """A correction as a line of the file, its end included."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(correction[1:])
    return out.getvalue()


def append(path: Path, correction: Correction) -> None:
    """Add a line to a corrections.csv; the file is made where it is missing.

    Raises:
        OSError: it cannot be written.
        LineError: the line could not be read back.
    """
    _correction(0, _cells(line_of(correction).rstrip("\n")))
    with path.open("a", encoding="utf-8", newline="") as file:
        if file.tell() == 0:
            file.write(",".join(COLUMNS) + "\n")
        elif not path.read_bytes().endswith(b"\n"):
            file.write("\n")
        file.write(line_of(correction))


def corrected(
    tables: Mapping[str, StagedTable], corrections: Sequence[Correction]
) -> dict[str, StagedTable]:
    """The staged tables with what corrections say in the place of what was read.

    Args:
        tables: all staged tables.
        corrections: in the order of the file: a later one may correct an earlier one.

    Returns:
        The tables; stg_correction says what became of each correction.
    """
    digests = {correction.report_sha256 for correction in corrections}
    names = _names(tables["stg_document"], digests)
    observations = tables["stg_observation"]
    rows, touched = _rows(observations, corrections)
    states = _apply(corrections, rows, names)
    found = pl.DataFrame(
        [
            (one.line_no, names.get(one.report_sha256), *one[1:], state)
            for one, state in zip(corrections, states, strict=True)
        ],
        schema=staged_schema("stg_correction"),
        orient="row",
    )
    made = dict(tables) | {"stg_correction": StagedTable("stg_correction", (), found.lazy())}
    made["stg_version"] = _versions(tables["stg_version"], corrections)
    if rows:
        made["stg_observation"] = _replaced(observations, touched, list(rows.values()))
    return made


def _versions(table: StagedTable, corrections: Iterable[Correction]) -> StagedTable:
    """The versions of the reports: those that corrections speak of depend on these too."""
    lines: dict[str, str] = {}
    for one in corrections:
        lines[one.report_sha256] = lines.get(one.report_sha256, "") + line_of(one)
    found = table.rest.collect()
    versions = [
        hashlib.sha256(f"{version}\n{lines[digest]}".encode()).hexdigest()
        if digest in lines
        else version
        for digest, version in found.select("report_sha256", "version").iter_rows()
    ]
    told = found.with_columns(pl.Series("version", versions, pl.String))
    return StagedTable(table.name, (), told.lazy())


_Key = tuple[str, int]


def _names(documents: StagedTable, digests: Iterable[str]) -> dict[str, str]:
    """The file names of the reports with these digests."""
    found = documents.lazy().filter(pl.col("report_sha256").is_in(list(digests)))
    return dict(found.select("report_sha256", "file_name").collect().iter_rows())


def _rows(
    table: StagedTable, corrections: Iterable[Correction]
) -> tuple[dict[_Key, dict[str, Any]], set[Path]]:
    """The rows that corrections speak of, by report and place, and the files that hold them."""
    keys = pl.DataFrame(
        sorted({(one.report_sha256, one.char_start) for one in corrections}),
        schema={"report_sha256": pl.String, "char_start": pl.Int32},
        orient="row",
    ).lazy()
    on = ["report_sha256", "char_start"]
    found = [table.rest.join(keys, on=on, how="semi").collect()]
    touched: set[Path] = set()
    if table.files:
        scan = pl.scan_parquet(list(table.files), include_file_paths="path")
        hits = scan.join(keys, on=on, how="semi").collect()
        touched = {Path(path) for path in hits["path"].unique()}
        found.append(hits.drop("path"))
    rows = pl.concat(found).iter_rows(named=True)
    return {(row["report_sha256"], row["char_start"]): dict(row) for row in rows}, touched


def _apply(
    corrections: Sequence[Correction],
    rows: Mapping[_Key, dict[str, Any]],
    names: Mapping[str, str],
) -> list[State]:
    """Change the rows; what became of each correction."""
    before = {key: dict(row) for key, row in rows.items()}
    states: list[State] = []
    for one in corrections:
        row = rows.get((one.report_sha256, one.char_start))
        states.append(_state(one, row, names))
        if row is not None and states[-1] == "applied":
            _set(row, one.field, checked(one.field, one.becomes))
    for place, one in enumerate(corrections):
        key = (one.report_sha256, one.char_start)
        if one.field in _PERIOD and states[place] == "applied" and not _is_period(rows[key]):
            states[place] = "impossible"
    for place, one in enumerate(corrections):
        if states[place] == "impossible":
            row, old = rows[one.report_sha256, one.char_start], before[one[1], one[2]]
            row.update({name: old[name] for name in _PERIOD})
            row["corrected"] = ",".join(
                sorted(set((row["corrected"] or "").split(",")) - {"", *_PERIOD})
            )
            row["corrected"] = row["corrected"] or None
    return states


def _state(one: Correction, row: Mapping[str, Any] | None, names: Mapping[str, str]) -> State:
    if one.report_sha256 not in names:
        return "unknown_report"
    if one.field == WHOLE:
        return "confirmed"
    if row is None or row["char_end"] != one.char_end:
        return "gone"
    now = text_of(row[one.field])
    if now == text_of(checked(one.field, one.becomes)):
        return "agreed"
    return "applied" if now == _as_text(one.field, one.was) else "stale"


def _as_text(field: str, was: str) -> str:
    """What a field was, written as it is compared; anything else stays what it is."""
    try:
        return text_of(FIELDS[field](was))
    except ValueError:
        return was


def _set(row: dict[str, Any], field: str, value: object) -> None:
    row[field] = value
    if field == "canonical_code":
        row["indicator_code"] = value
    row["corrected"] = ",".join(sorted({*(row["corrected"] or "").split(","), field} - {""}))
    row["doubt"] = None  # a person has looked at it


def _is_period(row: Mapping[str, Any]) -> bool:
    start, end = row["period_start"], row["period_end"]
    return (start is None) == (end is None) and (start is None or start <= end)


def _replaced(
    table: StagedTable, touched: set[Path], rows: Sequence[Mapping[str, Any]]
) -> StagedTable:
    """The table with these rows in the place of those at the same places of the same reports."""
    schema = staged_schema("stg_observation")
    new = pl.DataFrame([tuple(row[name] for name in schema) for row in rows], schema, orient="row")
    on = ["report_sha256", "char_start"]
    old = [table.rest, *(pl.scan_parquet(path) for path in sorted(touched))]
    kept = [frame.join(new.lazy().select(on), on=on, how="anti") for frame in old]
    return StagedTable(
        table.name,
        tuple(path for path in table.files if path not in touched),
        pl.concat([new.lazy(), *kept]),
    )
