"""Traditional characters as Simplified ones, one for one, where the text is Traditional."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_SHARE = 20  # one Traditional character in so many makes a text Traditional


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Simplified characters, one for one.

    OpenCC looks at phrases (乾隆 keeps its 乾). Where a phrase changes the number of characters,
    the line is converted character by character, so that offsets hold.
    """
    simple: str = _converter().convert(text)
    if len(simple) != len(text):
        simple = "\n".join(map(_simplify_line, text.split("\n")))
    if simple == text:
        return simple
    # A Simplified text keeps what it may have: the 乾 of 乾安县 is no 干 there.
    kept = [one.start() for one in _of_both().finditer(text) if simple[one.start()] != one[0]]
    if not kept or _is_traditional(text):
        return simple
    characters = list(simple)
    for place in kept:
        characters[place] = text[place]
    return "".join(characters)


@cache
def _of_both() -> re.Pattern[str]:
    """Traditional characters that the Simplified set has, too."""
    return re.compile(f"[{''.join(sorted(traditional() - _only_traditional()))}]")


def _is_traditional(text: str) -> bool:
    """Whether more than one in twenty characters is Traditional only."""
    return len(_is_only_traditional().findall(text)) * _SHARE > len(text)


@cache
def _is_only_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_only_traditional()))}]")


def _simplify_line(line: str) -> str:
    simple: str = _converter().convert(line)
    return simple if len(simple) == len(line) else line.translate(_traditional_table())


@cache
def _traditional_table() -> dict[int, str]:
    """Single characters that have a Simplified form of one character."""
    chars = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    forms = _converter().convert("\n".join(chars)).split("\n")
    return {
        ord(char): form
        for char, form in zip(chars, forms, strict=True)
        if form != char and len(form) == 1
    }


@cache
def traditional() -> frozenset[str]:
    """Characters that have another form in the Simplified script."""
    return frozenset(map(chr, _traditional_table()))


@cache
def _only_traditional() -> frozenset[str]:
    """Traditional characters that GB 2312, the Simplified set, does not have."""
    return frozenset(char for char in traditional() if not char.encode("gb2312", "ignore"))
