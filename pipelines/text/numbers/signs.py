"""Numerals that are one sign by themselves (① ⑴ Ⅻ ½ ㋀), as the Unicode database has them.

Digits of other scripts are no signs: `reading/clean.py` folds them to ASCII digits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipelines.text.model import Disposition

# Where such signs stand. Above the first plane the scanner looks at the whole stretch, for a
# pattern with a hundred ranges is a hundred times as slow as one with one.
_FIRST_PLANE = range(0xB2, 0xA840)
_HIGHER = range(0x10100, 0x1FBFA)
HIGHER = f"{chr(_HIGHER.start)}-{chr(_HIGHER.stop - 1)}"
_LISTING = ("CIRCLED", "PARENTHESIZED", "FULL STOP", "COMMA")


class Sign(NamedTuple):
    """What one sign says."""

    value: Decimal | None  # None for a fraction: there is no figure that it states alone
    disposition: Disposition


@cache
def signs() -> Mapping[str, Sign]:
    """All signs. The zero 〇 is a Chinese digit and none of them."""
    found: dict[str, Sign] = {}
    for codes in (_FIRST_PLANE, _HIGHER):
        for char in map(chr, codes):
            category = unicodedata.category(char)
            if category in ("No", "Nl") and char != "〇":
                found[char] = _sign(char)
            elif category == "So":
                name = unicodedata.name(char)
                if name.startswith("IDEOGRAPHIC TELEGRAPH SYMBOL"):  # ㋀ 1月, ㍘ 0点, ㏠ 1日
                    digits = "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", char)))
                    found[char] = Sign(Decimal(digits), "date")
    return found


@cache
def first_plane() -> str:
    """The signs of the first plane, to stand in a class of a pattern."""
    return "".join(sorted(char for char in signs() if ord(char) in _FIRST_PLANE))


def _sign(char: str) -> Sign:
    value = unicodedata.numeric(char, 0.5)
    whole = Decimal(int(value)) if value.is_integer() else None
    if whole is None:
        return Sign(None, "unknown")
    listing = any(word in unicodedata.name(char) for word in _LISTING)
    return Sign(whole, "list_number" if listing else "label")
