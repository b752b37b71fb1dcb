"""One file as rows of the staged tables, and rows as Polars frames: bytes in, frames out.

What is said in a report is the business of `text/`; where frames are kept, of `store.py`.
"""

from __future__ import annotations

import hashlib
import logging
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from heapq import nlargest
from pathlib import PurePosixPath
from time import thread_time

import polars as pl

from pipelines import parse_text
from pipelines.bilingual import Both
from pipelines.contracts import enforce, staged_schema
from pipelines.errors import DocumentError, SeedError
from pipelines.frames.known import completed, known_of, telling_name
from pipelines.frames.overrides import Override, Reject
from pipelines.frames.terms import count_terms
from pipelines.reading.document import Document, Places, Refused
from pipelines.reading.formats.apart import read_file
from pipelines.text.model import Numeral, Observation, Parsed, Passage

TABLES = (
    "stg_document",
    "stg_sentence",
    "stg_numeral",
    "stg_observation",
    "stg_term",
    "stg_reject",
    "stg_file",
)
SECTION_MARK = " / "
# Reasons of rejects that say nothing lasting of the file: a fault of this project, and a reading
# that took too long.
INTERNAL_ERROR, TOO_SLOW = "internal_error", "too_slow"

Row = tuple[object, ...]
Rows = Mapping[str, tuple[Row, ...]]

# decimal(38, 8): eight places, and thirty digits before them.
_PLACES = Decimal("1e-8")
_DIGITS = Context(prec=38)
# A long report has two thousand numerals. Each costs some 2.5 kilobytes while it is read, and a
# worker that the system kills when memory runs out takes other reports with it.
_MOST_NUMERALS = 250_000
_TELLING = 5  # sentences that tell a report from all others
_LONG = 25  # characters of a sentence: titles and what a site says of itself are shorter
_LEAST_TELLING = 100  # characters that they have together
_NO_WORD = re.compile(r"[\W_]+")
_DETAIL = 500  # characters of an error that a reject quotes
_log = logging.getLogger(__name__)


def stage_report(
    data: bytes, file_name: str, override: Override, seconds: float = math.inf
) -> Rows:
    """Read and parse one report into rows of the staged tables, columns in the order of the DDL.

    Args:
        data: the bytes of the file.
        file_name: its name in the reports folder.
        override: what reports.csv says of it.
        seconds: of the processor that its reading may take.

    Returns:
        The rows by table; a report that cannot be read is one row of stg_reject. So is one that
        met a fault of this project (reason `internal_error`, its traceback in the log): it must
        not stop the others.

    Raises:
        SeedError: the vocabulary is damaged, so no report can be read as it should be.
        MemoryError: a fault of the moment: the report may be read well another time.
    """
    try:
        return _all_rows(data, file_name, override, _patience(file_name, seconds))
    except DocumentError as error:
        return reject_rows([Reject(file_name, error.reason, error.detail)])
    except (SeedError, MemoryError):
        raise
    except Exception as error:
        _log.exception("%s: a fault of this project; please report it", file_name)
        return reject_rows([internal_error(file_name, error)])


def _all_rows(
    data: bytes, file_name: str, override: Override, checkpoint: Callable[[int], None]
) -> Rows:
    """The rows of all reports of a file: mostly one, of an archive or a table of reports many."""
    made: list[Rows] = []
    parts: set[str] = set()
    for found in read_file(data, file_name):
        found = _apart_from(found, parts)  # noqa: PLW2901
        name = f"{file_name}/{found.part}" if found.part else file_name
        if isinstance(found, Refused):
            made.append(reject_rows([Reject(name, found.reason, found.detail)]))
        else:
            made.append(_report_rows(data, found, name, override, checkpoint))
        if found.part:
            made[-1] = {**made[-1], "stg_file": ((name, None),)}
    if not made:
        raise DocumentError(file_name, "blank", Both("there is no report in it.", "其中没有报告。"))
    if len(made) == 1:
        return made[0]
    return {table: tuple(row for rows in made for row in rows[table]) for table in TABLES}


