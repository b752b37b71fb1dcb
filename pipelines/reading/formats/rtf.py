"""Rich Text files (.rtf): their text; rows of tables come with bars between the cells."""

from __future__ import annotations

from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from pipelines.reading.document import Document
from pipelines.reading.formats import kinds
from pipelines.reading.formats.builder import Builder
from pipelines.reading.formats.limits import Limits, damaged, no_text


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document]:
    """Yield the text of an RTF file.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `damaged` or `blank`.
    """
    del limits
    try:
        text: str = rtf_to_text(data.decode("latin-1"), encoding="gb18030", errors="replace")
    except Exception as error:  # whatever the library meets
        raise damaged(file_name, kinds.RTF, error) from error
    builder = Builder()
    for number, line in enumerate(text.split("\n"), start=1):
        builder.paragraph(line.replace("\t", " "), f"paragraph {number}")
    if not builder.raw.strip():
        raise no_text(file_name, kinds.RTF)
    yield Document(
        raw=builder.raw,
        format="rtf",
        encoding="utf-8",
        anchors=tuple(builder.anchors),
        damaged=builder.raw.count("\ufffd"),
    )
