"""The page that lists the pages of a folder, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.pages.annotated import Annotated, rendered


class Entry(NamedTuple):
    """A report of the folder, and the address of its page."""

    href: str
    file_name: str
    title: str
    region: str
    period: str
    figures: int
    unsure: int


class Missing(NamedTuple):
    """A file, or a part of one, that could not be read."""

    file_name: str
    detail: str


def entries(page: Annotated, href: str, file_name: str) -> Iterator[Entry]:
    """The reports of a page.

    Args:
        page: of a file.
        href: its address, as seen from the index.
        file_name: as the index names the file.
    """
    for number, report in enumerate(page.reports, 1):
        region, period, _ = (said for _, said in report.facts)
        unsure = sum("unsure" in mark.css.split() for mark in report.marks)
        place = f"{href}#t{number}" if number > 1 else href
        yield Entry(place, file_name, report.title, region, period, len(report.figures), unsure)


def index(found: Sequence[Entry], missing: Sequence[Missing], name: str, lang: str) -> str:
    """The page of a folder.

    Args:
        found: its reports.
        missing: what could not be read.
        name: of the folder.
        lang: zh or en.
    """
    return rendered("index.html.j2", lang, name=name, entries=found, refused=missing)
