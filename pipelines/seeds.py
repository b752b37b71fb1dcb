"""Reads a folder of seeds and validates every file against its schema.toml, all faults at once.

What a file may hold is said in schema.toml alone; what the words are good for is the business of
the code that asks `lexicon` for them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipelines.bilingual import Both
from pipelines.errors import SeedError, SeedFault

_SCHEMA = "schema.toml"
_WORD, _LISTS = "word", "lists"  # the first two columns of a table of words

Row = tuple[str, ...]
_Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of a table, or of one list of words; cells are stripped text.

    Rows are sorted, so that the order of lines in a file means nothing.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Seeds:
    """What a folder has, by name."""

    tables: Mapping[str, Table]
    lists: Mapping[str, Table]  # columns: word, then those that the list wants or allows
    tokens: Mapping[str, str]  # words that are tokens of their own, with their part of speech


@dataclass(frozen=True, slots=True)
class _File:
    """Lines of a file that have the right number of cells."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[tuple[int, Row], ...]


def read(folder: Path) -> Seeds:
    """Read every file that schema.toml declares, but for the tables that it calls large.

    Args:
        folder: the folder of the seeds; nothing outside it is read.

    Raises:
        SeedError: a file is missing, unknown or not UTF-8, or a line of it cannot be used. Names
            every fault that was found, with file and line.
    """
    schema = _schema(folder)
    faults = list(_unknown(folder, schema))
    specs = {name: spec for name, spec in schema["tables"].items() if not spec.get("large")}
    tables = _files(folder, specs, faults)
    words = {
        name: _file(folder, f"lexicon/{name}.tsv", _columns(spec), faults)
        for name, spec in schema["lexicon"].items()
    }
    referred = _referred((*specs.values(), *schema["lexicon"].values()))
    known = {
        f"{name}.{column}": {row[k] for _, row in file.lines}
        for name, file in tables.items()
        for k, column in enumerate(file.columns)
        if f"{name}.{column}" in referred
    }
    faults += _wrong_tables(tables, specs, known)
    for name, spec in schema["lexicon"].items():
        kinds = {column: _or_empty(kind) for column, kind in spec.get("columns", {}).items()}
        faults += _wrong_values(words[name], {_WORD: "text", _LISTS: "text"} | kinds, known)
        faults += _duplicates(words[name], [_WORD])
        faults += _wrong_lists(words[name], spec["lists"])
    if faults:
        raise SeedError(*sorted(faults))
    lists = {
        listed: found
        for name, spec in schema["lexicon"].items()
        for listed, found in _lists(words[name], spec["lists"])
    }
    return Seeds(
        {name: _sorted(file) for name, file in tables.items()},
        lists,
        {
            row[0]: listed["token"]
            for spec in schema["lexicon"].values()
            for name, listed in spec["lists"].items()
            if "token" in listed
            for row in lists[name].rows
        },
    )


def read_large(folder: Path, seeds: Seeds) -> Mapping[str, Table]:
    """Read the tables that schema.toml calls large: one report may never need them.

    Args:
        folder: the folder of the seeds.
        seeds: what else it has.

    Raises:
        SeedError: as of `read`.
    """
    faults: list[SeedFault] = []
    specs = {name: spec for name, spec in _schema(folder)["tables"].items() if spec.get("large")}
    tables = _files(folder, specs, faults)
    referred = _referred(specs.values())
    known = {
        f"{name}.{column}": {row[k] for row in table.rows}
        for name, table in seeds.tables.items()
        for k, column in enumerate(table.columns)
        if f"{name}.{column}" in referred
    }
    faults += _wrong_tables(tables, specs, known)
    if faults:
        raise SeedError(*sorted(faults))
    return {name: _sorted(file) for name, file in tables.items()}


def _files(folder: Path, specs: Mapping[str, _Spec], faults: list[SeedFault]) -> dict[str, _File]:
    return {
        name: _file(folder, f"{name}.csv", tuple(spec["columns"]), faults)
        for name, spec in specs.items()
    }


def _wrong_tables(
    tables: Mapping[str, _File], specs: Mapping[str, _Spec], known: Mapping[str, set[str]]
) -> Iterator[SeedFault]:
    for name, spec in specs.items():
        yield from _wrong_values(tables[name], spec["columns"], known)
        yield from _duplicates(tables[name], spec["key"])


def _sorted(file: _File) -> Table:
    return Table(file.columns, tuple(sorted([row for _, row in file.lines])))


