"""Tables and columns as `sql/` declares them: types from the DDL, words from the glossary.

Everything that needs to know a column asks here: the frames that are staged, the comments in the
warehouse, the data dictionary, the tests. Nothing is declared in this module; it runs the DDL in
an empty in-memory database and reads back what came of it. Loading rows is the business of
`pipelines.warehouse`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb
import polars as pl
import yaml

from pipelines.bilingual import Both
from pipelines.errors import ContractError
from pipelines.relations import frame_of

_HERE = Path(__file__).resolve().parent
# A wheel carries sql/ inside the package; a checkout has it beside the package.
_PACKAGED = _HERE / "_data" / "sql"
SQL = _PACKAGED if _PACKAGED.is_dir() else _HERE.parent / "sql"

_ORDERED = ("marts", "search")
# Where the macros are that the warehouse file keeps: what marts use, and what answers questions.
MACROS = ("functions", "search")
# Those that give a value, not a table.
SCALARS = frozenset({"question_text", "rounding_of"})
_VIEWS = "select view_name from duckdb_views() where not internal"
Kind = Literal["staged", "seeds", "tables", "marts"]
KINDS: tuple[Kind, ...] = ("staged", "seeds", "tables", "marts")


@dataclass(frozen=True, slots=True)
class Words:
    """What a table or a column is, in Chinese and in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} | {self.en}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the DDL has it."""

    name: str
    type: str
    nullable: bool
    dtype: pl.DataType


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view as the DDL has it. A mart that no view answers in time is a table."""

    name: str
    kind: Kind
    columns: tuple[Column, ...]
    is_view: bool = False

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The Polars type of each column, in the order of the DDL."""
        return {column.name: column.dtype for column in self.columns}


def files(folder: str) -> tuple[Path, ...]:
    """The SQL files of one folder of `sql/`, in the order in which they can be run.

    A view or macro that reads another comes after it; otherwise by name.
    """
    left = {path.stem: path for path in sorted((SQL / folder).glob("*.sql"))}
    texts = {name: path.read_text("utf-8") for name, path in left.items()}
    ordered: list[Path] = []
    while left:
        ready = [
            name
            for name in left
            if folder not in _ORDERED
            or not any(other in texts[name] for other in left if other != name)
        ]
        if not ready:
            raise ContractError(
                ", ".join(left), Both("they read each other in a circle", "相互循环引用")
            )
        ordered.extend(left.pop(name) for name in ready)
    return tuple(ordered)


@cache
def tables() -> dict[str, Table]:
    """Every table and view of `sql/` by name: staged, seeds, tables, then marts."""
    found: dict[str, Table] = {}
    with duckdb.connect(":memory:") as con:
        for function in files("functions"):
            con.execute(function.read_text("utf-8"))
        for kind in KINDS:
            for path in files(kind):
                con.execute(path.read_text("utf-8"))
                views = {name for (name,) in con.sql(_VIEWS).fetchall()}
                found[path.stem] = Table(
                    path.stem, kind, _columns(con, path.stem), path.stem in views
                )
    return found


def _columns(con: duckdb.DuckDBPyConnection, name: str) -> tuple[Column, ...]:
    dtypes = frame_of(con.sql(f"from {name} limit 0")).schema
    rows = con.sql(f"describe {name}").fetchall()
    return tuple(Column(row[0], row[1], row[2] == "YES", dtypes[row[0]]) for row in rows)


def table(name: str) -> Table:
    """The contract of one table or view.

    Raises:
        ContractError: `sql/` declares no such table.
    """
    try:
        return tables()[name]
    except KeyError:
        raise ContractError(name, Both("there is no such table", "没有这张表")) from None


def names(kind: Kind) -> tuple[str, ...]:
    """The names of the tables of one kind, in the order of `tables()`."""
    return tuple(name for name, found in tables().items() if found.kind == kind)


def staged_schema(name: str) -> dict[str, pl.DataType]:
    """The Polars schema of a staged frame, `stg_document` and the like."""
    return table(name).schema


@cache
def glossary() -> tuple[dict[str, Words], dict[str, Words]]:
    """The words of `sql/glossary.yml`: those of tables, and those of columns.

    A column is found by its name, or as `table.column` where one table means something else.

    Raises:
        ContractError: an entry lacks one of the two languages.
    """
    found = _entries(SQL / "glossary.yml")
    return _words(found["tables"]), _words(found["columns"])


@cache
def labels() -> tuple[dict[str, Words], dict[str, Words]]:
    """Short names for headings: those of marts, and those of columns. Keys have none.

    Raises:
        ContractError: an entry lacks one of the two languages.
    """
    found = _entries(SQL / "glossary.yml")
    return _words(found["views"]), _words(found["labels"])


@cache
def macros() -> dict[str, Words]:
    """What each macro of `MACROS` does, which the warehouse file keeps for its readers.

    Raises:
        ContractError: an entry lacks one of the two languages.
    """
    return _words(_entries(SQL / "glossary.yml")["macros"])


@cache
def _entries(path: Path) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(path.read_text("utf-8"))
    return found


def _words(raw: dict[str, dict[str, str]]) -> dict[str, Words]:
    for name, entry in raw.items():
        if set(entry) != {"zh", "en"} or not all(entry.values()):
            raise ContractError(
                name,
                Both(
                    "its glossary entry must hold zh and en, and nothing else",
                    "术语表中应恰有 zh 和 en 两项",
                ),
            )
    return {name: Words(**entry) for name, entry in raw.items()}


def describe_table(name: str) -> Words:
    """What a table is.

    Raises:
        ContractError: the glossary does not know it.
    """
    words, _ = glossary()
    if name not in words:
        raise ContractError(name, Both("the glossary does not describe it", "术语表中没有说明"))
    return words[name]


def describe(name: str, column: str) -> Words:
    """What a column of a table is.

    Raises:
        ContractError: the glossary does not know it.
    """
    _, words = glossary()
    found = words.get(f"{name}.{column}") or words.get(column)
    if found is None:
        raise ContractError(
            name,
            Both(
                f"the glossary does not describe the column {column}",
                f"术语表中没有说明 {column} 列",
            ),
        )
    return found


@cache
def lineage() -> dict[str, dict[str, list[str]]]:
    """By table or view, by column: the columns, as `table.column`, that its values come from."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (SQL / "lineage.yml").read_text("utf-8")
    )
    return found


