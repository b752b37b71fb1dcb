"""The closed list of dispositions: one table, which parser, SQL, labels and docs use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from pipelines.pages import labels
from pipelines.text.ledger import DISPOSITIONS, Spot, at_spot
from pipelines.text.model import Disposition
from pipelines.text.numbers.scan import scan
from pipelines.text.times.expressions import find_times

ROOT = Path(__file__).resolve().parents[3]
TEXT = ROOT / "pipelines" / "text"


def test_the_table_has_every_disposition_in_its_order() -> None:
    assert tuple(DISPOSITIONS) == get_args(Disposition)
    assert len({kind.zh for kind in DISPOSITIONS.values()}) == len(DISPOSITIONS)


def test_labels_and_dictionary_are_made_of_the_table() -> None:
    written = (ROOT / "docs" / "dictionary.md").read_text("utf-8")
    for code, kind in DISPOSITIONS.items():
        assert labels.DISPOSITIONS[code] == (kind.en, kind.zh)
        assert f"| {code} | {kind.zh} | {kind.en} |" in written


@pytest.mark.parametrize("code", DISPOSITIONS)
def test_an_example_is_what_the_table_says(code: Disposition) -> None:
    text = DISPOSITIONS[code].example
    assert scan(text, find_times(text))[0].disposition == code


def _literals(path: Path) -> set[str]:
    constants = (
        n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)
    )
    return {node.value for node in constants if isinstance(node.value, str)}


def test_who_settles_a_disposition_is_who_the_table_says() -> None:
    written = {path.stem: _literals(path) for path in sorted((TEXT / "numbers").glob("*.py"))}
    for code, kind in DISPOSITIONS.items():
        assert kind.settled_by == " ".join(name for name, said in written.items() if code in said)


def _settled(path: Path) -> Iterator[str]:
    """Dispositions that a module gives to a numeral of its own accord."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        given = isinstance(node, ast.keyword) and node.arg == "disposition" and node.value
        if isinstance(given, ast.Constant):
            yield str(given.value)


def test_nobody_else_settles_one() -> None:
    """Outside of `numbers/` a cell of a table may be a figure; the rest says where it stands."""
    found = {
        path.relative_to(TEXT).as_posix(): said
        for path in TEXT.rglob("*.py")
        if path.parent.name != "numbers" and (said := set(_settled(path)))
    }
    assert found == {"tables/cells.py": {"observation"}, "tables/join.py": {"observation"}}


@pytest.mark.parametrize(
    ("said", "place", "is_now"),
    [
        ("observation", Spot.PAGE_LINE, "contact"),
        ("unknown", Spot.PAGE_LINE, "contact"),
        ("date", Spot.PAGE_LINE, "date"),
        ("observation", Spot.DOCUMENT_LABEL, "label"),
        ("document_number", Spot.DOCUMENT_LABEL, "document_number"),
        ("observation", Spot.TABLE_HEAD, "label"),
        ("date", Spot.TABLE_HEAD, "date"),
        ("observation", Spot.HEADING_CELL, "label"),
        ("duration", Spot.HEADING_CELL, "duration"),
        ("observation", Spot.PLAIN_CELL, "unknown"),
        ("threshold", Spot.PLAIN_CELL, "threshold"),
        ("observation", Spot.SERIAL_CELL, "list_number"),
        ("observation", Spot.YEAR_CELL, "date"),
        ("idiom", Spot.DAMAGED, "unknown"),
    ],
)
def test_a_place_overrules_only_what_it_may(
    said: Disposition, place: Spot, is_now: Disposition
) -> None:
    assert at_spot(said, place) == is_now
