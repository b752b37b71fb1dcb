"""`zhibiao annotate`: a report as one page to look at, print or send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines import lexicon
from pipelines.bilingual import Both, Lang
from pipelines.commands.outcome import FAILED, fail, messages
from pipelines.commands.report_files import documents, name_of
from pipelines.pages.annotated import annotated
from pipelines.terminal import say


def annotate(
    file: Annotated[
        str, typer.Argument(help="Report file of any format, or - for standard input.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")],
    lang: Annotated[Lang, typer.Option(help="Language of labels and headings.")] = Lang.zh,
) -> None:
    """Write a report as one HTML page: every figure marked, and a table of them.

    Marks and table lead to each other; numerals that are no figure have their reason. The page is
    one file without scripts, and asks for nothing from the network.
    """
    with messages():
        lexicon.validate(large=False)
        if output.exists() and file != "-" and output.samefile(file):
            fail(
                Both(
                    f"{output} is the report itself; name another file for the page",
                    f"{output} 就是报告本身；请为页面另指定文件",
                )
            )
            raise typer.Exit(FAILED)
        page = annotated(list(documents(file)), name_of(file), lang.value)
        output.write_text(page, "utf-8")
        say(Both(f"page: {output}", f"页面：{output}"))