def _apart_from(found: Document | Refused, parts: set[str]) -> Document | Refused:
    """The part under a name that no other part of its file has: an archive may repeat one."""
    if not found.part:
        return found
    names = (found.part, *(f"{found.part}~{number}" for number in range(2, len(parts) + 3)))
    name = next(name for name in names if name not in parts)
    parts.add(name)
    if name == found.part:
        return found
    return found._replace(part=name) if isinstance(found, Refused) else replace(found, part=name)


def _report_rows(
    data: bytes,
    document: Document,
    name: str,
    override: Override,
    checkpoint: Callable[[int], None],
) -> Rows:
    """The rows of one report. What reports.csv says wins over what the format says."""
    known = known_of(document, override)

    def parsed_with(known: Override) -> Parsed:
        return parse_text(
            document.raw,
            region=known.region,
            title=known.title,
            period=known.period,
            file_name=telling_name(document, name),
            grids=document.grids,
            checkpoint=checkpoint,
        )

    try:
        parsed = parsed_with(known)
        more = completed(known, parsed.metadata, document, name)
        if more != known:
            known, parsed = more, parsed_with(more)
        return _rows(data, document, parsed, name, known)
    except DocumentError as error:
        if not document.part:
            raise
        return reject_rows([Reject(name, error.reason, error.detail)])
    except (SeedError, MemoryError):
        raise
    except Exception as error:
        if not document.part:
            raise
        _log.exception("%s: a fault of this project; please report it", name)
        return reject_rows([internal_error(name, error)])


def internal_error(file_name: str, error: Exception) -> Reject:
    """The reject of a report that met a fault of this project."""
    what = f"{type(error).__name__}: {error}"
    if len(what) > _DETAIL:
        what = f"{what[:_DETAIL]}…"
    detail = Both(
        f"{what}; the log has the traceback, please report it",
        f"{what}；日志中有详情，请反馈给我们",
    )
    return Reject(file_name, INTERNAL_ERROR, detail)


def _rows(
    data: bytes, document: Document, parsed: Parsed, file_name: str, override: Override
) -> Rows:
    digest = report_digest(hashlib.sha256(data).hexdigest(), document.part)
    places = Places(document)
    return {
        "stg_document": (_document(digest, data, document, parsed, file_name, override),),
        "stg_sentence": tuple(
            _sentence(digest, number, passage) for number, passage in enumerate(parsed.passages)
        ),
        "stg_numeral": tuple(
            _numeral(digest, number, numeral) for number, numeral in enumerate(parsed.numerals)
        ),
        "stg_observation": tuple(
            _observation(digest, number, observation, places)
            for number, observation in enumerate(parsed.observations)
        ),
        "stg_term": tuple(
            (digest, term, count)
            for term, count in sorted(
                count_terms(passage.text for passage in parsed.passages).items()
            )
        ),
        "stg_reject": (),
        "stg_file": (),
    }


def report_digest(sha256: str, part: str) -> str:
    """What tells a report from all others: the digest of its file, and which part of it it is."""
    return hashlib.sha256(f"{sha256}\n{part}".encode()).hexdigest() if part else sha256


def to_try_again(rows: Rows) -> tuple[Reject, ...]:
    """The rejects among the rows of a report that another run may not meet."""
    rejects = (
        Reject(str(name), str(reason), Both(str(detail), str(zh)))
        for name, reason, detail, zh in rows["stg_reject"]
    )
    return tuple(reject for reject in rejects if reject.reason in (INTERNAL_ERROR, TOO_SLOW))


def _patience(file_name: str, seconds: float) -> Callable[[int], None]:
    """A checkpoint that ends the reading of a report that asks too much of the machine.

    Seconds are of the processor, not of the clock: a busy machine must not refuse what an idle
    one reads.
    """
    end = thread_time() + seconds

    def checkpoint(numerals: int) -> None:
        if numerals > _MOST_NUMERALS:
            detail = Both(
                f"it has {numerals:,} numerals, and at most {_MOST_NUMERALS:,} of one file are "
                "read. Split it, or remove what is no report.",
                f"有 {numerals:,} 个数字，一个文件至多读 {_MOST_NUMERALS:,} 个。"
                "请拆分，或删去不是报告的部分。",
            )
            raise DocumentError(file_name, "too_many_numerals", detail)
        if thread_time() > end:
            detail = Both(
                f"it was not read within {seconds:g} s of the processor. Split it, remove what is "
                "no report, or raise ZHIBIAO_REPORT_SECONDS.",
                f"用了 {seconds:g} 秒处理器时间仍未读完。请拆分，删去不是报告的部分，"
                "或调高 ZHIBIAO_REPORT_SECONDS。",
            )
            raise DocumentError(file_name, TOO_SLOW, detail)

    return checkpoint


