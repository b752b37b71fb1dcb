"""How a command ends: one line on standard error for what went wrong, and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from pipelines.bilingual import Both, Said, system
from pipelines.errors import ZhibiaoError

FAILED = 1
REFUSED = 3  # published, but some files were refused
STOPPED = 130  # as the shell has it for Ctrl-C


@contextmanager
def messages() -> Iterator[None]:
    """Report an expected failure in one line, and exit with the code for it."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of a pipe has had enough (`| head`): Click ends in silence
    except (ZhibiaoError, OSError) as error:
        fail(_cause(error) if isinstance(error, OSError) else error)
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt:
        _say(Both("stopped; the published file is unchanged", "已停止；已发布的文件未变"))
        raise typer.Exit(STOPPED) from None


def _cause(error: OSError) -> Both:
    """What the system refused, without the number of the error."""
    if error.filename is None or error.strerror is None:
        return Both.quoted(error)
    why = system(error)
    return Both(f"{error.filename}: {why}", f"{error.filename}：{why.zh}")


def fail(text: Said) -> None:
    """Print what went wrong."""
    _say(text, label=Both("failed", "失败"), style="bold red")


def _say(text: Said, *, label: Said | None = None, style: str = "") -> None:
    from pipelines.console import say  # noqa: PLC0415  (Rich is slow to import)

    say(text, label=label, style=style, error=True)
