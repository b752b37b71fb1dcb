"""What a batch of staged reports says of itself: its reports, and the digests of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipelines.frames.digests import Digest, Place, read_digest
from pipelines.frames.sealed import seal, unseal

_MANIFEST = "manifest"
_FORM = "batch 2"
ENTRY = 2  # cells of a manifest's entry before the digests of parts


class _Manifest(NamedTuple):
    """What a batch says of itself."""

    # By report key the file name and its sha256; then the digests of the reports that it holds, if
    # it holds several.
    reports: dict[str, list[str]]
    files: dict[str, str]  # sha256 of each Parquet file


def write_manifest(folder: Path, reports: Mapping[str, list[str]]) -> None:
    """Say of the files in `folder` that they are whole.

    Args:
        folder: the batch, all its Parquet files written.
        reports: by report key its entry.

    Raises:
        StagingError: the manifest cannot be written.
    """
    digests = {path.name: read_digest(path).sha256 for path in folder.iterdir()}
    seal(folder / _MANIFEST, _FORM, _Manifest(dict(reports), digests))


def manifests(home: Path) -> dict[Path, dict[str, list[str]]]:
    """By batch folder the entries of its reports: file name, sha256, digests of parts."""
    found = {batch: _manifest(batch) for batch in sorted(home.glob("[!.]*"))}
    return {batch: manifest.reports for batch, manifest in found.items() if manifest}


def _manifest(batch: Path) -> _Manifest | None:
    """None where the batch has none, or not the one that was written."""
    path = batch / _MANIFEST
    try:
        found = path.stat()
    except OSError:
        return None
    return _read_manifest(path, (found.st_ino, found.st_size, found.st_ctime_ns))


# A run asks for each several times, and of 100,000 reports they are 400 of a hundred kilobytes.
@cache
def _read_manifest(path: Path, _stamp: tuple[int, int, int]) -> _Manifest | None:
    written = unseal(path, _FORM)
    return written and _Manifest(*written)


def is_sound(batch: Path, digest: Callable[[Place], Digest]) -> bool:
    """Whether every file of the batch is what was written.

    Args:
        batch: its folder.
        digest: how to come by the digest of a file.
    """
    manifest = _manifest(batch)
    try:
        return manifest is not None and all(
            digest(batch / name).sha256 == sha256 for name, sha256 in manifest.files.items()
        )
    except OSError:
        return False
