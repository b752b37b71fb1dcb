"""The data dictionary, written out of the contracts: `python -m tools.dictionary`.

It prints Markdown; the committed file is docs/dictionary.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pipelines import contracts
from pipelines.contracts import Kind, Table
from pipelines.text.ledger import DISPOSITIONS

_TITLES: tuple[tuple[Kind, str], ...] = (
    ("tables", "表 · Tables"),
    ("marts", "视图 · Views"),
    ("staged", "暂存表 · Staged tables (Parquet, not in the file)"),
)


def dictionary() -> str:
    """All tables, views and columns in both languages, with a diagram of the star."""
    return "\n".join(_lines()) + "\n"


def links(tables: dict[str, Table]) -> tuple[tuple[str, str, str], ...]:
    """Which table points to which by what: (table, column, table pointed to).

    A key points to the dimension (or to the observations) that opens with it; `…_date_key` plays
    a role of the calendar, and `parent_key` stays in its own table.
    """
    owners = {
        table.columns[0].name: table.name
        for table in tables.values()
        if table.name.startswith("dim_") or table.name == "fact_observation"
    }
    found = []
    for table in tables.values():
        if table.kind != "tables":
            continue
        for column in table.columns:
            name = column.name
            if name == "parent_key":
                found.append((table.name, name, table.name))
            elif name.endswith("_date_key"):
                found.append((table.name, name, "dim_date"))
            elif name.endswith("_key") and owners.get(name, table.name) != table.name:
                found.append((table.name, name, owners[name]))
    return tuple(found)


def _lines() -> Iterator[str]:
    tables = contracts.tables()
    yield "# 数据字典 · Data dictionary"
    yield ""
    yield "<!-- Written by `python -m tools.dictionary`; do not edit by hand. -->"
    yield ""
    yield "```mermaid"
    yield "erDiagram"
    for table, column, owner in links(tables):
        yield f"    {owner} ||--o{{ {table} : {column}"
    yield "```"
    for kind, title in _TITLES:
        yield ""
        yield f"## {title}"
        for name in contracts.names(kind):
            yield from _table(tables[name])
        if kind == "tables":
            yield from _dispositions()
        if kind == "marts":
            yield from _macros()


def _dispositions() -> Iterator[str]:
    yield ""
    yield "## 数字的去向 · Dispositions of numerals"
    yield ""
    yield "| `disposition` | 含义 | meaning | 例 · example |"
    yield "| --- | --- | --- | --- |"
    for code, kind in DISPOSITIONS.items():
        yield f"| {code} | {kind.zh} | {kind.en} | {_cell(kind.example)} |"


def _macros() -> Iterator[str]:
    yield ""
    yield "## 宏 · Macros of the file"
    yield ""
    yield "| 宏 · macro | 含义 | meaning |"
    yield "| --- | --- | --- |"
    for name, words in contracts.macros().items():
        yield f"| {name} | {_cell(words.zh)} | {_cell(words.en)} |"


def _table(table: Table) -> Iterator[str]:
    words = contracts.describe_table(table.name)
    yield ""
    yield f"### {table.name}"
    yield ""
    yield f"{words.zh}。 {words.en}."
    yield ""
    yield "| 列 · column | 简称 · label | 类型 · type | 含义 | meaning |"
    yield "| --- | --- | --- | --- | --- |"
    _, labels = contracts.labels()
    for column in table.columns:
        about = contracts.describe(table.name, column.name)
        null = "" if column.nullable else " not null"
        kind = f"{column.type.lower()}{'' if table.kind == 'marts' else null}"
        label = labels.get(column.name)
        short = f"{label.zh} · {label.en}" if label else ""
        yield f"| {column.name} | {short} | {kind} | {_cell(about.zh)} | {_cell(about.en)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(dictionary())
