"""Assets that people keep and loads only read: report files, the vocabulary, word lists.

They are observed, never made: by each load, by a click, and by the sensor (`watch.py`).
"""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from pipelines.components.corpus import OWNERS, Corpus
from pipelines.components.resources import Places
from pipelines.components.versions import VERSION_TAG, version_of, version_of_folder
from pipelines.frames.extractor import read_seeds_hash
from pipelines.frames.folder import listing
from pipelines.warehouse.keywords import dictionaries_hash

_SOURCES = {
    "report_files": "Report files in the reports folder and its subfolders, and the tables beside "
    "them: reports.csv, corrections.csv.",
    "vocabulary": "The reviewed data of seeds/: units, indicators, regions, themes, word lists.",
    "dictionaries": "Lists of words that are counted in every report.",
}


def source_specs(corpus: Corpus) -> tuple[dg.AssetSpec, ...]:
    """What a corpus is made of."""
    return tuple(
        dg.AssetSpec(
            corpus.key(name),
            group_name=corpus.group("sources"),
            kinds={"file"},
            owners=OWNERS,
            description=description,
        )
        for name, description in _SOURCES.items()
    )


def look_at(corpus: Corpus, reports: Path) -> dict[dg.AssetKey, dg.ObserveResult]:
    """The versions of all sources as they are on the disk now; by asset.

    Args:
        corpus: the corpus.
        reports: its folder of reports.

    Raises:
        NoReportsError: the folder does not exist, or holds no report at all.
        WordListError: a word list cannot be read.
    """
    entries = listing(reports)
    words = corpus.settings.dictionaries
    found = {
        "report_files": (version_of_folder(reports, entries), {"files": len(entries)}, reports),
        "vocabulary": (version_of(read_seeds_hash()), {}, None),
        "dictionaries": (version_of(dictionaries_hash(words)), {}, words),
    }
    return {
        corpus.key(name): dg.ObserveResult(
            asset_key=corpus.key(name),
            data_version=version,
            metadata={**counts, "path": dg.MetadataValue.path(path)} if path else counts,
        )
        for name, (version, counts, path) in found.items()
    }


def observing(corpus: Corpus) -> dg.AssetsDefinition:
    """The step that observes the sources; the first one of each load."""

    @dg.multi_observable_source_asset(  # type: ignore[untyped-decorator]
        name=f"{corpus.name}_sources",
        specs=source_specs(corpus),
        can_subset=True,
        required_resource_keys={corpus.places_key},
    )
    def sources(context: dg.AssetExecutionContext) -> Iterator[dg.ObserveResult]:
        """Say which versions of the sources are there now."""
        places: Places = getattr(context.resources, corpus.places_key)
        found = look_at(corpus, places.folder)
        files = corpus.key("report_files")
        if places.folder != corpus.settings.reports:
            # A run that was sent to another folder says nothing new of that of the corpus.
            found[files] = _as_before(context.instance, files)
        yield from (found[key] for key in sorted(context.selected_asset_keys))

    made: dg.AssetsDefinition = sources
    return made


def _as_before(instance: dg.DagsterInstance, key: dg.AssetKey) -> dg.ObserveResult:
    """The version of a source that was observed last."""
    records = instance.fetch_observations(key, limit=1).records
    last = records[0].asset_observation if records else None
    version = last.tags.get(VERSION_TAG) if last else None
    return dg.ObserveResult(asset_key=key, data_version=dg.DataVersion(version or "unknown"))
