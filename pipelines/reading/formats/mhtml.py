"""Web pages saved with their pictures in one file (MHTML): the page among its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy

from pipelines.bilingual import Both
from pipelines.reading.document import Document
from pipelines.reading.formats import html, kinds
from pipelines.reading.formats.limits import Limits, damaged


def read(data: bytes, file_name: str, limits: Limits) -> Iterator[Document]:
    """Yield the article of the first page of the file.

    Args:
        data: the bytes of the file.
        file_name: its name, for messages and titles.
        limits: how much of it may be read and unpacked.

    Raises:
        DocumentError: reason `damaged`, or one of web pages.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                url = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                for document in html.read(payload, file_name, limits):
                    yield replace(
                        document,
                        format="mhtml",
                        source_url=document.source_url or (str(url).strip() if url else None),
                    )
                return
    raise damaged(file_name, kinds.SAVED_PAGE, Both("there is no page in it", "其中没有网页"))
