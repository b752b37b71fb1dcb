"""Zhibiao (指标): Chinese government reports as a queryable star schema.

`parse_text` is the whole parser as one pure function: the command line and the Dagster assets call
the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from pipelines import compiled

compiled.use()  # before the first module of the parser is loaded

from pipelines.reading.clean import CleanText, clean  # noqa: E402
from pipelines.reading.document import Grid  # noqa: E402
from pipelines.text.explain import Explanation, explain  # noqa: E402
from pipelines.text.model import (  # noqa: E402
    Metadata,
    Numeral,
    Observation,
    Parsed,
    Passage,
    Period,
)
from pipelines.text.parse import parse  # noqa: E402
from pipelines.text.report.metadata import read_metadata, with_known  # noqa: E402
from pipelines.text.tables.join import Block, blocks_of, cuts, with_tables  # noqa: E402

__all__ = [
    "Explanation",
    "Numeral",
    "Observation",
    "Parsed",
    "Passage",
    "Period",
    "explain_text",
    "parse_text",
]


def parse_text(
    text: str,
    *,
    region: str | None = None,
    title: str | None = None,
    period: Period | tuple[date, date] | None = None,
    file_name: str = "",
    grids: Sequence[Grid] = (),
    checkpoint: Callable[[int], None] | None = None,
) -> Parsed:
    """Everything that a report says, as frozen values. Free of I/O.

    Args:
        text: the raw text of the report, as decoded.
        region: the region it speaks for (江苏省; 浙江省/杭州市/上城区), where that is known better
            than from the text.
        title: its title, where that is known.
        period: the period that it reports on (first and last day), where that is known.
        file_name: its file name, a source of region and period.
        grids: the tables that its format has, beside which those of plain text are found.
        checkpoint: called again and again while the text is read, with the number of numerals
            found so far; what it raises ends the reading.

    Returns:
        Metadata, passages, observations and the ledger of numerals. Offsets count code points of
        `text`, and `text[o.start:o.end] == o.quote` for every observation.
    """
    blocks = blocks_of(text, grids)
    source, known = _opened(text, blocks, region, title, period, file_name)
    parsed = parse(source, known, checkpoint) if checkpoint else parse(source, known)
    return with_tables(parsed, text, blocks, checkpoint) if blocks else parsed


def explain_text(
    text: str,
    *,
    region: str | None = None,
    title: str | None = None,
    period: Period | tuple[date, date] | None = None,
    file_name: str = "",
) -> tuple[Explanation, ...]:
    """The observations of `parse_text`, each with the rules and the words that made it.

    Args: as of `parse_text`.
    """
    blocks = blocks_of(text, ())
    return explain(*_opened(text, blocks, region, title, period, file_name))


def _opened(
    text: str,
    blocks: Sequence[Block],
    region: str | None,
    title: str | None,
    period: Period | tuple[date, date] | None,
    file_name: str,
) -> tuple[CleanText, Metadata]:
    """Clean text without its tables, and what is known of the report."""
    source = clean(text, cuts(blocks))
    # A line that has but a table below it may be a title, too.
    below = "\n" if blocks and text[: blocks[0].start].strip() else ""
    known = with_known(
        read_metadata(source.text + below, file_name),
        source.text,
        region=region,
        title=title,
        period=period if period is None or isinstance(period, Period) else Period(*period),
    )
    return source, known
