"""Where the command line prints: streams that take any text, and what to do where they do not.

Reports, file names and results of queries may hold anything: text is printed as it is, never read
as markup, and control characters are shown, not sent to the terminal. What is printed is the
business of `commands` and `display.py`; messages, tables and bars go through `console`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.pictures import picture

# C0 and C1 controls but the line end, marks of direction, lone halves of surrogate pairs.
_CONTROL = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """`text` with a sign in the place of each character that a terminal obeys or cannot show."""
    return _CONTROL.sub(picture, text)


def write(text: str) -> None:
    """Print text for a program to read: every character of it, but made visible on a terminal.

    `typer.echo` does the reverse: what looks like an escape sequence is sent to a terminal and is
    left out of a file.
    """
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)


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
