"""The consoles of the command line, by Rich: messages, tables, progress bars.

A command that prints neither (`zhibiao parse`) starts without this module and Rich; what needs no
Rich is in `terminal`.
"""

from __future__ import annotations

import sys

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.text import Text

from pipelines.bilingual import Said, shown
from pipelines.terminal import visible


class _Shown(RenderHook):
    """Makes the control characters in whatever a console prints visible."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Visible(renderable) for renderable in renderables]


class _Visible:
    def __init__(self, renderable: ConsoleRenderable) -> None:
        self.renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self.renderable, options):
            if segment.control:
                yield segment
            else:
                yield Segment(visible(segment.text), segment.style)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave to the command what it means that nobody reads; Rich would end the process."""
        raise  # noqa: PLE0704  (Rich calls this where it has caught the error)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    # Into a pipe or a file a table takes the width that it needs; on a terminal it folds.
    folds = stderr or (stream is not None and stream.isatty())
    console = _Console(stderr=stderr, width=None if folds else 10_000, markup=False, emoji=False)
    console.push_render_hook(_Shown())
    return console


out = _console(stderr=False)
err = _console(stderr=True)


def say(text: Said, *, label: Said | None = None, style: str = "", error: bool = False) -> None:
    """Print one line, however long, after a coloured label if there is one.

    Args:
        text: printed as it is, in the language of this process.
        label: what kind of line it is (failed, check).
        style: how the label looks.
        error: print it on standard error, where trouble with printing is passed over.
    """
    words = shown(text)
    line = Text.assemble((shown(label), style), "  ", words) if label else Text(words)
    console = err if error else out
    try:
        console.print(line, soft_wrap=True, highlight=False)
    except (OSError, ValueError):
        if not error:
            raise


def progress(done: ProgressColumn) -> Progress:
    """A bar on a terminal, gone when the work is done; elsewhere nothing."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        done,
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
