"""PDF files with text: lines put together to paragraphs, ruled tables as tables.

Running heads, feet and page numbers are left out. A scanned file has no text and is told as such.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pdfplumber
from pdfplumber.utils.text import extract_text

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading.document import Document
from pipelines.reading.formats import aligned, kinds, ocr
from pipelines.reading.formats.builder import Builder, Filled
from pipelines.reading.formats.limits import Limits, damaged, encrypted, too_large
from pipelines.reading.formats.office import named

_PAGE_NUMBER = re.compile(
    r"[\s\-–—·.第共/页P]*\d{0,4}[\s\-–—·.第共/页P]*\d{0,4}[\s\-–—·.第共/页P]*"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 0.12  # of the height of a page: where its head and its foot are
_GLANCE = 3  # pages that are looked through for pictures
_OFTEN = 3  # pages that bear the same line at their edge
_FULL = 1.8  # widths of a character by which a full line may fall short of the margin
_INDENT = 1.2  # widths of a character by which the first line of a paragraph is set in
_LOOSE = 1.9  # times the usual distance of lines: a new paragraph
_WORD = re.compile(r"[0-9A-Za-z.,%％\-/]+")
_SETTINGS = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
_NARROW = re.compile(r"-?[0-9,.]+\n[0-9,.]+[%％]?")  # a number broken in a narrow cell
_CID = re.compile(r"\(cid:\d+\)")


class _Line(NamedTuple):
    text: str
    page: int
    number: int  # on its page, from 1
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def where(self) -> str:
        """Its place: the page, the line and the box around it."""
        box = (self.x0, self.top, self.x1, self.bottom)
        return f"page {self.page} line {self.number} {_box(box)}"


class _Table(NamedTuple):
    cells: tuple[Filled, ...]
    top: float


def _box(box: Sequence[float]) -> str:
    """A box on a page: left, top, right, bottom, in points from its upper left corner."""
    return f"({', '.join(f'{edge:.0f}' for edge in box)})"


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document]:
    """Yield the text of a PDF file.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `damaged`, `encrypted`, `too_large`, or `scanned` where it has pages
            but no text.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            count = len(pdf.pages)
            if count > limits.pages:
                what = Both(f"it has {count:,} pages", f"共 {count:,} 页")
                raise too_large(file_name, what, "ZHIBIAO_MAX_PAGES")
            pages = []
            pictures = False
            for page in pdf.pages:
                pages.append(_page(page))
                pictures = pictures or (page.page_number <= _GLANCE and bool(page.images))
                page.close()  # what it holds is read again whenever it is asked after that
            title = pdf.metadata.get("Title") if pdf.metadata else None
            scanned = pictures and not any(items for _, items in pages)
            recognized = _recognized(data) if scanned else None
    except DocumentError:
        raise
    except Exception as error:  # the library raises whatever its parts raise
        if "Password" in f"{type(error).__name__} {error!r}":
            raise encrypted(file_name, kinds.PDF) from error
        raise damaged(file_name, kinds.PDF, error) from error
    made = _document(_without_edges(recognized or pages), file_name, pictures=pictures)
    if recognized:
        made = replace(made, encoding="recognized")
    yield replace(made, named=named(title if isinstance(title, str) else None, made.raw))


def _page(page: Any) -> tuple[float, list[_Line | _Table]]:
    """The height of a page, and its lines and tables from top to bottom."""
    height = float(page.height)
    tables = []
    boxes = []
    for number, table in enumerate(page.find_tables(_SETTINGS), start=1):
        cells = tuple(_cells(page, table, number))
        if len({cell.row for cell in cells}) >= 2 and len({cell.column for cell in cells}) >= 2:
            tables.append(_Table(cells, float(table.bbox[1])))
            boxes.append(table.bbox)
    rest = page
    if boxes:
        rest = page.filter(lambda thing: not any(_inside(thing, box) for box in boxes))
    lines, lined = [], []
    for line in rest.extract_text_lines(return_chars=True, x_tolerance_ratio=0.4):
        if not line["text"].strip():
            continue
        size = max(float(char["size"]) for char in line["chars"])
        lines.append(
            _Line(
                _CID.sub("\ufffd", line["text"]),
                page.page_number,
                0,
                float(line["x0"]),
                float(line["x1"]),
                float(line["top"]),
                float(line["bottom"]),
                size,
            )
        )
        pieces = aligned.pieces_of(line["chars"], size)
        lined.append(aligned.Lined(len(lines) - 1, pieces, float(line["top"]), size))
    return height, _items(lines, lined, tables, page.page_number)


