"""Invented reports for tests and benchmarks: seeded, of any number and length.

The grammar of their sentences is `seeds/synth.yml`; drawing from it and putting reports together
belongs here. Every number that a report states is known, so a reader can be held against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from pipelines import lexicon
from pipelines.bilingual import Both
from pipelines.errors import SeedError, SeedFault

_FILE = "synth.yml"
_FOLDER = 1000  # reports in a subfolder
_TOKEN = re.compile(r"\{(\w+)\}|<(\w+)>|\[(-?)([0-9.]+)-([0-9.]+)([^\]]*)\]")
_DIGITS = "零一二三四五六七八九十"
_FIRST_YEAR, _LAST_YEAR = 2003, 2025
# A report that falls short of its length goes through its sections again; the last fifth looks
# ahead.
_DONE_SHARE = 0.8
# One figure or so to a hundred characters, as real reports have them.
_ORDERS = (
    ("words", "prose", "figures", "prose", "prose", "prose", "deeds", "prose", "prose", "prose"),
    ("prose", "figures", "prose", "prose", "words", "prose", "prose", "deeds", "prose", "prose"),
    ("prose", "words", "prose", "deeds", "prose", "prose", "prose", "prose"),
    ("prose", "figures", "prose", "prose", "words", "prose", "prose", "prose"),
)
_TOWNSHIPS = ("街道", "镇", "乡")
_SELF = {"township": "街道", "county": "全县", "city": "全市"}
_ABOVE = {"township": "全区", "county": "全市", "city": "全省"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as a report states it."""

    start: int  # of its digits in the text
    text: str  # digits and unit
    value: Decimal  # in the base unit
    unit: str | None  # the base unit; None where the grammar writes a bare number


@dataclass(frozen=True, slots=True)
class Report:
    """An invented report and what it states."""

    name: str  # of its file, with its subfolder
    text: str
    stated: tuple[Stated, ...]


@dataclass(slots=True)
class _Draft:
    """A report while it is written."""

    draw: Random
    known: Mapping[str, str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    stated: list[Stated] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


_Part = Callable[[_Draft], None]


def reports(count: int, *, seed: int = 0, characters: int = 3000) -> Iterator[Report]:
    """Invented reports, the same for the same seed; a longer series begins with the shorter one.

    Args:
        count: how many.
        seed: which series.
        characters: the least length of each.

    Raises:
        SeedError: the grammar cannot be used.
    """
    for number in range(count):
        yield _report(number, Random(f"{seed}/{number}"), characters)  # noqa: S311


def write_reports(
    folder: Path,
    count: int,
    *,
    seed: int = 0,
    characters: int = 3000,
    progress: Callable[[int], object] | None = None,
) -> int:
    """Write invented reports, a thousand to a subfolder.

    Args:
        folder: made where it is missing; what it holds is kept.
        count: how many.
        seed: which series.
        characters: the least length of each.
        progress: called with the reports done, now and then.

    Returns:
        Characters written.
    """
    written = 0
    for done, report in enumerate(reports(count, seed=seed, characters=characters), 1):
        path = folder / report.name
        if done % _FOLDER == 1:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report.text, "utf-8")
        written += len(report.text)
        if progress and (done % _FOLDER == 0 or done == count):
            progress(done)
    return written


def _report(number: int, draw: Random, characters: int) -> Report:
    grammar = _grammar()
    kind = draw.choice(grammar.kinds)
    draft = _Draft(draw, _facts(draw, kind["level"]))

    def say(rule: str) -> None:
        _named(rule, grammar.rules)(draft)

    def line(part: _Part) -> None:
        part(draft)
        draft.add("\n")

    line(kind["title"])
    draft.add("\n")
    line(grammar.rules[kind["opening"]])
    line(_numbered(1, kind["done"]))
    until = characters * (_DONE_SHARE if kind["ahead"] else 1)
    themes = list(kind["sections"])
    draw.shuffle(themes)
    for place, theme in enumerate(themes, 1):
        draft.add(f"（{_DIGITS[place]}）")
        line(grammar.rules[theme])
        target = draft.length + (until - draft.length) / (len(themes) - place + 1)
        while draft.length < target:
            _paragraph(draft, say, theme)
    if kind["ahead"]:
        line(_numbered(2, kind["ahead"]))
        say(f"ahead_{kind['span']}")
        while draft.length < characters:
            for step in ("goals", "prose", "goals_words", "prose", "prose", "prose"):
                say(step)
        draft.add("\n")
    while draft.length < characters:
        say("prose")
    name = f"{number // _FOLDER:03d}/{number:06d}.txt"
    return Report(name, "".join(draft.parts), tuple(draft.stated))


