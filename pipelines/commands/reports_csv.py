"""`zhibiao reports-csv`: a reports.csv filled with what the reports say of themselves."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from pipelines import lexicon
from pipelines.bilingual import Both
from pipelines.commands.outcome import messages
from pipelines.console import say
from pipelines.errors import DocumentError
from pipelines.frames.folder import Source, scan_folder
from pipelines.frames.known import completed, known_of, telling_name
from pipelines.frames.overrides import COLUMNS, Override
from pipelines.reading.clean import clean
from pipelines.reading.document import Document
from pipelines.reading.formats.apart import read_file
from pipelines.settings import load_settings
from pipelines.terminal import write
from pipelines.text.report.divisions import by_name
from pipelines.text.report.metadata import read_metadata, with_known
from pipelines.warehouse.spreadsheets import FORMULA


def reports_csv(
    folder: Annotated[Path, typer.Argument(help="Folder of the reports.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; standard output without it.")
    ] = None,
) -> None:
    """Write a reports.csv for a folder, filled with what is inferred and from where.

    The column note is for the reader: it says what each value was taken from, and what is missing.
    Correct what is wrong, save the file as reports.csv in the folder, and build again.
    """
    with messages():
        lexicon.validate(large=False)
        found = scan_folder(folder, max_bytes=load_settings().max_report_bytes)
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        missing = 0
        for source in found.sources:
            row = _line(source)
            missing += row[1] == "" or row[3] == ""
            writer.writerow(_harmless(row))
        if out is None:
            write(text.getvalue())
        else:
            with out.open("x", encoding="utf-8-sig", newline="") as handle:
                handle.write(text.getvalue())
        count = len(found.sources)
        say(
            Both(
                f"{count} reports, {missing} without a region or a period",
                f"{count} 份报告，其中 {missing} 份缺地区或时期",
            )
        )


def _harmless(row: list[str]) -> list[str]:
    """Cells that no spreadsheet takes for a formula: what one would begin with goes.

    A name stays that of its file.
    """
    name = f"./{row[0]}" if row[0].startswith(tuple(FORMULA)) else row[0]
    return [name, *(cell.lstrip(FORMULA) for cell in row[1:])]


def _line(source: Source) -> list[str]:
    """The cells of one report; empty where nothing is known."""
    try:
        documents = [
            one
            for one in read_file(source.path.read_bytes(), source.file_name)
            if isinstance(one, Document)
        ]
    except (DocumentError, OSError) as error:
        return _cells(source.file_name, Override(), "", f"cannot be read: {error}")
    if len(documents) != 1:
        return _cells(source.file_name, source.override, "", f"holds {len(documents)} reports")
    document = documents[0]
    text = clean(document.raw).text
    alone = read_metadata(text, "")
    named = read_metadata(text, telling_name(document, source.file_name))
    sure = known_of(document, source.override)
    said = with_known(named, text, region=sure.region, title=sure.title, period=sure.period)
    known = completed(sure, said, document, source.file_name)
    final = with_known(named, text, region=known.region, title=known.title, period=known.period)
    period = final.period
    whence = [
        _whence(
            "region",
            source.override.region,
            alone.region_path,
            named.region_path,
            final.region_path,
        ),
        *_open(final.region_path),
        _whence("period", source.override.period, alone.period, named.period, period),
    ]
    filled = Override(
        region=final.region_path,
        title=final.title,
        period=period,
        published_on=known.published_on or final.published_on,
        source_url=known.source_url,
    )
    return _cells(source.file_name, filled, final.report_kind, "; ".join(whence))


def _open(region: str | None) -> list[str]:
    """A doubt where nothing in the report settles which of several divisions of a name it is."""
    count = len(by_name().get(region or "", ()))
    return [f"region: {count} divisions have this name (say which)"] if count > 1 else []


def _whence(what: str, given: object, in_text: object, with_name: object, final: object) -> str:
    """Where a value comes from, the surest first."""
    if given:
        return f"{what}: reports.csv"
    if in_text:
        return f"{what}: text"
    if with_name:
        return f"{what}: file name (check it)"
    return f"{what}: folder or format (check it)" if final else f"{what}: not found"


def _cells(name: str, known: Override, kind: str, note: str) -> list[str]:
    period = known.period
    return [
        name,
        known.region or "",
        known.title or "",
        period.start.isoformat() if period else "",
        period.end.isoformat() if period else "",
        known.published_on.isoformat() if known.published_on else "",
        known.source_url or "",
        f"{kind}; {note}" if kind else note,
    ]
