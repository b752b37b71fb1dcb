"""Which format a file has, by its bytes, and the module that reads it.

Names only part formats whose bytes are plain text: Markdown, and tables of reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import Literal, NamedTuple

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading import plain
from pipelines.reading.document import Document, Refused
from pipelines.reading.formats import archive, kinds
from pipelines.reading.formats.limits import DEFAULT, Limits, missing
from pipelines.reading.formats.office import names_in
from pipelines.reading.formats.signs import is_page, is_saved_page

HEAD = 8_192  # bytes by which a format is recognized
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Name = Literal[
    "text",
    "html",
    "mhtml",
    "markdown",
    "docx",
    "doc",
    "rtf",
    "pdf",
    "xlsx",
    "parquet",
    "rows",
    "zip",
]


class Format(NamedTuple):
    """How one format is read."""

    name: Name
    kind: Both  # as messages call a file of it
    suffixes: tuple[str, ...]  # under which files of it are found in a folder
    module: str  # of this package; has `read`
    apart: bool  # its library is not ours: read in a process of its own
    package: str = ""  # what it needs beyond what every installation has


FORMATS: tuple[Format, ...] = (
    Format("text", Both("text file", "文本文件"), (".txt", ".text"), "", apart=False),
    Format(
        "html",
        kinds.PAGE,
        (".html", ".htm", ".shtml", ".xhtml"),
        "html",
        apart=True,
        package="lxml",
    ),
    Format("mhtml", kinds.SAVED_PAGE, (".mhtml", ".mht"), "mhtml", apart=True, package="lxml"),
    Format("markdown", kinds.MARKDOWN, (".md", ".markdown"), "markdown", apart=False),
    Format("docx", kinds.WORD, (".docx", ".docm"), "docx", apart=True, package="python-docx"),
    Format(
        "doc",
        kinds.OLD_WORD,
        (".doc", ".wps", ".dot", ".wpt"),
        "docx",
        apart=True,
        package="python-docx",
    ),
    Format("rtf", kinds.RTF, (".rtf",), "rtf", apart=True, package="striprtf"),
    Format("pdf", kinds.PDF, (".pdf",), "pdf", apart=True, package="pdfplumber"),
    Format("xlsx", kinds.EXCEL, (".xlsx", ".xlsm"), "sheets", apart=True, package="openpyxl"),
    Format("parquet", kinds.PARQUET, (".parquet",), "parquet", apart=True, package="polars"),
    Format(
        "rows",
        Both("table of reports", "报告表"),
        (".csv", ".tsv", ".jsonl", ".ndjson"),
        "rows",
        apart=False,
    ),
    Format("zip", kinds.ZIP, (".zip",), "", apart=True),
)
_BY_NAME = {one.name: one for one in FORMATS}
SUFFIXES = frozenset(suffix for one in FORMATS for suffix in one.suffixes)
# Files of these may be notes or data: whether they are reports, their first bytes say.
MARKDOWN = frozenset(_BY_NAME["markdown"].suffixes)
PARQUET = frozenset(_BY_NAME["parquet"].suffixes)
MAYBE = frozenset((*MARKDOWN, *PARQUET, *_BY_NAME["rows"].suffixes))


def has_sign(head: bytes) -> bool:
    """Whether a file that begins so bears the sign of a format, whatever its name."""
    return head.startswith((b"PK\x03\x04", b"%PDF-", b"{\\rtf", _OLE)) or (
        b"<" in head and is_page(head)
    )


def format_of(data: bytes, file_name: str) -> Format:
    """The format of a file; plain text where its bytes say nothing else.

    Args:
        data: the whole file.
        file_name: its name.

    Raises:
        DocumentError: reason `unsupported_format`: it is of a kind that is not read.
    """
    return _BY_NAME[_name_of(data, file_name)]


def _name_of(data: bytes, file_name: str) -> Name:  # noqa: C901, PLR0911  (a line a format)
    head = data[:HEAD]
    suffix = PurePath(file_name).suffix.lower()
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _packed(data, file_name)
    if b"%PDF-" in head[:1024] and not head[:1].isalnum():
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        if suffix in (".xls", ".et", ".ppt", ".dps", ".msg"):
            raise _unsupported(
                file_name,
                Both(
                    "an old Excel or PowerPoint file; save it as .xlsx",
                    "旧版 Excel 或 PowerPoint 文件，请另存为 .xlsx",
                ),
            )
        return "doc"
    if b"<" in head:
        if is_saved_page(head):
            return "mhtml"
        if is_page(head):
            return "html"
    if suffix in _BY_NAME["markdown"].suffixes:
        return "markdown"
    if suffix in _BY_NAME["rows"].suffixes:
        return "rows"
    return "text"


def _packed(data: bytes, file_name: str) -> Name:
    names = names_in(data)
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "[Content_Types].xml" in names and any(name.startswith("ppt/") for name in names):
        raise _unsupported(
            file_name,
            Both(
                "a PowerPoint file; save its text as .txt or .pdf",
                "PowerPoint 文件，请将文字另存为 .txt 或 .pdf",
            ),
        )
    return "zip"


def _unsupported(file_name: str, what: Both) -> DocumentError:
    detail = Both(f"it is {what}.", f"这是{what.zh}。")
    return DocumentError(file_name, "unsupported_format", detail)


def read(
    data: bytes,
    file_name: str,
    limits: Limits = DEFAULT,
    convert: Callable[[bytes, str], bytes] | None = None,
) -> Iterator[Document | Refused]:
    """Yield the reports of a file of any format.

    Args:
        data: the whole file.
        file_name: its name, for messages and for what the bytes leave open.
        limits: how much it may ask for.
        convert: turns an old Word file into a new one; without it such files are refused.

    Raises:
        DocumentError: nothing of it can be read.
    """
    form = format_of(data, file_name)
    if form.name == "text":
        yield read_text(data, file_name)
        return
    if form.name == "zip":
        yield from archive.read(
            data, file_name, limits, lambda d, n, limit: read(d, n, limit, convert)
        )
        return
    if form.name == "doc":
        if convert is None:
            raise _unsupported(
                file_name,
                Both(
                    "an old Word file inside another; save it as .docx",
                    "压缩包中的旧版 Word 文件，请另存为 .docx",
                ),
            )
        data = convert(data, file_name)
    try:
        module = import_module(f"pipelines.reading.formats.{form.module}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("pipelines"):
            raise
        raise missing(file_name, form.kind, form.package) from None
    yield from module.read(data, file_name, limits)


def read_text(data: bytes, file_name: str) -> Document:
    """A plain-text file as a document.

    Raises:
        DocumentError: reason `empty`, `blank`, `binary` or `encoding`.
    """
    decoded = plain.decode_bytes(data, file_name)
    return Document(decoded.text, "text", decoded.encoding, damaged=decoded.damaged)
