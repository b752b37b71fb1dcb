"""`zhibiao score`: a warehouse against hand-annotated observations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from pipelines import display, scoring
from pipelines.bilingual import Both
from pipelines.commands.outcome import FAILED, fail, messages
from pipelines.console import out, say
from pipelines.relations import frame_of
from pipelines.warehouse.connect import read_only, sql_errors


def score(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    gold: Annotated[Path, typer.Argument(help="Folder of gold files (REPORT.jsonl).")],
    misses: Annotated[int, typer.Option(min=0, help="Show the first N disagreements.")] = 0,
    codes: Annotated[
        Path | None,
        typer.Option(help="Table with the codes that count, as seeds/indicators.csv; else core."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Accuracy of a warehouse against hand-annotated observations.

    Figures by field, by measure and by report; with --misses also the sentences where the two
    disagree, the quote in 【】, and what was got and wanted in each wrong field.
    """
    with messages(), sql_errors():
        wanted = scoring.read_gold(gold)
        if not wanted:
            fail(Both(f"{gold} has no .jsonl file", f"{gold} 中没有 .jsonl 文件"))
            raise typer.Exit(FAILED)
        predicted, passages = _predictions(warehouse)
        counted = scoring.read_codes(codes) if codes else scoring.core_codes()
        if not counted:
            fail(
                Both(
                    f"{codes} lists no codes; it needs a column `code`",
                    f"{codes} 中没有编码；须有 code 列",
                )
            )
            raise typer.Exit(FAILED)
        result = scoring.score(predicted, wanted, counted)
        if as_json:
            typer.echo(json.dumps(scoring.figures(result), ensure_ascii=False, indent=2))
            return
        for table in display.score_tables(result):
            out.print(table)
        for miss in result.misses[:misses]:
            out.print(display.disagreement(miss, _sentence(passages, miss)), soft_wrap=True)
        left = len(result.misses) - misses
        if left > 0:
            say(
                Both(
                    f"{left} more disagreements; --misses N shows them",
                    f"另有 {left} 处不一致；加 --misses N 查看",
                )
            )


Passages = dict[str, list[tuple[int, int, str]]]


def _predictions(warehouse: Path) -> tuple[dict[str, list[scoring.Claim]], Passages]:
    """Observations and sentences by report, the file name without folder and ending."""
    with read_only(warehouse) as con:
        rows = frame_of(con.table("mart_observation")).sort("file_name", "char_start").to_dicts()
        spans = con.sql(
            "select file_name, char_start, char_end, sentence from dim_passage "
            "inner join dim_report using (report_key) order by file_name, char_start"
        ).fetchall()
    claims: dict[str, list[scoring.Claim]] = {}
    for row in rows:
        record = row | {
            "start": row["char_start"],
            "end": row["char_end"],
            "code": row["indicator_code"],
        }
        claims.setdefault(Path(row["file_name"]).stem, []).append(scoring.claim_of(record))
    passages: Passages = {}
    for file_name, *span in spans:
        passages.setdefault(Path(file_name).stem, []).append((span[0], span[1], span[2]))
    return claims, passages


def _sentence(passages: Passages, miss: scoring.Miss) -> Text | None:
    claim = miss.want or miss.got
    for start, end, sentence in passages.get(miss.report, ()):
        if claim and start <= claim.start < end:
            return display.marked(sentence, claim.quote, claim.start - start)
    return None
