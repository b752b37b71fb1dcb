"""Files of each format: what is read of them, where each piece came from, and what is refused."""

from __future__ import annotations

import io
import json
import sys
from datetime import date

import openpyxl
import polars as pl
import pytest

from pipelines.errors import DocumentError
from pipelines.reading.document import Document, Places, Refused
from pipelines.reading.formats import registry, rows
from pipelines.reading.formats.limits import DEFAULT, Limits
from pipelines.reading.formats.registry import read
from tools.report_files import (
    LINES,
    ROWS,
    TITLE,
    docx_of,
    page_of,
    pdf_of,
    placed_pdf_of,
    rtf_of,
    sheet_of,
    text,
    zip_of,
)

PARAGRAPHS = (TITLE, *LINES)
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.gov.cn/1.html\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + page_of(PARAGRAPHS).encode()
    + b"\r\n--B--\r\n"
)
FILES = {
    "a.txt": text().encode(),
    "a.md": f"# {TITLE}\n\n**2023年**{LINES[0][5:]}\n\n- {LINES[1]}\n\n{LINES[2]}\n".encode(),
    "a.html": page_of(PARAGRAPHS).encode(),
    "a.mhtml": MHTML,
    "a.docx": docx_of(PARAGRAPHS),
    "a.rtf": rtf_of(PARAGRAPHS),
    "a.pdf": pdf_of([PARAGRAPHS]),
    "a.xlsx": sheet_of([[line] for line in PARAGRAPHS]),
}


def one(data: bytes, name: str, limits: Limits | None = None) -> Document:
    (found,) = registry.read(data, name, limits or Limits())
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_text_of_every_format_is_the_same(name: str) -> None:
    document = one(FILES[name], name)
    lines = [line.strip("\xa0 ") for line in document.raw.splitlines()]
    assert [line for line in lines if line] == list(PARAGRAPHS)
    assert document.format == registry.format_of(FILES[name], name).name


@pytest.mark.parametrize("name", FILES)
def test_the_bytes_say_what_a_file_is_and_not_its_name(name: str) -> None:
    if name in ("a.txt", "a.md"):
        return  # their bytes are text; only the name parts them
    assert one(FILES[name], "x.txt").raw == one(FILES[name], name).raw


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("a.txt", "line 3"),
        ("a.md", "line 5"),
        ("a.html", "#zoom > p:nth-of-type(3)"),
        ("a.docx", "paragraph 3"),
        ("a.rtf", "paragraph 3"),
        ("a.pdf", "page 1 line 5 (72, 122, 360, 134)"),
        ("a.xlsx", "表一!A3"),
    ],
)
def test_a_place_leads_back_into_the_file(name: str, where: str) -> None:
    document = one(FILES[name], name)
    assert Places(document).of(document.raw.index("215家")) == where


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99
SLIDES = zip_of({"ppt/x.xml": b"", "[Content_Types].xml": b""})
MAIL = MHTML.replace(b"text/html", b"text/plain")


def cells_of(document: Document) -> list[tuple[str, int, int, int, int]]:
    (grid,) = document.grids
    return [(document.raw[c.start : c.end], c.row, c.column, c.height, c.width) for c in grid.cells]


PLAIN = [
    (cell, row, column, 1, 1) for row, cells in enumerate(ROWS) for column, cell in enumerate(cells)
]


@pytest.mark.parametrize(
    ("data", "name", "where"),
    [
        pytest.param(
            page_of(LINES, ROWS).encode(), "a.html", "#zoom > table row 2 column 3", id="html"
        ),
        pytest.param(docx_of(LINES, ROWS), "a.docx", "table 1 row 2 column 3", id="docx"),
        pytest.param(
            sheet_of([*([line] for line in LINES), *ROWS]), "a.xlsx", "表一!C5", id="xlsx"
        ),
    ],
)
def test_a_table_comes_as_cells(data: bytes, name: str, where: str) -> None:
    document = one(data, name)
    assert [cell[0] for cell in cells_of(document)] == [cell[0] for cell in PLAIN]
    assert Places(document).of(document.raw.index("96")) == where


def test_a_merged_cell_covers_rows_and_columns() -> None:
    page = (
        "<html><body><table><tr><td rowspan=2>项目</td><td colspan=2>投资</td></tr>"
        "<tr><td>计划</td><td>完成</td></tr><tr><td>道路</td><td>12</td><td>9</td></tr></table>"
        "</body></html>"
    )
    assert cells_of(one(page.encode(), "a.html"))[:4] == [
        ("项目", 0, 0, 2, 1),
        ("投资", 0, 1, 1, 2),
        ("计划", 1, 1, 1, 1),
        ("完成", 1, 2, 1, 1),
    ]


