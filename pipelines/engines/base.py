"""What the rest of the project knows of an engine, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")


class Engine(Protocol):
    """Runs a function over batches somewhere, and loses none of them."""

    def map_batches(
        self, function: Callable[[Batch], Result], batches: Sequence[Batch]
    ) -> Generator[Result]:
        """Yield `function(batch)` for every batch, in the order in which they finish.

        Only as many batches are handed out ahead as keep the workers busy. Whoever may stop
        before the last result closes the generator: that ends the workers.

        Args:
            function: importable and idempotent: a batch may run again when its worker is lost.
            batches: picklable.

        Raises:
            EngineError: the workers cannot be had, or kept dying.
            Exception: whatever `function` raised; batches not yet begun are given up.
        """
        ...
