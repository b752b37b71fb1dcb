"""Whether the file at the target is the very one that the last load published.

What a load goes on with must have passed its checks: a file that somebody wrote to, put back from
elsewhere or damaged since is replaced by a whole build and not renewed. Size and times tell, and
where they are others the digest of its bytes.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.errors import StagingError
from pipelines.frames.digests import Digest, Stamp, read_digest, stamp_of_file
from pipelines.frames.sealed import seal, unseal
from pipelines.settings import staging_of

_FORM = "published 1"


def note_published(target: Path, sha256: str) -> None:
    """Remember the file that was published just now, beside its staged tables.

    Without a staging folder nothing is remembered, and the next load builds whole; so it does
    where the note cannot be written.

    Args:
        target: the published file.
        sha256: the digest of its bytes, as its stamp has it.
    """
    try:
        seal(_note(target), _FORM, [sha256, stamp_of_file(target)])
    except (OSError, StagingError):
        return


def is_as_published(target: Path) -> bool:
    """Whether the file is the one that was published last, byte by byte."""
    noted = unseal(_note(target), _FORM)
    if noted is None:
        return False
    sha256, stamp = noted
    try:
        if Stamp(*stamp) == stamp_of_file(target):
            return True
        found: Digest = read_digest(target)
    except OSError:
        return False
    return found.sha256 == str(sha256)


def _note(target: Path) -> Path:
    return staging_of(target) / "published"
