"""Plain-text files: which encoding the bytes are in. Nothing about what the text says.

The order is fixed, so the same bytes always give the same text: a UTF-16 mark, then UTF-8, then
GB18030 (which contains GBK and GB2312). UTF-8 hardly ever accepts bytes of another encoding.
GB18030 accepts many, so what it yields must also look like Chinese.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from pipelines.errors import DocumentError

# Files of other kinds that people rename to .txt, by their first bytes.
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text file holds; tab, line ends, form feed and the DOS end mark may.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# What Big5 or Shift-JIS bytes turn into when read as GB18030: private use, kana, Greek, Cyrillic.
_STRANGE = re.compile("[\ue000-\uf8ff\u3041-\u30ff\u0370-\u04ff]")
_SAMPLE = 200_000  # characters looked at: enough to tell, and quick on a large file
_MAX_CONTROL = 0.002
_MAX_STRANGE = 0.05
# Simplified text has .95 and more of its characters in the common set, Traditional text in GBK
# above .5, UTF-8 read as GB18030 below .25.
_MIN_COMMON = 0.4


def read(data: bytes, file_name: str) -> tuple[str, str]:
    """Decode the bytes of a text file.

    Args:
        data: the whole file.
        file_name: as the messages shall name it.

    Returns:
        The text exactly as `data.decode(encoding)` gives it, and the encoding.

    Raises:
        DocumentError: reason `empty`, `blank`, `binary` or `encoding`.
    """
    if not data:
        raise DocumentError(
            file_name, "empty", "the file is empty (0 bytes). Put the report in it or remove it."
        )
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _binary(file_name, f"the file is {kind}, not text")
    text, encoding = _decode(data, file_name)
    if not text.strip(" \t\r\n\f\v\ufeff\u3000\xa0\u200b\x1a"):
        raise DocumentError(
            file_name, "blank", "the file holds only blanks. Put the report in it or remove it."
        )
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) * _MAX_CONTROL:
        raise _binary(file_name, "the file holds binary data, not text")
    return text, encoding


def _decode(data: bytes, file_name: str) -> tuple[str, str]:
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise _undecodable(file_name, "UTF-16", error) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        utf8_error = error
    # A NUL byte stands in no GB18030 text, but in nearly every binary file.
    if b"\x00" in data:
        raise _binary(file_name, "the file holds binary data, not text")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise _undecodable(file_name, "UTF-8 or GB18030", utf8_error) from None
    if not _plausible(text[:_SAMPLE]):
        raise _undecodable(file_name, "UTF-8 or GB18030", utf8_error)
    return text, "gb18030"


def _plausible(text: str) -> bool:
    """Whether text that GB18030 accepted looks like Chinese."""
    strange = len(_STRANGE.findall(text))
    han = _HAN.findall(text)
    if strange > (len(han) + strange) * _MAX_STRANGE:
        return False
    common = _common_han()
    return sum(char in common for char in han) >= len(han) * _MIN_COMMON


@cache
def _common_han() -> frozenset[str]:
    """The 3755 characters of GB 2312 level 1: the common ones, code rows B0 to D7."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(b"".join(cells).decode("gb2312", errors="ignore"))


def _binary(file_name: str, what: str) -> DocumentError:
    return DocumentError(
        file_name, "binary", f"{what}. Save the report as a UTF-8 text file and try again."
    )


def _undecodable(file_name: str, tried: str, error: UnicodeDecodeError) -> DocumentError:
    return DocumentError(
        file_name,
        "encoding",
        f"the text is not valid {tried} (first bad byte at {error.start}). "
        "Open it in an editor, save it as UTF-8 and try again.",
    )
