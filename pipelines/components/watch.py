"""The sensor on the sources: it observes them when they have changed and have come to rest.

Dagster would observe them by itself, but only in runs: a process for every look, twice a minute.
And what comes to rest it does not know. So the looking is code of ours; what follows from it is not
(`automation.py`). It knows names, sizes and times of reports only; which bytes differ is for the
load to find out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import dagster as dg

from pipelines.components.corpus import Corpus
from pipelines.components.sources import look_at
from pipelines.components.versions import VERSION_TAG
from pipelines.errors import NoReportsError, WordListError


@dataclass(frozen=True, slots=True)
class Watch:
    """What is remembered from one look to the next; the sensor's cursor."""

    seen: str = ""  # the sources as they were at the last look
    told: str = ""  # the sources as they were when they were last told of


def look(before: Watch, sources: str) -> Watch:
    """What is to be remembered after a look; another `told` than before is to be told of.

    Sources that differ from the last look may still be written, so they are looked at once more.

    Args:
        before: what was remembered.
        sources: their versions now.
    """
    if sources != before.seen:
        return replace(before, seen=sources)
    return Watch(seen=sources, told=sources)


def _read(cursor: str | None) -> Watch:
    """The cursor; one that was emptied or written over by hand starts from nothing."""
    try:
        return Watch(**json.loads(cursor or ""))
    except (TypeError, ValueError):
        return Watch()


def watch_sources(context: dg.SensorEvaluationContext, corpus: Corpus) -> dg.SensorResult:
    """Observe the sources if they have changed and are at rest; else say why not."""
    before, folder = _read(context.cursor), corpus.settings.reports
    try:
        found = look_at(corpus, folder)
    except (NoReportsError, WordListError) as error:
        return dg.SensorResult(skip_reason=str(error), cursor=context.cursor)
    versions = {key.to_user_string(): _version(one) for key, one in found.items()}
    after = look(before, json.dumps(versions))
    cursor = json.dumps(asdict(after))
    if after.told != before.told:
        return dg.SensorResult(asset_events=_events(found), cursor=cursor)
    reason = (
        f"Nothing changed in {folder}, the vocabulary and the word lists since that was told."
        if after.told == after.seen
        else f"{folder}, the vocabulary or the word lists have changed since the last look. "
        "That is told when the next look finds them at rest."
    )
    return dg.SensorResult(skip_reason=reason, cursor=cursor)


def _version(seen: dg.ObserveResult) -> str:
    return seen.data_version.value if seen.data_version else ""


def _events(found: Mapping[dg.AssetKey, dg.ObserveResult]) -> list[dg.AssetObservation]:
    return [
        dg.AssetObservation(
            asset_key=key,
            metadata=one.metadata,
            tags={VERSION_TAG: _version(one)},
        )
        for key, one in found.items()
    ]


def watching(corpus: Corpus) -> dg.SensorDefinition:
    """The sensor of a corpus, at the pace that its settings give; always on, for it only looks."""

    def evaluate(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return watch_sources(context, corpus)

    return dg.SensorDefinition(
        name=f"{corpus.name}_folder",
        evaluation_fn=evaluate,
        minimum_interval_seconds=corpus.settings.watch_seconds,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells of new, changed and removed reports and word lists that are at rest.",
    )
