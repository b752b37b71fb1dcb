"""One comparable figure a cell, and targets with what became of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from mart_cases import (
    CITY,
    EAST,
    WEST,
    WHOLE,
    Said,
    ask,
    grew,
    say,
    year,
)

from pipelines.warehouse.loads import LoadInfo


def aim(quote: str, value: str, unit: str | None = "元", **more: object) -> Said:
    """A target for 2025."""
    return say(quote, value, unit, commitment="plain", status="planned", **year(2025), **more)


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (aim("50元", "50"), say("60元", "60"), [("at_least", 50, None, 60, True)]),
        (aim("50元", "50"), say("40元", "40"), [("at_least", 50, None, 40, False)]),
        (
            aim("50元", "50", modifier="about"),
            say("49.6元", "49.6"),
            [("about", 50, 50, 49.6, True)],
        ),
        (aim("50元", "50", modifier="about"), say("40元", "40"), [("about", 50, 50, 40, False)]),
        (
            aim("50元", "50", modifier="within"),
            say("40元", "40"),
            [("at_most", None, 50, 40, True)],
        ),
        (
            aim("5%—6%", "5", "%", measure="change_rate", value_upper=Decimal(6)),
            grew("6.5%", "6.5"),
            [("between", 5, 6, 6.5, True)],
        ),
        (
            aim("-2%", "-2", "%", measure="change_rate"),
            grew("-3%", "-3"),
            [("at_most", None, -2, -3, True)],
        ),
        (
            aim("5.5%", "5.5", "%", measure="share", canonical_code="jobless", indicator="失业率"),
            say("5.2%", "5.2", "%", measure="share", canonical_code="jobless", indicator="失业率"),
            [("at_most", None, 5.5, 5.2, True)],
        ),
        (
            aim("5%", "5", "%", measure="change_rate", modifier="about"),
            grew("4.6%", "4.6"),
            [("about", 5, 5, 4.6, True)],
        ),
        (aim("50元", "50"), grew("40%", "40"), [("at_least", 50, None, None, None)]),
        (
            aim("50元", "50"),
            say("60元", "60", **year(2024)),
            [("at_least", 50, None, None, None)],
        ),
        (
            aim("下降2%以上", "-2", "%", measure="change_rate", modifier="over"),
            grew("-3%", "-3"),
            [("at_most", None, -2, -3, True)],
        ),
        (
            aim("下降2%以内", "-2", "%", measure="change_rate", modifier="within"),
            grew("-3%", "-3"),
            [("at_least", -2, None, -3, False)],
        ),
        (
            aim("-2%—-3%", "-2", "%", measure="change_rate", value_upper=Decimal(-3)),
            grew("-1%", "-1"),
            [("between", -3, -2, -1, False)],
        ),
        (
            aim("每年50元", "50", measure="change_amount", basis="yearly"),
            say("60元", "60", measure="change_amount"),
            [("at_least", 50, None, None, None)],
        ),
        (aim("税收的60%", "60", "%", measure="share"), say("60元", "60"), []),
        (aim("50元", "50", subject="松林公司"), say("60元", "60"), []),
        (say("50元", "50"), say("60元", "60"), []),
    ],
    ids=[
        "surpassed",
        "missed",
        "about as much",
        "about, and far below",
        "kept below",
        "a range surpassed",
        "decline",
        "a ceiling by its nature",
        "a rate nearly reached",
        "another measure",
        "another year",
        "a decline or more",
        "a decline at most",
        "a range of declines",
        "of every year",
        "a part of the indicator",
        "of a company",
        "no plan",
    ],
)
def test_target(
    goal: Said, outcome: Said, expected: list[tuple], tmp_path: Path, load: LoadInfo
) -> None:
    reports = {
        (EAST, 2024): [goal],
        (EAST, 2025): [outcome],
        (WEST, 2025): [say("99元", "99"), grew("99%", "99")],
    }
    sql = (
        "select direction, cast(lower_value as double), cast(upper_value as double), "
        "cast(outcome_value as double), is_reached_derived from mart_target"
    )
    assert ask(tmp_path, load, reports, sql) == expected


def test_the_target_in_the_unit_of_the_indicator_comes_first(
    tmp_path: Path, load: LoadInfo
) -> None:
    grain = {"canonical_code": "grain", "indicator": "粮食产量"}
    goals = [aim("12家", "12", "家", **grain), aim("45吨", "45", "吨", **grain)]
    sql = "select unit, cast(target_value as double) from mart_target"
    assert ask(tmp_path, load, {(EAST, 2024): goals}, sql) == [("吨", 45)]


def test_a_target_with_what_is_striven_for_and_that_of_the_region_above(
    tmp_path: Path, load: LoadInfo
) -> None:
    rate = {"unit": "%", "measure": "change_rate"}
    reports = {
        (CITY, 2024): [aim("6%", "6", **rate)],
        (EAST, 2024): [
            aim("8%", "8", wording="力争…", **rate) | {"commitment": "stretch"},
            aim("7%", "7", wording="…以上", modifier="over", **rate),
        ],
    }
    sql = (
        "select region, cast(target_value as double), wording, cast(stretch_value as double), "
        "cast(parent_gap_derived as double), target_kind from mart_target order by region_path"
    )
    assert ask(tmp_path, load, reports, sql) == [
        ("青禾市", 6, None, None, None, "annual"),
        ("东岭区", 7, "…以上", 8, 1, "annual"),
    ]


def test_the_target_of_a_year_is_the_one_that_it_began_with(tmp_path: Path, load: LoadInfo) -> None:
    half = {"period_start": date(2025, 1, 1), "period_end": date(2025, 6, 30)}
    reports = {(EAST, 2023): [aim("40元", "40")], (EAST, 2024): [aim("50元", "50")]}
    reports |= {(EAST, 2025): [say("60元", "60"), aim("9元", "9") | half]}
    sql = "select cast(target_value as double), cast(outcome_value as double) from mart_target"
    assert ask(tmp_path, load, reports, sql) == [(50, 60)]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            [say("2000000000斤", "2000000000", "斤", canonical_code="grain")],
            [("2025年", "year", "level", 1000000, "吨", 100, "万吨", 0, 0)],
        ),
        (
            [say("3亿元", "300000000"), say("3亿元", "300000000"), say("4亿元", "400000000")],
            [("2025年", "year", "level", 300000000, "元", 3, "亿元", 2, 1)],
        ),
        (
            [say("500元", "500", **WHOLE)],
            [("“十四五”时期", "span_sum", "level", 500, "元", 500, "元", 0, 0)],
        ),
        (
            [say("500元", "500", basis="reached", **WHOLE)],
            [("2025年", "year", "level", 500, "元", 500, "元", 0, 0)],
        ),
        (
            [say("90人", "90", "人", canonical_code="people", **WHOLE)],
            [("2025年", "year", "level", 90, "人", 90, "人", 0, 0)],
        ),
        (
            [grew("5%", "5", basis="yearly", **WHOLE)],
            [("“十四五”时期", "span_average", "growth", 5, "%", 5, "%", 0, 0)],
        ),
        ([grew("40%", "40", basis="vs_year", **WHOLE)], []),
        ([say("3元", "3", status="planned")], []),
        ([say("3元", "3", subject="松林公司")], []),
    ],
    ids=[
        "in the unit of the indicator",
        "others counted",
        "a flow of several years is their sum",
        "what a flow came to is of the last year",
        "a stock of several years is of the last",
        "an average of years",
        "growth over a span is no yearly growth",
        "no plan",
        "of a company",
    ],
)
def test_series(figures: list[Said], expected: list[tuple], tmp_path: Path, load: LoadInfo) -> None:
    reports = {(EAST, 2025): figures, (WEST, 2025): [say("1元", "1")]}
    sql = (
        "select period_label, time_kind, figure, cast(value as double), unit, "
        "cast(display_value as double), display_unit, other_count, disagreeing_count "
        "from mart_series where region = '东岭区'"
    )
    assert ask(tmp_path, load, reports, sql) == expected


def test_no_figure_is_too_large_for_the_marts(tmp_path: Path, load: LoadInfo) -> None:
    large = "9" * 30
    reports = {
        (CITY, 2024): [aim("-9元", f"-{large}")],
        (EAST, 2024): [aim("9元", large), aim("0.00000001吨", "0.00000001", "吨")],
        (EAST, 2025): [
            say("-9元", f"-{large}"),
            say("9吨", large, "吨"),
            say("9斤", large, "斤", canonical_code="grain"),
        ],
    }
    sql = "select count(*) from mart_target union all select count(*) from mart_series"
    assert all(count > 0 for (count,) in ask(tmp_path, load, reports, sql))


def test_a_sum_of_years_is_not_ranked_beside_what_years_came_to(
    tmp_path: Path, load: LoadInfo
) -> None:
    reports = {(EAST, 2025): [say("500元", "500", **WHOLE)], (WEST, 2025): [say("90元", "90")]}
    sql = "select region, level_place_derived, level_region_count from mart_comparison order by 1"
    assert ask(tmp_path, load, reports, sql) == [("东岭区", 1, 1), ("西塘区", 1, 1)]