def _schema(folder: Path) -> _Spec:
    try:
        return tomllib.loads((folder / _SCHEMA).read_text("utf-8"))
    except FileNotFoundError:
        raise SeedError(SeedFault(_SCHEMA, 0, _MISSING)) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        detail = Both(f"the file is no TOML: {error}", f"文件不是合法的 TOML：{error}")
        raise SeedError(SeedFault(_SCHEMA, 0, detail)) from None


def _referred(specs: Iterable[_Spec]) -> set[str]:
    """The kinds of all columns, among them the columns that others refer to (units.unit)."""
    kinds = [kind for spec in specs for kind in spec.get("columns", {}).values()]
    return {kind.removesuffix("?") for kind in kinds if isinstance(kind, str)}


def _columns(spec: _Spec) -> tuple[str, ...]:
    return (_WORD, _LISTS, *spec.get("columns", {}))


def _unknown(folder: Path, schema: _Spec) -> Iterator[SeedFault]:
    known = {f"{name}.csv" for name in schema["tables"]}
    known |= {f"lexicon/{name}.tsv" for name in schema["lexicon"]}
    others = tuple(schema["others"])
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        name = "/".join(parts)
        hidden = any(part.startswith((".", "__")) for part in parts)
        if path.is_file() and not hidden and name not in known and not name.startswith(others):
            yield SeedFault(
                name,
                0,
                Both("the file is not declared in schema.toml", "schema.toml 没有声明这个文件"),
            )


def _file(folder: Path, name: str, columns: tuple[str, ...], faults: list[SeedFault]) -> _File:
    """A file with a header: parted by commas, or in a .tsv by tabs.

    Lines of a .tsv may lack empty cells at the end. What is wrong with the file as a whole, or
    with the number of cells, goes to `faults`.
    """
    words = name.endswith(".tsv")
    found: list[tuple[int, Row]] = []
    lines = (_tsv if words else _csv)(_text(folder, name, faults))
    header = next(lines, None)
    if header is not None and header[1] != columns:
        between = Both("tabs", "制表符") if words else Both("commas", "逗号")
        head = " ".join(columns)
        detail = Both(
            f"the header must be {head}, parted by {between}",
            f"表头应为 {head}，以{between.zh}分隔",
        )
        faults.append(SeedFault(name, header[0], detail))
        lines = iter(())
    wanted = len(columns)
    for line, cells in lines:
        row = cells
        if words and len(cells) < wanted:
            row += ("",) * (wanted - len(cells))
        if len(row) == wanted:
            found.append((line, row))
        else:
            names = ", ".join(columns)
            detail = Both(
                f"{len(cells)} cells where {wanted} are wanted: {names}",
                f"有 {len(cells)} 格，应为 {wanted} 格：{names}",
            )
            faults.append(SeedFault(name, line, detail))
    return _File(name, columns, tuple(found))


def _text(folder: Path, name: str, faults: list[SeedFault]) -> str:
    try:
        data = (folder / name).read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        faults.append(SeedFault(name, 0, _MISSING))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        faults.append(SeedFault(name, line, Both("the line is not UTF-8", "这一行不是 UTF-8")))
    return ""


def _csv(text: str) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(text.splitlines(keepends=True))
    for cells in reader:
        yield reader.line_num, tuple(map(str.strip, cells))


def _tsv(text: str) -> Iterator[tuple[int, Row]]:
    for line, content in enumerate(text.splitlines(), start=1):
        if content.strip() and not content.startswith("#"):
            yield line, tuple(map(str.strip, content.split("\t")))


def _lists(file: _File, specs: Mapping[str, _Spec]) -> Iterator[tuple[str, Table]]:
    """Each list of a table of words: the word, and its cells in the columns of the list."""
    of_list: dict[str, list[Row]] = {name: [] for name in specs}
    for _, row in file.lines:
        for name in row[1].split():
            of_list[name].append(row)
    for name, spec in specs.items():
        columns = (_WORD, *spec.get("columns", ()), *spec.get("optional", ()))
        at = [file.columns.index(column) for column in columns]
        yield (
            name,
            Table(columns, tuple(sorted([tuple([r[k] for k in at]) for r in of_list[name]]))),
        )