def comments(of: Collection[str] | None = None) -> tuple[str, ...]:
    """`COMMENT ON` statements for what the warehouse file holds, in both languages.

    Args:
        of: the tables and views to describe; all of them, and the macros, where not given.
    """
    statements = [
        _comment("macro" if name in SCALARS else "macro table", name, words)
        for name, words in macros().items()
        if of is None
    ]
    for found in tables().values():
        if found.kind not in ("tables", "marts") or (of is not None and found.name not in of):
            continue
        what = "view" if found.is_view else "table"
        statements.append(_comment(what, found.name, describe_table(found.name)))
        statements.extend(
            _comment("column", f"{found.name}.{column.name}", describe(found.name, column.name))
            for column in found.columns
        )
    return tuple(statements)


def _comment(what: str, name: str, words: Words) -> str:
    text = str(words).replace("'", "''")
    return f"comment on {what} {name} is '{text}'"


def enforce(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Hold a frame against the contract of table `name`.

    Args:
        frame: any frame; its columns may stand in any order.
        name: the table, `stg_observation` and the like.

    Returns:
        The same rows with the contract's columns, in its order, in its types.

    Raises:
        ContractError: a column is missing or unknown, has a type that would lose something on its
            way to the contract's, or holds a null where none may stand.
    """
    contract = table(name)
    _same_columns(name, frame.columns, [column.name for column in contract.columns])
    for column in contract.columns:
        have = frame.schema[column.name]
        if not _fits(have, column.dtype):
            raise ContractError(name, _other_type(column, str(have)))
    try:
        cast = frame.select(
            pl.col(column.name).cast(column.dtype, strict=True) for column in contract.columns
        )
    except pl.exceptions.InvalidOperationError as error:
        detail = Both(f"a value does not fit its type ({error})", f"有值与类型不符（{error}）")
        raise ContractError(name, detail) from error
    for column in contract.columns:
        if not column.nullable and (nulls := cast[column.name].null_count()):
            raise ContractError(
                name,
                Both(
                    f"{column.name} is null in {nulls} rows, and may not be",
                    f"{column.name} 不得为空，却有 {nulls} 行为空",
                ),
            )
    return cast


def enforce_columns(name: str, columns: dict[str, str]) -> None:
    """Hold the columns of a stored relation against the contract: names and exact types.

    Args:
        name: the table, `stg_observation` and the like.
        columns: the DuckDB type of each column.

    Raises:
        ContractError: a column is missing, unknown or of another type.
    """
    contract = table(name)
    _same_columns(name, list(columns), [column.name for column in contract.columns])
    for column in contract.columns:
        if columns[column.name] != column.type:
            raise ContractError(name, _other_type(column, columns[column.name]))


def _other_type(column: Column, have: str) -> Both:
    return Both(
        f"{column.name} is {have} where {column.type} is declared",
        f"{column.name} 声明为 {column.type}，实为 {have}",
    )


def _same_columns(name: str, have: list[str], want: list[str]) -> None:
    missing = [column for column in want if column not in have]
    unknown = [column for column in have if column not in want]
    if missing or unknown:
        parts = [
            Both(f"{label} {', '.join(some)}", f"{label.zh} {', '.join(some)}")
            for label, some in ((_LACKS, missing), (_OTHERS, unknown))
            if some
        ]
        raise ContractError(name, Both("; ".join(parts), "；".join(part.zh for part in parts)))


_LACKS = Both("it lacks", "缺少")
_OTHERS = Both("it must not hold", "不应有")


def _fits(have: pl.DataType, want: pl.DataType) -> bool:
    """Whether a cast can only succeed exactly or fail: never round, truncate or guess."""
    if have in (want, pl.Null):
        return True
    if isinstance(want, pl.Decimal):
        return have.is_integer() or (isinstance(have, pl.Decimal) and have.scale <= want.scale)
    if want.is_integer():
        return have.is_integer()
    return isinstance(want, pl.Datetime) and isinstance(have, pl.Datetime)
