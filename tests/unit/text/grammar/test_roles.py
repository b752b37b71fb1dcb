"""The closed list of grammatical roles, and that nobody asks for another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from pipelines import lexicon, text
from pipelines.text.grammar.roles import Role

ROLES = set(get_args(Role))
MODULES = sorted(Path(text.__file__).parent.rglob("*.py"))


def asked_for(source: str) -> Iterator[str]:
    """The strings that a module compares with the role of a token."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare):
            continue
        sides = (node.left, *node.comparators)
        if any(isinstance(side, ast.Attribute) and side.attr == "role" for side in sides):
            for part in (part for side in sides for part in ast.walk(side)):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_rules_ask_for_roles_that_there_are(module: Path):
    assert set(asked_for(module.read_text("utf-8"))) <= ROLES


def test_a_role_that_there_is_not_is_seen():
    assert set(asked_for('x = token.role in {"noun", "nuon"}')) - ROLES == {"nuon"}


def test_words_have_roles_that_there_are():
    assert {row[1] for row in lexicon.entries("roles")} <= ROLES
