"""Pages a second of each format, beside the bare library: `python -m bench.formats`.

    --pages 40     of the report that is written in each format
    --rounds 3     of which the best counts; ours and the library's alternate
    --docs [FILE]  write the table of docs/performance.md (or of FILE)

A page is what a PDF page of 36 lines with 36 characters has. The library alone opens the file and
puts its text together, without places, tables or what is known of the report. Times are those of
the processor, in one process; the parser comes on top.
"""

from __future__ import annotations

import argparse
import csv
import email
import gc
import io
import os
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pdfplumber
import polars as pl
from lxml import html
from striprtf.striprtf import rtf_to_text

from bench import tables
from bench.sample import ROOT
from bench.tables import Table
from pipelines import parse_text
from pipelines.reading.document import Document
from pipelines.reading.formats import registry
from pipelines.text.tables.find import find_grids
from tools.format_matrix import FORMS, REPORTS, Report, pages_of, text_of
from tools.report_files import sheet_of

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN = "<!-- formats: written by `python -m bench.formats --docs`; do not edit by hand -->"
END = "<!-- end of formats -->"


class Case(NamedTuple):
    """A file, and how the bare library takes its text out."""

    name: str
    library: str
    data: bytes
    alone: Callable[[bytes], str]


class Measured(NamedTuple):
    """Seconds of a case."""

    case: Case
    ours: float
    alone: float


def cases(report: Report) -> list[Case]:
    """One report in each format that a library reads."""
    data = {name: form.write(report) for name, form in FORMS.items()}
    table = io.BytesIO()
    pl.DataFrame({"标题": [report.title], "正文": [report.raw]}).write_parquet(table)
    return [
        Case("text in UTF-8", "decode", data["utf-8.txt"], bytes.decode),
        Case("text in GB18030", "decode", data["gb18030.txt"], lambda b: b.decode("gb18030")),
        Case("Markdown", "decode", data["plain.md"], bytes.decode),
        Case("web page", "lxml", data["plain.html"], _page),
        Case("web page, GB2312", "lxml", data["trs.html"], lambda b: _page(b, "gb18030")),
        Case("saved page", "email, lxml", data["saved.mhtml"], _saved),
        Case("Word", "python-docx", data["word.docx"], _word),
        Case("RTF", "striprtf", data["rich.rtf"], lambda b: rtf_to_text(b.decode("ascii"))),
        Case("PDF", "pdfplumber", data["print.pdf"], _pdf),
        Case("Excel", "openpyxl", sheet_of([[line] for line in report.lines]), _sheet),
        Case("table of reports, CSV", "csv", data["rows.csv"], _rows),
        Case(
            "table of reports, Parquet",
            "polars",
            table.getvalue(),
            lambda b: "\n".join(pl.read_parquet(io.BytesIO(b))["正文"]),
        ),
        Case("archive", "zipfile", data["packed.zip"], _archive),
    ]


def _page(data: bytes, encoding: str = "utf-8") -> str:
    return str(html.document_fromstring(data.decode(encoding)).text_content())


def _saved(data: bytes) -> str:
    parts = email.message_from_bytes(data).walk()
    page = next(part for part in parts if part.get_content_type() == "text/html")
    return _page(page.get_payload(decode=True))  # type: ignore[arg-type]


def _word(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def _pdf(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def _sheet(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "\n".join("\t".join(map(str, row)) for row in rows)


def _rows(data: bytes) -> str:
    return "\n".join(row[1] for row in csv.reader(io.StringIO(data.decode("gb18030"), newline="")))


def _archive(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read("a.txt").decode()


def seconds(call: Callable[[], object]) -> float:
    """Processor seconds of a call, repeated until the clock can tell."""
    gc.collect()
    count, begin = 0, time.process_time()
    while (spent := time.process_time() - begin) < 0.05 or not count:
        call()
        count += 1
    return spent / max(count, 1) if count > 1 else time.process_time() - begin


def measured(found: list[Case], rounds: int) -> list[Measured]:
    """The best of some rounds, in which ours and the library's take turns."""
    ours: dict[str, list[float]] = {case.name: [] for case in found}
    alone: dict[str, list[float]] = {case.name: [] for case in found}
    for _ in range(rounds):
        for case in found:
            ours[case.name].append(seconds(lambda case=case: _read(case)))  # type: ignore[misc]
            alone[case.name].append(
                seconds(lambda case=case: case.alone(case.data))  # type: ignore[misc]
            )
    return [Measured(case, min(ours[case.name]), min(alone[case.name])) for case in found]


def _read(case: Case) -> None:
    """Read a file as a load does.

    Raises:
        ValueError: it gives another count of reports than one.
    """
    suffix = {"Markdown": ".md", "table of reports, CSV": ".csv"}.get(case.name, ".txt")
    found = list(registry.read(case.data, f"a{suffix}"))
    if len(found) != 1 or not isinstance(found[0], Document):
        raise ValueError(f"{case.name}: {found}")


def plain_text(report: Report, rounds: int) -> tuple[float, float]:
    """Seconds to look for tables in plain text, and to parse it with all else."""
    raw = report.raw
    pairs = [
        (seconds(lambda: find_grids(raw)), seconds(lambda: parse_text(raw))) for _ in range(rounds)
    ]
    return min(a for a, _ in pairs), min(b for _, b in pairs)


def table_of(found: list[Measured], pages: int, grids: float, parse: float) -> Table:
    """Pages a second, ours and the library's, and how many times as long ours takes."""
    rows = [
        (
            one.case.name,
            f"{pages / one.ours:,.0f}",
            one.case.library,
            f"{pages / one.alone:,.0f}",
            f"{one.ours / one.alone:.2f}",
        )
        for one in found
    ]
    note = (
        f"{pages} pages. The parser reads {pages / parse:,.0f} of them a second; of its time "
        f"{grids / parse:.1%} goes into looking for tables in plain text."
    )
    heads = ("", "pages/s", "library alone", "its pages/s", "times as long")
    return Table("Pages a second of each format", note, heads, tuple(rows))


def main() -> None:
    """Measure, and print or write down."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=40)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--docs", nargs="?", type=Path, const=DOCUMENT)
    options = asked.parse_args()
    text = text_of(REPORTS)
    report = Report(text)
    while len(pages_of(report.lines)) < options.pages:
        report = Report(f"{report.raw}\n{text}")
    pages = len(pages_of(report.lines))
    table = table_of(
        measured(cases(report), options.rounds), pages, *plain_text(report, options.rounds)
    )
    tables.show([table])
    if options.docs:
        old = options.docs.read_text("utf-8")
        head = (
            f"Measured on {datetime.now(UTC):%Y-%m-%d}, load {os.getloadavg()[0]:.0f}, the best of "
        )
        head += f"{options.rounds} rounds that alternate."
        options.docs.write_text(tables.rewritten(old, head, [table], (BEGIN, END)), "utf-8")


if __name__ == "__main__":
    main()
