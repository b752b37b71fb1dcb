"""Tables of reports (.csv, .tsv, .jsonl): each row is a report, each column known by its name.

A file without a column of texts whose rows are figures is itself a report: a table.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading import plain
from pipelines.reading.document import Anchor, Document, Refused
from pipelines.reading.formats.builder import Builder, Filled, blanks_before
from pipelines.reading.formats.days import day_of
from pipelines.reading.formats.limits import Limits, damaged, no_text, too_large

_KIND = Both("table", "表格")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("正文", "全文", "报告正文", "文本", "报告内容", "报告全文", "正文内容", "内容", "text",
             "content", "body", "full_text", "fulltext", "report_text", "article"),
    "title": ("标题", "题名", "报告标题", "名称", "title", "name", "headline"),
    "region": ("地区", "区域", "行政区", "行政区划", "地域", "region", "area", "place"),
    "province": ("省份", "省", "province", "prov"),
    "city": ("城市", "市", "地级市", "city", "prefecture"),
    "county": ("区县", "县", "县区", "县市区", "county", "district"),
    "year": ("年份", "年度", "年", "year"),
    "date": ("发布日期", "发布时间", "日期", "时间", "公布日期", "date", "pub_date", "published",
             "published_on", "publish_date", "pubdate"),
    "url": ("网址", "链接", "来源网址", "原文链接", "url", "link", "source_url", "href"),
}  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff]")
_LONG = 30  # characters: a text is longer than a cell of data, in most rows
_DAY = re.compile(r"((?:19|20)\d{2})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_PEEK = 65_536
_FIGURE = re.compile(r"[-+▲−]?\d[\d,]*(?:\.\d+)?[%％]?")
_CELLS = (".csv", ".tsv", ".tab")  # what tables of figures are found in
_LEAST_ROWS = 2  # with figures, below a heading


def columns_of(header: Iterable[str], given: str = "") -> dict[str, int]:
    """The columns that are known, by what they hold; none where there is no text.

    Args:
        header: the names of the columns.
        given: names that the settings give: text=报告内容,region=所属地.
    """
    cells = [_plain(cell) for cell in header]
    found: dict[str, int] = {}
    for role, name in _given(given):
        if _plain(name) in cells:
            found[role] = cells.index(_plain(name))
    for role, names in _NAMES.items():
        at = next((cells.index(name) for name in names if name in cells), None)
        if at is not None:
            found.setdefault(role, at)
    return found if "text" in found else {}


def text_names(given: str = "") -> tuple[str, ...]:
    """Names of a column of texts: those that the settings give, and the usual ones."""
    return (*(name for role, name in _given(given) if role == "text"), *_NAMES["text"])


def _given(given: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, given.split(",")):
        role, _, name = pair.partition("=")
        yield role.strip(), name.strip()


def _plain(name: str) -> str:
    return re.sub(r"\s", "", name).lower().lstrip("\ufeff")


def is_collection(columns: Mapping[str, int], rows: Iterable[list[str]]) -> bool:
    """Whether the column of text holds texts, and no short cells of data."""
    texts = [row[columns["text"]] for row in rows if len(row) > columns["text"]]
    texts = [text for text in texts if text.strip()]
    long = sum(len(text) >= _LONG and bool(_HAN.search(text)) for text in texts)
    return long > 0 and 2 * long >= len(texts)


def holds_reports(head: bytes, suffix: str, *, whole: bool, given: str = "") -> bool:
    """Whether a file that begins so is a table of reports, or a table with a title.

    Args:
        head: its first bytes.
        suffix: .csv, .tsv or .jsonl.
        whole: whether these are all of its bytes.
        given: names of columns, as of `columns_of`.
    """
    text = head.decode("utf-8", "ignore")
    if not _HAN.search(text) or text.count("\ufffd"):
        text = head.decode("gb18030", "ignore")
    try:
        header, body = _table(text, suffix, torn=not whole)
    except (csv.Error, ValueError, KeyError):
        return False
    columns = columns_of(header, given)
    if not columns:  # data has its headings first, a report its title
        titled = sum(bool(cell.strip()) for cell in header) == 1 < len(header)
        return titled and suffix in _CELLS and is_table(body)
    return is_collection(columns, body[:50])


def _table(text: str, suffix: str, *, torn: bool = False) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a table in text; the last row of a torn one may be in part."""
    text = text.removeprefix("\ufeff")
    if suffix in (".jsonl", ".json", ".ndjson"):
        return _objects(text, torn=torn)
    delimiter = "\t" if suffix == ".tsv" else ","
    first = text.split("\n", 1)[0]
    if delimiter == "," and first.count("\t") > first.count(","):
        delimiter = "\t"
    elif delimiter == "," and first.count(";") > first.count(","):
        delimiter = ";"
    usual = csv.field_size_limit(1 << 30)  # of this process: whoever reads after us has its own
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(usual)
    return (table[0], table[1:]) if table else ([], [])


def _objects(text: str, *, torn: bool) -> tuple[list[str], list[list[str]]]:
    header: dict[str, None] = {}
    objects = []
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except (ValueError, RecursionError):
            if torn:
                break
            one = {}
        if not isinstance(one, dict):
            one = {}
        objects.append(one)
        header.update(dict.fromkeys(map(str, one)))
    names = list(header)
    return names, [[_flat(one.get(name)) for name in names] for one in objects]


