"""Markdown (.md): the text without its marks; tables of bars are found like any in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.reading import plain
from pipelines.reading.document import Document
from pipelines.reading.formats import kinds
from pipelines.reading.formats.builder import Builder
from pipelines.reading.formats.limits import Limits, no_text

_LEAD = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?|(?:[-*+])\s+)")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*```")
_MARKS = re.compile(r"(\*\*|__|`+|~~)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document]:
    """Yield the text of a Markdown file.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: as for plain text.
    """
    del limits
    decoded = plain.decode_bytes(data, file_name)
    builder = Builder()
    lines = decoded.text.removeprefix("\ufeff").splitlines()
    skip = _front_matter(lines)
    for number, line in enumerate(lines[skip:], start=skip + 1):
        if not _RULE.match(line):
            text = _LINK.sub(r"\1", _LEAD.sub("", line))
            builder.paragraph(_MARKS.sub(r"\2", text), f"line {number}")
    if not builder.raw.strip():
        raise no_text(file_name, kinds.MARKDOWN)
    yield Document(
        raw=builder.raw,
        format="markdown",
        encoding=decoded.encoding,
        anchors=tuple(builder.anchors),
        damaged=decoded.damaged,
    )


def _front_matter(lines: list[str]) -> int:
    """How many lines at the top are data about the file."""
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:40], start=1):
            if line.strip() == "---":
                return number + 1
    return 0
