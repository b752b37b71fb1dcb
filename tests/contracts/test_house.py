"""Arrows run one way down the house: who stands above may import from below, never the other way.

The order is that of docs/architecture.md, top floor first; rooms of one line know nothing of each
other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = [
    {"definitions"},
    {"defs", "cli"},
    {"components"},
    {"page"},
    {"commands"},
    {"display", "explorer", "machine"},
    {"pages"},
    {"engines"},
    {"warehouse"},
    {"frames"},
    {"scoring", "synth"},
    {"parser"},  # parse_text, of the package itself
    {"text"},
    {"reading"},
    {"terminal"},
    {"compile"},
    {"compiled"},
    {"contracts"},
    {"relations"},
    {"lexicon"},
    {"seeds"},
    {"settings"},
    {"segmenters"},
    {"errors"},
    {"bilingual"},
]
TEXT = [
    {"explain"},
    {"tables", "parse"},
    {"confidence", "doubts"},
    {"binding"},
    {"grammar"},
    {"times"},
    {"layout", "report"},
    {"headings"},
    {"numbers"},
    {"calendar", "evidence", "information", "ledger", "marks", "rule"},
    {"model"},
]


def arrows(folder: Path, package: str) -> Iterator[tuple[str, str, str]]:
    """File, its room, and a room that it imports from."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).parts
        room = parts[0].removesuffix(".py")
        if room == "_compiled":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == package:
                for name in node.names:
                    inside = (folder / name.name).is_dir() or (folder / f"{name.name}.py").is_file()
                    yield str(path), room, name.name if inside else "__init__"
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package + "."):
                yield str(path), room, str(node.module).removeprefix(package + ".").split(".")[0]


@pytest.mark.parametrize(
    ("package", "floors"), [("pipelines", HOUSE), ("pipelines.text", TEXT)], ids=["house", "text"]
)
def test_no_arrow_runs_up(package: str, floors: list[set[str]]) -> None:
    height = {room: -k for k, rooms in enumerate(floors) for room in rooms}
    named = {"__init__": "parser"} if package == "pipelines" else {}
    found = list(arrows(ROOT / package.replace(".", "/"), package))
    assert {room for _, *both in found for room in both} - {"__init__"} <= set(height)
    wrong = [
        (path, to)
        for path, room, to in found
        if room != to
        and (package == "pipelines" or "__init__" not in (room, to))
        and height[named.get(to, to)] >= height[named.get(room, room)]
    ]
    assert wrong == []
