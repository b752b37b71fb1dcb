"""What Word shows beside the text of paragraphs: numbers of lists, notes, properties."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from pipelines import parse_text
from pipelines.reading.document import Document, Places
from pipelines.reading.formats import legacy
from pipelines.reading.formats.numbering import numeral
from pipelines.reading.formats.registry import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def opened(word: object) -> Document:
    out = io.BytesIO()
    word.save(out)  # type: ignore[attr-defined]
    (document,) = read(out.getvalue(), "a.docx")
    assert isinstance(document, Document)
    return document


def numbered(word: object, *, name: int = 77) -> None:
    """Define a list with the three levels of official papers."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(LEVELS)
    )
    root = word.part.numbering_part.element  # type: ignore[attr-defined]
    root.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{name}">{levels}</w:abstractNum>')
    )
    root.append(parse_xml(f'<w:num {W} w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>'))


def item(word: object, text: str, level: int, name: int = 77) -> None:
    paragraph = word.add_paragraph(text)  # type: ignore[attr-defined]
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')
    )


def notes(word: object, name: str, *texts: str) -> None:
    kinds = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
    body = f'<w:{name} w:id="0" w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:{name}>'
    for number, text in enumerate(texts, start=1):
        body += f'<w:{name} w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{name}>'
    blob = f"<w:{name}s {W}>{body}</w:{name}s>".encode()
    part = word.part  # type: ignore[attr-defined]
    uri = PackURI(f"/word/{name}s.xml")
    part.relate_to(Part(uri, CONTENT_TYPE.WML_FOOTNOTES, blob, part.package), kinds[name])


def test_numbers_of_lists_are_part_of_the_text() -> None:
    word = docx.Document()
    numbered(word)
    for text, level in (
        ("工作回顾", 0), ("经济运行", 1), ("全年完成财政收入3亿元。", 2), ("走访企业12家。", 2),
        ("民生实事", 1), ("工作计划", 0), ("加大投入", 1), ("新建公园3个。", 2),
    ):  # fmt: skip
        item(word, text, level)
    assert opened(word).raw.split("\n")[:-1] == [
        "一、工作回顾",
        "（一）经济运行",
        "1.全年完成财政收入3亿元。",
        "2.走访企业12家。",
        "（二）民生实事",
        "二、工作计划",
        "（一）加大投入",
        "1.新建公园3个。",
    ]


def test_bullets_and_empty_paragraphs_show_no_number() -> None:
    word = docx.Document()
    word.add_paragraph("走访企业12家。", style="List Bullet")
    word.add_paragraph("", style="List Number")
    word.add_paragraph("整改隐患3处。", style="List Number")
    assert opened(word).raw == "走访企业12家。\n1.整改隐患3处。\n"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (3, "decimal", "3"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "japaneseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"),
        (2, "chineseLegalSimplified", "贰"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (14, "upperRoman", "XIV"),
        (27, "lowerLetter", "aa"),
        (3, "unknownForm", "3"),
    ],
)
def test_a_number_is_shown_in_its_form(value: int, form: str, shown: str) -> None:
    assert numeral(value, form) == shown


def test_notes_come_after_the_text() -> None:
    word = docx.Document()
    word.add_paragraph("2023年全镇实现生产总值12亿元。")
    notes(word, "footnote", "绝对数按现价计算。", "增加值比上年增长5.1%。")
    notes(word, "endnote", "数据来自统计局。")
    document = opened(word)
    assert document.raw.split("\n")[1:-1] == [
        "注释",
        "[1] 绝对数按现价计算。",
        "[2] 增加值比上年增长5.1%。",
        "[1] 数据来自统计局。",
    ]
    parsed = parse_text(document.raw)
    assert [o.quote for o in parsed.observations] == ["12亿元", "5.1%"]
    assert Places(document).of(parsed.observations[1].start) == "footnote 2"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("清河镇2023年工作总结", "清河镇2023年工作总结"),
        ("Microsoft Word - 文档1", None),
        ("幻灯片 1", None),
        ("", None),
    ],
)
def test_the_title_of_the_properties_is_kept_where_it_can_be_one(
    title: str, named: str | None
) -> None:
    word = docx.Document()
    word.core_properties.title = title
    word.add_paragraph("全镇实现财政收入1.2亿元。")
    assert opened(word).named == named


def test_the_title_of_the_properties_is_not_asked_where_the_text_has_it() -> None:
    word = docx.Document()
    word.core_properties.title = "清河镇2023年工作总结"
    word.add_paragraph("清河镇2023年工作总结")
    assert opened(word).named is None


@pytest.mark.slow
@pytest.mark.skipif(legacy.converter() is None, reason="LibreOffice is not installed")
def test_nothing_that_an_old_word_file_links_to_is_fetched() -> None:
    asked: list[str] = []

    class Watch(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  (names of the protocol)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Watch) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/a.png"
        page = f"<html><body><p>2023年,走访企业215家。</p><img src='{address}'></body></html>"
        made = legacy.to_docx(page.encode(), "a.doc", 100)
        server.shutdown()
    assert "215" in text_of_word(made)
    assert asked == []


def text_of_word(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
