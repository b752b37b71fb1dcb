"""Every member of a closed list has a label in both languages."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from pipelines.pages import labels
from pipelines.text import model

ROOT = Path(__file__).parents[3]


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


@pytest.mark.parametrize(
    ("table", "column", "labels"),
    [
        ("dim_period", "period_kind", labels.PERIOD_KINDS),
        ("dim_region", "region_level", labels.LEVELS),
    ],
)
def test_closed_lists_of_tables_have_their_labels(table: str, column: str, labels: dict):
    ddl = (ROOT / "sql" / "tables" / f"{table}.sql").read_text("utf-8")
    (members,) = re.findall(rf"{column} in \((.*?)\)", ddl, re.DOTALL)
    assert labels.keys() == set(re.findall(r"'(\w+)'", members))


def test_what_has_no_label_is_shown_as_it_is():
    assert labels.label(labels.MEASURES, "new", "zh") == "new"
    assert labels.label(labels.MEASURES, None, "en") == ""


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("455000000.00000000", "4.55亿", "455,000,000"),
        ("14235100000000", "14.2351万亿", "14,235,100,000,000"),
        ("1500000000000", "1.5万亿", "1,500,000,000,000"),
        ("1E+12", "1万亿", "1,000,000,000,000"),
        ("10367", "1.0367万", "10,367"),
        ("123456", "12.3456万", "123,456"),
        ("12000", "1.2万", "12,000"),
        ("-30000", "-3万", "-30,000"),
        ("123456789", "12345.6789万", "123,456,789"),
        ("123456789.5", "123456789.5", "123,456,789.5"),
        ("-3.90000000", "-3.9", "-3.9"),
        ("100", "100", "100"),
        ("0", "0", "0"),
        ("0E-8", "0", "0"),
        ("0.00000001", "0.00000001", "0.00000001"),
    ],
)
def test_numbers_are_written_as_people_do_and_never_rounded(value, chinese, english):
    assert labels.number(Decimal(value), "zh") == chinese
    assert labels.number(Decimal(value), "en") == english


@pytest.mark.parametrize(
    ("locator", "chinese"),
    [
        ("line 9", "第 9 行"),
        ("page 2 line 7 (72, 310, 523, 322)", "第 2 页 第 7 行 (72, 310, 523, 322)"),
        ("page 2 table 1 row 2 column 3", "第 2 页 表 1 行 2 列 3"),
        ("row 4 line 2", "行 4 第 2 行"),
        ("Sheet1!B4", "Sheet1!B4"),
        ("line 9!B4", "line 9!B4"),  # a sheet of that name
        ("table:nth-of-type(2) > tr", "table:nth-of-type(2) > tr"),
    ],
)
def test_a_place_in_a_file_is_said_in_words(locator, chinese):
    assert labels.located(locator, "zh") == chinese
    assert labels.located(locator, "en") == locator