def _items(
    lines: Sequence[_Line], lined: Sequence[aligned.Lined], tables: Sequence[_Table], page: int
) -> list[_Line | _Table]:
    """Lines and tables of a page from top to bottom, with those that only their places show."""
    every = list(tables)
    taken: set[int] = set()
    for found in aligned.find(lined, f"page {page}", len(tables) + 1):
        every.append(_Table(found.cells, found.top))
        taken |= found.lines
    rest = [line for number, line in enumerate(lines) if number not in taken]
    items: list[_Line | _Table] = sorted([*rest, *every], key=lambda item: item.top)
    numbered: list[_Line | _Table] = []
    count = 0
    for item in items:
        if isinstance(item, _Line):
            count += 1
            item = item._replace(number=count)  # noqa: PLW2901
        numbered.append(item)
    return numbered


def _recognized(data: bytes) -> list[tuple[float, list[_Line | _Table]]] | None:
    """The pages of a file of pictures; None without what recognizes characters."""
    if not ocr.is_there():
        return None
    made = []
    for page, (height, lined) in enumerate(ocr.pages(data), start=1):
        lines = [
            _Line(
                " ".join(piece.text for piece in line.pieces),
                page,
                0,
                line.pieces[0].extent.left,
                line.pieces[-1].extent.right,
                line.top,
                line.top + line.size,
                line.size,
            )
            for line in lined
        ]
        made.append((height, _items(lines, lined, (), page)))
    return made


def _fills(chars: Sequence[dict[str, Any]], box: Sequence[float]) -> bool:
    """Whether a line of characters leaves no room for one more in its cell."""
    return max(float(char["x1"]) for char in chars) > box[2] - _FULL * float(chars[0]["size"])


def _middle(char: dict[str, Any]) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _inside(thing: dict[str, Any], box: Sequence[float]) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _cells(page: Any, table: Any, number: int) -> list[Filled]:
    """The cells of a ruled table; one that spans others covers their rows and columns.

    A character is in the cell that its middle is in: lines may be closer than characters are high.
    """
    chars = page.chars
    names: list[tuple[int, float, float]] = []  # cells of the first column: left, size
    made: list[Filled] = []
    bands: dict[tuple[float, float], list[dict[str, Any]]] = {}
    boxes = [tuple(map(float, box)) for box in table.cells]
    lefts = _edges(box[0] for box in boxes)
    tops = _edges(box[1] for box in boxes)
    for box in sorted(boxes, key=lambda box: (_at(tops, box[1]), _at(lefts, box[0]))):
        row, column = _at(tops, box[1]), _at(lefts, box[0])
        width = max(sum(box[0] + 1 < left < box[2] - 1 for left in lefts) + 1, 1)
        height = max(sum(box[1] + 1 < top < box[3] - 1 for top in tops) + 1, 1)
        band = (box[1], box[3])
        if band not in bands:
            bands[band] = [char for char in chars if box[1] <= _middle(char) <= box[3]]
        own = [char for char in bands[band] if _inside(char, box)]
        text = extract_text(own, x_tolerance_ratio=0.4)
        if _NARROW.fullmatch(text) and own and _fills(own, box):
            text = text.replace("\n", "")
        joined = "".join(
            line if _han(line[:1]) or not line else f" {line}"
            for line in _CID.sub("\ufffd", text).split("\n")
        ).strip()
        where = f"page {page.page_number} table {number} row {row + 1} column {column + 1}"
        where = f"{where} {_box(box)}"
        shown = [char for char in own if char["text"].strip()]
        if column == 0 and shown:
            left = min(float(char["x0"]) for char in shown)
            names.append((len(made), left, float(shown[0]["size"])))
        made.append(Filled(joined, row, column, where, height, width))
    for place, indent in _indents(names):
        made[place] = made[place]._replace(indent=indent)
    return made


def _indents(names: Sequence[tuple[int, float, float]]) -> Iterator[tuple[int, int]]:
    """How far names are set in, in widths of a letter, where most begin at one place."""
    left = min((x for _, x, _ in names), default=0.0)
    if 2 * sum(x - left < 1 for _, x, _ in names) < len(names):
        return
    for number, x, size in names:
        yield number, round(2 * (x - left) / size)


