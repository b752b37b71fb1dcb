"""Spans of whole months and years, and the years of China's five-year plans.

Only the calendar belongs here; which span a text means is read in `report` and `times`.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from pipelines.text.model import Period


def months(year: int, first: int, last: int) -> Period:
    """The days of some months of a year, both included.

    Args:
        year: four digits.
        first: month, 1 to 12.
        last: month, 1 to 12.
    """
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def years(first: int, last: int) -> Period:
    """The days of some years, both included."""
    return Period(date(first, 1, 1), date(last, 12, 31))


def whole_years(first: int, last: int) -> Period | None:
    """As `years`; None where they end before they begin or no calendar has them."""
    return years(first, last) if date.min.year <= first <= last <= date.max.year else None


def plan_years(ordinal: int) -> Period:
    """The years of China's n-th five-year plan: 1953 and 1958, then every five from 1966 on.

    The years 1963 to 1965 lie between the second and the third plan.
    """
    start = 1953 + 5 * (ordinal - 1) if ordinal <= 2 else 1966 + 5 * (ordinal - 3)
    return years(start, start + 4)


def plan_beginning(year: int) -> Period | None:
    """The five-year plan that begins in a year, if one does."""
    ordinal = (year - 1966) // 5 + 3 if year >= 1966 else (year - 1953) // 5 + 1
    plan = plan_years(ordinal) if ordinal > 0 else None
    return plan if plan and plan.start.year == year else None


def plan_ending(year: int) -> Period | None:
    """The five-year plan that ends in a year, if one does."""
    return plan_beginning(year - 4)


def session_year(congress: int, session: int) -> int | None:
    """The year in which a session of the n-th National People's Congress met; None if unknown.

    A congress sits for five years from 1954 on, and again from 1978 on; it meets every year.
    """
    regular = 1954 if congress == 1 else 1978 + 5 * (congress - 5) if congress >= 5 else None
    irregular = {(2, 1): 1959, (2, 2): 1960, (3, 1): 1964, (4, 1): 1975}
    return regular + session - 1 if regular else irregular.get((congress, session))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where no calendar has it.

    Args:
        year: four digits.
        month: as written, however wrong.
        day: as written, however wrong.
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None
