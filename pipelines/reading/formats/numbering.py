"""The numbers that Word shows before paragraphs of lists and headings: 一、 (二) 3.

They are in no text of the file, only in definitions; readers see them, and they tell sections.
"""

from __future__ import annotations

import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

_HAN = "〇一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")
_MOST = 9_999
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    }
)
_ROMAN = (
    *((100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LEGAL = str.maketrans(_HAN + "十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


class Numbering:
    """Counts the numbered paragraphs of a Word file."""

    def __init__(self, word: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}  # by list: its levels
        self._roots: dict[str, str] = {}  # by list: the definition whose count it shares
        self._styles: dict[str, Any] = {}
        self._counts: dict[str, list[int]] = {}
        try:
            part = word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            return
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
        abstract = {
            one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))
        }
        for one in root.findall(qn("w:num")):
            link = one.find(qn("w:abstractNumId"))
            target = link.get(qn("w:val")) if link is not None else None
            definition = abstract.get(target)
            if definition is None:
                continue
            name = str(one.get(qn("w:numId")))
            self._levels[name] = _levels(definition, one)
            starts = one.find(f".//{qn('w:startOverride')}") is not None
            self._roots[name] = name if starts else f"definition {target}"
        for style in word.styles.element.findall(qn("w:style")):
            self._styles[str(style.get(qn("w:styleId")))] = style

    def before(self, paragraph: Any) -> str:
        """The number that is shown before a paragraph, or nothing; counts it."""
        if not self._levels:
            return ""
        name, level = self._list_of(paragraph.find(qn("w:pPr")))
        levels = self._levels.get(name)
        if levels is None or level not in levels:
            return ""
        counts = self._counts.setdefault(self._roots[name], [])
        while len(counts) <= level:
            counts.append(_start(levels.get(len(counts))) - 1)
        counts[level] = min(counts[level] + 1, _MOST)
        del counts[level + 1 :]
        form = _value(levels[level], "w:lvlText") or ""
        if _value(levels[level], "w:numFmt") in ("bullet", "none", None):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at >= len(counts) or at not in levels:
                return ""
            return numeral(counts[at], _value(levels[at], "w:numFmt") or "decimal")

        return _PLACE.sub(shown, form)

    def _list_of(self, properties: Any) -> tuple[str, int]:
        """The list of a paragraph and its level there, by itself or by its style."""
        seen = 0
        level: int | None = None
        while properties is not None and seen < 20:
            number = properties.find(qn("w:numPr"))
            if number is not None:
                given = _value(number, "w:ilvl")
                if level is None and given is not None and given.isdecimal():
                    level = int(given[:2])
                name = _value(number, "w:numId")
                if name is not None:
                    return name, level or 0
            style = _value(properties, "w:pStyle") or _value(properties.getparent(), "w:basedOn")
            owner = self._styles.get(style or "")
            properties = owner.find(qn("w:pPr")) if owner is not None else None
            seen += 1
        return "", 0


def _levels(definition: Any, one: Any) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for level in (*definition.findall(qn("w:lvl")), *one.findall(f".//{qn('w:lvl')}")):
        number = level.get(qn("w:ilvl")) or ""
        if number.isdecimal() and len(number) < 3:
            found[int(number)] = level
    return found


def _start(level: Any) -> int:
    value = _value(level, "w:start") if level is not None else None
    return int(value) if value and value.isdecimal() and len(value) < 5 else 1


def _value(element: Any, name: str) -> str | None:
    child = element.find(qn(name)) if element is not None else None
    return child.get(qn("w:val")) if child is not None else None


def numeral(value: int, form: str) -> str:
    """A number as Word shows it.

    Args:
        value: from 0.
        form: as a definition names it: decimal, chineseCountingThousand, upperRoman …
    """
    if form in _CHINESE:
        return _han(value)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _han(value).translate(_LEGAL)
    if form.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form in ("lowerLetter", "upperLetter") and value >= 1:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= value < 400:
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    return str(value)


def _han(value: int) -> str:
    if value < 10:
        return _HAN[value]
    made, rest = "", value
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, unit)
        if digit:
            made += ("" if not made and digit == 1 and unit == 10 else _HAN[digit]) + name
        elif made and rest and not made.endswith("〇"):
            made += "〇"
    return (made + (_HAN[rest] if rest else "")).replace("〇", "零")


def _roman(value: int) -> str:
    made = ""
    for number, sign in _ROMAN:
        times, value = divmod(value, number)
        made += sign * times
    return made
