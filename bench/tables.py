"""Figures of the benchmarks as tables: for people at a terminal, and for docs/performance.md.

What is measured is not decided here; what is derived of it (speeds, ratios, shares) is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table as RichTable

BEGIN = "<!-- tables: written by `make bench DOCS=1`; do not edit by hand -->"
END = "<!-- end of tables -->"
JIEBA = "jieba.cut"
WHOLE = "text → observations"
# What is left of the whole beside the stages that are measured by themselves.
_REST = "tokens, bind, codes, rows"
_MISSING = "missing"

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and what must be known to read it. All but the first column: right."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def show(tables: Iterable[Table]) -> None:
    """Print tables to the terminal."""
    console = Console(width=None if sys.stdout.isatty() else 110)
    for table in tables:
        drawn = RichTable(title=table.title, title_justify="left", title_style="bold")
        for number, head in enumerate(table.heads):
            drawn.add_column(head, justify="right" if number else "left")
        for row in table.rows:
            drawn.add_row(*row)
        console.print(drawn)
        console.print(table.note, highlight=False)
        console.print()


def rewritten(
    document: str, head: str, tables: Iterable[Table], marks: tuple[str, str] = (BEGIN, END)
) -> str:
    """The document with new tables between its marks.

    Args:
        document: Markdown with the lines of the marks.
        head: what stands above the tables.
        tables: what stands between.
        marks: the lines before and behind.

    Raises:
        SystemExit: the document lacks the marks.
    """
    before, begin, rest = document.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise SystemExit(f"the document lacks the lines {marks[0]} and {marks[1]}")
    parts = [f"{before}{marks[0]}", head, *("\n".join(_markdown(table)) for table in tables)]
    return "\n\n".join([*parts, f"{marks[1]}{after}"])


def stages(figures: Figures) -> Table:
    """Speed of each stage, out of `bench.parse_speed`."""
    seconds: dict[str, float] = dict(figures["seconds"])
    jieba, whole = seconds.pop(JIEBA), seconds.pop(WHOLE)
    rest = whole - sum(seconds.values())
    rows = [*seconds.items(), (_REST, rest), (WHOLE, whole), (JIEBA, jieba)]
    characters = figures["characters"]
    return Table(
        f"Stages, {figures['mode']}",
        f"{_size(figures)}, {figures['observations']:,} observations: "
        f"{_ratio(1e6 * whole, figures['observations'], 0)} µs an observation.",
        ("stage", "M characters/s", "× jieba.cut", "% of the whole"),
        tuple(
            (
                name,
                _ratio(characters / 1e6, of),
                _ratio(jieba, of),
                "" if name == JIEBA else _ratio(100 * of, whole, 1),
            )
            for name, of in rows
        ),
    )


def speeds(race: Figures) -> Iterator[Table]:
    """Speed of the contestants on the sample and on the densest texts, out of `bench.peers`."""
    sets = race["sets"]
    yield Table(
        "Side by side",
        f"{_size(sets['sample'])}; the share is every tenth text, {_size(sets['share'])}. The "
        "last columns divide the speed of zhibiao by that of the row, over the same texts. "
        + " ".join([*(_spread(race, row) for row in _own(race)), *_reasons(race)]),
        ("", "read", *_heads(race)),
        tuple(
            (row["label"], "share" if row["slow"] else "all", *_speeds(race, row, _read_by(row)))
            for row in [*race["rows"], *_together(race)]
        ),
    )
    yield Table(
        "The texts with the most figures",
        f"{_size(sets['densest'])}: the densest of the folder, and the slowest to read.",
        ("", *_heads(race)),
        tuple(
            (row["label"], *_speeds(race, row, "densest"))
            for row in race["rows"]
            if not row["slow"]
        ),
    )


def costs(race: Figures) -> Table:
    """What each contestant takes and gives, out of `bench.peers`."""
    return Table(
        "Start, memory, results",
        "CPU seconds from the start of the process until its first sentence is read; the most "
        "memory it held, having read all; words of jieba, spans of the peers (of seven models, "
        "which may overlap), observations of zhibiao.",
        ("", "start s", "peak MB", "results / 1,000 characters", "µs a result"),
        tuple(
            (row["label"], *_cost(race["sets"][_read_by(row)], row, _read_by(row)))
            for row in race["rows"]
        ),
    )


def hot_spots(figures: Figures) -> Iterator[Table]:
    """Modules and functions by the time they take themselves, out of `bench.hot_spots`."""
    note = (
        "Time spent in the Python code itself and in the C functions that it calls (patterns, the "
        "tagger, dictionaries), as cProfile sees it, of the interpreted parser."
    )
    for kind in ("modules", "functions"):
        rows = []
        so_far = 0.0
        for of in figures[kind]:
            so_far += of["seconds"]
            shares = (_ratio(100 * part, figures["seconds"], 1) for part in (of["seconds"], so_far))
            rows.append((of["name"], f"{of['calls']:,}", *shares))
        heads = (kind.removesuffix("s"), "calls", "own %", "sum %")
        yield Table(f"Where the time goes: {kind}", note, heads, tuple(rows))


def star(figures: Figures) -> Table:
    """Time and size of the star beside a bare copy, out of `bench.star_load`."""
    return Table(
        "Loading the star",
        f"{figures['observations']:,} generated observations with their numerals, sentences and "
        "words: a bare `create table … as` of the staged Parquet, and the star of the same files, "
        "with the same two threads and 2 GB.",
        ("", "bare copy", "star", "ratio"),
        tuple(
            (name, *(f"{of[one] / unit:,.1f}" for one in ("bare", "star")),
             _ratio(of["star"], of["bare"]))
            for name, of, unit in (
                ("seconds", figures["seconds"], 1),
                ("MB", figures["bytes"], 1e6),
            )
        ),
    )  # fmt: skip


def _heads(race: Figures) -> tuple[str, ...]:
    return ("characters/s", "× jieba.cut", *(f"{_mode(row)} ÷ this" for row in _own(race)))


def _speeds(race: Figures, row: Figures, name: str) -> tuple[str, ...]:
    """Cells of speed and ratios of a row on a set."""
    columns = 2 + len(_own(race))
    if "missing" in row:
        return (_MISSING, *[""] * (columns - 1))
    seconds = _best(row, name)
    return (
        _ratio(race["sets"][name]["characters"], seconds, 0),
        _ratio(_best(_jieba(race), name), seconds),
        *(_ratio(seconds, _best(own, name)) for own in _own(race)),
    )


def _cost(size: Figures, row: Figures, name: str) -> tuple[str, ...]:
    if "missing" in row:
        return (_MISSING, "", "", "")
    results = row["seconds"][name]["results"]
    return (
        f"{row['start_seconds']:.2f}",
        f"{row['peak_bytes'] / 1e6:.0f}",
        _ratio(1000 * results, size["characters"], 1),
        _ratio(1e6 * _best(row, name), results, 1),
    )


def _own(race: Figures) -> list[Figures]:
    """Zhibiao's own rows that have figures."""
    rows = (row for row in race["rows"] if row["label"].startswith("zhibiao"))
    return [row for row in rows if "missing" not in row]


