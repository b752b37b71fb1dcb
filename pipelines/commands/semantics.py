"""`zhibiao semantics`: what the marts measure, for programs that build queries."""

from __future__ import annotations

from pipelines.commands.outcome import messages
from pipelines.terminal import write
from pipelines.warehouse.semantics import semantics as models


def semantics() -> None:
    """Print the marts as models for a semantic layer: dimensions, measures, worked questions.

    The YAML is that of Boring Semantic Layer; descriptions are in Chinese and English.
    """
    with messages():
        write(models())
