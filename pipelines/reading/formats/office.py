"""Guards the zip files that Word and Excel write: how much they unpack to, and what they may hold.

No macro is run and no link followed by any reader; what is refused here could harm the reader.
"""

from __future__ import annotations

import io
import re
import zipfile

from pipelines.bilingual import Both
from pipelines.reading.formats.limits import Limits, damaged, encrypted, too_large

# No program writes these into an Office file; entities that unfold without end need them.
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 4096


def names_in(data: bytes) -> frozenset[str]:
    """The names of the parts of a zip file; none where it is no zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return frozenset(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def guard(data: bytes, file_name: str, kind: Both, limits: Limits) -> None:
    """Refuse what would unpack to too much, and what declares entities.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        kind: what the file should be, in words.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `too_large`, `hostile`, `encrypted` or `damaged`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            total = sum(part.file_size for part in packed.infolist())
            if total > limits.unpacked_bytes:
                what = Both(f"it unpacks to {total:,} bytes", f"解压后有 {total:,} 字节")
                raise too_large(file_name, what, "ZHIBIAO_MAX_UNPACKED_BYTES")
            for part in packed.infolist():
                if part.flag_bits & 1:
                    raise encrypted(file_name, kind)
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as handle:
                        if _DECLARATION.search(handle.read(_HEAD)):
                            raise damaged(
                                file_name, kind, Both("it declares entities", "其中声明了实体")
                            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise damaged(file_name, kind, error) from error


_HAN = re.compile("[\u3400-\u9fff]")
_LEAST = 6  # Chinese characters of a title


def named(title: str | None, raw: str) -> str | None:
    """The title that the properties of a file give, if it can be one and its text does not have it.

    Programs write their own words there (Microsoft Word - 文档1), or the title of an older file
    that was written over.
    """
    title = " ".join((title or "").split())[:300]
    if len(_HAN.findall(title)) < _LEAST or re.search(
        "Microsoft|WPS|文档|幻灯片|模板|未命名", title
    ):
        return None
    return None if title in raw[:600] else title
