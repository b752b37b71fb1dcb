"""Bytes of a report file to its raw text. One module a format; this one chooses among them.

A format is a function (data, file name) -> (raw text, encoding). A new one is a new module and
a line in `_READERS`: the folder of reports takes what has such a suffix. `decode` itself tries
files of any other suffix as plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from pipelines.reading import plain

_Reader = Callable[[bytes, str], tuple[str, str]]

_READERS: Mapping[str, tuple[str, _Reader]] = {".txt": ("text", plain.read)}
SUFFIXES = frozenset(_READERS)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A report as raw text, untouched: line ends and byte-order mark as the encoding gives them."""

    raw: str
    encoding: str
    format: str


def decode(data: bytes, file_name: str) -> Decoded:
    """Turn the bytes of a report file into raw text.

    Args:
        data: the whole file.
        file_name: its name; the suffix chooses the format, and messages name it.

    Returns:
        The raw text, with `raw == data.decode(encoding)` for plain text.

    Raises:
        DocumentError: the file cannot be read; `reason` is empty, blank, binary or encoding.
    """
    suffix = PurePath(file_name).suffix.lower()
    name, read = _READERS.get(suffix, _READERS[".txt"])
    raw, encoding = read(data, file_name)
    return Decoded(raw, encoding, name)
