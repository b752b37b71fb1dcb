"""The tables of docs/accuracy.md, written out of scores: `python -m tools.accuracy`.

    python -m tools.accuracy docs/accuracy.md "five real reports=reports.json" …

It takes what `zhibiao score --json` printed for each set of reports, and puts the tables between
the two marks of the document. What the figures mean is said there by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

BEGIN = "<!-- tables: written by `make accuracy`; do not edit by hand -->"
END = "<!-- end of tables -->"

Figures = Mapping[str, Any]


def tables(sets: Mapping[str, Figures]) -> str:
    """Markdown tables by set, field, measure and report.

    Args:
        sets: the figures of `scoring.figures`, by the name of the set.
    """
    return "\n".join(_lines(sets))


def rewritten(document: str, sets: Mapping[str, Figures]) -> str:
    """The document with new tables between its marks.

    Raises:
        ValueError: the document lacks the marks.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document must hold the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{tables(sets)}\n\n{END}{after}"


def _lines(sets: Mapping[str, Figures]) -> Iterator[str]:
    yield "### By set"
    yield ""
    yield from _table(
        ("set", "reports", "observations", "found F1", "strict F1", "panel F1", "indicator, F1"),
        (
            (
                name,
                str(len(of["reports"])),
                str(of["gold"]),
                *(_share(of[rate]["f1"]) for rate in ("detection", "strict", "panel")),
                _share(of["indicator_f1"]),
            )
            for name, of in sets.items()
        ),
    )
    yield ""
    yield "### By field"
    yield ""
    fields = list(next(iter(sets.values()))["fields"])
    yield from _table(
        ("field", *sets),
        ((field, *(_share(of["fields"][field]) for of in sets.values())) for field in fields),
    )
    yield ""
    yield "### By measure"
    yield ""
    yield "Strict F1, with the number of observations in brackets."
    yield ""
    counts: dict[str, int] = {}
    for of in sets.values():
        for measure, tally in of["measures"].items():
            counts[measure] = counts.get(measure, 0) + tally["gold"]
    yield from _table(
        ("measure", *sets),
        (
            (measure, *(_measure(of["measures"].get(measure)) for of in sets.values()))
            for measure in sorted(counts, key=lambda name: -counts[name])
        ),
    )
    yield ""
    yield "### By report"
    yield ""
    yield from _table(
        ("set", "report", "observations", "found F1", "strict F1", "panel F1"),
        (
            (
                name,
                report,
                str(tally["gold"]),
                *(_share(tally[rate]["f1"]) for rate in ("detection", "strict")),
                _panel(tally),
            )
            for name, of in sets.items()
            for report, tally in of["reports"].items()
        ),
    )


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _share(value: float) -> str:
    return f"{value:.3f}"


def _measure(tally: Figures | None) -> str:
    return f"{_share(tally['strict']['f1'])} ({tally['gold']})" if tally else ""


def _panel(tally: Figures) -> str:
    """Empty where neither side has a canonical code: there is then nothing to be right about."""
    return _share(tally["panel"]["f1"]) if tally["coded"] else ""


def main(arguments: Sequence[str]) -> None:
    """Rewrite the tables of the document named first, out of the `NAME=FILE` that follow."""
    document = Path(arguments[0])
    pairs = (argument.partition("=") for argument in arguments[1:])
    sets = {name: json.loads(Path(file).read_text("utf-8")) for name, _, file in pairs}
    document.write_text(rewritten(document.read_text("utf-8"), sets), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
