"""Web pages: the article of a page, block by block, without what the site puts around it.

Nothing is fetched and no script is run. A place is a CSS path.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from lxml import etree, html
from lxml.html import HtmlElement

from pipelines.reading import plain
from pipelines.reading.document import Document
from pipelines.reading.formats import kinds
from pipelines.reading.formats.builder import Builder, Filled, blanks_before
from pipelines.reading.formats.days import day_of
from pipelines.reading.formats.limits import Limits, damaged, no_text

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "video",
        "audio",
        "form",
        "button",
        "input",
        "select",
        "textarea",
        "head",
        "nav",
        "footer",
        "aside",
        "link",
        "meta",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_LEAVES = frozenset({"p", "span", "pre", "h1", "h2", "h3", "li", "font", "a", "b", "strong"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
# A line end of the source between two Chinese characters is no blank.
# How far a style sets words in, and how many widths of a letter its units are.
_SET_IN = re.compile(
    r"(?i)(?:padding-left|text-indent|margin-left)\s*:\s*(\d{1,3}(?:\.\d+)?)(em|px|pt)"
)
_LETTERS = {"em": 2.0, "px": 1 / 8, "pt": 1 / 6}
_BROKEN = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r\f]*\n\\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_SHOWN = re.compile("[\u3400-\u9fff0-9A-Za-z]")
_MAIN = 0.7  # of the text of a page, what the element with its article has at least
_MUCH = 0.35
_LINKED = 0.5  # a block of links is a menu
_SHORT = 40  # characters: cells of data are no longer, most of them
_DAY = re.compile(r"((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})")
_PUBLISHED = re.compile(
    r"(?:发布|发文|成文|公开|印发|时间|日期|發佈|發布)[^0-9\n]{0,12}"
    r"((?:19|20)\d{2}\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2})"
)
_AGENCY = re.compile(
    r"(?:发布机构|发文机关|发文单位|发布单位|制发机关|公开机构|信息来源|来\s*源)\s*[】\]]?\s*[:：]?\s*"
    "([\u4e00-\u9fff]{4,20})"
)
# What parts the title of a page from the names of its column and site.
_SITE = re.compile(r"\s*[-_|–—]+\s*")
_META_AGENCY = ("contentsource", "sitename")
# Names under which sites of governments keep what they know of an article, the surest first.
_META_TITLE = ("articletitle", "og:title", "title")
_META_DAY = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "createdate",
    "date",
    "others",
)
_META_URL = ("url", "og:url")


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document]:
    """Yield the article of a page.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `damaged`, `blank`, or one of plain text.
    """
    del limits
    decoded = plain.decode_bytes(data, file_name)
    page = _parse(decoded.text, file_name)
    yield article(page, file_name, decoded.encoding, decoded.damaged)


def _parse(text: str, file_name: str) -> HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    source = text.removeprefix("\ufeff").replace("\x00", "")
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        page = html.document_fromstring(
            source.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise damaged(file_name, kinds.PAGE, error) from error
    return page


def article(page: HtmlElement, file_name: str, encoding: str, broken: int) -> Document:
    """The article of a parsed page as a document.

    Args:
        page: the page.
        file_name: its name, for messages and titles.
        encoding: what its bytes were taken for.
        broken: how many places of it are no text.
    """
    meta = _meta(page)
    title = _first(meta, _META_TITLE) or _heading(page)
    before = _SPACE.sub(" ", " ".join(page.itertext(tag=etree.Element)))[:200_000]
    agency = _agency(page, meta, before)
    _prune(page)
    body = page.find("body")
    main = _main(body if body is not None else page)
    builder = Builder()
    _Walk(builder).block(main)
    raw = builder.raw
    if not _SHOWN.search(raw):
        raise no_text(file_name, kinds.PAGE)
    if title and _squeezed(title) not in _squeezed(raw[:400]):
        top = Builder()
        top.paragraph(title, "title")
        shift = top.length
        raw = top.raw + raw
        builder.anchors = top.anchors + [a._replace(start=a.start + shift) for a in builder.anchors]
        builder.grids = [
            g._replace(
                start=g.start + shift,
                end=g.end + shift,
                cells=tuple(c._replace(start=c.start + shift, end=c.end + shift) for c in g.cells),
            )
            for g in builder.grids
        ]
    return Document(
        raw=raw,
        format="html",
        encoding=encoding,
        anchors=tuple(builder.anchors),
        grids=tuple(builder.grids),
        damaged=broken,
        published_on=_published(meta, before),
        source_url=_first(meta, _META_URL) or _canonical(page),
        agency=agency,
    )


def _agency(page: HtmlElement, meta: dict[str, str], text: str) -> str | None:
    """Who published a page, the most special first: 区住建局 of 成都市武侯区人民政府."""
    said = _AGENCY.search(text)
    named = [said[1] if said else "", *(meta.get(name, "") for name in _META_AGENCY)]
    site = page.find(".//title")
    named += _SITE.split(_text(site))[:0:-1] if site is not None else []
    return " ".join(dict.fromkeys(filter(None, named)))[:300] or None


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _meta(page: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").strip().lower()
        value = _SPACE.sub(" ", tag.get("content") or "").strip()
        if name and value:
            found.setdefault(name, value)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name][:300] for name in names if name in meta), None)


def _canonical(page: HtmlElement) -> str | None:
    for link in page.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    return None


def _heading(page: HtmlElement) -> str | None:
    """The title of a page: its only first heading, or its <title> before the site's name."""
    headings = [_text(one) for one in page.iter("h1") if _text(one)]
    if len(headings) == 1:
        return headings[0][:300]
    title = page.find(".//title")
    named = _text(title) if title is not None else ""
    return _SITE.split(named)[0][:300] or None


