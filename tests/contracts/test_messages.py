"""Every message has both languages, and says the same in them: the same facts, in both."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.pages.labels import REFUSALS

ROOT = Path(__file__).resolve().parents[2]
_REFUSING = {"DocumentError", "Refused", "Reject"}


def _calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def _facts(text: ast.expr) -> set[tuple[str, str]]:
    """What is filled in, by name, and its format; `x` in English and `x.zh` are one fact."""
    return {
        (name, ast.unparse(part.format_spec) if part.format_spec else "")
        for part in ast.walk(text)
        if isinstance(part, ast.FormattedValue)
        for name in _names(part.value)
    }


def _names(value: ast.expr) -> Iterator[str]:
    """The names that a value is made of, each with its attributes: `error.zh` is `error`."""
    if isinstance(value, ast.Attribute) and value.attr != "zh":
        yield ast.unparse(value)
    elif isinstance(value, ast.Name):
        if "CHINESE" not in value.id:  # a table of the Chinese of a part
            yield value.id
    else:
        called = getattr(value, "func", None)
        for part in ast.iter_child_nodes(value):
            if isinstance(part, ast.expr) and part is not called:
                yield from _names(part)


def _written(text: ast.expr) -> str:
    """The characters that are written in the source, without what is filled in."""
    if isinstance(text, ast.JoinedStr):
        return "".join(_written(part) for part in text.values)
    return str(text.value) if isinstance(text, ast.Constant) else ""


def _has_han(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def faults(source: str) -> Iterator[str]:
    """What is wrong with the messages of a module."""
    for call in _calls(ast.parse(source), {"Both"}):
        if not all(isinstance(text, ast.Constant | ast.JoinedStr) for text in call.args):
            continue  # put together of messages that were looked at where they are written
        if len(call.args) != 2:
            yield f"line {call.lineno}: not two texts"
            continue
        en, zh = call.args
        if any(mark in _written(en) for mark in "，。；："):
            yield f"line {call.lineno}: Chinese signs in the English"
        words = [word for word in _written(en).split() if "/" not in word]  # a path has no Chinese
        if any(char.isalpha() for char in "".join(words)) and not _has_han(_written(zh)):
            yield f"line {call.lineno}: no Chinese"
        if _facts(en) != _facts(zh):
            yield f"line {call.lineno}: {sorted(_facts(en))} is not {sorted(_facts(zh))}"


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('Both(f"it has {n:,} rows", f"共 {n:,} 行")', None),
        ('Both(f"{what}. Split it.", f"{what.zh}。请拆分。")', None),
        ("Both(f\"{n} {'row' if n == 1 else 'rows'}\", f\"{n} 行\")", None),
        ("Both(f\"{name or '(none)'}, read\", f\"{name or '（无）'}，已读\")", None),
        ('Both("it is a folder", "it is a folder")', "no Chinese"),
        ('Both(f"it has {n} rows", "行数过多")', "is not"),
        ('Both(f"it has {n:,} rows", f"共 {n} 行")', "is not"),
        ('Both(f"{a} of {b}", f"{b} 份中有 {c} 份")', "is not"),
        ('Both("it is a folder")', "not two texts"),
        ('Both("it is a folder。", "这是文件夹。")', "Chinese signs"),
    ],
)
def test_a_fault_of_a_message_is_found(source: str, wrong: str | None) -> None:
    found = list(faults(source))
    assert len(found) == (wrong is not None)
    assert wrong is None or wrong in found[0]


def test_every_message_says_the_same_in_both_languages() -> None:
    paths = [path for path in (ROOT / "pipelines").rglob("*.py") if "_compiled" not in path.parts]
    texts = {path: path.read_text("utf-8") for path in sorted(paths)}
    assert sum(text.count("Both(") for text in texts.values()) > 200
    wrong = [f"{path.name}, {fault}" for path, text in texts.items() for fault in faults(text)]
    assert wrong == []


def test_every_reason_of_a_refusal_has_a_label() -> None:
    """Reasons are written where a file is refused, or are names of constants there."""
    found = set()
    for path in (ROOT / "pipelines").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for call in _calls(tree, _REFUSING):
            if len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
                found.add(call.args[1].value)
    assert len(found) > 15
    assert found <= set(REFUSALS)


def test_one_text_has_one_translation() -> None:
    """A name that is written in two modules, such as that of a format, is the same in both."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "pipelines").rglob("*.py"):
        for call in _calls(ast.parse(path.read_text("utf-8")), {"Both"}):
            if all(isinstance(text, ast.Constant) for text in call.args):
                en, zh = map(_written, call.args)
                found.setdefault(en, set()).add(zh)
    assert len(found) > 100
    assert {en: zh for en, zh in found.items() if len(zh) > 1} == {}
