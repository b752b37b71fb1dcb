"""`zhibiao parse`: what one report says, as JSON Lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines import explain_text, lexicon, parse_text, scoring
from pipelines.commands.json_lines import json_line
from pipelines.commands.outcome import messages
from pipelines.errors import DocumentError
from pipelines.reading.decode import decode
from pipelines.settings import load_settings
from pipelines.terminal import write
from pipelines.text.model import Numeral


def parse(
    file: Annotated[
        str, typer.Argument(help="Report file, or - for standard input (UTF-8 or GB18030).")
    ],
    numerals: Annotated[
        bool, typer.Option("--numerals", help="Print the ledger of numerals instead.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Explain each observation in words."),
    ] = False,
) -> None:
    """Print what one report says as JSON Lines: its observations, or its ledger of numerals."""
    with messages():
        lexicon.validate(large=False)
        name = "stdin.txt" if file == "-" else Path(file).name
        text = decode(_bytes(file, load_settings().max_report_bytes), name).raw
        if explain:
            for explanation in explain_text(text, file_name=name):
                write("\n".join(explanation.lines()) + "\n\n")
            return
        parsed = parse_text(text, file_name=name)
        records = (
            map(_ledger_record, parsed.numerals)
            if numerals
            else map(scoring.record_of, parsed.observations)
        )
        for record in records:
            write(json_line(record))


def _bytes(file: str, limit: int) -> bytes:
    """The bytes of a report, from standard input for `-`; no more than are needed is read."""
    if file == "-":
        data = sys.stdin.buffer.read(limit + 1)
    else:
        with Path(file).open("rb") as handle:
            data = handle.read(limit + 1)
    if len(data) > limit:
        detail = f"it is longer than the {limit:,} bytes that ZHIBIAO_MAX_REPORT_BYTES allows"
        raise DocumentError(file, "too_large", detail)
    return data


def _ledger_record(numeral: Numeral) -> dict[str, object]:
    return {
        "start": numeral.start,
        "end": numeral.end,
        "text": numeral.text,
        "value": numeral.value,
        "unit": numeral.unit,
        "disposition": numeral.disposition,
    }
