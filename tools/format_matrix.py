"""One report in every format: how many of its observations are the same, and lead back.

    python -m tools.format_matrix [--reports DIR] [--write docs/formats.md]

The text files of DIR, `seeds/reports` without it, are one report, which is written in each format
and read. An observation is the same where value, unit, indicator and period are. Its locator is
followed in the file with the bare library, and must lead to a piece that has the first characters
of its quote. Old Word files are made and read by LibreOffice, where it is installed.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import docx
import opencc
import pdfplumber
from lxml import html
from striprtf.striprtf import rtf_to_text

from pipelines.frames.overrides import Override
from pipelines.frames.stage import stage_report
from pipelines.reading.decode import decode
from pipelines.reading.formats.legacy import converter
from tools.report_files import docx_of, page_of, pdf_of, rtf_of, zip_of

REPORTS = Path(__file__).parents[1] / "seeds" / "reports"
BEGIN = "<!-- matrix: written by `python -m tools.format_matrix --write docs/formats.md` -->"
END = "<!-- end of the matrix -->"
_PINYIN = re.compile("\\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǘǚǜ]{1,8}\\)")
_WRAP, _NARROW = 36, 24

Row = tuple[object, ...]
# Opens the bytes of a file; what it gives follows locators: the text that is there.
Follow = Callable[[bytes], Callable[[str], str]]


class Cell(NamedTuple):
    """A line of the matrix."""

    name: str  # of the file
    what: str  # it is, in words
    same: float  # part of the observations that are the same
    led: float  # part of the locators that lead to their quotes


def text_of(folder: Path) -> str:
    """The text files of a folder as one report.

    Without the pinyin that one site puts in, which nobody sets at a fixed width.
    """
    texts = (decode(path.read_bytes(), path.name).raw for path in sorted(folder.glob("*.txt")))
    return "\n".join(_PINYIN.sub("", text.strip("\ufeff\n ")) for text in texts)


class Report:
    """A report that can be written in every format."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.lines = [line.strip() for line in raw.splitlines() if line.strip()]
        self.title = self.lines[0]

    def trs(self) -> bytes:
        """A page as the most common system of government sites makes it."""
        title = self.title
        body = "".join(f"<p style='text-indent:2em'>　　{one}</p>\n" for one in self.lines[1:])
        return (
            f"<!DOCTYPE html><html><head><meta charset='gb2312'><title>{title}</title>"
            f"<meta name='ArticleTitle' content='{title}'><meta name='PubDate' "
            "content='2024-01-09'></head><body><div class='nav'><a href='/'>首页</a>"
            "<a href='/z'>政务</a><a href='/x'>新闻</a></div><div class='wrap'>"
            f"<div class='xl_title'>{title}</div>"
            "<div class='info'>发布时间：2024-01-09 浏览次数：1352次 字号：[大 中 小]</div>"
            f"<div class='TRS_Editor'><style>.a{{}}</style>{body}</div></div>"
            "<div class='footer'>版权所有 浙ICP备05001234号-1 网站标识码3301020001</div></body>"
        ).encode("gb18030")

    def tables(self) -> bytes:
        """A page of old, laid out in tables, its paragraphs parted by <br>."""
        body = "<br><br>&nbsp;&nbsp;".join(self.lines)
        return (
            f"<HTML><HEAD><TITLE>{self.title}</TITLE></HEAD><BODY><TABLE><TR><TD><A href=a>首页"
            "</A><A href=b>机构</A><A href=c>公告</A></TD></TR><TR><TD><TABLE width=780><TR>"
            f"<TD class=body>{body}</TD></TR></TABLE></TD></TR></TABLE></BODY></HTML>"
        ).encode()

    def mhtml(self) -> bytes:
        """A page as a browser saves it."""
        return (
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.gov.cn/1.html\r\n"
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
            b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + page_of(self.lines, title=self.title).encode()
            + b"\r\n--B--\r\n"
        )

    def wrapped(self, width: int = _WRAP) -> bytes:
        """Text with hard line breaks, paragraphs set in."""
        return "\n".join(
            "\n".join(f"　　{line}"[at : at + width] for at in range(0, len(line) + 2, width))
            for line in self.lines
        ).encode()

    def big5(self) -> bytes:
        """Traditional text as sites of the south have it; what Big5 lacks is left Simplified."""
        text: str = opencc.OpenCC("s2tw").convert(self.raw)
        return text.encode("big5hkscs", "xmlcharrefreplace")

    def csv(self) -> bytes:
        """A table of reports with one row."""
        out = io.StringIO()
        csv.writer(out).writerows([["标题", "正文"], [self.title, self.raw]])
        return out.getvalue().encode("gb18030")

    def doc(self) -> bytes:
        """An old Word file, made by LibreOffice."""
        return converted(docx_of(self.lines), "a.docx", "doc:MS Word 97")


