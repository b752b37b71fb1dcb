"""Zip files: each file in one is read like a file of the folder. Nothing is written anywhere."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading.document import Document, Refused
from pipelines.reading.formats import kinds
from pipelines.reading.formats.limits import Limits, damaged, too_large

_Reader = Callable[[bytes, str, Limits], Iterator[Document | Refused]]
# What archives hold beside reports: what systems leave, pictures, what makes up a page.
_SILENT = frozenset(
    [
        ".css",
        ".js",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".ico",
        ".woff",
        ".woff2",
        ".ttf",
        ".mp4",
        ".mp3",
        ".json",
        ".md",
        ".py",
        ".yml",
    ]
)


def read(
    data: bytes, file_name: str, limits: Limits, read_member: _Reader
) -> Iterator[Document | Refused]:
    """Yield the reports of an archive.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.
        read_member: reads one file of the archive.

    Raises:
        DocumentError: reason `damaged` or `too_large`.
    """
    if limits.depth <= 0:
        raise DocumentError(
            file_name,
            "too_large",
            Both(
                "archives lie in archives, too deep. Unpack them and try again.",
                "压缩包层层嵌套，过深。请解压后再试。",
            ),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            if len(members) > limits.members:
                what = Both(f"it has {len(members):,} files", f"共 {len(members):,} 个文件")
                raise too_large(file_name, what, "ZHIBIAO_MAX_MEMBERS")
            left = limits.unpacked_bytes
            inner = limits._replace(depth=limits.depth - 1)
            for member in members:
                name = _name(member)
                if _left_out(name):
                    continue
                left -= member.file_size
                if left < 0:
                    raise too_large(
                        file_name,
                        Both(
                            f"it unpacks to more than {limits.unpacked_bytes:,} bytes",
                            f"解压后超过 {limits.unpacked_bytes:,} 字节",
                        ),
                        "ZHIBIAO_MAX_UNPACKED_BYTES",
                    )
                yield from _member(
                    packed, member, name, inner._replace(unpacked_bytes=left + 1), read_member
                )
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error) as error:
        raise damaged(file_name, kinds.ZIP, error) from error


def _member(
    packed: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    name: str,
    limits: Limits,
    read_member: _Reader,
) -> Iterator[Document | Refused]:
    if member.flag_bits & 1:
        detail = Both(
            "it asks for a password. Save it without one.", "设有密码。请另存为不加密的文件。"
        )
        yield Refused(name, "encrypted", detail)
        return
    try:
        content = packed.read(member)
        for found in read_member(content, name, limits):
            part = f"{name}/{found.part}" if found.part else name
            if isinstance(found, Refused):
                yield found._replace(part=part)
            else:
                yield replace(found, part=part)
    except DocumentError as error:
        yield Refused(name, error.reason, error.detail)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError) as error:
        detail = Both(f"it cannot be unpacked ({error}).", f"无法解压（{error}）。")
        yield Refused(name, "damaged", detail)


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member as a relative path; one packed on Windows in China is in GBK."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = member.filename
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "".join(c if c.isprintable() else "\ufffd" for c in "/".join(parts)) or "unnamed"


def _left_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in _SILENT or any(
        part.startswith((".", "__MACOSX")) for part in path.parts
    )
