"""Plain-text files: which encoding the bytes are in. Nothing about what the text says.

The order is fixed, so the same bytes always give the same text: a UTF-16 mark, UTF-8, UTF-16
without a mark, GB18030 (which contains GBK and GB2312), Big5. UTF-8 hardly ever accepts bytes of
another encoding; the others accept many, so what they yield must also look like Chinese. What a
file declares of itself is not asked: it is often wrong, and the bytes are not.

Where no encoding takes all bytes, the one that takes nearly all is used: each place that it does
not take becomes U+FFFD and is counted. Text that was once decoded with a wrong encoding and saved
so is put right where every character can be traced to its byte.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

from pipelines.bilingual import Both
from pipelines.errors import DocumentError

_IMAGE = Both("an image", "图片")
_DATA = Both("the file is binary data, not text", "文件是二进制数据，不是文本")
# Files of other kinds that people rename to .txt, by their first bytes.
_SIGNATURES = (
    (b"%PDF", Both("a PDF document", "PDF 文件")),
    (b"PK\x03\x04", Both("a Word, Excel or zip file", "Word、Excel 或 zip 文件")),
    (b"\xd0\xcf\x11\xe0", Both("an old Word or Excel file", "旧版 Word 或 Excel 文件")),
    (b"{\\rtf", Both("an RTF document", "RTF 文件")),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text file holds; tab, line ends, form feed and the DOS end mark may.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# What Big5 or Shift-JIS bytes turn into when read as GB18030: private use, kana, Greek, Cyrillic.
_STRANGE = re.compile("[\ue000-\uf8ff\u3041-\u30ff\u0370-\u04ff]")
_LATIN_1 = re.compile("[\x80-\xff\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_SAMPLE = 200_000  # characters looked at: enough to tell, and quick on a large file
_GLANCE = 4_000  # characters looked at in every text
_MAX_CONTROL = 0.002
_MAX_STRANGE = 0.05
# Simplified text has .95 and more of its characters in the common set, Traditional text in GBK
# above .5, UTF-8 read as GB18030 below .25.
_MIN_COMMON = 0.4
_MISREAD = 0.5
_SURE = 0.8
_MIN_HAN = 0.2  # of the characters of text in Chinese
_FEW = 20  # Han characters below which shares say nothing
_DAMAGED = re.compile("\ufffd+")
_MAX_DAMAGED = 0.02  # of the characters: a file with more is not in that encoding
_MAX_MISREAD_DAMAGE = 0.1  # a wrong decoding loses the odd byte before each ASCII character
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
}


class Decoded(NamedTuple):
    """The text of some bytes."""

    text: str
    encoding: str  # `utf-8 as gb18030`: UTF-8 that was read as GB18030 and saved so
    damaged: int  # places of U+FFFD in the text


def read(data: bytes, file_name: str) -> tuple[str, str]:
    """Decode the bytes of a text file; see `decode_bytes`."""
    decoded = decode_bytes(data, file_name)
    return decoded.text, decoded.encoding


def decode_bytes(data: bytes, file_name: str) -> Decoded:
    """Decode the bytes of a text file.

    Args:
        data: the whole file.
        file_name: as the messages shall name it.

    Returns:
        The text, exactly as `data.decode(encoding)` gives it where nothing is damaged or misread.

    Raises:
        DocumentError: reason `empty`, `blank`, `binary` or `encoding`.
    """
    if not data:
        raise DocumentError(
            file_name,
            "empty",
            Both(
                "the file is empty (0 bytes). Put the report in it or remove it.",
                "文件是空的（0 字节）。请放入报告内容，或移走文件。",
            ),
        )
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _binary(
                file_name,
                Both(f"the file is {kind}, not text", f"文件是{kind.zh}，不是文本"),
            )
    text, encoding = _put_right(*_decode(data, file_name))
    if not text.strip(" \t\r\n\f\v\ufeff\u3000\xa0\u200b\x1a"):
        raise DocumentError(
            file_name,
            "blank",
            Both(
                "the file has only blanks. Put the report in it or remove it.",
                "文件只有空白。请放入报告内容，或移走文件。",
            ),
        )
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) * _MAX_CONTROL:
        raise _binary(file_name, _DATA)
    return Decoded(text, encoding, damaged_places(text))


def damaged_places(text: str) -> int:
    """How many places of a text were bytes that are no text."""
    return len(_DAMAGED.findall(text)) if "\ufffd" in text else 0


def _decode(data: bytes, file_name: str) -> tuple[str, str]:
    tries: list[
        tuple[str, int]
    ] = []  # encodings that do not take all bytes, and the first not taken
    if data.startswith(_UTF16_MARKS):
        candidates: tuple[str, ...] = ("utf-16",)
    elif data.startswith(codecs.BOM_UTF8) or b"\x00" not in data:
        candidates = ("utf-8", "gb18030", "big5hkscs")
    else:
        candidates = ("utf-8", *_utf16_without_mark(data))
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            tries.append((encoding, error.start))
            continue
        if encoding in ("utf-8", "utf-16") or _plausible(text[:_SAMPLE], encoding):
            return text, encoding
    if b"\x00" in data and "utf-16" not in candidates:
        raise _binary(file_name, _DATA)
    found = _damaged(data, candidates)
    if found is None:
        raise _undecodable(file_name, tries)
    return found


def _utf16_without_mark(data: bytes) -> tuple[str, ...]:
    """UTF-16 in the order of bytes that gives common characters; NUL is a byte of 一 and of 1."""
    if len(data) % 2:
        return ()
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(encoding, "ignore")
        han = _HAN.findall(text)
        share = max(_common_share(han), _common_share(han, traditional=True))
        if len(han) >= len(text) * _MIN_HAN and share > _SURE:
            return (encoding,)
    return ()


def _damaged(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    """The text in the encoding that takes nearly all bytes, with U+FFFD for the others."""
    best: tuple[int, str, str] | None = None
    for encoding in encodings:
        text = data.decode(encoding, "replace")
        # UTF-16 has nothing else to look at: a text cut in half a unit is damaged at its end.
        count = text.count("\ufffd")
        few = count <= max(len(text) * _MAX_DAMAGED, 1)
        sure = _plausible(text[:_SAMPLE], encoding) and len(_HAN.findall(text[:_SAMPLE])) >= _FEW
        if few and sure and (best is None or count < best[0]):
            best = (count, text, encoding)
    return best and best[1:]


def _put_right(text: str, encoding: str) -> tuple[str, str]:
    """Undo a decoding that was wrong, where every character can be traced to its byte.

    中国 in UTF-8 becomes 涓浗 as GB18030 and ä¸­å›½ as Windows-1252; in GBK it becomes ÖÐ¹ú. What is
    undone must be valid in the right encoding and look like Chinese, which no other text does.
    """
    glance = text[:_GLANCE]
    han = _HAN.findall(glance)
    body = text.removeprefix("\ufeff")
    if len(_LATIN_1.findall(glance)) > max(len(han), _FEW):
        wrong, rights = "latin-1", ["utf-8", "gb18030"]
        # Windows-1252 has letters for most of the 32 bytes that are controls in Latin-1.
        data = body.translate(_windows_1252()).encode("latin-1", "replace")
    elif len(han) >= _FEW and _common_share(han) < _MISREAD:
        wrong, rights = "gb18030", ["utf-8"]
        data = body.replace("\ufffd", "?").encode("gb18030", "replace")
    else:
        return text, encoding
    for right in rights:
        undone = data.decode(right, "replace")
        few = undone.count("\ufffd") <= len(undone) * _MAX_MISREAD_DAMAGE
        found = _HAN.findall(undone[:_GLANCE])
        if few and len(found) >= _FEW and _common_share(found) > _SURE:
            return undone, f"{right} as {wrong}"
    return text, encoding


@cache
def _windows_1252() -> dict[int, int]:
    """By the characters that Windows-1252 has and Latin-1 has not, their bytes."""
    table = {}
    for byte in range(0x80, 0xA0):
        char = bytes((byte,)).decode("cp1252", "ignore")
        if char:
            table[ord(char)] = byte
    return table


def _plausible(text: str, encoding: str) -> bool:
    """Whether text that an encoding took looks like Chinese."""
    strange = len(_STRANGE.findall(text))
    han = _HAN.findall(text)
    if strange > (len(han) + strange) * _MAX_STRANGE:
        return False
    if encoding == "big5hkscs":
        return bool(han) and _common_share(han, traditional=True) >= _SURE
    return _common_share(han) >= _MIN_COMMON


def _common_share(han: list[str], *, traditional: bool = False) -> float:
    common = _common_traditional() if traditional else _common_han()
    return sum(char in common for char in han) / len(han) if han else 1.0


@cache
def _common_han() -> frozenset[str]:
    """The 3755 characters of GB 2312 level 1: the common ones, code rows B0 to D7."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(b"".join(cells).decode("gb2312", errors="ignore"))


