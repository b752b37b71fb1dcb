"""The sensor on the reports folder: a load when the folder has changed and has come to rest.

It knows names, sizes and times only; which bytes differ is for the load to find out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import dagster as dg

from pipelines.components.corpus import Corpus
from pipelines.errors import NoReportsError
from pipelines.frames.folder import Entry, listing


@dataclass(frozen=True, slots=True)
class Watch:
    """What is remembered from one look at the folder to the next; the sensor's cursor."""

    seen: str = ""  # the folder as it was at the last look
    loaded: str = ""  # the folder as it was when a load was last asked for
    run_key: str = ""  # the name of that load


def fingerprint(places: Iterable[Path], entries: Iterable[Entry]) -> str:
    """One line that differs whenever a file came, went or changed, or the places did."""
    digest = hashlib.sha256()
    for place in places:
        digest.update(f"{place}\n".encode())
    for entry in entries:
        digest.update(f"{entry.file_name}\0{entry.size}\0{entry.mtime_ns}\n".encode())
    return digest.hexdigest()


def look(before: Watch, folder: str) -> Watch:
    """What is to be remembered after a look; another `run_key` than before asks for a load.

    A folder that differs from the last look may still be written, so it is looked at once more.
    The key of a load is made of the folder and of the key before it: the same look asked for twice
    is one load, but a folder that returns to what it was an hour ago is loaded again.

    Args:
        before: what was remembered.
        folder: the fingerprint of the folder now.
    """
    if folder == before.loaded or folder != before.seen:
        return replace(before, seen=folder)
    run_key = hashlib.sha256(f"{before.run_key}{folder}".encode()).hexdigest()[:16]
    return Watch(seen=folder, loaded=folder, run_key=run_key)


def _read(cursor: str | None) -> Watch:
    """The cursor; one that was emptied or written over by hand starts anew."""
    try:
        return Watch(**json.loads(cursor or ""))
    except (TypeError, ValueError):
        return Watch()


def watch_folder(context: dg.SensorEvaluationContext, corpus: Corpus) -> dg.SensorResult:
    """Ask for a load if the reports folder has changed and is at rest; else say why not."""
    before = _read(context.cursor)
    try:
        entries = listing(corpus.settings.reports)
    except NoReportsError as error:
        return dg.SensorResult(skip_reason=str(error), cursor=context.cursor)
    places = (corpus.settings.reports, corpus.settings.warehouse)
    folder = fingerprint(places, entries)
    after = look(before, folder)
    cursor = json.dumps(asdict(after))
    if after.run_key != before.run_key:
        return dg.SensorResult([dg.RunRequest(run_key=after.run_key)], cursor=cursor)
    reason = (
        f"Nothing changed: {places[0]} holds the same {len(entries)} files "
        "for which the last load was asked."
        if after.loaded == folder
        else f"{places[0]} has changed since the last look: {len(entries)} files. "
        "It is loaded when the next look finds it at rest."
    )
    return dg.SensorResult(skip_reason=reason, cursor=cursor)


def watching(corpus: Corpus) -> dg.SensorDefinition:
    """The sensor of a corpus, at the pace that its settings give."""
    settings = corpus.settings

    def evaluate(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return watch_folder(context, corpus)

    return dg.SensorDefinition(
        name=f"{corpus.name}_folder",
        evaluation_fn=evaluate,
        job_name=corpus.job,
        minimum_interval_seconds=settings.watch_seconds,
        default_status=(
            dg.DefaultSensorStatus.RUNNING
            if settings.automation
            else dg.DefaultSensorStatus.STOPPED
        ),
        description="New, changed and removed reports are loaded once the folder is at rest.",
    )
