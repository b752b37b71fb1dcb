"""How sure a row is: its traits, and the chance that their points make."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipelines import explain_text, lexicon, parse_text
from pipelines.reading.clean import clean
from pipelines.text.confidence import FRESH, START, TRAITS, chance, confidence, points, traits
from pipelines.text.parse import evidence, put_together, work
from pipelines.text.report.metadata import read_metadata

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
TITLE = "青禾镇2024年工作总结\n"


def last_traits(text: str) -> dict[str, str]:
    """The traits of the last figure of a sentence in a report of 2024."""
    source = clean(TITLE + text)
    made = work(source, read_metadata(source.text, ""))
    rows = put_together(source, made).observations
    return dict(list(evidence(source.text, made, rows))[-1])


@pytest.mark.parametrize(
    ("text", "trait", "value"),
    [
        ("财政总收入3亿元。", "place", "beside"),
        ("财政总收入3亿元,同比增长9%。", "place", "1 clauses before"),
        ("新建学校6所。", "code", "free"),
        ("财政总收入3亿元。", "code", "coded"),
        ("财政总收入3亿元。", "shape", "long attribute"),
        ("完成率98%。", "shape", "rate alone"),
        ("走访企业26家。", "shape", "verb and short thing"),
        ("财政总收入3亿元。", "left_over", "up to 0"),
        ("财政总收入3亿元。", "twin", "alone"),
        ("财政总收入3亿元,同比增长9%。", "twin", "other measure"),
        ("2024年,财政总收入3亿元。", "period", "the report's"),
        ("2021年,财政总收入3亿元。", "period", "of its own"),
        ("力争财政总收入3亿元。", "status", "planned by words"),
        ("财政总收入3户。", "doubt", "unit_of_indicator"),
        ("财政总收入3亿元。", "report_given", "no"),
        ("财政总收入3亿元。", "era", "over 2022"),
    ],
)
def test_a_trait(text: str, trait: str, value: str) -> None:
    assert last_traits(text)[trait] == value


def test_what_a_report_is_known_by_is_a_trait() -> None:
    text = "财政总收入3亿元。"
    given, read = parse_text(text, period=YEAR), parse_text(text)
    assert (given.metadata.given, read.metadata.given) == (True, False)


def test_a_chance_grows_with_its_points_and_is_never_certain() -> None:
    found = [chance(total) for total in range(-2000, 2001, 50)]
    assert found == sorted(found)
    assert (found[0], chance(0), found[-1]) == (Decimal("0.001"), Decimal("0.5"), Decimal("0.999"))


def test_a_confidence_is_the_sum_of_the_points_of_the_table() -> None:
    table = {
        (row["trait"], row["value"]): int(row["points"]) for row in lexicon.table("confidence")
    }
    said = [max(value for trait, value in table if trait == name) for name in TRAITS]
    found = traits(said)
    total = sum(table[key] for key in (START, FRESH, *found))
    assert confidence(said) == chance(total)
    assert confidence([*said[:-1], "never seen"]) == chance(total - table[found[-1]])
    assert {(trait, value): scored for trait, value, scored in points(found)} == {
        key: table[key] for key in found if table[key]
    }


def test_every_row_is_judged_and_a_plain_one_is_surer_than_a_broken_one() -> None:
    text = TITLE + "2024年,财政总收入3亿元。位居全市三年来任务了的4.5。"
    found = [row.confidence for row in parse_text(text).observations]
    assert all(Decimal(0) < sure < Decimal(1) for sure in found)
    assert found[0] > found[-1]


def test_the_strongest_reasons_are_shown() -> None:
    (shown,) = explain_text(TITLE + "财政总收入3亿元。")
    line = next(line for line in shown.lines() if line.startswith("  sure "))
    assert str(shown.observation.confidence) in line
    trait, value, scored = points(tuple(last_traits("财政总收入3亿元。").items()))[0]
    assert f"{trait} {value} {scored:+d}" in line