def _mode(row: Figures) -> str:
    return str(row["label"]).removeprefix("zhibiao, ")


def _spread(race: Figures, row: Figures) -> str:
    """How far the ratio to jieba.cut varied from round to round."""
    own, jieba = (of["seconds"]["sample"]["rounds"] for of in (row, _jieba(race)))
    ratios = [below / above for below, above in zip(jieba, own, strict=True) if above > 0]
    if not ratios:
        return ""
    return (
        f"In the {len(ratios)} rounds, {_mode(row)} was {min(ratios):.2f} to {max(ratios):.2f} "
        "× jieba.cut."
    )


def _reasons(race: Figures) -> Iterator[str]:
    """Why a row has no figures."""
    return (f"{row['label']} {row['missing']}." for row in race["rows"] if "missing" in row)


def _together(race: Figures) -> Iterator[Figures]:
    """Amounts and times of each peer: what it takes to be told all that it can tell."""
    by_peer: dict[str, list[Figures]] = {}
    for row in race["rows"]:
        peer, comma, _ = row["label"].partition(", ")
        if comma and peer != "zhibiao":
            by_peer.setdefault(peer, []).append(row)
    for peer, rows in by_peer.items():
        if not any("missing" in row for row in rows):
            name = _read_by(rows[0])
            rounds = (row["seconds"][name]["rounds"] for row in rows)
            summed = [sum(one) for one in zip(*rounds, strict=True)]
            seconds = {name: {"rounds": summed}}
            yield {"label": f"{peer}, both", "slow": rows[0]["slow"], "seconds": seconds}


def _jieba(race: Figures) -> Figures:
    return next(row for row in race["rows"] if row["label"] == JIEBA)


def _read_by(row: Figures) -> str:
    return "share" if row["slow"] else "sample"


def _best(row: Figures, name: str) -> float:
    return float(min(row["seconds"][name]["rounds"]))


def _ratio(above: float, below: float, digits: int = 2) -> str:
    """A quotient; a dash where the texts were too few to measure anything."""
    return f"{above / below:,.{digits}f}" if below > 0 else "–"


def _size(of: Figures) -> str:
    return f"{of['texts']} texts, {of['characters']:,} characters"


def _markdown(table: Table) -> Iterator[str]:
    yield f"### {table.title}"
    yield ""
    yield table.note
    yield ""
    yield _line(table.heads)
    yield _line(["---", *["--:"] * (len(table.heads) - 1)])
    for row in table.rows:
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
