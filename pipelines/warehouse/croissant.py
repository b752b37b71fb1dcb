"""`croissant.json`: an exported folder described in JSON-LD, for catalogues of data sets.

What belongs here: the terms of Croissant 1.0 (https://docs.mlcommons.org/croissant), which builds
on schema.org. Record sets are described where its readers can read the format: CSV and Parquet.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import MappingProxyType

from pipelines.warehouse.citation import citation
from pipelines.warehouse.datapackage import MEDIA, STRUCTURE, Exported, Part

NAME = "croissant.json"
_READ = {"csv": "text/csv", "parquet": "application/x-parquet"}
_TYPES = {
    "VARCHAR": "sc:Text",
    "INTEGER": "sc:Integer",
    "BIGINT": "sc:Integer",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMP": "sc:DateTime",
}
# As the standard gives it, word for word: readers compare it.
_CONTEXT = MappingProxyType(
    {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "equivalentProperty": "cr:equivalentProperty",
        "dct": "http://purl.org/dc/terms/",
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "extract": "cr:extract",
        "field": "cr:field",
        "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform",
    }
)


def croissant(exported: Exported) -> dict[str, object]:
    """The content of `croissant.json`.

    Args:
        exported: the folder, with all its files written.
    """
    source = citation()
    found: dict[str, object] = {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "zhibiao",
        "description": f"{exported.title}. {exported.about}",
        "license": source.licence_page,
        "citeAs": source.bibtex,
        "creator": [{"@type": "sc:Organization", "name": name} for name in source.authors],
        "keywords": list(source.keywords),
        "inLanguage": "zh",
        "version": source.version,
        "datePublished": f"{exported.load.loaded_at:%Y-%m-%d}",
        "distribution": [
            *(
                _file(exported, part.relation.name, name, exported.form)
                for part in exported.parts
                for name in part.files
            ),
            *(_file(exported, STRUCTURE, name, "xml") for name in exported.structures),
        ],
    }
    if exported.form in _READ:
        found["recordSet"] = [_records(part) for part in exported.parts if len(part.files) == 1]
    return found


def _file(exported: Exported, about: str, name: str, form: str) -> dict[str, object]:
    path = exported.folder / name
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": about,
        "contentUrl": name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": _READ.get(form, MEDIA[form]),
        "sha256": _digest(path),
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _records(part: Part) -> dict[str, object]:
    name = part.relation.name
    (file,) = part.files
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{part.relation.zh} | {part.relation.en}",
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field.name}",
                "name": f"{name}/{field.name}",
                "description": f"{field.zh} | {field.en}",
                "dataType": _TYPES.get(field.type, "sc:Float"),
                "source": {"fileObject": {"@id": file}, "extract": {"column": head}},
            }
            for field, head in zip(part.relation.fields, part.heads, strict=True)
        ],
    }