def _wrong_values(
    file: _File, kinds: Mapping[str, str | list[str]], known: Mapping[str, set[str]]
) -> Iterator[SeedFault]:
    for k, column in enumerate(file.columns):
        values = {row[k] for _, row in file.lines}
        why = {value: said for value in values if (said := _refused(value, kinds[column], known))}
        if why:
            for line, row in file.lines:
                if said := why.get(row[k]):
                    yield SeedFault(
                        file.name, line, Both(f"{column} {said}", f"{column} {said.zh}")
                    )


def _duplicates(file: _File, key: Sequence[str]) -> Iterator[SeedFault]:
    at = [file.columns.index(column) for column in key]
    keys = [tuple([row[k] for k in at]) for _, row in file.lines]
    if len(set(keys)) == len(keys):
        return
    seen: dict[Row, int] = {}
    for (line, _), value in zip(file.lines, keys, strict=True):
        first = seen.setdefault(value, line)
        if first != line:
            key_of = " ".join(value)
            yield SeedFault(
                file.name,
                line,
                Both(f"{key_of} is already in line {first}", f"{key_of} 已在第 {first} 行"),
            )


def _wrong_lists(file: _File, specs: Mapping[str, _Spec]) -> Iterator[SeedFault]:
    """Words of unknown lists; cells that a list of theirs wants, or that none of theirs knows."""
    wants = {name: frozenset(spec.get("columns", ())) for name, spec in specs.items()}
    allows = {name: wants[name].union(spec.get("optional", ())) for name, spec in specs.items()}
    alike: dict[tuple[str, tuple[bool, ...]], list[int]] = {}
    for line, row in file.lines:
        alike.setdefault((row[1], tuple(map(bool, row[2:]))), []).append(line)
    for (said, cells), lines in alike.items():
        names = said.split()
        filled = {column for column, cell in zip(file.columns[2:], cells, strict=True) if cell}
        unknown = [name for name in names if name not in specs]
        details = [
            Both(
                f"lists {name!r} is none of {_listed(specs)}",
                f"lists 的 {name!r} 不在 {_listed(specs)} 之列",
            )
            for name in unknown[:1]
        ]
        if not unknown:
            details = [
                Both(
                    f"{column} is empty; a word of {name} has one",
                    f"{column} 为空；{name} 的词应有此项",
                )
                for name in names
                for column in sorted(wants[name] - filled)
            ]
            known = frozenset[str]().union(*[allows[name] for name in names])
            details += [
                Both(
                    f"{column} is filled; no list of the word has one",
                    f"{column} 有值；该词所属的表都没有此项",
                )
                for column in sorted(filled - known)
            ]
        yield from (SeedFault(file.name, line, said) for said in details for line in lines)
    for name, spec in specs.items():
        if (
            spec.get("only")
            and (count := sum(name in row[1].split() for _, row in file.lines)) != 1
        ):
            yield SeedFault(
                file.name,
                0,
                Both(
                    f"{name} has {count} words; it has exactly one",
                    f"{name} 有 {count} 个词；应恰好一个",
                ),
            )


def _or_empty(kind: str | list[str]) -> str | list[str]:
    """The same kind for a cell that may be empty."""
    return ["", *kind] if isinstance(kind, list) else f"{kind}?"


def _refused(value: str, kind: str | list[str], known: Mapping[str, set[str]]) -> Both | None:
    """Why a column of this kind does not allow the value; None if it does."""
    if isinstance(kind, list) and value not in kind:
        allowed = _listed(filter(None, kind))
        return Both(f"{value!r} is none of {allowed}", f"为 {value!r}，不在 {allowed} 之列")
    if isinstance(kind, list) or (not value and kind.endswith("?")):
        return None
    if not value:
        return Both("is empty", "为空")
    kind = kind.removesuffix("?")
    if kind in known:
        place = kind.replace(".", ".csv, ")
        absent = Both(f"{value!r} is not in {place}", f"为 {value!r}，{place} 中没有")
        return None if value in known[kind] else absent
    try:
        _KINDS[kind](value)
    except (ValueError, InvalidOperation):
        return Both(f"{value!r} is no {kind}", f"为 {value!r}，不是 {_CHINESE[kind]}")
    return None


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)


def _names(value: str) -> None:
    names = value.split("|")
    if not all(names) or len(set(names)) < len(names):
        raise ValueError


_MISSING = Both("the file is missing", "缺少这个文件")
_CHINESE: Mapping[str, str] = {
    "text": "文字",
    "integer": "整数",
    "decimal": "小数",
    "date": "日期",
    "names": "以 | 分隔的名称",
}
_KINDS: Mapping[str, Callable[[str], object]] = {
    "text": str,
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "names": _names,
}