def _flat(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document | Refused]:
    """Yield the rows of a table in text as reports.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `no_text_column`, `damaged`, or one of plain text.
    """
    decoded = plain.decode_bytes(data, file_name)
    suffix = _suffix(decoded.text, file_name)
    try:
        header, body = _table(decoded.text, suffix)
    except csv.Error as error:
        raise damaged(file_name, _KIND, error) from error
    columns = columns_of(header, limits.columns)
    if not columns:
        if suffix not in _CELLS or not is_table(table := [header, *body]):
            raise no_text_column(file_name)
        yield _as_table(table, decoded)
        return
    found = 0
    for one in documents(columns, body, limits, "row ", 2, file_name, decoded.encoding):
        found += 1
        yield one
    if not found:
        raise no_text(file_name, _KIND)


def is_table(rows: Iterable[list[str]]) -> bool:
    """Whether rows are a table of figures: words side by side, and figures in rows below them."""
    headed, figures = False, 0
    for row in rows:
        filled = [cell.strip() for cell in row if cell.strip()]
        numbers = sum(_FIGURE.fullmatch(cell) is not None for cell in filled)
        if headed and _HAN.search(filled[0] if filled else "") and numbers:
            figures += 1
        headed = headed or (len(filled) > 1 and not numbers)
    return figures >= _LEAST_ROWS


def _as_table(rows: Iterable[list[str]], decoded: plain.Decoded) -> Document:
    """A table as a report; a row of one cell above or below its figures is a line of text."""
    builder = Builder()
    table = [
        [
            Filled(cell.strip(), at, column, f"row {at + 1} column {column + 1}",
                   indent=blanks_before(cell))
            for column, cell in enumerate(row)
        ]
        for at, row in enumerate(rows)
    ]  # fmt: skip
    wide = [at for at, row in enumerate(table) if sum(bool(cell.text) for cell in row) > 1]
    first, last = wide[0], wide[-1]
    for row in table[:first]:
        _lines(builder, row)
    builder.table(
        cell for row in table[first : last + 1] if any(c.text for c in row) for cell in row
    )
    for row in table[last + 1 :]:
        _lines(builder, row)
    return Document(
        raw=builder.raw,
        format="text",
        encoding=decoded.encoding,
        anchors=tuple(builder.anchors),
        grids=tuple(builder.grids),
        damaged=plain.damaged_places(builder.raw),
    )


def _lines(builder: Builder, row: Iterable[Filled]) -> None:
    for cell in row:
        builder.paragraph(cell.text, cell.where)


def no_text_column(file_name: str) -> DocumentError:
    """The refusal of a table that has no column with texts."""
    return DocumentError(
        file_name,
        "no_text_column",
        Both(
            "no column has the text of reports; name it 正文 or text, or say which one it is: "
            "ZHIBIAO_COLUMNS=text=NAME.",
            "没有报告正文一列；请将其命名为“正文”或 text，或指明是哪一列："
            "ZHIBIAO_COLUMNS=text=列名。",
        ),
    )


def _suffix(text: str, file_name: str) -> str:
    if text.lstrip("\ufeff \r\n").startswith("{"):
        return ".jsonl"
    return ".tsv" if file_name.lower().endswith((".tsv", ".tab")) else ".csv"


def documents(
    columns: Mapping[str, int],
    body: list[list[str]],
    limits: Limits,
    mark: str,
    first: int,
    file_name: str,
    encoding: str = "utf-8",
) -> Iterator[Document | Refused]:
    """Each row that has a text as a document.

    Args:
        columns: where the cells are; of `columns_of`.
        body: the rows.
        limits: how many there may be.
        mark: what the locator of a row begins with.
        first: the number of the first row, as the program that wrote the table counts.
        file_name: for messages.
        encoding: of the file.
    """
    if len(body) > limits.members:
        raise too_large(
            file_name,
            Both(f"it has {len(body):,} rows", f"共 {len(body):,} 行"),
            "ZHIBIAO_MAX_MEMBERS",
        )
    for number, row in enumerate(body, start=first):

        def cell(role: str, row: list[str] = row) -> str:
            at = columns.get(role, -1)
            return row[at].strip() if 0 <= at < len(row) else ""

        part = f"{mark}{number}"
        raw = row[columns["text"]] if columns["text"] < len(row) else ""
        if not raw.strip():
            if any(value.strip() for value in row):
                yield Refused(part, "blank", Both(f"{part} has no text.", f"{part} 没有正文。"))
            continue
        anchors = [Anchor(0, f"{part} line 1")]
        for count, line in enumerate(re.finditer("\n", raw), start=2):
            anchors.append(Anchor(line.end(), f"{part} line {count}"))
        region = cell("region") or "/".join(
            name for name in (cell("province"), cell("city"), cell("county")) if name
        )
        yield Document(
            raw=raw,
            format="row",
            encoding=encoding,
            part=part,
            anchors=tuple(anchors),
            damaged=plain.damaged_places(raw),
            title=cell("title")[:300] or None,
            region=region[:100] or None,
            year=_year(cell("year")),
            published_on=day_of(_DAY.search(cell("date"))),
            source_url=cell("url")[:2000] or None,
        )


def _year(text: str) -> int | None:
    match = re.match(r"((?:19|20)\d{2})(?:\.0)?年?度?$", text)
    return int(match[1]) if match else None
