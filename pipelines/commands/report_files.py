"""What a command reads when it is given one report file: its bytes, and the reports in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading.document import Document, Refused
from pipelines.reading.formats.apart import read_file
from pipelines.settings import load_settings

STANDARD_INPUT = "-"


def name_of(file: str) -> str:
    """The name of a report file; standard input counts as plain text."""
    return "stdin.txt" if file == STANDARD_INPUT else Path(file).name


def documents(file: str) -> Iterator[Document | Refused]:
    """Yield the reports of a file, or of standard input for `-`.

    Raises:
        DocumentError: it is too large, or nothing of it can be read.
        OSError: it cannot be opened.
    """
    yield from read_file(_bytes(file, load_settings().max_report_bytes), name_of(file))


def _bytes(file: str, limit: int) -> bytes:
    """The bytes of a report; no more than are needed is read."""
    if file == STANDARD_INPUT:
        data = sys.stdin.buffer.read(limit + 1)
    else:
        with Path(file).open("rb") as handle:
            data = handle.read(limit + 1)
    if len(data) > limit:
        detail = Both(
            f"it is longer than the {limit:,} bytes that ZHIBIAO_MAX_REPORT_BYTES allows",
            f"超过 ZHIBIAO_MAX_REPORT_BYTES 允许的 {limit:,} 字节",
        )
        raise DocumentError(file, "too_large", detail)
    return data