@cache
def _common_traditional() -> frozenset[str]:
    """The 5401 characters of Big5 level 1: the common ones, code rows A4 to C6."""
    seconds = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    cells = (bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in seconds)
    return frozenset(b"".join(cells).decode("big5", errors="ignore"))


def _binary(file_name: str, what: Both) -> DocumentError:
    return DocumentError(
        file_name,
        "binary",
        Both(
            f"{what}. Save the report as a UTF-8 text file and try again.",
            f"{what.zh}。请将报告另存为 UTF-8 文本文件后再试。",
        ),
    )


def _undecodable(file_name: str, tries: list[tuple[str, int]]) -> DocumentError:
    said = Both("none", "无")
    if tries:
        places = [(at, _NAMES[encoding]) for encoding, at in tries]
        said = Both(
            ", ".join([f"byte {at} in {name}" for at, name in places]),
            "、".join([f"{name} 第 {at} 字节" for at, name in places]),
        )
    return DocumentError(
        file_name,
        "encoding",
        Both(
            f"the text is in none of the encodings that were tried (first bad byte: {said}). "
            "Open it in an editor, save it as UTF-8 and try again.",
            f"试过的编码都不符（首个不符的字节：{said.zh}）。请用编辑器打开，另存为 UTF-8 后再试。",
        ),
    )
