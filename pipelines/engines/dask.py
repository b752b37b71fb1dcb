"""Batches on Dask: a cluster of this machine's own, or the scheduler at an address.

Dask keeps the queue and gives the batches of a lost worker to another. Whoever works elsewhere
needs the reports and the staging folder at the same paths, and the same version of this project.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from distributed import Client, KilledWorker, LocalCluster, as_completed
from distributed.comm.core import CommClosedError

from pipelines.bilingual import Both
from pipelines.engines.base import Batch, Result
from pipelines.engines.local import children_ignore_ctrl_c
from pipelines.errors import LostWorkersError, SchedulerError

# Batches handed out for each thread of a worker; and at least, so that a cluster that grows with
# its queue has something to grow for.
_AHEAD = 2
_LEAST = 16
_TRIES = 3
_HERE = Both("this machine", "本机")
_ANSWER_SECONDS = 10
_WORKER_SECONDS = 120


class _Client(Client):
    """A client that is closed here and now, also where it cannot be made.

    One that is left to the garbage collector is closed inside whatever runs at that moment, and
    waits for ever if that is the start of a thread.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        try:
            super().__init__(*args, **options)  # type: ignore[no-untyped-call]
        except BaseException:
            self.close()
            # `close` leaves the thread of a client that has closed itself.
            self._loop_runner.stop()
            raise

    def close(self, *args: Any, **options: Any) -> None:
        """Close it; what a scheduler that does not answer leaves open is not worth a build."""
        try:
            super().close(*args, **options)  # type: ignore[no-untyped-call]
        except TimeoutError:
            self._loop_runner.stop()
            self.status = "closed"


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """Workers of a Dask cluster."""

    workers: int
    scheduler: str | None
    memory_limit: str

    def map_batches(
        self, function: Callable[[Batch], Result], batches: Sequence[Batch]
    ) -> Generator[Result]:
        """Yield `function(batch)` for every batch; see `Engine.map_batches`.

        Raises:
            SchedulerError: no scheduler answers at the address, no worker joined it, or it was
                lost before the end.
            LostWorkersError: a batch met its end with three workers.
        """
        if not batches:
            return
        with self._client() as client, self._answering():
            waiting = iter(batches)

            def submit(count: int) -> Iterator[object]:
                for batch in islice(waiting, max(count, 0)):
                    # pure: the key would be a hash of the batch; done results are not shared.
                    yield client.submit(function, batch, pure=False)

            running = as_completed(submit(_LEAST))
            self._wait_for_workers(client)
            for future in running:
                try:
                    result = future.result()
                except KilledWorker:
                    raise LostWorkersError(running.count() + 1, _TRIES) from None
                future.release()
                window = max(_LEAST, _AHEAD * sum(client.nthreads().values()))
                for more in submit(window - running.count()):
                    running.add(more)
                yield result

    @contextmanager
    def _client(self) -> Iterator[Client]:
        if self.scheduler is None:
            try:
                with children_ignore_ctrl_c():
                    # One thread a worker: parsing is Python. No page, no port others can reach.
                    cluster = LocalCluster(
                        n_workers=self.workers,
                        threads_per_worker=1,
                        memory_limit=self.memory_limit,
                        host="127.0.0.1",
                        dashboard_address=None,
                        silence_logs=logging.ERROR,
                    )
            except RuntimeError as error:
                raise SchedulerError(
                    _HERE, Both("its Dask cluster cannot start", "Dask 集群无法启动")
                ) from error
            with cluster, _Client(cluster) as client:
                yield client
            return
        try:
            client = _Client(self.scheduler, timeout=_ANSWER_SECONDS)
        except (OSError, ValueError) as error:
            detail = Both("no Dask scheduler answers there", "没有 Dask 调度器应答")
            raise SchedulerError(Both.quoted(self.scheduler), detail) from error
        with client:
            yield client

    def _wait_for_workers(self, client: Client) -> None:
        try:
            client.wait_for_workers(1, timeout=_WORKER_SECONDS)
        except TimeoutError as error:
            detail = Both(
                f"no worker joined in {_WORKER_SECONDS} s",
                f"{_WORKER_SECONDS} 秒内没有工作进程加入",
            )
            raise SchedulerError(self._where(), detail) from error
        except OSError as error:  # the first batch may be done with, and the scheduler gone, by now
            raise self._lost() from error

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """A scheduler that went down or was restarted knows of no batch any more."""
        try:
            yield
        except (CancelledError, CommClosedError) as error:
            raise self._lost() from error

    def _lost(self) -> SchedulerError:
        detail = Both(
            "the Dask scheduler was lost while batches were read; those that were finished "
            "are kept",
            "读取途中与 Dask 调度器失去联系；读完的批次会保留",
        )
        return SchedulerError(self._where(), detail)

    def _where(self) -> Both:
        return Both.quoted(self.scheduler) if self.scheduler else _HERE
