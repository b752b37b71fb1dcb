"""Staged tables and seed tables as views of a connection, each held against its contract first."""

from __future__ import annotations

import glob
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from pipelines import contracts, lexicon
from pipelines.bilingual import Both
from pipelines.errors import ContractError
from pipelines.relations import offer
from pipelines.warehouse.keywords import dictionary_frame

_KEYWORDS = "seed_keywords"
# Any word of any dictionary. DuckDB compiles a pattern once only if it is a constant; and one that
# finds nothing where there are no words.
_PATTERN = """
set variable keyword_pattern = (
    select coalesce(string_agg(distinct regexp_escape(term), '|'), '[^\\s\\S]')
    from seed_keywords
)
"""

_OF_RENEWED = "report_sha256 in (select report_sha256 from renewed)"

Staged = pl.DataFrame | pl.LazyFrame | Path | str | Sequence[Path]


def register_staged(
    con: duckdb.DuckDBPyConnection,
    staged: Mapping[str, Staged],
    *,
    names: Collection[str] | None = None,
    settled: Collection[str] | None = None,
) -> None:
    """Make every staged table of the contracts a temporary view of its name.

    Args:
        con: an open connection.
        staged: by name (`stg_document` …) a frame, or the paths or glob of Parquet files,
            which DuckDB then reads out of core. A glob that meets no file is an empty table.
        names: the tables to register; all where not given.
        settled: where given, tables of reports show only the rows of the reports in the temporary
            table `renewed`; files in folders of these names hold none of them, and are not read.

    Raises:
        ContractError: a table is missing, or its columns are not those that `sql/` declares.
    """
    # Many statements ask hundreds of files each, which do not change meanwhile.
    con.sql("set parquet_metadata_cache = true")
    for name in names or contracts.names("staged"):
        if name not in staged:
            raise ContractError(name, Both("it was not staged", "没有暂存"))
        source = staged[name]
        some = settled is not None and "report_sha256" in contracts.staged_schema(name)
        place = f"all_{name}"
        if isinstance(source, pl.LazyFrame):
            source = source.collect()
        if isinstance(source, pl.DataFrame):
            offer(con, place, contracts.enforce(source, name))
        elif isinstance(source, Path | str):
            # The pattern may be absolute.
            files = sorted(glob.glob(str(source), recursive=True))  # noqa: PTH207
            _register_parquet(con, name, place, files)
        else:
            idle = settled if some and settled else ()
            files = [str(path) for path in source if path.parent.name not in idle]
            _register_parquet(con, name, place, files)
        shadow(con, name, place, _OF_RENEWED if some else "true")


def _register_parquet(
    con: duckdb.DuckDBPyConnection, name: str, place: str, files: list[str]
) -> None:
    if not files:
        offer(con, place, pl.DataFrame(schema=contracts.staged_schema(name)))
        return
    relation = con.read_parquet(files)
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    contracts.enforce_columns(name, types)
    con.register(place, relation)


def shadow(con: duckdb.DuckDBPyConnection, table: str, source: str, condition: str) -> None:
    """Have statements that read a table see only some of its rows, by a temporary view.

    Args:
        con: a connection.
        table: a table; a temporary view of its name comes before it.
        source: where its rows are, by another name.
        condition: of the rows that are seen.
    """
    con.sql(f"create or replace temporary view {table} as from {source} where {condition}")


def register_seeds(
    con: duckdb.DuckDBPyConnection,
    seeds: Mapping[str, pl.DataFrame] | None,
    dictionaries: Path | None = None,
) -> None:
    """Make every seed table of the contracts a temporary view of its name.

    Args:
        con: an open connection.
        seeds: frames by name (`seed_units` …); the files of `seeds/` where not given. Columns
            that the contract does not name are left out: other rooms use them.
        dictionaries: the folder of word lists; those of `seeds/` where not given.

    Raises:
        WordListError: a word list cannot be read.
        SeedError: a file of `seeds/` is missing or malformed.
        ContractError: a column is missing.
    """
    for name in contracts.names("seeds"):
        if dictionaries is not None and name == _KEYWORDS and seeds is None:
            frame = dictionary_frame(dictionaries)
        else:
            frame = seeds[name] if seeds is not None else seed_frame(name)
        wanted = [column for column in contracts.table(name).schema if column in frame.columns]
        offer(con, name, contracts.enforce(frame.select(wanted), name))
    con.sql(_PATTERN)


def seed_frame(name: str) -> pl.DataFrame:
    """The seed table `name`, every column as text.

    `seed_units` is seeds/units.csv; where there is no such CSV, as for `seed_areas`, it is the list
    of words of that name, whose columns are those that the contract declares.
    """
    if name == _KEYWORDS:
        return dictionary_frame(lexicon.SEEDS / "dictionaries")
    stem = name.removeprefix("seed_")
    if (lexicon.SEEDS / f"{stem}.csv").is_file():
        rows = lexicon.table(stem)
    else:
        columns = contracts.table(name).schema
        rows = tuple(dict(zip(columns, row, strict=True)) for row in lexicon.entries(stem))
    return pl.DataFrame([dict(row) for row in rows], infer_schema_length=None)