def reject_rows(rejects: Iterable[Reject]) -> Rows:
    """Rows of stg_reject alone; every other table is there and empty."""
    rows = tuple(
        (reject.file_name, reject.reason, str(reject.detail), reject.detail.zh)
        for reject in rejects
    )
    return {name: rows if name == "stg_reject" else () for name in TABLES}


def to_frames(reports: Iterable[Rows]) -> dict[str, pl.DataFrame]:
    """One frame a staged table with the rows of all reports, held against its contract.

    Raises:
        ContractError: rows do not fit the DDL of sql/staged/.
    """
    reports = tuple(reports)
    return {
        name: enforce(
            pl.DataFrame(
                [row for rows in reports for row in rows[name]],
                schema=staged_schema(name),
                orient="row",
            ),
            name,
        )
        for name in TABLES
    }


def content_key(passages: Sequence[Passage]) -> str | None:
    """The same text for the same report in another format, encoding or page.

    It is made of the longest sentences, without their marks and blanks: what a site puts around a
    report is no sentence of that length. None for a report too short to tell.
    """
    words = (_NO_WORD.sub("", passage.text) for passage in passages)
    longest = nlargest(_TELLING, (text for text in words if len(text) >= _LONG), key=len)
    if sum(map(len, longest)) < _LEAST_TELLING:
        return None
    return hashlib.sha256("\n".join(sorted(longest)).encode()).hexdigest()


def _document(
    digest: str,
    data: bytes,
    document: Document,
    parsed: Parsed,
    file_name: str,
    override: Override,
) -> Row:
    metadata = parsed.metadata
    period = override.period or metadata.period
    return (
        digest,
        file_name,
        override.title or metadata.title or PurePosixPath(file_name).stem,
        metadata.region_path,
        metadata.region_level,
        metadata.report_kind,
        period.start if period else None,
        period.end if period else None,
        override.published_on or metadata.published_on,
        override.source_url,
        document.format,
        document.encoding,
        document.damaged,
        len(data),
        len(document.raw),
        content_key(parsed.passages),
        document.raw,
    )


def _sentence(digest: str, number: int, passage: Passage) -> Row:
    return (
        digest,
        number,
        passage.start,
        passage.end,
        passage.text,
        SECTION_MARK.join(passage.section),
        passage.theme,
    )


def _numeral(digest: str, number: int, numeral: Numeral) -> Row:
    return (
        digest,
        number,
        numeral.passage,
        numeral.start,
        numeral.end,
        numeral.text,
        _decimal(numeral.value),
        numeral.unit,
        numeral.disposition,
        numeral.reason,
        numeral.observation,
    )


def _observation(digest: str, number: int, observation: Observation, places: Places) -> Row:
    return (
        digest,
        number,
        observation.passage,
        observation.start,
        observation.end,
        places.of(observation.start),
        observation.quote,
        _decimal(observation.value),
        _decimal(observation.upper),
        observation.unit,
        observation.modifier,
        observation.measure,
        observation.basis,
        observation.indicator,
        observation.code,
        observation.canonical_code,
        observation.subject,
        observation.scope,
        observation.period_start,
        observation.period_end,
        observation.status,
        observation.theme,
        observation.rule,
        observation.doubt,
        observation.confidence,
        observation.wording,
        observation.commitment,
        None,  # corrected: see `corrections`
    )


def _decimal(value: Decimal | None) -> Decimal | None:
    """To eight places; the parser yields no value that is too large (`numerals.fits`)."""
    return None if value is None else value.quantize(_PLACES, context=_DIGITS)
