"""Where the command line prints: consoles that take any text, messages, progress bars.

Reports, file names and results of queries may hold anything: text is printed as it is, never read
as markup, and control characters are shown, not sent to the terminal. What is printed is the
business of `commands` and `display.py`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.text import Text

from pipelines.bilingual import Said, shown
from pipelines.pictures import picture

# C0 and C1 controls but the line end, marks of direction, lone halves of surrogate pairs.
_CONTROL = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """`text` with a sign in the place of each character that a terminal obeys or cannot show."""
    return _CONTROL.sub(picture, text)


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


def write(text: str) -> None:
    """Print text for a program to read: every character of it, but made visible on a terminal.

    `typer.echo` does the reverse: what looks like an escape sequence is sent to a terminal and is
    left out of a file.
    """
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)


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


@contextmanager
def unheard() -> Iterator[None]:
    """Print what is worth saying once the work is done, and pass over trouble with printing.

    A full disk behind standard output, or a reader of a pipe that has gone, must not make a load
    that was published a failure.
    """
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        _silence()


def prepare() -> None:
    """Make the standard streams such that any text can be printed; once, when a command starts."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The next file that is opened, a database perhaps, would become standard output.
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def settle() -> bool:
    """Write what is still to be printed, at the end of a command.

    Returns:
        Whether that worked, or nobody reads any more (`| head`), which is no failure.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except (OSError, ValueError):
        _silence()
        return False
    return True


def _silence() -> None:
    """Let what is still to be printed go nowhere: the interpreter would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
