"""Bytes to raw text: the encodings that are read, and the files that are refused."""

from __future__ import annotations

import codecs

import pytest

from pipelines.errors import DocumentError
from pipelines.reading import plain
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
        pytest.param(b"\xff" * 100, "encoding", id="no-encoding"),
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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "big5"])
def test_encodings_without_a_mark_are_known_by_what_they_give(encoding: str) -> None:
    decoded = plain.decode_bytes(TRADITIONAL.encode(encoding), "a.txt")
    assert decoded.text == TRADITIONAL
    assert decoded.damaged == 0


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(
            (REPORT * 5).encode() + b"\xff\xfe", f"{REPORT * 5}\ufffd\ufffd", "utf-8", id="end"
        ),
        pytest.param((REPORT * 5).encode()[1:], None, "utf-8", id="first-byte-lost"),
        pytest.param(b"\xff\xff" + (REPORT * 5).encode("gbk"), None, "gb18030", id="gbk"),
        pytest.param(
            codecs.BOM_UTF16_LE + (REPORT * 5).encode("utf-16-le") + b"\x00",
            None,
            "utf-16",
            id="utf-16",
        ),
    ],
)
def test_damaged_places_are_counted_and_the_rest_is_read(
    data: bytes, text: str | None, encoding: str
) -> None:
    decoded = plain.decode_bytes(data, "a.txt")
    assert decoded.encoding == encoding
    assert decoded.damaged == 1
    assert "同比增长6.5%。" in decoded.text
    assert text is None or decoded.text == text


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("utf-8", "latin-1"), ("gb18030", "latin-1")],
)
def test_a_wrong_decoding_that_was_saved_is_undone(right: str, wrong: str) -> None:
    spoiled = (REPORT * 3).encode(right).decode(wrong).encode("utf-8")
    decoded = plain.decode_bytes(spoiled, "a.txt")
    assert decoded.text == REPORT * 3
    assert decoded.encoding == f"{right} as {wrong}"


def test_utf_8_read_as_gb18030_is_undone_where_no_byte_was_lost() -> None:
    text = "上半年街道办事处走访企业新增床位整改隐患加装电梯发放补贴" * 4
    spoiled = text.encode().decode("gb18030").encode()
    decoded = plain.decode_bytes(spoiled, "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "utf-8 as gb18030")


def test_latin_text_is_not_taken_for_a_wrong_decoding() -> None:
    text = "Département de la santé: réunion à huis clos, œuvre achevée à 95 %. " * 20
    assert plain.decode_bytes(text.encode(), "a.txt") == plain.Decoded(text, "utf-8", 0)


def test_a_message_gives_the_first_bad_byte_of_each_encoding_that_was_tried() -> None:
    with pytest.raises(DocumentError, match="byte 0 in UTF-8, byte 0 in GB18030, byte 0 in Big5"):
        plain.decode_bytes(b"\xff" * 100, "a.txt")
