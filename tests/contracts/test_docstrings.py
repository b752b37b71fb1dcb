"""What a function is given, three parameters or more, is said where it is defined.

Only parameters that may be given by position: a keyword says itself what it is. Those of commands
have a help text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "pipelines"
_APART = {"commands", "_compiled"}
_FEWEST = 3


def unsaid(source: str) -> Iterator[str]:
    """Public functions of a module with a parameter that their docstring does not name."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        names = [argument.arg for argument in node.args.args]
        said = ast.get_docstring(node) or ""
        if len(names) >= _FEWEST and not all(f"{name}: " in said for name in names):
            yield node.name


def test_every_parameter_is_described() -> None:
    paths = sorted(
        path for path in PACKAGE.rglob("*.py") if _APART.isdisjoint(path.relative_to(PACKAGE).parts)
    )
    assert paths
    found = [f"{path.name} {name}" for path in paths for name in unsaid(path.read_text("utf-8"))]
    assert found == []


def test_a_parameter_that_is_not_described_is_found() -> None:
    described = 'def one(a, b, c):\n    """One.\n\n    Args:\n        a: x.\n        b: y.\n'
    assert list(unsaid(described + '        c: z.\n    """\n')) == []
    assert list(unsaid(described + '    """\n')) == ["one"]