class Form(NamedTuple):
    """A format of the matrix: how it is written, and how its locators are followed."""

    what: str
    write: Callable[[Report], bytes]
    follow: Follow


def _in_lines(encoding: str) -> Follow:
    """`line 3` of a text file."""
    return lambda data: _numbered(data.decode(encoding).split("\n"), "line")


def _numbered(pieces: Sequence[str], word: str) -> Callable[[str], str]:
    """The piece of a number: `paragraph 3`."""

    def follow(where: str) -> str:
        match = re.fullmatch(f"{word} ([0-9]+)", where)
        return pieces[int(match[1]) - 1] if match else ""

    return follow


def _in_page(data: bytes) -> Callable[[str], str]:
    """A CSS path of a web page."""
    text = data.decode("utf-8") if b"gb2312" not in data[:200] else data.decode("gb18030")
    page = html.document_fromstring(text, ensure_head_body=True)

    def follow(where: str) -> str:
        steps = []
        for step in where.split(" > "):
            match = re.fullmatch(r"(#?)([\w-]+)(?::nth-of-type\(([0-9]+)\))?", step)
            if match is None:
                return ""
            steps.append(f"*[@id='{match[2]}']" if match[1] else match[2])
            steps[-1] += f"[{match[3]}]" if match[3] else ""
        found = page.xpath(f"//{'/'.join(steps)}")
        return str(found[0].text_content()) if len(found) == 1 else ""

    return follow


def _in_saved_page(data: bytes) -> Callable[[str], str]:
    return _in_page(data[data.index(b"<!DOCTYPE") : data.index(b"\r\n--B--")])


def _in_word(data: bytes) -> Callable[[str], str]:
    return _numbered([one.text for one in docx.Document(io.BytesIO(data)).paragraphs], "paragraph")


def _in_old_word(data: bytes) -> Callable[[str], str]:
    """A paragraph of the text that LibreOffice shows."""
    text = converted(data, "a.doc", "txt:Text (encoded):UTF8").decode("utf-8-sig")
    return _numbered(text.split("\n"), "paragraph")


def _in_rtf(data: bytes) -> Callable[[str], str]:
    return _numbered(rtf_to_text(data.decode("ascii")).split("\n"), "paragraph")


def _in_pdf(data: bytes) -> Callable[[str], str]:
    """What is printed in the box of a locator."""
    printed: dict[str, str] = {}
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for line in page.extract_text_lines():
                box = ", ".join(f"{line[edge]:.0f}" for edge in ("x0", "top", "x1", "bottom"))
                printed[f"{page.page_number} ({box})"] = line["text"]

    def follow(where: str) -> str:
        match = re.fullmatch(r"page ([0-9]+) line [0-9]+ (\([0-9, ]+\))", where)
        return printed.get(f"{match[1]} {match[2]}", "") if match else ""

    return follow


def _in_row(data: bytes) -> Callable[[str], str]:
    rows = list(csv.reader(io.StringIO(data.decode("gb18030"), newline="")))

    def follow(where: str) -> str:
        match = re.fullmatch("row ([0-9]+) line ([0-9]+)", where)
        return rows[int(match[1]) - 1][1].split("\n")[int(match[2]) - 1] if match else ""

    return follow


