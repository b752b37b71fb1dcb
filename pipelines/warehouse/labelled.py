"""A table or view as a file of Stata or SPSS, its variables labelled out of the glossary.

What belongs here: which type of theirs a column becomes, the labels of variables and values, what
these formats cannot hold. Which tables are written, and where, is for `export` to say.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import duckdb
import polars as pl

from pipelines.bilingual import Both, Lang
from pipelines.errors import ExportError
from pipelines.relations import frame_of
from pipelines.warehouse.relation import Field, Relation, ordered, quoted

# A variable of Stata has a name of 32 characters and a label of 80; SPSS takes longer ones. A text
# of SPSS has at most 32,767 bytes, the name of its file 64.
_NAME, _LABEL, _FILE_LABEL = 32, 80, 20
SPSS_BYTES = 32_767
_ANSWERS = {None: ("否 no", "是 yes"), Lang.zh: ("否", "是"), Lang.en: ("no", "yes")}
# So that 300000000 and 0.05 are shown in full, not as 3.0e+08 or as asterisks.
_STATA_NUMBER, _SPSS_NUMBER = "%18.0g", "F20.4"


def labelled_library() -> ModuleType:
    """The library that writes these formats, which few installations need.

    Raises:
        ExportError: it is not installed.
    """
    try:
        return import_module("pyreadstat")
    except ImportError:
        raise ExportError(
            "pyreadstat",
            Both("it is not installed", "没有安装"),
            Both(
                "Install it: pip install 'zhibiao[stats]'", "请安装：pip install 'zhibiao[stats]'"
            ),
        ) from None


def write_dta(
    con: duckdb.DuckDBPyConnection, relation: Relation, path: Path, lang: Lang | None = None
) -> None:
    """Write a file of Stata (format 118: Stata 14 and later).

    Decimals become doubles, keys texts (a double has not their digits), truth values 0 and 1 with
    value labels. A text that is null is empty: Stata knows no other.

    Args:
        con: a connection to the warehouse.
        relation: what to write.
        path: the new file.
        lang: of the labels; without it they are in both languages.
    """
    names = variable_names(relation)
    labelled_library().write_dta(
        _rows(con, relation, names),
        path,
        file_label=relation.name[:_LABEL],
        column_labels=_labels(relation, names, lang),
        version=14,
        variable_value_labels=_answers(relation, names, lang),
        variable_format={names[field.name]: _STATA_NUMBER for field in _decimals(relation)},
    )


def write_sav(
    con: duckdb.DuckDBPyConnection, relation: Relation, path: Path, lang: Lang | None = None
) -> None:
    """Write a file of SPSS, as `write_dta` a file of Stata.

    Args:
        con: a connection to the warehouse.
        relation: what to write.
        path: the new file.
        lang: of the labels; without it they are in both languages.

    Raises:
        ExportError: a text is longer than SPSS takes.
    """
    names = variable_names(relation)
    rows = _rows(con, relation, names)
    _require_texts(relation, rows)
    labelled_library().write_sav(
        rows,
        path,
        file_label=relation.name[:_FILE_LABEL],
        column_labels=_labels(relation, names, lang),
        row_compress=True,
        variable_value_labels=_answers(relation, names, lang),
        variable_format={names[field.name]: _SPSS_NUMBER for field in _decimals(relation)},
        variable_measure={
            name: "scale" if kind.is_float() else "nominal" for name, kind in rows.schema.items()
        },
    )


def variable_names(relation: Relation) -> dict[str, str]:
    """The variable of each column: its name, shortened in the middle where Stata has no room.

    The last word stays: general_public_budget_expenditure_growth is a growth still.
    """
    taken: dict[str, str] = {}
    for name in relation.columns:
        short = name
        if len(name) > _NAME:
            head, _, tail = name.rpartition("_")
            short = f"{head[: _NAME - 1 - len(tail)]}_{tail}"[:_NAME]
        number = 1
        while short in taken.values():
            number += 1
            short = f"{short[: _NAME - 1 - len(str(number))]}_{number}"
        taken[name] = short
    return taken


def _rows(
    con: duckdb.DuckDBPyConnection, relation: Relation, names: dict[str, str]
) -> pl.DataFrame:
    cells = ", ".join(f"{_cell(field)} as {quoted(names[field.name])}" for field in relation.fields)
    return frame_of(con.sql(f"select {cells} from ({ordered(relation)})"))  # noqa: S608


def _cell(field: Field) -> str:
    name = quoted(field.name)
    if field.type.startswith("DECIMAL"):
        return f"cast({name} as double)"
    if field.type == "BOOLEAN":
        return f"cast({name} as tinyint)"
    if field.type in {"INTEGER", "DATE", "TIMESTAMP"}:
        return name
    return f"coalesce(cast({name} as varchar), '')"


def _decimals(relation: Relation) -> list[Field]:
    return [field for field in relation.fields if field.type.startswith("DECIMAL")]


def _labels(relation: Relation, names: dict[str, str], lang: Lang | None) -> dict[str, str]:
    return {names[field.name]: _label(field, lang)[:_LABEL] for field in relation.fields}


def _label(field: Field, lang: Lang | None) -> str:
    """The short label; a key has none, so what it is."""
    zh, en = field.label_zh or field.zh, field.label_en or field.en
    return {None: f"{zh} {en}".strip(), Lang.zh: zh, Lang.en: en}[lang]


def _answers(
    relation: Relation, names: dict[str, str], lang: Lang | None
) -> dict[str, dict[int, str]]:
    return {
        names[field.name]: dict(enumerate(_ANSWERS[lang]))
        for field in relation.fields
        if field.type == "BOOLEAN"
    }


def _require_texts(relation: Relation, rows: pl.DataFrame) -> None:
    for name, kind in rows.schema.items():
        longest = rows[name].str.len_bytes().max() if kind == pl.String and rows.height else 0
        if isinstance(longest, int) and longest > SPSS_BYTES:
            raise ExportError(
                relation.name,
                Both(
                    f"{name} has a text of {longest:,} bytes, and SPSS takes {SPSS_BYTES:,}",
                    f"{name} 中有 {longest:,} 字节的文字，而 SPSS 至多 {SPSS_BYTES:,} 字节",
                ),
                Both("Export it as Stata, CSV or Parquet", "请导出为 Stata、CSV 或 Parquet"),
            )
