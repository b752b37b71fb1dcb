"""Signs for characters that a terminal or a page would obey. Which these are, each says itself."""

from __future__ import annotations

import re


def picture(match: re.Match[str]) -> str:
    """The sign in the place of the matched character: ␛ for an escape, U+FFFD where it has none."""
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode has a picture of each
    return "\u2421" if code == 0x7F else "\ufffd"
