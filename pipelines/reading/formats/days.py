"""Days that files give beside their text. How they are written, each format says itself."""

from __future__ import annotations

import re
from datetime import date


def day_of(match: re.Match[str] | None) -> date | None:
    """The day of a match whose groups are year, month and day; None where there is no such day."""
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
