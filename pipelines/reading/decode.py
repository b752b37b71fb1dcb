"""Bytes of a plain-text file to its raw text, for whoever knows that it is one.

Files of any format are read by `formats.registry`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.reading import plain


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, untouched: line ends and byte-order mark as the encoding gives them."""

    raw: str
    encoding: str
    format: str = "text"


def decode(data: bytes, file_name: str) -> Decoded:
    """Turn the bytes of a text file into raw text.

    Args:
        data: the whole file.
        file_name: its name, for messages.

    Returns:
        The raw text, with `raw == data.decode(encoding)` where nothing is damaged or misread.

    Raises:
        DocumentError: the file cannot be read; `reason` is empty, blank, binary or encoding.
    """
    decoded = plain.decode_bytes(data, file_name)
    return Decoded(decoded.text, decoded.encoding)