def _edges(values: Iterator[float] | Any) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2:
            edges.append(value)
    return edges


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _without_edges(pages: list[tuple[float, list[_Line | _Table]]]) -> list[list[_Line | _Table]]:
    """The pages without page numbers, and without lines that many bear at head or foot."""
    at_edge = Counter(
        _DIGITS.sub("#", item.text)
        for height, items in pages
        for item in items
        if isinstance(item, _Line) and _is_edge(item, height)
    )
    return [
        [
            item
            for item in items
            if not isinstance(item, _Line)
            or not _is_edge(item, height)
            or not (
                _PAGE_NUMBER.fullmatch(item.text)
                or at_edge[_DIGITS.sub("#", item.text)] >= max(_OFTEN, len(pages) // 3)
            )
        ]
        for height, items in pages
    ]


def _is_edge(line: _Line, height: float) -> bool:
    return line.bottom < height * _EDGE or line.top > height * (1 - _EDGE)


def _document(pages: list[list[_Line | _Table]], file_name: str, *, pictures: bool) -> Document:
    builder = Builder()
    lines = [item for items in pages for item in items if isinstance(item, _Line)]
    gaps = Counter(round(b.top - a.top) for a, b in itertools.pairwise(lines) if b.page == a.page)
    usual = next((gap for gap, _ in gaps.most_common() if gap > 0), 0)
    rights = Counter(round(line.x1) for line in lines if len(line.text) > 8)
    right = max((x for x, count in rights.items() if count >= max(rights.values()) / 4), default=0)
    left = min((line.x0 for line in lines), default=0.0)
    paragraph: list[_Line] = []

    def flush() -> None:
        if paragraph:
            builder.line((line.text, line.where) for line in paragraph)
            paragraph.clear()

    for item in _continued(pages):
        if isinstance(item, _Table):
            flush()
            builder.table(item.cells)
            continue
        if paragraph and not _goes_on(paragraph[-1], item, left, right, usual):
            flush()
        paragraph.append(item)
    flush()
    if not _han(builder.raw) and not re.search("[A-Za-z0-9]{3}", builder.raw):
        what = Both("its pages are empty", "各页都是空白")
        if pictures:
            what = Both("it has pictures of pages (a scan)", "其中是页面的图片（扫描件）")
        raise DocumentError(
            file_name,
            "scanned",
            Both(
                f"there is no text in the PDF file; {what}. Run pip install 'zhibiao[ocr]', or "
                "read it with another program for character recognition (OCR), and try again.",
                f"PDF 文件中没有文字；{what.zh}。请运行 pip install 'zhibiao[ocr]'，"
                "或先用其他文字识别（OCR）程序处理，再试一次。",
            ),
        )
    return Document(
        raw=builder.raw,
        format="pdf",
        encoding="utf-8",
        anchors=tuple(builder.anchors),
        grids=tuple(builder.grids),
        damaged=builder.raw.count("\ufffd"),
    )


def _continued(pages: list[list[_Line | _Table]]) -> Iterator[_Line | _Table]:
    """What is on the pages, a table that goes on over the end of a page as one."""
    open_: _Table | None = None
    for items in pages:
        for number, item in enumerate(items):
            first = number == 0 and isinstance(item, _Table) and item
            if open_ and first and _columns(open_) == _columns(first):
                open_ = _longer(open_, first)
                continue
            if open_ is not None:
                yield open_
            open_ = item if isinstance(item, _Table) else None
            if open_ is None:
                yield item
    if open_ is not None:
        yield open_


def _columns(table: _Table) -> int:
    return max(cell.column + cell.width for cell in table.cells)


def _longer(table: _Table, more: _Table) -> _Table:
    """A table with its rows on the next page; headings that come again there are left out."""
    rows, others = _texts(table), _texts(more)
    again = 0
    while again < min(len(rows), len(others)) and rows[again] == others[again]:
        again += 1
    height = max(cell.row + cell.height for cell in table.cells)
    return table._replace(
        cells=(
            *table.cells,
            *(c._replace(row=c.row - again + height) for c in more.cells if c.row >= again),
        )
    )


def _texts(table: _Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[row] for row in sorted(rows)]


def _goes_on(last: _Line, line: _Line, left: float, right: float, usual: float) -> bool:
    """Whether a line carries on the paragraph of the line before: that one was full."""
    if abs(last.size - line.size) > 1.5:
        return False
    # A number or a word is not broken: it goes to the next line whole.
    word = _WORD.match(line.text)
    room = _FULL + 0.6 * (len(word[0]) if word else 0)
    if last.x1 < right - room * last.size:
        return False
    if line.x0 > left + _INDENT * line.size:
        return False
    return line.page != last.page or not usual or line.top - last.top <= usual * _LOOSE


def _han(text: str) -> bool:
    return bool(re.search("[\u3000-\u9fff\uff00-\uffef]", text))
