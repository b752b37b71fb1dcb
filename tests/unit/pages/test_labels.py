"""Every member of a closed list has a label in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from pipelines.pages import labels
from pipelines.text import model


@pytest.mark.parametrize(
    ("table", "closed"),
    [
        (labels.MEASURES, model.Measure),
        (labels.STATUSES, model.Status),
        (labels.MODIFIERS, model.Modifier),
        (labels.DISPOSITIONS, model.Disposition),
        (labels.DOUBTS, model.Doubt),
    ],
    ids=["measure", "status", "modifier", "disposition", "doubt"],
)
def test_closed_lists_have_their_labels(table: dict[str, tuple[str, str]], closed: object):
    assert table.keys() == set(get_args(closed))
    for english, chinese in table.values():
        assert english.isascii()
        assert not chinese.isascii()


def test_what_has_no_label_is_shown_as_it_is():
    assert labels.label(labels.MEASURES, "new", "zh") == "new"
    assert labels.label(labels.MEASURES, None, "en") == ""


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("455000000.00000000", "4.55亿", "455,000,000"),
        ("10367", "1.0367万", "10,367"),
        ("123456789", "12345.6789万", "123,456,789"),
        ("123456789.5", "123456789.5", "123,456,789.5"),
        ("-3.90000000", "-3.9", "-3.9"),
        ("0", "0", "0"),
        ("0.00000001", "0.00000001", "0.00000001"),
    ],
)
def test_numbers_are_written_as_people_do_and_never_rounded(value, chinese, english):
    assert labels.number(Decimal(value), "zh") == chinese
    assert labels.number(Decimal(value), "en") == english
