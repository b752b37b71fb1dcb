"""Which failures of a step are worth another try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from pipelines.errors import LockedError, LostWorkersError, SchedulerError, StagingError

# What may be gone in a moment without anybody's doing: another writer, workers that were killed,
# a scheduler that restarts, a disk that was full or away. Bad data and bad settings never are.
_PASSING = (LockedError, LostWorkersError, SchedulerError, StagingError, OSError)
_TRIES = 3
_PAUSE = 10.0  # seconds


@contextmanager
def retried() -> Iterator[None]:
    """Have Dagster try the step again where that may help; all else fails at once.

    Raises:
        RetryRequested: in the place of an error that may pass.
    """
    try:
        yield
    except _PASSING as error:
        raise dg.RetryRequested(max_retries=_TRIES, seconds_to_wait=_PAUSE) from error
