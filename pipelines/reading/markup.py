"""Marks of web pages that were pasted into a plain text: tags, and names of characters.

A page is read by `formats/html`; here are the remains of one in a text file. A tag with a digit
stays as it is: every numeral of a text is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

_BLOCK = "p|br|div|tr|table|tbody|thead|li|ul|ol|h[1-6]|hr|center|blockquote"
_INLINE = "span|b|strong|i|em|u|font|a|td|th|sup|sub|img|o:p|small|ins|label"
_TAG = re.compile(
    f"<(?:(?P<block>/?(?:{_BLOCK}))|/?(?:{_INLINE}))(?:\\s[^<>\\n0-9]{{0,300}})?/?>", re.IGNORECASE
)
_NAMED = re.compile("&(?:([a-zA-Z]{2,8})|#([0-9]{2,7})|#[xX]([0-9a-fA-F]{2,6}));")
_BLANKS = frozenset({"nbsp", "ensp", "emsp", "thinsp"})


def _meant(entity: re.Match[str]) -> str:
    """The character of an entity, by name or number; nothing where there is none that shows."""
    if entity[1]:
        return " " if entity[1] in _BLANKS else html5.get(f"{entity[1]};", "")
    code = int(entity[2]) if entity[2] else int(entity[3], 16)
    char = chr(code) if code < 0x110000 else ""
    return " " if char == "\xa0" else char if char.isprintable() else ""


def marks(text: str) -> Iterator[tuple[int, int, str]]:
    """What stands for something else: its span, and the one character or nothing that it means.

    Args:
        text: any text, with ASCII forms.
    """
    found: list[tuple[int, int, str]] = []
    if "<" in text:
        found += [(*match.span(), "\n" if match["block"] else "") for match in _TAG.finditer(text)]
    if "&" in text:
        for match in _NAMED.finditer(text):
            char = _meant(match)
            if len(char) == 1:
                found.append((*match.span(), char))
    end = 0
    for start, stop, char in sorted(found):
        if start >= end:
            yield start, stop, char
            end = stop
