"""Files of every format, made by hand: for tests, the matrix of formats and the bench."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import openpyxl

TITLE = "清河镇2023年工作总结"
LINES = (
    "2023年,全镇实现财政总收入3.26亿元,同比增长8.1%;固定资产投资完成12.4亿元,下降2.3%。",
    "全年走访企业215家,新增养老床位120张,整改隐患46处。",
    "下一步,2024年计划新建口袋公园3个。",
)
ROWS = (("项目", "计划投资", "完成投资"), ("道路改造", "120", "96"), ("河道整治", "80", "80"))


def text() -> str:
    """The sample report as plain text."""
    return "\n".join((TITLE, *LINES)) + "\n"


def docx_of(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file with paragraphs and a table."""
    word = docx.Document()
    for paragraph in paragraphs:
        word.add_paragraph(paragraph)
    if rows:
        table = word.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def page_of(
    paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = (), title: str = TITLE
) -> str:
    """A page of a government site, with what stands around its text."""
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    body = "".join(f"<p>&nbsp;&nbsp;{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_清河镇政府</title>'
        '<meta name="PubDate" content="2024-01-12 09:30"><script>var siteId = "12345";</script>'
        "</head><body><div class=top><a href=/>首页</a><a href=/a>政务公开</a><a href=/b>服务</a>"
        f"</div><div class=main><h1>{title}</h1>"
        "<div>发布时间：2024-01-12 字号：[大 中 小] 打印</div>"
        f'<div id="zoom">{body}<table>{cells}</table></div></div>'
        "<div class=foot>版权所有 备案号12345678号 联系电话0571-88888888</div></body></html>"
    )


def sheet_of(rows: Sequence[Sequence[object]], name: str = "表一") -> bytes:
    """An Excel file with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rtf_of(paragraphs: Sequence[str]) -> bytes:
    """An RTF file with paragraphs."""
    body = "".join(
        "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in paragraph) + "\\par\n"
        for paragraph in paragraphs
    )
    return f"{{\\rtf1\\ansi\\ansicpg936 {body}}}".encode("ascii")


def zip_of(members: dict[str, bytes]) -> bytes:
    """An archive with members by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def pdf_of(pages: Sequence[Sequence[str]], width: int = 24) -> bytes:
    """A PDF with paragraphs broken at `width` characters."""
    wrapped = [
        [line[at : at + width] for line in page for at in range(0, max(len(line), 1), width)]
        for page in pages
    ]
    return placed_pdf_of(
        [[(72, 790 - 20 * row, line) for row, line in enumerate(page)] for page in wrapped]
    )


def placed_pdf_of(
    pages: Sequence[Sequence[tuple[float, float, str]]],
    rules: Sequence[tuple[float, float, float, float]] = (),
) -> bytes:
    """A PDF with words at places (points from the left and from below), by hand.

    `rules` are lines on each page, from one place to another.

    No library writes one here. Each character is its own code of a font without outlines, with a
    map back to Unicode, and 12 points wide.
    """
    chars = sorted({char for page in pages for _, _, word in page for char in word})
    code = {char: number for number, char in enumerate(chars, start=1)}
    ranges = "".join(
        f"<{number:04x}> <{char.encode('utf-16-be').hex()}>\n" for char, number in code.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{ranges}endbfchar\nendcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 "
        "/FontBBox [0 -200 1000 900] /Ascent 900 /Descent -200 /ItalicAngle 0 "
        "/CapHeight 700 /StemV 80 >> >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    kids = []
    for page in pages:
        draw = "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in rules)
        draw += "".join(
            f"BT /F 12 Tf {x} {y} Td <{''.join(f'{code[char]:04x}' for char in word)}> Tj ET\n"
            for x, y, word in page
        )
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
            f"{len(objects) + 2} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return out
