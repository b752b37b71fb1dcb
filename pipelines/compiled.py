"""The parser as machine code, where `pipelines.compile` made it of this very source.

    pipelines/_compiled/SOURCE/text/parse.….so    what `pipelines.text.parse` is loaded from

SOURCE hashes the source, so what was made of another version is never loaded: after an edit the
interpreter runs the new source, more slowly, until it is compiled again. Both give the same rows.
Only finding and loading belongs here, and it must cost next to nothing: every start passes here.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).resolve().parent
HOME = PACKAGE / "_compiled"
# The shared part of all modules, under a name that mypyc derives from this one.
GROUP = "zhibiao_parser"
# Set to 0, the interpreter runs the source: to debug it, to measure it, to trace its coverage.
SWITCH = "ZHIBIAO_COMPILED"


@cache
def sources() -> tuple[Path, ...]:
    """The modules that are worth compiling: all that reads text, character by character."""
    text = (path for path in (PACKAGE / "text").rglob("*.py") if path.name != "__init__.py")
    reading = (PACKAGE / "reading" / f"{name}.py" for name in ("clean", "cuts", "script"))
    return (*sorted(text), *reading)


@cache
def place() -> Path:
    """The folder that holds, or would hold, the compiled form of the source as it is now."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(f"{path.parent.name}/{path.name}".encode())
        digest.update(path.read_bytes())
    return HOME / digest.hexdigest()[:16]


def in_use() -> bool:
    """Whether this process runs the compiled parser."""
    return any(isinstance(finder, _Finder) for finder in sys.meta_path)


def use() -> None:
    """Have the modules of the parser loaded from their compiled form, if there is one."""
    if os.environ.get(SWITCH) != "0" and HOME.is_dir() and not in_use():
        found = _library(place(), f"{GROUP}__mypyc")
        if found:
            sys.meta_path.insert(0, _Finder(place()))


class _Finder:
    """Finds the compiled modules before Python looks for their source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  (of Python's protocol)
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if name != f"{GROUP}__mypyc" and not name.startswith(f"{__package__}."):
            return None
        found = _library(self.folder, name.removeprefix(f"{__package__}."))
        return spec_from_file_location(name, found) if found else None


def _library(folder: Path, name: str) -> Path | None:
    """The shared library of a module that this very Python can load."""
    stem = folder.joinpath(*name.split("."))
    candidates = (stem.with_name(stem.name + suffix) for suffix in EXTENSION_SUFFIXES)
    return next((path for path in candidates if path.is_file()), None)