def _paragraph(draft: _Draft, say: Callable[[str], None], theme: str) -> None:
    """Figures and deeds among words that hold none, in one order or another."""
    for step in draft.draw.choice(_ORDERS):
        say(step if step == "prose" else f"{theme}_{step}")
    draft.add("\n")


def _numbered(place: int, part: _Part) -> _Part:
    def write(draft: _Draft) -> None:
        draft.add(f"{_DIGITS[place]}、")
        part(draft)

    return write


def _facts(draw: Random, level: str) -> dict[str, str]:
    """What a report knows of itself."""
    year = draw.randint(_FIRST_YEAR, _LAST_YEAR)
    path = draw.choice(_regions("county" if level == "township" else level))
    known = {"year": str(year), "last_year": str(year - 1), "next_year": str(year + 1)}
    own, above = _SELF[level], _ABOVE[level]
    if level == "township":
        rules = _grammar().names
        suffix = draw.choice(_TOWNSHIPS)
        path += draw.choice(rules["first"]) + draw.choice(rules["second"]) + suffix
        own = f"全{suffix}"
    return known | {"place": path, "self": own, "above": above}


@cache
def _regions(level: str) -> tuple[str, ...]:
    """Names of the regions of a level, each after the one that it belongs to."""
    rows = {row["code"]: row for row in lexicon.table("regions")}
    found = []
    for row in rows.values():
        if row["level"] == level:
            above = rows.get(row["parent_code"])
            lead = above["name"] if above and above["level"] in ("city", "province") else ""
            found.append(lead + row["name"])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Grammar:
    kinds: tuple[Mapping[str, Any], ...]
    rules: Mapping[str, _Part]
    names: Mapping[str, Sequence[str]]


@cache
def _grammar() -> _Grammar:
    data = yaml.safe_load((lexicon.SEEDS / _FILE).read_text("utf-8"))
    rules: dict[str, _Part] = {}
    for name, alternatives in data["rules"].items():
        rules[name] = _choice([_template(text, rules) for text in alternatives])
    written = ("title", "done", "ahead")
    kinds = tuple(
        kind | {key: kind[key] and _template(kind[key], rules) for key in written}
        for kind in data["kinds"]
    )
    return _Grammar(kinds, rules, data["rules"])


def _choice(parts: Sequence[_Part]) -> _Part:
    def write(draft: _Draft) -> None:
        # As random.choice, in a third of its time.
        parts[int(draft.draw.random() * len(parts))](draft)

    return write


def _template(text: str, rules: Mapping[str, _Part]) -> _Part:
    parts: list[_Part] = []
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            parts.append(_words(text[end : found.start()]))
        name, code, fall, low, high, unit = found.groups()
        if name:
            parts.append(_named(name, rules))
        elif code:
            parts.append(_words(_indicators()[code]))
        else:
            parts.append(_number(low, high, unit, -1 if fall else 1))
        end = found.end()
    if end < len(text):
        parts.append(_words(text[end:]))
    if len(parts) == 1:
        return parts[0]

    def write(draft: _Draft) -> None:
        for part in parts:
            part(draft)

    return write


def _words(text: str) -> _Part:
    return lambda draft: draft.add(text)


def _named(name: str, rules: Mapping[str, _Part]) -> _Part:
    def write(draft: _Draft) -> None:
        if name in draft.known:
            draft.add(draft.known[name])
        elif name in rules:
            rules[name](draft)
        else:
            raise SeedError(
                SeedFault(_FILE, 0, Both(f"there is no rule {name}", f"没有规则 {name}"))
            )

    return write


def _number(low: str, high: str, unit: str, sign: int) -> _Part:
    """Numbers of that range, drawn as whole multiples of their last digit."""
    places = len(low.partition(".")[2])
    least, most = (int(Decimal(end).scaleb(places)) for end in (low, high))
    factor, base = _units()[unit] if unit else (Decimal(1), None)

    def write(draft: _Draft) -> None:
        ticks = least + int(draft.draw.random() * (most - least + 1))
        digits = f"{ticks // 10**places}.{ticks % 10**places:0{places}d}" if places else str(ticks)
        value = Decimal(ticks).scaleb(-places) * factor * sign
        draft.stated.append(Stated(draft.length, digits + unit, value, base))
        draft.add(digits + unit)

    return write


@cache
def _indicators() -> dict[str, str]:
    return {row["code"]: row["name_zh"] for row in lexicon.table("indicators")}


@cache
def _units() -> dict[str, tuple[Decimal, str]]:
    """Factor and base unit by what is written, 万 and 亿 before it."""
    found: dict[str, tuple[Decimal, str]] = {}
    for row in lexicon.table("units"):
        for mark, power in (("", 0), ("万", 4), ("亿", 8)):
            factor = Decimal(row["factor"]).scaleb(power)
            found.setdefault(mark + row["surface"], (factor, row["unit"]))
    return found
