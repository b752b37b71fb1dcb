"""What the figures of a draft contradict: others in it, and those of a published warehouse.

The draft is a warehouse of one report; the query is `sql/draft/`. How a draft becomes one is for
the caller to say.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from pipelines.bilingual import Both
from pipelines.errors import WarehouseError
from pipelines.relations import frame_of, in_words
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.connect import explain, read_only
from pipelines.warehouse.relation import literal


def contradictions(draft: Path, published: Path) -> pl.DataFrame:
    """The figures of a draft that contradict others.

    Args:
        draft: a closed warehouse file of the draft alone.
        published: the warehouse to compare it with.

    Returns:
        A row a pair: against (draft or warehouse), kind, indicator, region, period, measure, both
        values in the unit of the row, both quotes and sentences. In the order of the draft.

    Raises:
        WarehouseError: the published file cannot be read, or an older version made it.
    """
    with read_only(published):
        pass  # it is a warehouse, or the error says what it is
    (query,) = sqlfiles.statements("draft")
    with duckdb.connect(str(draft), read_only=True) as con:
        try:
            con.sql(f"attach {literal(published)} as published (read_only)")
            return frame_of(in_words(con.sql(query.sql)))
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise WarehouseError(
                published,
                Both("another version of Zhibiao made it", "文件由另一版本的 Zhibiao 生成"),
                Both("Build it again: zhibiao build.", "请重新构建：zhibiao build。"),
            ) from error
        except duckdb.Error as error:
            raise explain(published, error) from error
