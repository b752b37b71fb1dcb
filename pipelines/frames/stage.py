"""One report as rows of the staged tables, and rows as Polars frames. Pure: bytes in, frames out.

What is said in a report is the business of `text/`; where frames are kept, of `store.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import PurePosixPath

import polars as pl

from pipelines import parse_text
from pipelines.contracts import enforce, staged_schema
from pipelines.errors import DocumentError
from pipelines.frames.overrides import Override, Reject
from pipelines.frames.terms import count_terms
from pipelines.reading.decode import Decoded, decode
from pipelines.text.model import Metadata, Numeral, Observation, Parsed, Passage

TABLES = (
    "stg_document",
    "stg_sentence",
    "stg_numeral",
    "stg_observation",
    "stg_term",
    "stg_reject",
)
SECTION_MARK = " / "
UNKNOWN = "unknown"

Row = tuple[object, ...]
Rows = Mapping[str, tuple[Row, ...]]

# decimal(38, 8): eight places, and thirty digits before them.
_PLACES = Decimal("1e-8")
_LIMIT = Decimal("1e30")


def stage_report(data: bytes, file_name: str, override: Override) -> Rows:
    """Read and parse one report into rows of the staged tables, columns in the order of the DDL.

    Args:
        data: the bytes of the file.
        file_name: its name in the reports folder.
        override: what reports.csv says of it.

    Returns:
        The rows by table; a report that cannot be read is one row of stg_reject.
    """
    try:
        decoded = decode(data, file_name)
        parsed = parse_text(
            decoded.raw,
            region=override.region,
            title=override.title,
            period=override.period,
            file_name=PurePosixPath(file_name).name,
        )
    except DocumentError as error:
        return reject_rows([Reject(file_name, error.reason, error.detail)])
    except Exception as error:  # one report that trips the parser must not stop the others
        return reject_rows([Reject(file_name, "parser_error", f"{type(error).__name__}: {error}")])
    digest = hashlib.sha256(data).hexdigest()
    return {
        "stg_document": (_document(digest, data, decoded, parsed.metadata, file_name, override),),
        "stg_sentence": tuple(
            _sentence(digest, number, passage) for number, passage in enumerate(parsed.passages)
        ),
        "stg_numeral": tuple(
            _numeral(digest, number, numeral, parsed)
            for number, numeral in enumerate(parsed.numerals)
        ),
        "stg_observation": tuple(
            _observation(digest, number, observation)
            for number, observation in enumerate(parsed.observations)
            if _fits(observation.value)
        ),
        "stg_term": tuple(
            (digest, term, count)
            for term, count in sorted(
                count_terms(passage.text for passage in parsed.passages).items()
            )
        ),
        "stg_reject": (),
    }


def reject_rows(rejects: Iterable[Reject]) -> Rows:
    """Rows of stg_reject alone; every other table is there and empty."""
    rows = tuple((reject.file_name, reject.reason, reject.detail) for reject in rejects)
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


def _document(
    digest: str,
    data: bytes,
    decoded: Decoded,
    metadata: Metadata,
    file_name: str,
    override: Override,
) -> Row:
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
        decoded.format,
        decoded.encoding,
        len(data),
        len(decoded.raw),
        decoded.raw,
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


def _numeral(digest: str, number: int, numeral: Numeral, parsed: Parsed) -> Row:
    observation = numeral.observation
    lost = observation is not None and not _fits(parsed.observations[observation].value)
    return (
        digest,
        number,
        numeral.passage,
        numeral.start,
        numeral.end,
        numeral.text,
        _decimal(numeral.value),
        numeral.unit,
        UNKNOWN if lost else numeral.disposition,
        None if lost else observation,
    )


def _observation(digest: str, number: int, observation: Observation) -> Row:
    return (
        digest,
        number,
        observation.passage,
        observation.start,
        observation.end,
        observation.quote,
        _decimal(observation.value),
        _decimal(observation.upper),
        observation.unit,
        observation.modifier,
        observation.measure,
        observation.basis,
        observation.indicator,
        observation.code or observation.extended_code,
        observation.subject,
        observation.scope,
        observation.period_start,
        observation.period_end,
        observation.status,
        observation.theme,
        observation.rule,
    )


def _fits(value: Decimal) -> bool:
    """A number of more digits than the warehouse holds stays in the ledger, not understood."""
    return abs(value) < _LIMIT


def _decimal(value: Decimal | None) -> Decimal | None:
    return value.quantize(_PLACES) if value is not None and _fits(value) else None
