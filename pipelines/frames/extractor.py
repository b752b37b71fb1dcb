"""The name of the extractor: hashes of all that decides which rows a report yields.

That is code, libraries and vocabulary. What an extractor of another name has read is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines import segmenters
from pipelines.contracts import files
from pipelines.lexicon import SEEDS
from pipelines.reading.formats import legacy

_CODE = ("reading", "text", "frames", "__init__.py", "lexicon.py", "seeds.py", "segmenters.py")
_SEEDS = ("schema.toml", "*.csv", "lexicon/**/*.tsv")
_LIBRARIES = ("ahocorasick_rs", "opencc", "polars")
# Of the formats; where one is missing, files of its format are refused until it is there.
_READERS = (
    "lxml",
    "openpyxl",
    "pdfplumber",
    "python-docx",
    "rapidocr-onnxruntime",
    "striprtf",
)


@cache
def code_hash() -> str:
    """A hash of the code and the libraries that decide which rows a report yields."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    libraries += [f"{name} {_version_if_there(name)}" for name in _READERS]
    libraries.append(f"converter {legacy.converter() is not None}")
    return _hash(_code_files(), *libraries, segmenters.release())


def _version_if_there(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@cache
def seeds_hash() -> str:
    """A hash of the vocabulary that decides which rows a report yields, as this process has it."""
    return read_seeds_hash()


def read_seeds_hash() -> str:
    """That hash as the files are now."""
    return _hash(path for pattern in _SEEDS for path in sorted(SEEDS.glob(pattern)))


def extractor() -> str:
    """The name of the extractor of this process."""
    return f"{code_hash()}-{seeds_hash()}"


def _code_files() -> Iterator[Path]:
    package = Path(__file__).resolve().parent.parent
    for part in _CODE:
        path = package / part
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)
    yield from files("staged")


def _hash(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("\n".join(more).encode())
    for path in paths:
        digest.update(f"{path.parent.name}/{path.name}".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
