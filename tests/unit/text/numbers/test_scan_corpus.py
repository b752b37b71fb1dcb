"""The scanner on whole real reports: nothing is lost, little is unknown, gold is met."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipelines.reading.clean import clean
from pipelines.text.model import Period, Quantity
from pipelines.text.numbers.scan import scan
from pipelines.text.times.expressions import find_times

SHARED = Path(__file__).resolve().parents[5] / "shared"
DIGITS = frozenset("0123456789零〇○一二三四五六七八九十百千万亿两")
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))

needs_reports = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the folder of real reports is not at hand"
)


def _scan(text: str) -> tuple[Quantity, ...]:
    return scan(text, find_times(text))


@needs_reports
def test_no_digit_of_the_corpus_is_lost_and_under_one_percent_is_unknown() -> None:
    dispositions: Counter[str] = Counter()
    for path in sorted((SHARED / "corpus").glob("*.txt"))[::6]:
        text = clean(path.read_text("utf-8")).text
        found = _scan(text)
        dispositions.update(q.disposition for q in found)
        covered = set()
        for q in found:
            covered.update(range(q.start, q.end))
        lost = [i for i, char in enumerate(text) if char in DIGITS and i not in covered]
        assert not lost, (path.name, text[lost[0] - 10 : lost[0] + 10])
    assert dispositions["unknown"] < 0.01 * dispositions.total()


@needs_reports
@pytest.mark.parametrize(
    ("gold", "texts"),
    [("gold", "reports"), ("excerpts/gold", "excerpts")],
    ids=["five", "passages"],
)
def test_the_scanner_meets_the_gold(gold: str, texts: str) -> None:
    right: Counter[str] = Counter()
    for path in sorted((SHARED / gold).glob("*.jsonl")):
        source = (SHARED / texts / f"{path.stem}.txt").read_bytes().decode("utf-8")
        cleaned = clean(source)
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        spans = {cleaned.raw_span(q.start, q.end): q for q in _scan(cleaned.text)}
        observed = {s for s, q in spans.items() if q.disposition == "observation"}
        firm = {(row["start"], row["end"]): row for row in rows if not row["optional"]}
        maybe = [(row["start"], row["end"]) for row in rows if row["optional"]]
        extra = {
            (s, e) for s, e in observed - firm.keys() if not any(a < e and s < b for a, b in maybe)
        }
        right.update(gold=len(firm), predicted=len(observed & firm.keys()) + len(extra))
        for span in observed & firm.keys():
            quantity, row = spans[span], firm[span]
            value = abs(float(quantity.value or 0)) == pytest.approx(abs(row["value"]), rel=1e-6)
            right.update(span=1, value=value, unit=quantity.unit == row["unit"])
            right.update(modifier=quantity.modifier == row["modifier"])
    assert right["span"] >= 0.98 * right["gold"]
    assert right["span"] >= 0.98 * right["predicted"]
    assert right["value"] >= 0.995 * right["span"]
    assert right["unit"] >= 0.99 * right["span"]
    assert right["modifier"] >= 0.985 * right["span"]