def _text(element: HtmlElement) -> str:
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def _published(meta: dict[str, str], text: str) -> date | None:
    for name in _META_DAY:
        if name in meta and (day := day_of(_DAY.search(meta[name]))):
            return day
    said = _PUBLISHED.search(text)
    return day_of(_DAY.search(said[1])) if said else None


def _prune(page: HtmlElement) -> None:
    """Drop what no reader of the page sees as text."""
    for element in list(page.iter()):
        if not isinstance(element.tag, str):
            continue
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if (element.tag in _DROPPED or hidden) and element.getparent() is not None:
            if element.tag == "form" and len(_text(element)) > 2000:
                continue  # whole pages of some sites are one form
            element.drop_tree()


def _main(body: HtmlElement) -> HtmlElement:
    """The smallest element that has the article.

    It has nearly all text of the page that is no link; or much of it, and every whole sentence.
    """
    weights = _weights(body)
    whole = weights[body]
    chosen = body
    while chosen.tag != "table" or not _is_data(chosen):
        heavy = [
            child
            for child in chosen
            if isinstance(child.tag, str)
            and child.tag not in _LEAVES
            and _has_article(weights[child], whole)
        ]
        if not heavy or (heavy[0].tag == "table" and _is_data(heavy[0])):
            break
        chosen = heavy[0]
    return chosen


class _Weight(NamedTuple):
    shown: int  # characters that are not in links
    ends: int  # ends of sentences among them


def _has_article(one: _Weight, whole: _Weight) -> bool:
    if one.shown >= whole.shown * _MAIN:
        return True
    return one.shown >= whole.shown * _MUCH and 0 < one.ends == whole.ends


def _weights(body: HtmlElement) -> dict[HtmlElement, _Weight]:
    """By element, what is below it; children come first."""
    weights: dict[HtmlElement, _Weight] = {}
    linked: set[HtmlElement] = {e for a in body.iter("a") for e in a.iter()}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str):
            continue
        own = "" if element in linked else element.text or ""
        shown, ends = len(_SHOWN.findall(own)), own.count("。")
        for child in element:
            below = weights.get(child, _Weight(0, 0))
            tail = "" if element in linked else child.tail or ""
            shown += below.shown + len(_SHOWN.findall(tail))
            ends += below.ends + tail.count("。")
        weights[element] = _Weight(shown, ends)
    return weights


def _is_data(table: HtmlElement) -> bool:
    """Whether a table shows data, and is no frame that a page is laid out in."""
    if table.find(".//table") is not None:
        return False
    rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
    cells = [len(_text(cell)) for row in rows for cell in row]
    wide = sum(len(row) >= 2 for row in rows)
    if wide < 2 or not cells:
        return False
    return sum(length <= _SHORT for length in cells) >= 0.8 * len(cells)


