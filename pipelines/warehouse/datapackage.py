"""`datapackage.json`: an exported folder described for readers of Frictionless Data Packages.

What belongs here: the terms of that standard (https://datapackage.org), and what is said of a
folder in any standard (`Exported`). What the tables and columns are comes from the glossary, by way
of the relations; who made them from `citation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pipelines.warehouse.citation import citation
from pipelines.warehouse.relation import Relation

NAME = "datapackage.json"
MEDIA = {
    "xml": "application/xml",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "dta": "application/x-stata-dta",
    "sav": "application/x-spss-sav",
}
STRUCTURE = "维度、属性和代码表 | Dimensions, attributes and code lists"
_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}


class Part(NamedTuple):
    """A relation with the files that it was written to, and the names of its columns in them."""

    relation: Relation
    files: tuple[str, ...]
    heads: tuple[str, ...]


class Load(NamedTuple):
    """The load that a folder comes from."""

    load_id: str
    loaded_at: datetime  # UTC, without a zone
    reports: int


class Exported(NamedTuple):
    """A folder that was written: its parts, and the load that they come from."""

    folder: Path
    form: str
    parts: tuple[Part, ...]
    load: Load
    structures: tuple[str, ...] = ()  # files of XML that say what the codes in the parts are

    @property
    def title(self) -> str:
        """What the folder is, in a line of both languages."""
        return "Zhibiao: figures of Chinese government reports | 指标：政府报告中的数值"

    @property
    def about(self) -> str:
        """What a reader has to know of all parts."""
        load_id, _, reports = self.load
        return (
            f"Load {load_id}: figures that {reports:,} reports of Chinese governments "
            "state, each with its source. The licence is that of the data and their descriptions "
            "as Zhibiao makes them; sentences that are quoted remain those of the publishers of "
            f"the reports. | 装载 {load_id}：{reports:,} 份政府报告中的数值及其出处。"
            "许可适用于 Zhibiao 整理的数据与说明；所引原句的权利属于各报告的发布者。"
        )


def data_package(exported: Exported) -> dict[str, object]:
    """The content of `datapackage.json`.

    Args:
        exported: the folder, with all its files written.
    """
    source = citation()
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "zhibiao",
        "id": exported.load.load_id,
        "title": exported.title,
        "description": exported.about,
        "version": source.version,
        "created": f"{exported.load.loaded_at:%Y-%m-%dT%H:%M:%SZ}",
        "keywords": list(source.keywords),
        "licenses": [{"name": source.licence, "path": source.licence_page}],
        "contributors": [{"title": name, "roles": ["creator"]} for name in source.authors],
        "citation": source.text,
        "resources": [
            *(_resource(exported, part) for part in exported.parts),
            *(_structure(exported, name) for name in exported.structures),
        ],
    }


def _resource(exported: Exported, part: Part) -> dict[str, object]:
    relation = part.relation
    (first, *more) = part.files
    paths = {"path": first, "extrapaths": more} if more else {"path": first}
    sizes = (exported.folder / name for name in part.files)
    found: dict[str, object] = {
        "name": relation.name,
        "type": "table",
        **paths,
        "format": exported.form,
        "mediatype": MEDIA[exported.form],
        "bytes": sum(path.stat().st_size for path in sizes),
        "title": relation.name,
        "description": f"{relation.zh} | {relation.en}",
        "schema": {"fields": list(_fields(part))},
    }
    return found | ({"encoding": "utf-8"} if exported.form == "csv" else {})


def _structure(exported: Exported, name: str) -> dict[str, object]:
    return {
        "name": "structure",
        "path": name,
        "format": "xml",
        "mediatype": MEDIA["xml"],
        "bytes": (exported.folder / name).stat().st_size,
        "title": "structure",
        "description": STRUCTURE,
    }


def _fields(part: Part) -> Iterator[dict[str, str]]:
    for field, head in zip(part.relation.fields, part.heads, strict=True):
        kind = _TYPES.get(field.type, "number")
        title = {"title": f"{field.label_zh} | {field.label_en}"} if field.label_zh else {}
        form = {"format": "any"} if kind == "datetime" else {}
        yield {
            "name": head,
            "type": kind,
            **form,
            **title,
            "description": f"{field.zh} | {field.en}",
        }
