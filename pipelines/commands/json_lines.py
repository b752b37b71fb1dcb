"""JSON Lines with exact decimals as plain numbers, which the json module cannot write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal


def json_line(record: Mapping[str, object]) -> str:
    """One record as a line, its end included."""
    cells = (f"{json.dumps(key)}: {json_value(value)}" for key, value in record.items())
    return "{" + ", ".join(cells) + "}\n"


def json_value(value: object) -> str:
    """One value as JSON: a decimal in full, a date as text."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return json.dumps(value, ensure_ascii=False, default=str)
