"""Reads a folder of seeds and validates every file against its schema.toml, all faults at once.

What a column may hold is said in schema.toml alone; what the words are good for is the business of
the code that asks `lexicon` for them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipelines.errors import SeedError, SeedFault

_WORD = "word"  # the first column of every list
_SCHEMA = "schema.toml"

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table or a list as its file has it: cells as stripped text, and the line of each row."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seeds:
    """All tables and all lists of a folder, by name."""

    tables: Mapping[str, Table]
    lists: Mapping[str, Table]


def read(folder: Path) -> Seeds:
    """Read every file that schema.toml declares.

    Args:
        folder: the folder of the seeds; nothing outside it is read.

    Raises:
        SeedError: a file is missing, unknown or not UTF-8, or a line of it cannot be used. Names
            every fault that was found, with file and line.
    """
    schema = _schema(folder)
    tables, lists = schema["tables"], schema["lists"]
    faults = list(_unknown(folder, schema))
    read_tables = {
        name: _read(folder, f"{name}.csv", spec, _csv_rows, faults) for name, spec in tables.items()
    }
    read_lists = {
        name: _read(folder, f"lexicon/{name}.txt", _as_table(spec), _list_rows, faults)
        for name, spec in lists.items()
    }
    known = {
        f"{name}.{column}": {row[k] for row in table.rows}
        for name, table in read_tables.items()
        for k, column in enumerate(table.columns)
    }
    for specs, found in ((tables, read_tables), (lists, read_lists)):
        for name, spec in specs.items():
            faults += _check(found[name], _as_table(spec), known)
    if faults:
        raise SeedError(*sorted(faults))
    return Seeds(read_tables, read_lists)


def _schema(folder: Path) -> Mapping[str, Any]:
    try:
        text = (folder / _SCHEMA).read_text("utf-8")
        return tomllib.loads(text)
    except FileNotFoundError:
        raise SeedError(SeedFault(_SCHEMA, 0, "the file is missing")) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SeedError(SeedFault(_SCHEMA, 0, f"the file is no TOML: {error}")) from None


def _as_table(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is said of a list, as if it were of a table: the word comes first and is the key."""
    if "key" in spec:
        return spec
    return {"key": [_WORD], "columns": {_WORD: "text", **spec.get("columns", {})}}


def _unknown(folder: Path, schema: Mapping[str, Any]) -> Iterator[SeedFault]:
    known = {f"{name}.csv" for name in schema["tables"]}
    known |= {f"lexicon/{name}.txt" for name in schema["lists"]}
    others = tuple(schema["others"])
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and name not in known and not name.startswith(others):
            yield SeedFault(name, 0, "the file is not declared in schema.toml")


def _read(
    folder: Path,
    file: str,
    spec: Mapping[str, Any],
    parse: Callable[[str, int], Iterator[tuple[int, Row]]],
    faults: list[SeedFault],
) -> Table:
    """The rows of a file that have the right number of cells; of what it lacks `faults` is told."""
    columns = tuple(spec["columns"])
    rows: list[Row] = []
    lines: list[int] = []
    try:
        data = (folder / file).read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        faults.append(SeedFault(file, 0, "the file is missing"))
        text = ""
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        faults.append(SeedFault(file, line, "the line is not UTF-8"))
        text = ""
    wanted = len(columns)
    for line, cells in parse(text, wanted):
        if line == 1 and parse is _csv_rows:
            if cells != columns:
                detail = f"the header must be {','.join(columns)}"
                faults.append(SeedFault(file, line, detail))
                break
        elif len(cells) != wanted:
            detail = f"{len(cells)} cells where {wanted} are wanted: {', '.join(columns)}"
            faults.append(SeedFault(file, line, detail))
        else:
            rows.append(cells)
            lines.append(line)
    return Table(file, columns, tuple(rows), tuple(lines))


def _csv_rows(text: str, _: int) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(text.splitlines(keepends=True))
    for cells in reader:
        yield reader.line_num, tuple([cell.strip() for cell in cells])


def _list_rows(text: str, wanted: int) -> Iterator[tuple[int, Row]]:
    for line, content in enumerate(text.splitlines(), start=1):
        said = content.split("#", 1)[0].rstrip()
        if said:
            cells = tuple([cell.strip() for cell in said.split("\t")])
            yield line, cells + ("",) * (wanted - len(cells))


def _check(
    table: Table, spec: Mapping[str, Any], known: Mapping[str, set[str]]
) -> Iterator[SeedFault]:
    """Values that their column does not allow, and keys that come twice."""
    for k, (column, kind) in enumerate(spec["columns"].items()):
        values = {row[k] for row in table.rows}
        refused = {value: why for value in values if (why := _refused(value, kind, known))}
        if refused:
            for line, row in zip(table.lines, table.rows, strict=True):
                if row[k] in refused:
                    yield SeedFault(table.file, line, f"{column} {refused[row[k]]}")
    key = [table.columns.index(column) for column in spec["key"]]
    seen: dict[Row, int] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        value = tuple([row[k] for k in key])
        first = seen.setdefault(value, line)
        if first != line:
            yield SeedFault(table.file, line, f"{' '.join(value)} is already in line {first}")


def _refused(value: str, kind: str | list[str], known: Mapping[str, set[str]]) -> str:
    """Why a column of this kind does not allow the value; empty if it does."""
    if isinstance(kind, list):
        return "" if value in kind else f"{value!r} is none of {_listed(kind)}"
    if not value:
        return "" if kind.endswith("?") else "is empty"
    kind = kind.removesuffix("?")
    if kind in known:
        return "" if value in known[kind] else f"{value!r} is not in {kind.replace('.', '.csv, ')}"
    try:
        _KINDS[kind](value)
    except (ValueError, InvalidOperation):
        return f"{value!r} is no {kind}"
    return ""


def _listed(values: Iterable[str]) -> str:
    return ", ".join(value or "(empty)" for value in values)


def _names(value: str) -> None:
    names = value.split("|")
    if not all(names) or len(set(names)) < len(names):
        raise ValueError


_KINDS: Mapping[str, Callable[[str], object]] = {
    "text": str,
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "names": _names,
}
