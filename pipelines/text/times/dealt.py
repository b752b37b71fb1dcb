"""Times that are dealt out over the figures behind them: 一、二、三季度分别增长4.7%、6.0%和7.8%.

Only finds which figure takes which time; what governs the others is decided in `clerk`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pipelines import lexicon
from pipelines.text.calendar import years
from pipelines.text.model import Period, Quantity
from pipelines.text.times.in_sentence import DatedTime
from pipelines.text.times.reader import read_time

_AND = re.compile("[、和及与,]?(?:以及)?")
_QUARTERS = re.compile("[一二三四1-4](?=[、和及][一二三四1-4]|季度)")
_MONTHS = re.compile("(?:1[0-2]|[1-9])(?=月?[、和及]|月)")
_BETWEEN = 24  # characters between the times and the first figure


@cache
def _each() -> re.Pattern[str]:
    roles = lexicon.column("roles", "role")
    return re.compile(lexicon.alternation([word for word, role in roles.items() if role == "each"]))


def deal(
    text: str, times: Sequence[DatedTime], figures: Sequence[Quantity], default: Period | None
) -> dict[int, DatedTime]:
    """The time of each figure that has one dealt out to it, by the figure's position.

    As many figures as times must follow, one beside the other, behind a word that says that each
    has its own.

    Args:
        text: clean text.
        times: of the sentence, in order.
        figures: of the sentence, in order.
        default: the report's period.
    """
    found: dict[int, DatedTime] = {}
    for run in _runs(text, times, default):
        end = run[-1].end
        first = next((i for i, figure in enumerate(figures) if figure.lead >= end), None)
        if first is None or first + len(run) > len(figures):
            continue
        between = text[end : figures[first].lead]
        if len(between) > _BETWEEN or not _each().search(between) or re.search("[;、]", between):
            continue  # a list of things takes the figures, not the times
        row = figures[first : first + len(run)]
        if all(_AND.fullmatch(text[a.tail : b.lead]) for a, b in pairwise(row)):
            found.update({first + at: time for at, time in enumerate(run)})
    return found


def _runs(text: str, times: Sequence[DatedTime], default: Period | None) -> list[list[DatedTime]]:
    """Runs of two times or more that stand beside each other; a list of quarters is one."""
    runs: list[list[DatedTime]] = []
    before = -1
    for time in times:
        if time.mention:
            continue
        parts = _parts(text, time, default)
        if runs and before >= 0 and _AND.fullmatch(text[before : time.start]):
            runs[-1].extend(parts)
        else:
            runs.append(parts)
        before = time.end
    return [run for run in runs if len(run) > 1]


def _parts(text: str, time: DatedTime, default: Period | None) -> list[DatedTime]:
    """The times that a list of quarters or months names, one by one; of any other, itself."""
    first, last = time.period.start.year, time.period.end.year
    if time.kind == "range" and first < last:
        # 2014至2018年分别增长…: year by year
        return [replace(time, period=years(year, year)) for year in range(first, last + 1)]
    surface = text[time.start : time.end]
    for pattern, ending in ((_QUARTERS, "季度"), (_MONTHS, "月")):
        numbers = pattern.findall(surface) if surface.endswith(ending) and "、" in surface else []
        if len(numbers) > 1:
            year = time.period.start.year
            read = [
                read_time("part", f"{number}{ending}", default, year, year)[1] for number in numbers
            ]
            return [replace(time, period=period) for period in read if period]
    return [time]
