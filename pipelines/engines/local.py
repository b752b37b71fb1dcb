"""Batches on this machine: in this process for one batch or worker, else in a pool.

What belongs here: starting processes, handing out batches, surviving a lost worker.
What a batch does, and how its result is kept, does not.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from pipelines.errors import EngineError

Batch = TypeVar("Batch")
Result = TypeVar("Result")

# A pool that breaks says not which batch broke it, so all that were under way get another try.
_POOLS = 3


def map_batches(
    function: Callable[[Batch], Result], batches: Sequence[Batch], workers: int
) -> Iterator[Result]:
    """Yield `function(batch)` for every batch, in the order in which they finish.

    Args:
        function: importable and idempotent: a batch may run again when a worker was killed.
        batches: picklable.
        workers: processes at the same time; one means this process.

    Raises:
        EngineError: workers kept dying.
        Exception: whatever `function` raised; batches not yet begun are given up.
    """
    if workers == 1 or len(batches) <= 1:
        yield from map(function, batches)
        return
    waiting = dict(enumerate(batches))
    for _ in range(_POOLS):
        # spawn: Polars and DuckDB hold threads, which a fork would copy half alive.
        pool = ProcessPoolExecutor(min(workers, len(waiting)), mp_context=get_context("spawn"))
        try:
            with _children_ignore_ctrl_c():
                futures = {pool.submit(function, batch): i for i, batch in waiting.items()}
            for future in as_completed(futures):
                result = future.result()
                del waiting[futures[future]]
                yield result
            return
        except BrokenProcessPool:
            continue
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    raise EngineError(len(waiting), _POOLS)


@contextmanager
def _children_ignore_ctrl_c() -> Iterator[None]:
    """Ctrl-C reaches every process of the terminal; the parent alone decides what it means.

    A child inherits the disposition of the moment at which it is started.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's business, and Ctrl-C goes there
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