class _Walk:
    """Goes through blocks in order and hands their lines to the builder."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._line: list[str] = []
        self._where = ""
        self._places: dict[HtmlElement, dict[HtmlElement, str]] = {}

    def block(self, element: HtmlElement) -> None:
        """Take in a block with all below it."""
        if element.tag == "table" and _is_data(element):
            self._table(element)
            return
        if element.tag in ("ul", "ol", "div", "dl", "p") and _is_menu(element):
            return
        path = _path(element, self._places)
        self._flush(path)
        self._inside(element, path)
        self._flush(path)

    def _inside(self, element: HtmlElement, path: str) -> None:
        self._say(element.text, element)
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "br":
                    self._flush(path)
                elif child.tag in _BLOCKS:
                    self.block(child)
                    self._where = path
                else:
                    self._inside(child, path)
            self._say(child.tail, element)

    def _say(self, text: str | None, element: HtmlElement) -> None:
        if not text:
            return
        if element.tag == "pre":
            for line in text.splitlines():
                self._line.append(line)
                self._flush(self._where)
            return
        self._line.append(_SPACE.sub(" ", _BROKEN.sub("", text)))

    def _flush(self, where: str) -> None:
        text = "".join(self._line).strip(" ")
        self._line.clear()
        if text:
            self._builder.paragraph(text, self._where or where)
        self._where = where

    def _table(self, table: HtmlElement) -> None:
        self._flush(self._where)
        path = _path(table, self._places)
        caption = table.find("caption")
        if caption is not None:
            self._builder.paragraph(_text(caption), f"{path} > caption")
        self._builder.table(_cells(table, path))


def _is_menu(element: HtmlElement) -> bool:
    """Whether a block is little more than links to other pages: at least three of them."""
    links = element.findall(".//a")
    if len(links) < 3:
        return False
    whole = len(_SHOWN.findall(_text(element)))
    return sum(len(_SHOWN.findall(_text(a))) for a in links) > whole * _LINKED


def _cells(table: HtmlElement, path: str) -> Iterator[Filled]:
    taken: set[tuple[int, int]] = set()
    rows = list(table.iter("tr"))
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - number)
            width = _span(cell, "colspan")
            taken.update(
                (number + down, column + right) for down in range(height) for right in range(width)
            )
            where = f"{path} row {number + 1} column {column + 1}"
            text = _cell_text(cell)
            yield Filled(text, number, column, where, height, width, _indent(cell, text))
            column += width


def _cell_text(cell: HtmlElement) -> str:
    return _SPACE.sub(" ", _BROKEN.sub("", " ".join(t for t in cell.itertext()))).strip(" ")


def _indent(cell: HtmlElement, text: str) -> int:
    """How far the words of a cell are set in: by blanks, or by its style or that of what it has."""
    inner = [one for one in cell[:1] if isinstance(one.tag, str) and not (cell.text or "").strip()]
    by = 0.0
    for element in (cell, *inner):
        for size, unit in _SET_IN.findall(element.get("style") or ""):
            by += float(size) * _LETTERS[unit.lower()]
    return blanks_before(text) + int(by)


def _span(cell: HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), 200) if text.isdecimal() and len(text) < 5 else 1


def _path(element: HtmlElement, places: dict[HtmlElement, dict[HtmlElement, str]]) -> str:
    """The CSS path of an element, from the nearest one above it that has an id."""
    steps: list[str] = []
    at: HtmlElement | None = element
    while at is not None and isinstance(at.tag, str):
        name = at.get("id")
        if name and re.fullmatch(r"[A-Za-z][\w-]*", name):
            steps.append(f"#{name}")
            break
        parent = at.getparent()
        if parent is None or at.tag == "body":
            steps.append(at.tag)
            break
        if parent not in places:
            places[parent] = _named(parent)
        steps.append(places[parent][at])
        at = parent
    return " > ".join(reversed(steps))


def _named(parent: HtmlElement) -> dict[HtmlElement, str]:
    """The step that leads to each child: its tag, and its number where there are several."""
    counts = Counter(child.tag for child in parent)
    seen: Counter[object] = Counter()
    steps: dict[HtmlElement, str] = {}
    for child in parent:
        seen[child.tag] += 1
        several = counts[child.tag] > 1
        steps[child] = f"{child.tag}:nth-of-type({seen[child.tag]})" if several else str(child.tag)
    return steps