def test_a_page_tells_when_and_under_which_title_it_was_published() -> None:
    document = one(page_of(LINES).encode(), "a.html")
    assert document.published_on == date(2024, 1, 12)
    assert document.raw.startswith(f"{TITLE}\n")
    assert "siteId" not in document.raw
    assert "88888888" not in document.raw


def test_a_saved_page_tells_its_address() -> None:
    assert one(MHTML, "a.mhtml").source_url == "http://a.gov.cn/1.html"


def test_a_paragraph_goes_on_over_pages_and_heads_and_page_numbers_are_left_out() -> None:
    long = "街道" + "统筹推进老旧小区改造和养老服务" * 12 + "完成投资"
    first = ["清河镇工作简报", *[long[at : at + 24] for at in range(0, len(long), 24)]]
    pages = [[*first[:4]], ["清河镇工作简报", "326万元,增长5.2%。"], ["清河镇工作简报", "完。"]]
    raw = one(pdf_of(pages), "a.pdf").raw
    assert "清河镇工作简报" not in raw


def ruled(rows: list[list[str]], height: int, width: int) -> bytes:
    """A PDF file with a ruled table, the words of a cell in lines of 12 points."""
    placed = [
        (73 + width * column, 800 - height * row - 11 - 12 * number, line)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for number, line in enumerate(cell.split("\n"))
    ]
    across = [(72, 800 - height * k, 72 + width * 2, 800 - height * k) for k in range(4)]
    down = [(72 + width * k, 800, 72 + width * k, 800 - height * 3) for k in range(3)]
    return placed_pdf_of([placed], [*across, *down])


@pytest.mark.parametrize(
    ("last", "height", "width", "read_as"),
    [
        pytest.param("90", 12, 80, "90", id="rows as close as characters are high"),
        pytest.param("1865\n00", 26, 50, "186500", id="number broken in a narrow cell"),
        pytest.param("18\n65", 26, 50, "18 65", id="two numbers"),
    ],
)
def test_cells_between_rules(last: str, height: int, width: int, read_as: str) -> None:
    rows = [["指标", "数值"], ["税收", "120"], ["产值", last]]
    document = one(ruled(rows, height, width), "a.pdf")
    (grid,) = document.grids
    cells = [document.raw[cell.start : cell.end] for cell in grid.cells]
    assert cells == ["指标", "数值", "税收", "120", "产值", read_as]


def indented_sheet() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["项目", "万元"], ["税收", 12], ["增值税", 5]):
        sheet.append(row)
    sheet["A3"].alignment = openpyxl.styles.Alignment(indent=1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROW = (
    "<tr><td>项目</td><td>万元</td></tr><tr><td>税收</td><td>12</td></tr>"
    "<tr><td{}</td><td>5</td></tr>"
)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(indented_sheet(), "a.xlsx", id="xlsx"),
        pytest.param(
            docx_of([TITLE], [["项目", "万元"], ["税收", "12"], ["  增值税", "5"]]),
            "a.docx",
            id="docx",
        ),
        pytest.param(
            f"<p>{TITLE}</p><table>{ROW.format('>&nbsp;&nbsp;增值税')}</table>".encode(),
            "a.html",
            id="blanks of a page",
        ),
        pytest.param(
            f"<p>{TITLE}</p><table>{ROW.format(' style=padding-left:1em>增值税')}</table>".encode(),
            "a.html",
            id="style of a page",
        ),
    ],
)
def test_names_that_are_set_in_keep_their_blanks(data: bytes, name: str) -> None:
    document = one(data, name)
    (grid,) = document.grids
    cells = {document.raw[cell.start : cell.end]: cell.start for cell in grid.cells}
    assert document.raw[cells["税收"] - 1] == "\n"
    assert document.raw[cells["增值税"] - 2 : cells["增值税"]] == "  "


def test_a_name_across_a_sheet_parts_tables_only_above_headings() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    head = ["项目", "计划", "完成"]
    for row in (head, ["一、交通"], ["道路", 5, 4], ["表2 就业"], head, ["培训", 30, 20]):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A4:C4")
    out = io.BytesIO()
    book.save(out)
    document = one(out.getvalue(), "a.xlsx")
    rows = [max(cell.row for cell in grid.cells) + 1 for grid in document.grids]
    assert (len(rows), rows[0]) == (2, 3)


