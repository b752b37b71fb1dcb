"""`zhibiao annotate`: a report, or each report of a folder, as one page to look at or send."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from pipelines import lexicon
from pipelines.bilingual import Both, Lang
from pipelines.commands.outcome import FAILED, fail, messages
from pipelines.commands.report_files import documents, name_of
from pipelines.console import say
from pipelines.errors import ExtraMissingError
from pipelines.pages.annotated import annotated


def annotate(
    file: Annotated[
        str,
        typer.Argument(help="Report file of any format, a folder of them, or - for input."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="HTML file to write; of a folder, a folder.")
    ],
    lang: Annotated[Lang, typer.Option(help="Language of labels and headings.")] = Lang.zh,
) -> None:
    """Write a report as one HTML page: every figure marked, and a table of them.

    Marks and table lead to each other; numerals that are no figure have their reason. A page is
    one file without scripts, and asks for nothing from the network. Of a folder each report gets a
    page, and index.html lists them; exit code 3 says that some could not be read.
    """
    with messages():
        lexicon.validate(large=False)
        if file != "-" and Path(file).is_dir():
            _of_folder()(Path(file), output, lang.value)
            return
        if output.exists() and file != "-" and output.samefile(file):
            fail(
                Both(
                    f"{output} is the report itself; name another file for the page",
                    f"{output} 就是报告本身；请为页面另指定文件",
                )
            )
            raise typer.Exit(FAILED)
        output.write_text(annotated(list(documents(file)), name_of(file), lang.value).html, "utf-8")
        say(Both(f"page: {output}", f"页面：{output}"))


def _of_folder() -> Callable[[Path, Path, str], None]:
    """What is done with a folder; finding reports in it takes an extra, a single one does not.

    Raises:
        ExtraMissingError: the extra is not installed.
    """
    try:
        from pipelines.commands.report_folder import annotate_folder  # noqa: PLC0415
    except ModuleNotFoundError as error:
        wanted = ("warehouse", "zhibiao annotate", str(error.name))
        raise ExtraMissingError(*wanted) from error
    return annotate_folder
