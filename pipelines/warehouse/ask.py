"""One question to the published file: a single read-only statement, with limits.

For programs that stay open and take questions from people and machines. Each question has a
connection of its own, so a file that was published in between answers the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import NamedTuple

import duckdb
import polars as pl

from pipelines.bilingual import Both
from pipelines.errors import QueryError
from pipelines.relations import frame_of, in_words
from pipelines.warehouse.connect import REFUSED, confined

SECONDS, ROWS = 20.0, 10_000
_LIMITS = {"memory_limit": "2GB", "max_temp_directory_size": "0KiB"}
# What only reads. Everything else (COPY, ATTACH, INSTALL, SET …) is refused before it runs.
_READS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class Answer(NamedTuple):
    """Rows of a question; `cut` says that there are more than were asked for."""

    rows: pl.DataFrame
    cut: bool


def ask(
    path: Path,
    sql: str,
    params: Sequence[object] = (),
    *,
    rows: int = ROWS,
    seconds: float = SECONDS,
) -> Answer:
    """Ask the published file.

    Args:
        path: the file.
        sql: one statement that reads.
        params: values of its `?`.
        rows: as many are answered at most.
        seconds: as long it may take.

    Returns:
        The rows; dates and other values that are no plain ones as text.

    Raises:
        WarehouseError: the file cannot be read.
        QueryError: the statement fails, does more than read, or takes too long.
    """
    with confined(path, _LIMITS) as con, _limited(con, seconds):
        _refuse_writes(sql)
        relation = con.sql(sql, params=list(params) or None)
        if relation is None:
            raise QueryError(
                Both(
                    "the statement answers nothing. Ask with SELECT or FROM.",
                    "语句没有返回结果。请用 SELECT 或 FROM 查询。",
                )
            )
        found = frame_of(in_words(relation).limit(rows + 1))
    return Answer(found.head(rows), found.height > rows)


def _refuse_writes(sql: str) -> None:
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(
            Both(
                f"{len(statements)} statements where one is answered. Ask one at a time.",
                f"有 {len(statements)} 条语句，一次只答一条。请逐条查询。",
            )
        )
    if statements[0].type not in _READS:
        kind = statements[0].type.name
        raise QueryError(
            Both(
                f"{kind} is refused: this only reads. Ask with SELECT or FROM.",
                f"{kind} 语句不予执行，只能读取。请用 SELECT 或 FROM。",
            )
        )


@contextmanager
def _limited(con: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """End what takes too long, and have one kind of error for all that DuckDB says."""
    timer = Timer(seconds, con.interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException:
        raise QueryError(
            Both(
                f"the query took longer than {seconds:g} s and was stopped. Narrow it.",
                f"查询超过 {seconds:g} 秒，已停止。请缩小范围。",
            )
        ) from None
    except duckdb.PermissionException as error:
        raise QueryError(REFUSED) from error
    except duckdb.Error as error:
        raise QueryError(Both.quoted(error)) from error
    finally:
        timer.cancel()
