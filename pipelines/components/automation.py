"""When assets are loaded by themselves, as conditions that the page of each asset explains.

The sources are the cause of everything (`watch.py` observes them): staged tables and the new file
are made again when a source has another version, when the code has, and when the published file
will soon be late. Checks and publication follow in the same run. A load that failed is not asked
for again before something changes; the nightly schedule needs no cause.
"""

from functools import reduce
from operator import or_
from typing import Any

import dagster as dg

from pipelines.components.corpus import Corpus

_When = dg.AutomationCondition
# Of assets and of checks: the names of what it may be of are not public.
Condition = dg.AutomationCondition[Any]


def changed(corpus: Corpus, *sources: str) -> Condition:
    """Of what is made of sources: they or the code changed since it was last asked for.

    What changes while a load runs is loaded by the next one, whichever of its versions the load
    that runs has read.

    Args:
        corpus: the corpus.
        sources: their names. All assets of a step have the same, for it makes all of them or none.
    """

    def of_any(condition: Condition) -> Any:
        return reduce(or_, (_When.asset_matches(corpus.key(one), condition) for one in sources))

    late = _When.freshness_warned().newly_true() | _When.freshness_failed().newly_true()
    cause = (
        of_any(_When.newly_updated()).with_label("a source has another version")
        | _When.code_version_changed()
        | _When.asset_matches(corpus.published, late).with_label("the published file is late")
        | _When.initial_evaluation()
    )
    seen = ~of_any(_When.missing()).with_label("a source was not seen yet")
    asked = cause.since(_When.newly_requested()) & seen & ~_When.in_progress()
    return asked.with_label("its sources or its code changed, or it is late")  # type: ignore[no-any-return]


def follows() -> Condition:
    """Of what is made in the same run as that which it is made of."""
    return _When.any_deps_match(_When.will_be_requested()).with_label("made in the same run")


def automating(corpus: Corpus, tags: dict[str, str]) -> dg.AutomationConditionSensorDefinition:
    """The sensor that evaluates the conditions of a corpus and asks for its loads.

    Args:
        corpus: the corpus.
        tags: of the runs that it asks for.
    """
    settings = corpus.settings
    return dg.AutomationConditionSensorDefinition(
        name=f"{corpus.name}_automation",
        target=dg.AssetSelection.key_prefixes([corpus.name], include_sources=True),
        run_tags=tags,
        minimum_interval_seconds=settings.watch_seconds,
        default_status=(
            dg.DefaultSensorStatus.RUNNING
            if settings.automation
            else dg.DefaultSensorStatus.STOPPED
        ),
        description="Loads what changed: reports, vocabulary, word lists or code.",
    )
