"""Zhibiao (指标): Chinese government reports as a queryable star schema.

`parse_text` is the whole parser as one pure function: the command line and the Dagster assets call
the same one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipelines import compiled

compiled.use()  # before the first module of the parser is loaded

from pipelines.reading.clean import clean  # noqa: E402
from pipelines.text.model import Numeral, Observation, Parsed, Passage, Period  # noqa: E402
from pipelines.text.parse import parse  # noqa: E402
from pipelines.text.report.metadata import read_metadata, with_known  # noqa: E402

__all__ = ["Numeral", "Observation", "Parsed", "Passage", "Period", "parse_text"]


def parse_text(
    text: str,
    *,
    region: str | None = None,
    title: str | None = None,
    period: Period | tuple[date, date] | None = None,
    file_name: str = "",
    checkpoint: Callable[[], None] | None = None,
) -> Parsed:
    """Everything that a report says, as frozen values. Free of I/O.

    Args:
        text: the raw text of the report, as decoded.
        region: the region it speaks for (江苏省; 浙江省/杭州市/上城区), where that is known better
            than from the text.
        title: its title, where that is known.
        period: the period that it reports on (first and last day), where that is known.
        file_name: its file name, a source of region and period.
        checkpoint: called again and again while the text is read; what it raises ends the reading.

    Returns:
        Metadata, passages, observations and the ledger of numerals. Offsets count code points of
        `text`, and `text[o.start:o.end] == o.quote` for every observation.
    """
    source = clean(text)
    metadata = read_metadata(source.text, file_name)
    known = with_known(
        metadata,
        source.text,
        region=region,
        title=title,
        period=period if period is None or isinstance(period, Period) else Period(*period),
    )
    return parse(source, known, checkpoint) if checkpoint else parse(source, known)
