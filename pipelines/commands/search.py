"""`zhibiao search`: the figures, sentences or indicators that a question asks for."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.outcome import messages
from pipelines.commands.rows import Output, show
from pipelines.relations import frame_of, in_words
from pipelines.warehouse.connect import confined, sql_errors


class What(StrEnum):
    """What is searched."""

    figures = "figures"
    sentences = "sentences"
    indicators = "indicators"


# The macros are in the file (sql/search/), so any client can ask the same.
_SQL = {
    What.figures: "from search_figures($question, most := $most)",
    What.sentences: "from search_sentences($question, most := $most)",
    What.indicators: "from find_indicator($question, most := $most)",
}
_KEYS = {"observation_key", "passage_key"}


def search(
    file: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    question: Annotated[str, typer.Argument(help="What is sought, such as 浙江2025年粮食产量.")],
    what: Annotated[What, typer.Option("--in", help="What is searched.")] = What.figures,
    most: Annotated[int, typer.Option("--most", min=1, help="Rows at most.")] = 10,
    output: Annotated[Output, typer.Option("--format", help="Output format.")] = Output.table,
) -> None:
    """Find figures, sentences or indicators by words, best first.

    A region and a year in the question narrow the search.
    """
    with messages(), sql_errors(), confined(file) as con:
        relation = con.sql(_SQL[what], params={"question": question, "most": most})
        rows = frame_of(in_words(relation))
        if output is Output.table:
            rows = rows.drop(_KEYS & set(rows.columns))
    show(rows, output)
