"""The table of all settings, written out of `settings.py`: `python -m tools.settings_table`.

It prints Markdown; the committed file is docs/settings.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from pipelines.settings import DATA, Settings


def settings_table() -> str:
    """Every variable with its default and what it means, in both languages."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 设置 · Settings"
    yield ""
    yield "<!-- Written by `python -m tools.settings_table`; do not edit by hand. -->"
    yield ""
    yield "| 环境变量 · variable | 默认 · default | 含义 | meaning |"
    yield "| --- | --- | --- | --- |"
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra
        zh = extra["zh"] if isinstance(extra, dict) else ""
        yield f"| `ZHIBIAO_{name.upper()}` | {_default(field)} | {zh} | {field.description} |"


def _default(field: FieldInfo) -> str:
    if field.default is None or field.default is PydanticUndefined:
        return ""
    return f"`{str(field.default).removeprefix(f'{DATA}/')}`"


if __name__ == "__main__":
    sys.stdout.write(settings_table())
