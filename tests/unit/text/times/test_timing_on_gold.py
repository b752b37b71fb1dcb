"""Period and status of the annotated figures, given their spans: floors that only rise."""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.reading.clean import clean
from pipelines.text.layout.outline import outline
from pipelines.text.model import Period, Quantity
from pipelines.text.times.expressions import find_times
from pipelines.text.times.timing import govern

SHARED = Path(__file__).resolve().parents[5] / "shared"
DIMENSIONS = {"%": "ratio", "百分点": "point"}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not here")


def period(row: dict[str, Any]) -> Period | None:
    if not row["period_start"]:
        return None
    return Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))


def right(raw: str, gold: list[dict[str, Any]], default: Period, kind: str) -> tuple[int, int]:
    """How many figures have the right period, and the right status."""
    cleaned = clean(raw)
    starts = list(cleaned.starts)
    quantities = []
    for row in gold:
        start, end = bisect_left(starts, row["start"]), bisect_left(starts, row["end"])
        dimension = DIMENSIONS.get(row["unit"], "count")
        quantities.append(
            Quantity(
                start, end, start, end, Decimal(0), None, row["unit"], "", dimension, "exact",
                "observation",
            )
        )  # fmt: skip
    times = find_times(cleaned.text)
    found = govern(cleaned.text, outline(cleaned.text), times, quantities, default, kind)
    firm = [(row, timing) for row, timing in zip(gold, found, strict=True) if not row["optional"]]
    return (
        sum(period(row) == timing.period for row, timing in firm),
        sum(row["status"] == timing.status for row, timing in firm),
    )


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def test_reports() -> None:
    total, periods, statuses = 0, 0, 0
    for path in sorted((SHARED / "gold").glob("*.jsonl")):
        gold = read(path)
        (default, _), *_ = Counter(map(period, gold)).most_common(1)
        assert default is not None
        kind = "half_year_summary" if default.end.month == 6 else "annual_summary"
        raw = text_of(SHARED / "reports" / f"{path.stem}.txt")
        good = right(raw, gold, default, kind)
        total += sum(not row["optional"] for row in gold)
        periods, statuses = periods + good[0], statuses + good[1]
    assert periods / total >= 0.995
    assert statuses / total >= 0.995


def test_passages() -> None:
    total, periods, statuses = 0, 0, 0
    with (SHARED / "excerpts" / "reports.csv").open(encoding="utf-8", newline="") as handle:
        reports = list(csv.DictReader(handle))
    for report in reports:
        name = report["file_name"].removesuffix(".txt")
        gold = read(SHARED / "excerpts" / "gold" / f"{name}.jsonl")
        default = period(report)
        assert default is not None
        # A work report whose given period is the year it is given in is read for its plans.
        kind = "plan" if str(default.start.year) in report["title"] else "work_report"
        good = right(text_of(SHARED / "excerpts" / f"{name}.txt"), gold, default, kind)
        total += sum(not row["optional"] for row in gold)
        periods, statuses = periods + good[0], statuses + good[1]
    assert periods / total >= 0.99
    assert statuses / total >= 0.99
