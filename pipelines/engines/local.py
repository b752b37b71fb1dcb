"""Batches on this machine: in this process for one batch or worker, else in a pool.

What belongs here: starting processes, handing out batches, surviving a lost worker.
What a batch does, and how its result is kept, does not.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from pipelines.engines.base import Batch, Result
from pipelines.errors import LostWorkersError

# Batches handed out for each worker: one that it has and one that waits for it.
_AHEAD = 2
# A pool that breaks says not which batch broke it: all that were under way get another try.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Worker processes of this machine."""

    workers: int

    def map_batches(
        self, function: Callable[[Batch], Result], batches: Sequence[Batch]
    ) -> Generator[Result]:
        """Yield `function(batch)` for every batch; see `Engine.map_batches`.

        Raises:
            LostWorkersError: one batch was under way whenever three pools in a row died.
        """
        if self.workers == 1 or len(batches) <= 1:
            yield from map(function, batches)
            return
        waiting = deque(range(len(batches)))
        tries: Counter[int] = Counter()
        while waiting:
            under_way: dict[Future[Result], int] = {}
            # spawn: Polars and DuckDB hold threads, which a fork would copy half alive.
            pool = ProcessPoolExecutor(
                min(self.workers, len(waiting)), get_context("spawn"), _end_with_parent
            )
            try:
                while waiting or under_way:
                    with children_ignore_ctrl_c():
                        while waiting and len(under_way) < _AHEAD * self.workers:
                            future = pool.submit(function, batches[waiting[0]])
                            under_way[future] = waiting.popleft()
                    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        result = future.result()
                        del under_way[future]
                        yield result
            except BrokenProcessPool:
                tries.update(under_way.values())
                if max(tries.values(), default=0) >= _TRIES:
                    raise LostWorkersError(len(waiting) + len(under_way), _TRIES) from None
                waiting.extendleft(under_way.values())
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """Have this worker end when the process that started it does, however that one ended."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextmanager
def children_ignore_ctrl_c() -> Iterator[None]:
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
