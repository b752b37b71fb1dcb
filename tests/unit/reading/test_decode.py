"""Bytes to raw text: the encodings that are read, and the files that are refused."""

from __future__ import annotations

import codecs

import pytest

from pipelines.errors import DocumentError
from pipelines.reading.decode import decode

REPORT = "上半年,街道实现财政总收入3.2亿元,同比增长6.5%。\r\n下半年计划新增养老床位120张。\r\n"
TRADITIONAL = "上半年,街道實現財政總收入3.2億元,同比增長6.5%,新增養老床位120張。" * 3


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(REPORT.encode("utf-8"), "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + REPORT.encode("utf-8"), "utf-8", id="utf-8-with-mark"),
        pytest.param(REPORT.encode("gbk"), "gb18030", id="gbk"),
        pytest.param((REPORT + "𬘭江㙟").encode("gb18030"), "gb18030", id="gb18030-four-bytes"),
        pytest.param(TRADITIONAL.encode("gbk"), "gb18030", id="traditional-in-gbk"),
        pytest.param(codecs.BOM_UTF16_LE + REPORT.encode("utf-16-le"), "utf-16", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"), "utf-16", id="utf-16-be"),
        pytest.param(b"GDP 12.5", "utf-8", id="ascii"),
        pytest.param("税收５亿元�口?".encode(), "utf-8", id="junk-inside"),
    ],
)
def test_text_is_read_untouched(data: bytes, encoding: str) -> None:
    decoded = decode(data, "a.txt")
    assert decoded.encoding == encoding
    assert decoded.raw == data.decode(encoding)
    assert decoded.format == "text"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \r\n\t\n", "blank", id="blanks"),
        pytest.param("\ufeff\u3000\n".encode(), "blank", id="mark-and-wide-blank"),
        pytest.param(codecs.BOM_UTF16_LE, "blank", id="utf-16-mark-alone"),
        pytest.param(bytes(range(256)) * 40, "binary", id="all-bytes"),
        pytest.param(b"\x00\x01\x02\x03" * 500, "binary", id="nul"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "binary", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "binary", id="docx"),
        pytest.param(b"\xff\xfe\x00", "encoding", id="half-a-utf-16-unit"),
        pytest.param(b"\xff" * 100, "encoding", id="no-encoding"),
        pytest.param(REPORT.encode("utf-8") * 5 + b"\xff\xfe", "encoding", id="utf-8-torn"),
        pytest.param((REPORT * 5).encode("utf-8")[1:], "encoding", id="utf-8-first-byte-lost"),
        pytest.param(TRADITIONAL.encode("big5"), "encoding", id="big5"),
        pytest.param(
            ("売上高は前年より増えました。" * 9).encode("shift-jis"), "encoding", id="japanese"
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data, "坏.txt")
    assert caught.value.reason == reason
    message = str(caught.value)
    assert message.startswith("坏.txt: ")
    assert message.endswith(".")


def test_an_unknown_suffix_is_tried_as_text() -> None:
    assert decode(REPORT.encode(), "报告").raw == REPORT
    assert decode(REPORT.encode(), "报告.TXT").format == "text"
