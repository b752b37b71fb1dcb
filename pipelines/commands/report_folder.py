"""What `zhibiao annotate` does with a folder: a page for each report, and an index."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import typer

from pipelines.bilingual import Both, in_lang, system
from pipelines.commands.outcome import FAILED, REFUSED, fail
from pipelines.commands.report_files import documents
from pipelines.console import say
from pipelines.errors import DocumentError
from pipelines.frames.folder import Source, scan_folder
from pipelines.frames.known import known_of
from pipelines.pages.annotated import annotated
from pipelines.pages.index import Entry, Missing, entries, index
from pipelines.pages.labels import word
from pipelines.reading.document import Document, Refused
from pipelines.settings import load_settings

_log = logging.getLogger(__name__)


def annotate_folder(root: Path, output: Path, lang: str) -> None:
    """Write a page for each report of a folder, and the index."""
    if output.resolve().is_relative_to(root.resolve()):
        fail(
            Both(
                f"{output} is inside of {root}, where pages would be read as reports; "
                "name a folder elsewhere",
                f"{output} 在 {root} 之内，页面会被当作报告读取；请指定别处的文件夹",
            )
        )
        raise typer.Exit(FAILED)
    folder = scan_folder(root, max_bytes=load_settings().max_report_bytes)
    found: list[Entry] = []
    missing = [Missing(one.file_name, in_lang(one.detail, lang)) for one in folder.rejects]
    for source in folder.sources:
        for one in _page(source, output, lang):
            if isinstance(one, Missing):
                missing.append(one)
            else:
                found.append(one)
    output.mkdir(parents=True, exist_ok=True)
    home = output / "index.html"
    home.write_text(index(found, missing, root.resolve().name, lang), "utf-8")
    say(
        Both(
            f"{len(found)} reports, {len(missing)} not read; index: {home}",
            f"{len(found)} 份报告，{len(missing)} 处无法读取；索引：{home}",
        )
    )
    if missing:
        raise typer.Exit(REFUSED)


def _page(source: Source, output: Path, lang: str) -> Iterator[Entry | Missing]:
    """Write the page of a file; what the index says of it. A fault in one hinders no other."""
    place = PurePosixPath(f"{source.file_name}.html")
    try:
        read = [_known(one, source) for one in documents(str(source.path))]
        home = "../" * (len(place.parts) - 1) + "index.html"
        page = annotated(read, PurePosixPath(source.file_name).name, lang, index=home)
    except DocumentError as error:
        yield Missing(source.file_name, in_lang(error.detail, lang))
        return
    except OSError as error:
        yield Missing(source.file_name, in_lang(system(error), lang))
        return
    except Exception:
        _log.exception("%s: a fault of this project; please report it", source.file_name)
        yield Missing(source.file_name, word("fault", lang))
        return
    target = output / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page.html, "utf-8")
    yield from entries(page, quote(str(place)), source.file_name)
    for one in page.refused:
        yield Missing(f"{source.file_name}, {one.part}", in_lang(one.detail, lang))


def _known(one: Document | Refused, source: Source) -> Document | Refused:
    """A report with what reports.csv says of it."""
    if isinstance(one, Refused):
        return one
    known = known_of(one, source.override)
    return replace(one, region=known.region, title=known.title)
