"""How long a reader waits for each mart and each search of a large warehouse.

    python -m bench.views warehouse.duckdb [--rounds 3]

Of each mart: its rows of one region, its rows of one indicator, its first hundred rows; of the
macros one question each. Processor seconds of all threads, the best of the rounds: other work on
the machine moves them less than elapsed ones, which are fewer on several cores. The bars are those
of docs/performance.md; inf was given up. `zhibiao synth 10000` and `zhibiao build` make such a
warehouse.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import duckdb

from pipelines import contracts

# What a reader should wait for at most, in seconds.
BARS = {"region": 1.0, "indicator": 2.0, "first rows": 1.0, "search": 1.0}
_LIMIT = 25  # seconds, after which a question is given up
_INDICATORS = ("indicator_code", "canonical_code")


def questions(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str]]:
    """Name of the mart or macro, what is asked, and the SQL. Region and code are usual ones."""
    ((region,),) = con.sql(
        "select region_path from dim_region where report_count > 0 "
        "order by report_count desc, region_path limit 1"
    ).fetchall()
    views, _ = contracts.labels()
    for name in contracts.names("marts"):
        columns = contracts.table(name).schema
        if "region_path" in columns:
            yield name, "region", f"from {name} where region_path = '{region}'"
        code = next((column for column in _INDICATORS if column in columns), None)
        if code:
            yield name, "indicator", f"from {name} where {code} = 'gdp'"
        yield name, "first rows", f"from {name} limit 100"
        if name != "mart_search_word":
            yield f'zh."{views[name].zh}"', "first rows", f'from zh."{views[name].zh}" limit 100'
    place = region.split("/")[-1]
    for macro in ("search_figures", "search_sentences", "find_indicator"):
        yield macro, "search", f"from {macro}('{place}粮食产量')"
    yield "search_figures, anywhere", "search", "from search_figures('粮食产量')"


def measure(file: Path, rounds: int) -> dict[tuple[str, str], float]:
    """Seconds by name and question; each round has a connection of its own."""
    best: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
        with duckdb.connect(str(file), read_only=True) as con:
            for name, asked, sql in questions(con):
                spent = _spent(con, sql)
                best[name, asked] = min(spent, best.get((name, asked), spent))
    return best


def _spent(con: duckdb.DuckDBPyConnection, sql: str) -> float:
    timer = Timer(_LIMIT, con.interrupt)
    timer.start()
    begun = time.process_time()
    try:
        con.execute(sql).fetchall()
    except duckdb.InterruptException:
        return math.inf
    finally:
        timer.cancel()
    return time.process_time() - begun


def table(found: dict[tuple[str, str], float]) -> str:
    """The figures as Markdown; what is above its bar is in bold."""
    lines = ["| | " + " | ".join(BARS) + " |", "| --- |" + " --: |" * len(BARS)]
    for name in dict.fromkeys(name for name, _ in found):
        cells = []
        for asked, bar in BARS.items():
            spent = found.get((name, asked))
            cells.append(
                "" if spent is None else f"{spent:.2f}" if spent <= bar else f"**{spent:.2f}**"
            )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(table(measure(options.file, options.rounds)))


if __name__ == "__main__":
    main()
