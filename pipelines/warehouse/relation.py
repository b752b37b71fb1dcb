"""A table or view that is taken out of the warehouse: its columns, and what they are called.

What belongs here: names, types, descriptions, short labels, the order of its rows. In which format
it is written is for others to say (`spreadsheets`, `labelled`, `sdmx`).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipelines import contracts
from pipelines.bilingual import Lang

_READING_ORDER = ("file_name", "char_start")


@dataclass(frozen=True, slots=True)
class Field:
    """A column with its type, what the warehouse file says of it, and its short labels."""

    name: str
    type: str
    zh: str
    en: str
    label_zh: str = ""
    label_en: str = ""

    def label(self, lang: Lang | None) -> str:
        """The heading of the column: its name, or its label in a language where it has one."""
        labels = {None: "", Lang.zh: self.label_zh, Lang.en: self.label_en}
        return labels[lang] or self.name


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view of a warehouse file."""

    name: str
    rows: int
    fields: tuple[Field, ...]
    zh: str = ""
    en: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)


def relation_of(con: duckdb.DuckDBPyConnection, name: str) -> Relation:
    """What the warehouse file declares and says of a table or view of its own.

    Args:
        con: a connection to it.
        name: of a table or view in the schema main.
    """
    (about,) = con.execute(
        "select any_value(comment) from (select table_name, comment from duckdb_tables() "
        "where database_name = current_database() and schema_name = 'main' union all "
        "select view_name, comment from duckdb_views() "
        "where database_name = current_database() and schema_name = 'main') "
        "where table_name = $name",
        {"name": name},
    ).fetchall()
    fields = con.execute(
        "select column_name, data_type, coalesce(comment, '') from duckdb_columns() "
        "where table_name = $name and database_name = current_database() "
        "and schema_name = 'main' order by column_index",
        {"name": name},
    ).fetchall()
    zh, en = _both(about[0] or "")
    return Relation(name, count(con, name), tuple(_field(*field) for field in fields), zh, en)


def count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """The rows of a table or view."""
    ((rows,),) = con.sql(f"select count(*) from {quoted(name)}").fetchall()  # noqa: S608
    return int(rows)


def _field(name: str, kind: str, comment: str) -> Field:
    _, labels = contracts.labels()
    label = labels.get(name)
    zh, en = _both(comment)
    return Field(name, kind, zh, en, *((label.zh, label.en) if label else ()))


def _both(comment: str) -> tuple[str, str]:
    # As `contracts.Words` is written: Chinese, a bar, English.
    zh, _, en = comment.partition(" | ")
    return zh, en


def ordered(relation: Relation) -> str:
    """The query of all rows, always in the same order: as a report is read, where it is of one."""
    first = [name for name in _READING_ORDER if name in relation.columns]
    rest = [name for name in relation.columns if name not in first]
    order = ", ".join(map(quoted, [*first, *rest]))
    return f"select * from {quoted(relation.name)} order by {order}"  # noqa: S608  (quoted names)


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text as SQL takes it."""
    return "'" + str(text).replace("'", "''") + "'"


def plain_decimal(name: str) -> str:
    """The expression that writes a decimal without zeros at its end: 3, not 3.00000000."""
    text = f"cast({quoted(name)} as varchar)"
    return f"if(contains({text}, '.'), rtrim(rtrim({text}, '0'), '.'), {text})"
