"""The gold of the sample reports itself: every quote stands where it says, every field is there."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from pipelines.reading.decode import decode
from pipelines.text.model import Measure, Modifier, Status

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REPORTS = ROOT / "seeds" / "reports"
FIELDS = (
    "start",
    "end",
    "quote",
    "value",
    "unit",
    "modifier",
    "measure",
    "indicator",
    "code",
    "subject",
    "scope",
    "period_start",
    "period_end",
    "status",
    "optional",
)
SAMPLES = sorted(HERE.glob("*.jsonl"))


def gold_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_sample_has_gold():
    reports = {path.stem for path in REPORTS.glob("*.txt")}
    assert reports == {path.stem for path in SAMPLES}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_gold_quotes_the_raw_text(path: Path):
    report = REPORTS / f"{path.stem}.txt"
    raw = decode(report.read_bytes(), report.name).raw
    lines = gold_of(path)
    assert [line for line in lines if raw[line["start"] : line["end"]] != line["quote"]] == []
    spans = [(line["start"], line["end"]) for line in lines]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_gold_is_well_formed(path: Path):
    with (ROOT / "seeds" / "indicators.csv").open(encoding="utf-8", newline="") as handle:
        codes = {row["code"] for row in csv.DictReader(handle)}
    for line in gold_of(path):
        assert tuple(line) == FIELDS
        assert line["modifier"] in get_args(Modifier)
        assert line["measure"] in get_args(Measure)
        assert line["status"] in get_args(Status)
        assert line["code"] is None or line["code"] in codes
        assert (line["period_start"] is None) == (line["period_end"] is None)


def test_numeral_cases_are_whole():
    with (HERE / "numerals.csv").open(encoding="utf-8", newline="") as handle:
        cases = list(csv.DictReader(handle))
    assert len({case["text"] for case in cases}) == len(cases)
    assert [case for case in cases if case["numeral"] not in case["text"]] == []
    assert {case["modifier"] for case in cases} <= set(get_args(Modifier))
