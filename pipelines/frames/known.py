"""What is known of a report beside its text: from reports.csv, its format and its folders.

Which of these wins is settled here and in docs/formats.md; what a text says of itself is read in
`text.report`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import PurePosixPath

from pipelines import lexicon
from pipelines.frames.overrides import Override
from pipelines.reading.clean import clean
from pipelines.reading.document import Document
from pipelines.text.model import Metadata, Period
from pipelines.text.report.divisions import Division, below, divisions, path_of
from pipelines.text.report.metadata import read_metadata
from pipelines.text.report.period import period_of
from pipelines.text.report.regions import place_of


def known_of(document: Document, override: Override) -> Override:
    """What wins over the text of a report: reports.csv, then what its format says.

    Args:
        document: the report as it was taken out of its file.
        override: its line of reports.csv.
    """
    return Override(
        region=override.region or document.region,
        title=override.title or document.title,
        period=override.period,
        published_on=override.published_on or document.published_on,
        source_url=override.source_url or document.source_url,
    )


def completed(known: Override, said: Metadata, document: Document, name: str) -> Override:
    """What is known of a report, with what is asked only where its text is silent.

    Region, period and title are those of the title in the properties; else the region is that of
    the agency that published it or of its folders, the period that of its row, of the day of
    publication or of its folders.

    Args:
        known: what wins over the text.
        said: what the text and the file name say.
        document: the report.
        name: its name in the reports folder.
    """
    region, title, period = known.region, known.title, known.period
    no_region, no_period = said.region_path is None, said.period is None
    if not (no_region or no_period):
        return known
    named = read_metadata(f"{document.named or ''}\n", "")
    if no_region and no_period and title is None and (named.region_path or named.period):
        title = document.named
    if region is None and no_region:
        agency = place_of("", document.agency, "") if document.agency else None
        region = named.region_path or (agency and agency.path) or place_in_folders(name)
    if period is None and no_period:
        period = named.period or _period_beside(known, said, document, name)
    return replace(known, region=region, title=title, period=period)


def _period_beside(known: Override, said: Metadata, document: Document, name: str) -> Period | None:
    """The period of a report that names no year: by its row, its publication or its folders."""
    if document.year is not None:
        return Period(date(document.year, 1, 1), date(document.year, 12, 31))
    text = clean(document.raw).text
    if known.published_on:
        return period_of(text, said.title or "", "", said.report_kind, known.published_on)
    found = (
        period_of(text, said.title or "", folder, said.report_kind, None)
        for folder in _folders(name)
    )
    return next(filter(None, found), None)


def _folders(name: str) -> Iterator[str]:
    """The folders of a report, the nearest first."""
    yield from reversed(PurePosixPath(name).parts[:-1])


@cache
def _place() -> re.Pattern[str]:
    openers, endings = (
        lexicon.alternation(lexicon.words(words)) for words in ("folder_openers", "folder_endings")
    )
    return re.compile(f"(?!{openers})[\u4e00-\u9fff]{{1,15}}(?:{endings})")


def place_in_folders(name: str) -> str | None:
    """The region that the folders of a report name, from the highest level down: 浙江省/杭州市.

    Short names (浙江/杭州) are those of divisions that are known, inside of the one before.
    """
    known: Division | None = None
    others: list[str] = []
    for folder in PurePosixPath(name).parts[:-1]:
        found = _division(folder, known)
        if found and not others:
            known = found
        elif _place().fullmatch(folder):
            others.append(folder)
    return "/".join(([path_of(known)] if known else []) + others) or None


def _division(folder: str, within: Division | None) -> Division | None:
    """The one division of that name inside another; of a province and a city the province."""
    inside = below(within.code) if within else divisions().values()
    found = [
        one
        for one in inside
        if one.is_current and folder in (one.name, *one.aliases, one.short) and one.parent
    ]
    if within is None:  # a short name of a county (和平) is too often a common word
        found = [one for one in found if one.level != "county" or folder == one.name]
    found = [one for one in found if one.level == found[0].level]
    return found[0] if len(found) == 1 else None


def telling_name(document: Document, name: str) -> str:
    """The part of a name that may speak of the report: no row of a table has one."""
    return "" if document.format == "row" else PurePosixPath(name).name
