"""What the first bytes of a file say of its format, where that takes more than a comparison."""

from __future__ import annotations

import re

_TAG = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|title|div|table|p|script|style)[\s>/]", re.IGNORECASE
)
_PAGE = re.compile(rb"<(?:!doctype html|html|body)[\s>]", re.IGNORECASE)
_MAIL = re.compile(rb"\s*(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location):")
_PART = re.compile(rb"multipart/related|content-type:\s*text/html", re.IGNORECASE)


def is_page(head: bytes) -> bool:
    """Whether a file that begins so is a web page.

    Its first character opens a tag, or it has tags that only pages have.
    """
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bool((_TAG if text.startswith(b"<") else _PAGE).search(text))


def is_saved_page(head: bytes) -> bool:
    """Whether a file that begins so is a page that was saved in the form of a mail."""
    return bool(_MAIL.match(head) and _PART.search(head))