def test_percentages_of_a_sheet_come_as_they_are_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["项目", "完成率", "投资"])
    sheet.append(["道路", 0.873, 1234.5])
    sheet.append(["桥梁", 1, 0.1 + 0.2])
    sheet["B2"].number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    raw = one(out.getvalue(), "a.xlsx").raw
    assert raw.splitlines()[1:] == ["道路\t87.3%\t1234.5", "桥梁\t1\t0.3"]


TEXTS = [
    "2023年,甲县财政总收入3.2亿元,同比增长6.5%,走访企业15家。",
    "2022年,乙县新增养老床位120张,整改隐患46处,兑现奖补资金35万元。",
]
HEADER = ["标题", "地区", "年份", "发布日期", "链接", "正文"]
RECORDS = [
    ["甲县工作报告", "浙江省/甲县", "2023", "2024/1/5", "http://a.cn/1", TEXTS[0]],
    ["乙县工作报告", "浙江省/乙县", "2022", "2023-02-01", "http://a.cn/2", TEXTS[1]],
]


@pytest.mark.parametrize(
    ("data", "name", "part"),
    [
        pytest.param(
            "\n".join(",".join(f'"{c}"' for c in row) for row in [HEADER, *RECORDS]).encode(
                "gb18030"
            ),
            "a.csv",
            "row 2",
            id="csv",
        ),
        pytest.param(
            "\n".join("\t".join(row) for row in [HEADER, *RECORDS]).encode(),
            "a.tsv",
            "row 2",
            id="tsv",
        ),
        pytest.param(
            "\n".join(json.dumps(dict(zip(HEADER, r, strict=True))) for r in RECORDS).encode(),
            "a.jsonl",
            "row 2",
            id="jsonl",
        ),
        pytest.param(sheet_of([HEADER, *RECORDS]), "a.xlsx", "表一!row 2", id="xlsx"),
    ],
)
def test_each_row_of_a_table_of_reports_is_a_report(data: bytes, name: str, part: str) -> None:
    first, second = registry.read(data, name)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert [first.raw, second.raw] == TEXTS
    assert first.part == part
    assert (first.title, first.region, first.year) == ("甲县工作报告", "浙江省/甲县", 2023)
    assert (first.published_on, first.source_url) == (date(2024, 1, 5), "http://a.cn/1")
    assert Places(first).of(5) == f"{part} line 1"


