"""`zhibiao`: which commands there are. What each does is in its module of `pipelines.commands`.

Only the command that is asked for is loaded: `zhibiao parse` starts without DuckDB and Polars.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipelines import bilingual
from pipelines.bilingual import Both, Lang
from pipelines.commands.outcome import FAILED, fail
from pipelines.errors import ExtraMissingError
from pipelines.terminal import prepare, settle

# In the order of the help: a function NAME in the module pipelines.commands.NAME, and the extra
# that it needs, if any.
COMMANDS = {
    "build": "warehouse",
    "parse": "",
    "annotate": "",
    "synth": "",
    "score": "warehouse",
    "sample": "warehouse",
    "export": "warehouse",
    "query": "warehouse",
    "search": "warehouse",
    "terms": "warehouse",
    "check": "warehouse",
    "explore": "explore",
    "mcp": "mcp",
    "semantics": "warehouse",
    "correct": "warehouse",
    "corrections": "warehouse",
    "reports-csv": "warehouse",
}


class _Commands(TyperGroup):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (of Click's protocol)
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        # For a name that is none, all of them: one may be like it.
        for name in (cmd_name,) if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.commands[name] = _command(name)
        return self.commands.get(cmd_name)


def _command(name: str) -> Any:
    alone = typer.Typer(add_completion=False)
    try:
        module = import_module(f"pipelines.commands.{name.replace('-', '_')}")
    except ModuleNotFoundError as error:
        if not COMMANDS[name]:
            raise
        from rich.markup import escape  # noqa: PLC0415  (slow to import)

        missing = ExtraMissingError(COMMANDS[name], f"zhibiao {name}", str(error.name))
        alone.command(name, help=escape(str(missing)), context_settings=_ANY)(_refusal(missing))
    else:
        alone.command(name)(getattr(module, name.replace("-", "_")))
    return typer.main.get_command(alone)


# Whatever is asked of a command that cannot be loaded, the answer is the same.
_ANY = {"allow_extra_args": True, "ignore_unknown_options": True}


def _refusal(missing: ExtraMissingError) -> Callable[[], None]:
    def refuse() -> None:
        fail(missing)
        raise typer.Exit(FAILED)

    return refuse


app = typer.Typer(
    name="zhibiao",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415  (slow to import)

        typer.echo(f"zhibiao {version('zhibiao')}")
        raise typer.Exit


@app.callback()
def common(
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
    lang: Annotated[
        Lang | None,
        typer.Option(
            envvar=bilingual.SWITCH,
            help="Language of messages. Default: that of the locale, else English.",
            show_envvar=True,
        ),
    ] = None,
) -> None:
    """Zhibiao (指标): Chinese government reports as a queryable DuckDB warehouse."""
    bilingual.choose(lang, os.environ)


def main() -> None:
    """The command `zhibiao`: any text can be printed, and trouble with printing has a message."""
    prepare()
    # A vocabulary is no garbage: to look for some every 700 objects takes 5 % of a short command.
    gc.set_threshold(100_000)
    try:
        app(prog_name="zhibiao")
    except SystemExit:
        if not settle():
            fail(Both("standard output cannot be written", "无法写入标准输出"))
            sys.exit(FAILED)
        raise
