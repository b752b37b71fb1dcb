"""The marts for semantic layers: models in the YAML of Boring Semantic Layer.

What a column is comes from the glossary, the examples from sql/queries/. Nothing here reads a
warehouse: the models are the same for every file of this version.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import polars as pl
import yaml

from pipelines import contracts
from pipelines.contracts import Table, Words
from pipelines.warehouse import sqlfiles

_HEAD = """\
# Written by `zhibiao semantics`, version {version}.
# The marts as models of Boring Semantic Layer: their dimensions and measures, in both languages.
# `examples` are no model: questions with the SQL that answers them.
"""
_COUNTED = {
    "file_name": ("reports", Words("报告数", "number of report files")),
    "region_path": ("regions", Words("地区数", "number of regions")),
}
_ROWS = Words("行数", "number of rows")
# Values of unlike things: of one indicator, measure and unit they mean something together.
_ALIKE = Words(
    "只对同一指标、同一单位的行有意义", "only of rows with one indicator, measure and unit"
)
_STATISTICS = {
    "mean": Words("平均值", "mean"),
    "min": Words("最小值", "least"),
    "max": Words("最大值", "largest"),
}


def semantics() -> str:
    """The models of all marts, and the worked queries."""
    found: dict[str, Any] = {"examples": list(_examples())}
    for name in contracts.names("marts"):
        found[name] = _model(contracts.table(name))
    head = _HEAD.format(version=version("zhibiao"))
    return head + yaml.dump(found, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """SQL stays as it is written, line by line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _examples() -> Iterator[dict[str, str]]:
    for query in sqlfiles.statements("queries"):
        zh, en, *lines = query.sql.splitlines()
        yield {
            "name": query.name,
            "question_zh": zh.removeprefix("--").strip(),
            "question_en": en.removeprefix("--").strip(),
            "sql": "\n".join(lines).strip() + "\n",
        }


def _model(table: Table) -> dict[str, Any]:
    return {
        "table": table.name,
        "description": str(contracts.describe_table(table.name)),
        "dimensions": {name: _dimension(table, name) for name in table.schema},
        "measures": dict(_measures(table)),
    }


def _dimension(table: Table, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "expr": f'_["{name}"]',
        "description": str(contracts.describe(table.name, name)),
    }
    if table.schema[name] == pl.Date:
        found |= {"is_time_dimension": True, "smallest_time_grain": "TIME_GRAIN_DAY"}
    return found


def _measures(table: Table) -> Iterator[tuple[str, dict[str, str]]]:
    yield "row_total", {"expr": "_.count()", "description": str(_ROWS)}
    for name, (measure, words) in _COUNTED.items():
        if name in table.schema:
            yield measure, {"expr": f'_["{name}"].nunique()', "description": str(words)}
    for name, dtype in table.schema.items():
        words = contracts.describe(table.name, name)
        if name.endswith("_count") and dtype.is_integer():
            total = Words(f"合计：{words.zh}", f"sum: {words.en}")
            yield f"total_{name}", {"expr": f'_["{name}"].sum()', "description": str(total)}
        elif dtype.is_decimal() or dtype.is_float():
            for statistic, said in _STATISTICS.items():
                both = Words(
                    f"{said.zh}：{words.zh}（{_ALIKE.zh}）", f"{said.en}: {words.en} ({_ALIKE.en})"
                )
                yield (
                    f"{statistic}_{name}",
                    {"expr": f'_["{name}"].{statistic}()', "description": str(both)},
                )
