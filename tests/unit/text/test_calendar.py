"""Spans of months and years."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.text.calendar import months, plan_years, whole_years
from pipelines.text.model import Period


@pytest.mark.parametrize(
    ("ordinal", "first"), [(1, 1953), (2, 1958), (3, 1966), (7, 1986), (14, 2021)]
)
def test_plan_years(ordinal: int, first: int) -> None:
    assert plan_years(ordinal) == Period(date(first, 1, 1), date(first + 4, 12, 31))


@pytest.mark.parametrize(("year", "last"), [(2023, 28), (2024, 29)])
def test_months_end_on_their_last_day(year: int, last: int) -> None:
    assert months(year, 1, 2) == Period(date(year, 1, 1), date(year, 2, last))


@pytest.mark.parametrize(("first", "last"), [(2024, 2023), (0, 2023), (2023, 10_000)])
def test_years_that_no_calendar_has_are_none(first: int, last: int) -> None:
    assert whole_years(first, last) is None
