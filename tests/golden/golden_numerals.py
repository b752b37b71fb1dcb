"""The hard numerals of numerals.csv and what the scanner makes of them."""

from __future__ import annotations

import csv
from pathlib import Path

from pipelines.reading.clean import clean
from pipelines.text.numbers.scan import scan
from pipelines.text.times.expressions import find_times

NUMERALS = Path(__file__).resolve().parent / "numerals.csv"


def numeral_cases() -> list[dict[str, str]]:
    """The lines of numerals.csv: text, numeral, value, unit, modifier."""
    with NUMERALS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_back(case: dict[str, str]) -> dict[str, str]:
    """What the scanner says of the one numeral of a case, in the columns of numerals.csv."""
    cleaned = clean(case["text"])
    found = [
        quantity
        for quantity in scan(cleaned.text, find_times(cleaned.text))
        if quantity.disposition == "observation"
    ]
    if len(found) != 1:
        return {"text": case["text"], "numeral": f"{len(found)} numerals"}
    quantity = found[0]
    start, end = cleaned.raw_span(quantity.start, quantity.end)
    value = "" if quantity.value is None else f"{quantity.value.normalize():f}"
    return {
        "text": case["text"],
        "numeral": case["text"][start:end],
        "value": value,
        "unit": quantity.unit or "",
        "modifier": quantity.modifier,
    }


def wrong_numerals() -> list[tuple[dict[str, str], dict[str, str]]]:
    """Cases that the scanner reads otherwise: (got, want)."""
    return [(got, want) for want in numeral_cases() if (got := read_back(want)) != want]


def numerals_right() -> float:
    """Share of the cases of numerals.csv that are wholly right, rounded as the floors are."""
    return round(1 - len(wrong_numerals()) / len(numeral_cases()), 4)
