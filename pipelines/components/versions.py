"""Data versions: what an asset is made of, in one short word that differs whenever that differs.

By them Dagster knows what is stale: an asset whose sources have other versions by now than those it
was made of. They are made of the hashes that the floors below keep for themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import dagster as dg
import polars as pl

from pipelines.frames.folder import Entry

# By Dagster's documentation, the tag in which an event carries its data version.
VERSION_TAG = "dagster/data_version"
# Where a batch of reports is kept says nothing of what they say.
_NO_CONTENT = ("batch",)


def version_of(*parts: object) -> dg.DataVersion:
    """The version of what is made of all these."""
    text = "\n".join(map(str, parts))
    return dg.DataVersion(hashlib.sha256(text.encode()).hexdigest()[:16])


def version_of_rows(rows: pl.LazyFrame) -> dg.DataVersion:
    """The version of a small table, whatever the order of its rows."""
    found = rows.drop(_NO_CONTENT, strict=False).collect()
    return version_of(found.sort(found.columns).write_csv())


def version_of_folder(folder: Path, entries: Iterable[Entry]) -> dg.DataVersion:
    """The version of a folder: another one whenever a file came, went or may have changed."""
    lines = (f"{entry.file_name}\0{entry.size}\0{entry.mtime_ns}" for entry in entries)
    return version_of(folder, *lines)
