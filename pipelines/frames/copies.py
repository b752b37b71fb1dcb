"""The same report more than once: in two formats, from a mirror, under a second name.

Copies are found by what they say (`stage.content_key`, and the numbers of their figures). One is
kept, the others are told as duplicates of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

import polars as pl

from pipelines.bilingual import Both
from pipelines.frames.overrides import Reject

# What comes out of a file best, the first before the others.
_FORMATS = ("docx", "html", "text", "markdown", "mhtml", "rtf", "xlsx", "row", "doc", "pdf")
_COPY = re.compile(r"\(\d+\)|（\d+）|副本|copy|拷贝|- ?\d+$", re.IGNORECASE)
# Of the figures of the longer copy: more than so many are not in the other one, and both are kept.
_OTHER = 0.02


class _Copy(NamedTuple):
    report_sha256: str
    file_name: str
    format: str
    damaged_count: int
    char_count: int
    content_key: str


class Copies(NamedTuple):
    """The reports that are left out, and what is told of them."""

    digests: frozenset[str]
    rejects: tuple[Reject, ...]


_COLUMNS = _Copy._fields


def copies_of(
    documents: pl.LazyFrame, observations: pl.LazyFrame, digests: Collection[str]
) -> Copies:
    """The reports that say what another one says.

    The better copy is kept: the one with fewer damaged places, then of the format that keeps most
    (Word, page, text … PDF), then without a mark of a copy in its name, then the shorter name.

    Args:
        documents: rows of stg_document.
        observations: rows of stg_observation.
        digests: `report_sha256` of the reports that count.
    """
    # Files are asked for 100,000 digests once they are one frame: to ask each costs 13 seconds.
    said = documents.select(_COLUMNS).filter(pl.col("content_key").is_not_null()).collect()
    counted = said.filter(pl.col("report_sha256").is_in(list(digests)))
    twice = counted.filter(pl.len().over("content_key") > 1)
    if twice.is_empty():
        return Copies(frozenset(), ())
    rows = [_Copy(*row) for row in twice.iter_rows()]
    wanted = [row.report_sha256 for row in rows]
    figures = _figures(observations, wanted)
    groups: dict[str, list[_Copy]] = {}
    for row in rows:
        groups.setdefault(row.content_key, []).append(row)
    out: list[tuple[_Copy, _Copy]] = []
    for group in groups.values():
        out += _settled(sorted(group, key=_worth), figures)
    rejects = (
        Reject(
            copy.file_name,
            "duplicate",
            Both(
                f"it says the same as {kept.file_name}, which is kept",
                f"与 {kept.file_name} 内容相同，保留后者",
            ),
        )
        for copy, kept in sorted(out, key=lambda pair: pair[0].file_name)
    )
    return Copies(frozenset(copy.report_sha256 for copy, _ in out), tuple(rejects))


def _settled(
    group: Iterable[_Copy], figures: dict[str, dict[str, int]]
) -> Iterable[tuple[_Copy, _Copy]]:
    kept: list[_Copy] = []
    for row in group:
        mine = figures.get(row.report_sha256, {})
        for other in kept:
            if _alike(mine, figures.get(other.report_sha256, {})):
                yield row, other
                break
        else:
            kept.append(row)


def _alike(one: dict[str, int], other: dict[str, int]) -> bool:
    """Whether two reports give the same figures, but for a few that a format may spoil."""
    whole = max(sum(one.values()), sum(other.values()))
    shared = sum(min(count, other.get(value, 0)) for value, count in one.items())
    return whole - shared <= max(1, whole * _OTHER)


def _figures(observations: pl.LazyFrame, digests: list[str]) -> dict[str, dict[str, int]]:
    """By report how often each value is given."""
    counted = (
        observations.filter(pl.col("report_sha256").is_in(digests))
        .group_by("report_sha256", pl.col("value").cast(pl.String))
        .len()
        .collect()
    )
    found: dict[str, dict[str, int]] = {}
    for digest, value, count in counted.iter_rows():
        found.setdefault(digest, {})[value] = count
    return found


def _worth(row: _Copy) -> tuple[int, int, int, int, str]:
    form = _FORMATS.index(row.format) if row.format in _FORMATS else len(_FORMATS)
    return (
        row.damaged_count,
        form,
        bool(_COPY.search(row.file_name)),
        len(row.file_name),
        row.file_name,
    )