def test_an_archive_gives_its_members_and_says_which_it_cannot_read() -> None:
    packed = zip_of(
        {
            "浙江/甲.txt": FILES["a.txt"],
            "b.docx": FILES["a.docx"],
            "../up.txt": b"",
            "pic.png": b"x",
            "inner.zip": zip_of({"c.html": FILES["a.html"]}),
        }
    )
    found = list(registry.read(packed, "a.zip"))
    assert [(one.part, isinstance(one, Refused)) for one in found] == [
        ("浙江/甲.txt", False),
        ("b.docx", False),
        ("up.txt", True),
        ("inner.zip/c.html", False),
    ]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        pytest.param(FILES["a.docx"][:900], "a.docx", "damaged", id="torn docx"),
        pytest.param(FILES["a.pdf"][:120], "a.pdf", "damaged", id="torn pdf"),
        pytest.param(pdf_of([[""]]), "a.pdf", "scanned", id="pdf without text"),
        pytest.param(docx_of([""]), "a.docx", "blank", id="empty docx"),
        pytest.param(b"<html><script>1</script></html>", "a.html", "blank", id="empty page"),
        pytest.param(OLD_WORD, "a.doc", "unsupported_format", id="doc without converter"),
        pytest.param(SLIDES, "a.pptx", "unsupported_format", id="slides"),
        pytest.param("名称,数量\n甲,3\n".encode(), "a.csv", "no_text_column", id="data"),
        pytest.param("姓名,电话\n甲,无\n乙,无\n".encode(), "a.csv", "no_text_column", id="words"),
        pytest.param(b'{"a": 1}\n{"a": 2}\n', "a.jsonl", "no_text_column", id="objects"),
        pytest.param(MAIL, "a.mhtml", "damaged", id="mail"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        list(registry.read(data, name))
    assert caught.value.reason == reason
    assert str(caught.value).startswith(f"{name}: ")
    assert str(caught.value).endswith(".")


TOWNS = (
    '2023年1—6月各镇财政情况,,\n镇,财政收入（万元）,增长（%）\n东河镇,"1,520",4.1\n'
    "西岭镇,870,-2.6\n注：收入为初步数。,,\n"
)


def test_a_table_of_figures_in_text_is_a_report() -> None:
    (report,) = registry.read(TOWNS.encode("gb18030"), "a.csv")
    assert isinstance(report, Document)
    assert report.raw.split("\n")[0] == "2023年1—6月各镇财政情况"
    assert report.raw.split("\n")[-2] == "注：收入为初步数。"
    (grid,) = report.grids
    cells = {(c.row, c.column): report.raw[c.start : c.end] for c in grid.cells}
    assert (cells[2, 0], cells[2, 1], cells[3, 2]) == ("东河镇", "1,520", "-2.6")
    assert Places(report).of(report.raw.index("870")) == "row 4 column 2"


@pytest.mark.parametrize(
    ("text", "ending", "found"),
    [
        pytest.param(TOWNS, ".csv", True, id="with a title"),
        pytest.param(TOWNS.replace(",", "\t"), ".tsv", True, id="tabs"),
        pytest.param(TOWNS.split("\n", 1)[1], ".csv", False, id="data"),
        pytest.param("各镇名单,\n镇,镇长\n东河镇,甲\n西岭镇,乙\n", ".csv", False, id="names"),
    ],
)
def test_a_table_in_a_folder_is_a_report_if_it_has_a_title(
    text: str, ending: str, found: bool
) -> None:
    assert rows.holds_reports(text.encode(), ending, whole=True) is found


def parquet_of(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


TEXT = "2023年,全镇实现财政总收入3.26亿元,同比增长8.1%;走访企业215家。"


def test_each_row_of_a_parquet_file_is_a_report() -> None:
    data = parquet_of(标题=["甲镇总结", "乙镇总结"], 正文=[TEXT, ""], 年份=[2023, None])
    report, refused = read(data, "reports.parquet")
    assert isinstance(report, Document)
    assert isinstance(refused, Refused)
    assert (report.raw, report.title, report.year) == (TEXT, "甲镇总结", 2023)
    assert (report.part, refused.part, refused.reason) == ("row 1", "row 2", "blank")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(parquet_of(指标=["财政收入"], 数值=[3.2]), "no_text_column", id="data"),
        pytest.param(parquet_of(text=["3.2", "4.5"]), "no_text_column", id="cells of data"),
        pytest.param(parquet_of(text=[TEXT])[:-9], "damaged", id="torn"),
        pytest.param(
            parquet_of(text=[TEXT] * 300, 年份=list(range(300)))[:400]
            + parquet_of(text=[TEXT] * 300, 年份=list(range(300)))[-700:],
            "damaged",
            id="torn inside",
        ),
        pytest.param(b"PAR1", "damaged", id="sign alone"),
        pytest.param(b"PAR1\xff\xff\xff\x7fPAR1", "damaged", id="length of a footer"),
    ],
)
def test_a_parquet_file_without_reports_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        list(read(data, "a.parquet"))
    assert caught.value.reason == reason


def test_columns_may_be_named_by_the_settings() -> None:
    limits = DEFAULT._replace(columns="text=所载, region = 所属地")
    data = f"所载,所属地,标题\n{TEXT.replace(',', '，')},浙江省,甲镇总结\n".encode()
    (report,) = read(data, "a.csv", limits)
    assert isinstance(report, Document)
    assert (report.region, report.title) == ("浙江省", "甲镇总结")
    (row,) = read(parquet_of(所载=[TEXT], 所属地=["浙江省"]), "a.parquet", limits)
    assert isinstance(row, Document)
    assert row.region == "浙江省"


def test_a_name_that_no_column_has_is_passed_over() -> None:
    (report,) = read(parquet_of(text=[TEXT]), "a.parquet", DEFAULT._replace(columns="text=所载"))
    assert isinstance(report, Document)
    assert report.raw == TEXT


def test_a_format_whose_library_is_missing_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    monkeypatch.delitem(sys.modules, "pipelines.reading.formats.rtf", raising=False)
    with pytest.raises(DocumentError, match="pip install 'zhibiao\\[formats\\]'") as caught:
        list(read(FILES["a.rtf"], "a.rtf"))
    assert caught.value.reason == "format_missing"
