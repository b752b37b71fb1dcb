"""`zhibiao sample`: random observations with their sentences."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from pipelines import display
from pipelines.bilingual import Both
from pipelines.commands.outcome import messages
from pipelines.console import out, say
from pipelines.relations import frame_of
from pipelines.warehouse.connect import read_only, sql_errors


def sample(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    rows: Annotated[int, typer.Option(min=1, help="Number of observations.")] = 50,
    seed: Annotated[
        int | None, typer.Option(help="The same seed draws the same observations.")
    ] = None,
) -> None:
    """Random observations with their sentences, the quote in 【】, for a person to judge."""
    with messages(), sql_errors():
        number = secrets.randbelow(1_000_000) if seed is None else seed
        with read_only(warehouse) as con:
            draw = con.sql(_SAMPLE, params={"seed": str(number), "rows": rows})
            drawn = frame_of(draw).rows(named=True)
        for place, row in enumerate(drawn, 1):
            out.print(display.observation(row, f"{place}/{len(drawn)}"), soft_wrap=True)
        count = len(drawn)
        say(Both(f"{count} observations, seed {number}", f"{count} 条观测，随机种子 {number}"))


# Keys are hashes of their own, so the draw depends on the observations and the seed alone.
_SAMPLE = """
select observation.*, passage.char_start as passage_start
from mart_observation as observation
inner join fact_observation as fact using (observation_key)
inner join dim_passage as passage on fact.passage_key = passage.passage_key
order by md5(observation.observation_key || '/' || $seed)
limit $rows
"""
