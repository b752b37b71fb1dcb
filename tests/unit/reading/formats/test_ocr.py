"""Scanned pages: what is recognized becomes lines and tables; what is not sure, no figure."""

from __future__ import annotations

import io

import pytest

from pipelines import parse_text
from pipelines.errors import DocumentError
from pipelines.reading.document import Document
from pipelines.reading.formats import ocr
from pipelines.reading.formats.ocr import Box, lines_of
from pipelines.reading.formats.registry import read


def test_boxes_beside_each_other_are_a_line() -> None:
    boxes = [
        Box("120", 200, 230, 101, 115, 0.99),
        Box("财政收入", 72, 120, 100, 114, 0.99),
        Box("税收收入", 72, 120, 122, 136, 0.99),
    ]
    lines = lines_of(boxes)
    assert [[piece.text for piece in line.pieces] for line in lines] == [
        ["财政收入", "120"],
        ["税收收入"],
    ]


def test_digits_that_are_not_sure_are_damaged_places() -> None:
    (line,) = lines_of([Box("走访企业215家", 72, 160, 100, 114, 0.6)])
    text = line.pieces[0].text
    assert text == "走访企业\ufffd\ufffd\ufffd家"
    assert parse_text(f"全年{text}。").observations == ()


def scan(text: str) -> bytes:
    image = pytest.importorskip("PIL.Image")
    draw = pytest.importorskip("PIL.ImageDraw")
    font = pytest.importorskip("PIL.ImageFont")
    page = image.new("L", (1240, 800), 255)
    try:
        letters = font.truetype("NotoSerifCJK-Regular.ttc", 34)
    except OSError:
        pytest.skip("no Chinese letters to draw with")
    draw.Draw(page).text((120, 120), text, font=letters, fill=0)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def test_a_scan_is_read_where_the_extra_is_installed_and_else_refused() -> None:
    data = scan("全年走访企业215家，新增养老床位120张。")
    if not ocr.is_there():
        with pytest.raises(DocumentError, match=r"zhibiao\[ocr\]") as caught:
            list(read(data, "a.pdf"))
        assert caught.value.reason == "scanned"
        return
    (document,) = read(data, "a.pdf")
    assert isinstance(document, Document)
    assert document.encoding == "recognized"
    found = parse_text(document.raw).observations
    assert [(o.quote, o.indicator) for o in found] == [
        ("215家", "走访企业"),
        ("120张", "新增养老床位"),
    ]
