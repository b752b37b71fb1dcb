"""`zhibiao parse`: what one report says, as JSON Lines."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines import explain_text, lexicon, parse_text, scoring
from pipelines.bilingual import shown
from pipelines.commands.json_lines import json_line
from pipelines.commands.outcome import messages
from pipelines.commands.report_files import documents, name_of
from pipelines.errors import DocumentError
from pipelines.reading.document import Document, Refused
from pipelines.terminal import write
from pipelines.text.model import Numeral


def parse(
    file: Annotated[
        str, typer.Argument(help="Report file of any format, or - for standard input.")
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
        name = name_of(file)
        for document in documents(file):
            if isinstance(document, Refused):
                raise DocumentError(f"{name}/{document.part}", document.reason, document.detail)
            _print(document, name, numerals=numerals, explain=explain)


def _print(document: Document, name: str, *, numerals: bool, explain: bool) -> None:
    if explain:
        for explanation in explain_text(document.raw, file_name=name):
            write("\n".join(map(shown, explanation.lines())) + "\n\n")
        return
    parsed = parse_text(
        document.raw,
        file_name=name,
        region=document.region,
        title=document.title,
        grids=document.grids,
    )
    records = (
        map(_ledger_record, parsed.numerals)
        if numerals
        else map(scoring.record_of, parsed.observations)
    )
    for record in records:
        write(json_line(record))


def _ledger_record(numeral: Numeral) -> dict[str, object]:
    return {
        "start": numeral.start,
        "end": numeral.end,
        "text": numeral.text,
        "value": numeral.value,
        "unit": numeral.unit,
        "disposition": numeral.disposition,
    }
