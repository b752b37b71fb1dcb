"""From the name of an engine to the engine; what it needs is imported only when it is chosen."""

from __future__ import annotations

from pipelines.engines.base import Engine
from pipelines.engines.local import LocalEngine
from pipelines.errors import EngineMissingError
from pipelines.settings import EngineName


def engine_of(name: EngineName, workers: int, scheduler: str | None, memory_limit: str) -> Engine:
    """The engine of that name.

    Args:
        name: which.
        workers: processes on this machine; of no account where there is a scheduler elsewhere.
        scheduler: address of a Dask scheduler; None for a Dask cluster of this machine's own.
        memory_limit: what a worker of this machine may use, as in "2GB".

    Raises:
        EngineMissingError: it needs an extra that is not installed.
    """
    if name is EngineName.local:
        return LocalEngine(workers)
    try:
        from pipelines.engines.dask import DaskEngine  # noqa: PLC0415  (seconds, and an extra)
    except ModuleNotFoundError as error:
        raise EngineMissingError(name) from error
    return DaskEngine(workers, scheduler, memory_limit)