def _in_archive(data: bytes) -> Callable[[str], str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return _in_lines("utf-8")(packed.read("a.txt"))


def converted(data: bytes, name: str, form: str) -> bytes:
    """What LibreOffice makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(data)
        subprocess.run(  # noqa: S603
            [str(converter()), f"-env:UserInstallation=file://{folder}/home", "--headless",
             "--convert-to", form, "--outdir", folder, str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return source.with_suffix(f".{form.partition(':')[0]}").read_bytes()


_PAGE = "web page: "
FORMS: dict[str, Form] = {
    "utf-8.txt": Form("text in UTF-8", lambda r: r.raw.encode(), _in_lines("utf-8")),
    "gb18030.txt": Form("GB18030", lambda r: r.raw.encode("gb18030"), _in_lines("gb18030")),
    "utf-16.txt": Form("UTF-16 with mark", lambda r: r.raw.encode("utf-16"), _in_lines("utf-16")),
    "utf-16-be.txt": Form(
        "UTF-16 without mark", lambda r: r.raw.encode("utf-16-be"), _in_lines("utf-16-be")
    ),
    "big5.txt": Form("Traditional text in Big5", Report.big5, _in_lines("big5hkscs")),
    "wrapped.txt": Form(f"hard line breaks at {_WRAP}", Report.wrapped, _in_lines("utf-8")),
    "narrow.txt": Form(
        f"hard line breaks at {_NARROW}", lambda r: r.wrapped(_NARROW), _in_lines("utf-8")
    ),
    "plain.md": Form(
        "Markdown", lambda r: "\n\n".join(r.lines).encode(), _in_lines("utf-8")
    ),
    "plain.html": Form(
        f"{_PAGE}paragraphs", lambda r: page_of(r.lines, title=r.title).encode(), _in_page
    ),
    "trs.html": Form(f"{_PAGE}TRS editor, GB2312", Report.trs, _in_page),
    "tables.html": Form(f"{_PAGE}laid out in tables, `<br>`", Report.tables, _in_page),
    "saved.mhtml": Form("saved page", Report.mhtml, _in_saved_page),
    "word.docx": Form("Word", lambda r: docx_of(r.lines), _in_word),
    "rich.rtf": Form("RTF", lambda r: rtf_of(r.lines), _in_rtf),
    "print.pdf": Form("PDF", lambda r: pdf_of(pages_of(r.lines), _WRAP), _in_pdf),
    "rows.csv": Form("a row of a table of reports", Report.csv, _in_row),
    "packed.zip": Form("archive", lambda r: zip_of({"a.txt": r.raw.encode()}), _in_archive),
}  # fmt: skip
# The same bytes: the program that is called WPS writes old Word files under its own name.
OLD_FORMS: dict[str, Form] = {
    "old.doc": Form("old Word, by LibreOffice", Report.doc, _in_old_word),
    "old.wps": Form("WPS, by LibreOffice", Report.doc, _in_old_word),
}


def pages_of(lines: Sequence[str]) -> list[list[str]]:
    """Paragraphs dealt out over pages of some 36 lines."""
    pages: list[list[str]] = [[]]
    left = _WRAP
    for line in lines:
        need = len(line) // _WRAP + 1
        if need > left and pages[-1]:
            pages.append([])
            left = _WRAP
        pages[-1].append(line)
        left -= need
    return pages


def cell_of(name: str, form: Form, report: Report, wanted: Counter[Row]) -> Cell:
    """Write a report in a format, read it, and compare it with what its plain text gives."""
    data = form.write(report)
    found, places = _read(data, name, report)
    follow = form.follow(data)
    led = sum(_squeezed(quote) in _squeezed(follow(where)) for quote, where in places)
    same = (found & wanted).total() / max(found.total(), wanted.total())
    return Cell(name, form.what, same, led / max(len(places), 1))


def plain(report: Report) -> Counter[Row]:
    """The observations of its plain text."""
    return _read(report.raw.encode(), "report.txt", report)[0]


def _read(data: bytes, name: str, report: Report) -> tuple[Counter[Row], list[tuple[str, str]]]:
    """The observations of a file, and of each its quote's first line with its locator.

    Raises:
        ValueError: the file is refused, or a span does not lead to its quote.
    """
    rows = stage_report(data, name, Override(region="浙江省", title=report.title))
    if rows["stg_reject"]:
        raise ValueError(f"{name}: {rows['stg_reject']}")
    (document,) = rows["stg_document"]
    raw = str(document[-1])
    found: Counter[Row] = Counter()
    places: list[tuple[str, str]] = []
    for row in rows["stg_observation"]:
        start, end, locator, quote, value, _, unit, _, _, _, indicator = row[3:14]
        if raw[int(str(start)) : int(str(end))] != quote:
            raise ValueError(f"{name}: {quote} is not at its span")
        found[value, unit, indicator, row[18], row[19]] += 1
        # A line of print ends where the line of the text does not: the quote goes on behind it.
        first = str(quote).split("\n")[0]
        places.append((first[: 1 if name.endswith(".pdf") else None], str(locator)))
    return found, places


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def matrix(report: Report) -> list[Cell]:
    """All formats that can be written here."""
    forms = {**FORMS, **(OLD_FORMS if converter() else {})}
    wanted = plain(report)
    return [cell_of(name, form, report, wanted) for name, form in forms.items()]


def shown(cells: Sequence[Cell]) -> str:
    """The matrix as a Markdown table."""
    lines = [
        "| | file | same observations | locators that lead there |",
        "| --- | --- | --: | --: |",
    ]
    lines += [f"| {one.what} | `{one.name}` | {one.same:.3f} | {one.led:.3f} |" for one in cells]
    return "\n".join(lines)


def rewritten(document: str, table: str) -> str:
    """A document with another table between its marks.

    Raises:
        ValueError: it has no marks.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document lacks the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def main() -> None:
    """Measure, and print or write down."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=Path, default=REPORTS, help="folder of text files")
    asked.add_argument("--write", type=Path, help="document to write the table into")
    asked.add_argument("--json", action="store_true", help="print JSON instead")
    options = asked.parse_args()
    cells = matrix(Report(text_of(options.reports)))
    if options.write:
        options.write.write_text(rewritten(options.write.read_text("utf-8"), shown(cells)), "utf-8")
    elif options.json:
        json.dump([one._asdict() for one in cells], sys.stdout, ensure_ascii=False)
    else:
        sys.stdout.write(f"{shown(cells)}\n")


if __name__ == "__main__":
    main()
