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
    {"console"},
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
    {"bilingual", "pictures"},
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


MOST_LINES = 400


def modules(folder: Path = ROOT / "pipelines") -> list[Path]:
    """The modules of a folder, without the compiled ones."""
    return [path for path in sorted(folder.rglob("*.py")) if "_compiled" not in path.parts]


def test_no_module_of_the_parser_is_too_long_to_be_read_at_once() -> None:
    lines = {
        path.name: path.read_text("utf-8").count("\n") for path in modules(ROOT / "pipelines/text")
    }
    assert len(lines) > 50
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_every_module_says_what_belongs_in_it() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in modules()}
    assert [str(path) for path, tree in trees.items() if not ast.get_docstring(tree)] == []


def test_no_two_classes_of_the_parser_have_one_name() -> None:
    names = [
        node.name
        for path in modules(ROOT / "pipelines/text")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert len(names) > 60
    assert {name for name in names if names.count(name) > 1} == set()


def uses(path: Path, root: Path) -> Iterator[str]:
    """The modules of the package that a module imports when it is imported itself."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(root.name):
            continue
        for name in node.names:
            module = root.parent.joinpath(*f"{node.module}.{name.name}".split("."))
            inside = module.is_dir() or module.with_suffix(".py").is_file()
            yield f"{node.module}.{name.name}" if inside else str(node.module)


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle, or in the end one that does; none if none do."""
    left = {name: set(used) & set(arrows) - {name} for name, used in arrows.items()}
    while free := [name for name, used in left.items() if not used]:
        for name in free:
            del left[name]
        for used in left.values():
            used.difference_update(free)
    return sorted(left)


def test_no_import_runs_in_a_circle() -> None:
    root = ROOT / "pipelines"
    arrows = {}
    for path in modules(root):
        parts = path.relative_to(root.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        arrows[name] = set(uses(path, root))
    assert sum(map(len, arrows.values())) > 500
    assert circle(arrows) == []


@pytest.mark.parametrize(
    ("arrows", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": set()}, ["a", "b"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "b", "c"]),
    ],
)
def test_a_circle_is_found(arrows: dict[str, set[str]], found: list[str]) -> None:
    assert circle(arrows) == found


_FEWEST = 25  # nodes of a syntax tree: what is shorter, many write alike


def copies(sources: dict[str, str]) -> list[list[str]]:
    """Functions whose bodies are the same, in whichever modules they are."""
    found: dict[str, list[str]] = {}
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.FunctionDef) or node.name == "__init__":
                continue
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if sum(1 for part in body for _ in ast.walk(part)) >= _FEWEST:
                same = found.setdefault("".join(map(ast.dump, body)), [])
                same.append(f"{name} {node.name}")
    return [names for names in found.values() if len(names) > 1]


def test_no_function_is_written_twice() -> None:
    assert copies({str(path): path.read_text("utf-8") for path in modules()}) == []


def test_a_function_that_is_written_twice_is_found() -> None:
    body = "    total = sum(x * x for x in a if x > 1)\n    return [total / x for x in a]\n"
    two = {"a.py": f"def one(a):\n{body}", "b.py": f'def two(a):\n    """Two."""\n{body}'}
    assert copies(two) == [["a.py one", "b.py two"]]
    assert copies({"a.py": two["a.py"]}) == []
