"""The views that answer questions across reports, on invented figures staged by hand."""

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
    Report,
    Said,
    ask,
    built_of,
    grew,
    placed,
    say,
    staged,
    year,
)

from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loads import LoadInfo

HEADLINE = (
    "select cast(level_value as double), cast(growth_percent as double), rank_place, "
    "cast(previous_level_derived as double) from mart_headline "
)
SPRING = {"period_start": date(2025, 3, 1), "period_end": date(2025, 5, 31)}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([say("120元", "120"), grew("20%", "20"), placed(3)], [(120, 20, 3, 100)]),
        ([say("1元", "1", modifier="over"), say("120元", "120")], [(120, None, None, None)]),
        ([say("6元", "6"), say("6.21元", "6.21")], [(6.21, None, None, None)]),
        ([say("9元", "9", indicator="其他税收收入"), say("7元", "7")], [(7, None, None, None)]),
        ([say("9", "9", None, doubt="unit_missing")], []),
        ([say("9元", "9", subject="全市")], []),
        ([say("9元", "9", status="planned")], []),
        ([say("9元", "9", period_start=None, period_end=None)], []),
        ([say("9元", "9", canonical_code=None)], []),
        ([grew("6%", "6", basis="yearly"), grew("5%", "5")], [(None, 5, None, None)]),
        ([grew("6%", "6", basis="yearly")], []),
        ([grew("6%", "6", basis="yearly", **WHOLE)], [(None, 6, None, None)]),
        ([grew("6%", "6", basis="mom")], []),
        ([say("9元", "9", basis="reached", **WHOLE), grew("5%", "5")], [(9, 5, None, 8.57)]),
        ([say("9元", "9", basis="reached", **WHOLE), say("8元", "8")], [(8, None, None, None)]),
        ([say("9元", "9", basis="cumulative", **WHOLE)], [(9, None, None, None)]),
        ([grew("6%", "6", **SPRING)], [(None, 6, None, None)]),
        ([grew("3%", "3"), say("9元", "9"), grew("4%", "4", passage_no=1)], [(9, 4, None, 8.65)]),
        (
            [
                say("120元", "120", canonical_code="gdp", indicator="地区生产总值"),
                grew("20%", "20", canonical_code="gdp", indicator="地区生产总值"),
            ],
            [(120, 20, None, None)],
        ),
        (
            [say("44%", "44", "%", measure="share", canonical_code="green", indicator="绿化率")],
            [(44, None, None, None)],
        ),
        (
            [say("900元", "900", "元/月", measure="price", canonical_code="allowance")],
            [(900, None, None, None)],
        ),
    ],
    ids=[
        "side by side",
        "exact before rough",
        "more digits first",
        "own name first",
        "unit missing",
        "of another area",
        "planned",
        "no period",
        "no canonical indicator",
        "no yearly average for one year",
        "nothing but a yearly average",
        "a yearly average of a span",
        "month on month",
        "a level reached in a span",
        "the year's own level first",
        "a sum of a span",
        "a span within a year",
        "growth beside its level",
        "real growth derives nothing",
        "a rate is its own level",
        "of a month",
    ],
)
def test_headline(
    figures: list[Said], expected: list[tuple], tmp_path: Path, load: LoadInfo
) -> None:
    assert ask(tmp_path, load, {(EAST, 2025): figures}, HEADLINE) == expected


def test_the_report_that_covers_the_period_speaks_first(tmp_path: Path, load: LoadInfo) -> None:
    reports = {
        (EAST, 2024): [say("5元", "5"), say("4元", "4", **year(2023))],
        (EAST, 2025): [say("6元", "6", **year(2024)), say("3元", "3", **year(2023))],
    }
    sql = "select period_year, cast(level_value as double), file_name from mart_headline order by 1"
    assert ask(tmp_path, load, reports, sql) == [
        (2023, 3, "东岭2025.txt"),
        (2024, 5, "东岭2024.txt"),
    ]


def test_comparison(tmp_path: Path, load: LoadInfo) -> None:
    reports = {
        (CITY, 2025): [say("200元", "200"), grew("4%", "4")],
        (EAST, 2025): [say("50元", "50"), grew("7%", "7")],
        (WEST, 2025): [grew("5.5%", "5.5")],
    }
    sql = (
        "select region, level_place_derived, level_region_count, growth_place_derived, "
        "growth_region_count, parent_region, percent_of_parent_derived, growth_lead_derived "
        "from mart_comparison order by region_level, region"
    )
    assert ask(tmp_path, load, reports, sql) == [
        ("青禾市", 1, 1, 1, 1, None, None, None),
        ("东岭区", 1, 1, 1, 2, "青禾市", Decimal(25), Decimal(3)),
        ("西塘区", None, 0, 2, 2, "青禾市", None, Decimal("1.5")),
    ]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        (
            {
                (EAST, 2024): [say("100元", "100")],
                (EAST, 2025): [say("120元", "120"), grew("9%", "9")],
            },
            [("growth_vs_levels", 9, 20, True, "东岭2025.txt", "东岭2024.txt")],
        ),
        (
            {
                (EAST, 2024): [say("1.0元", "1.0")],
                (EAST, 2025): [say("1.1元", "1.1"), grew("12.5%", "12.5")],
            },
            [],
        ),
        (
            {
                (EAST, 2024): [say("100元", "100", canonical_code="gdp")],
                (EAST, 2025): [
                    say("120元", "120", canonical_code="gdp"),
                    grew("9%", "9", canonical_code="gdp"),
                ],
            },
            [],
        ),
        (
            {(EAST, 2025): [say("31元", "31"), say("37元", "37")]},
            [("stated_twice", 31, 37, False, "东岭2025.txt", "东岭2025.txt")],
        ),
        ({(EAST, 2025): [say("3.1元", "3.1"), say("3元", "3")]}, []),
        ({(EAST, 2025): [say("三千元", "3000"), say("3100元", "3100")]}, []),
        ({(EAST, 2025): [say("31元", "31"), say("37元", "37", modifier="over")]}, []),
        ({(EAST, 2025): [say("31元", "31"), say("37元", "37", subject="松林公司")]},
         [("part_above_whole", 37, 31, False, "东岭2025.txt", "东岭2025.txt")]),
        ({(EAST, 2025): [say("31元", "31"), say("37元", "37", subject="全市")]}, []),
        (
            {(CITY, 2025): [say("30元", "30")], (EAST, 2025): [say("40元", "40")]},
            [("part_above_whole", 40, 30, False, "东岭2025.txt", "青禾2025.txt")],
        ),
        (
            {
                (CITY, 2025): [say("30元", "30", canonical_code="income")],
                (EAST, 2025): [say("40元", "40", canonical_code="income")],
            },
            [],
        ),
        (
            {
                (EAST, 2025): [say("40元", "40"), placed(1)],
                (WEST, 2025): [say("50元", "50"), placed(2)],
            },
            [("rank_vs_level", 40, 50, False, "东岭2025.txt", "西塘2025.txt")],
        ),
        (
            {
                (EAST, 2025): [say("50元", "50"), placed(1)],
                (WEST, 2025): [say("40元", "40"), placed(2)],
            },
            [],
        ),
    ],
    ids=[
        "growth and two levels",
        "within rounding",
        "real growth is another thing",
        "one fact, two figures",
        "the same, rounded",
        "the same, rounded in words",
        "a rough figure contradicts nothing",
        "a company above its district",
        "the city is no part",
        "a district above its city",
        "means do not add up",
        "better place, smaller figure",
        "place and figure agree",
    ],
)  # fmt: skip
def test_consistency(
    reports: dict[Report, list[Said]], expected: list[tuple], tmp_path: Path, load: LoadInfo
) -> None:
    sql = (
        "select kind, cast(first_value as double), cast(second_value as double), "
        "is_second_derived, first_file_name, second_file_name from mart_consistency"
    )
    assert ask(tmp_path, load, reports, sql) == expected


@pytest.mark.parametrize(
    "more",
    [{"passage_no": 0}, {"doubt": "two_values"}, {"confidence": Decimal("0.400")}],
    ids=["in one sentence", "in doubt", "unsure"],
)
def test_no_contradiction_of_what_may_be_misread(
    more: Said, tmp_path: Path, load: LoadInfo
) -> None:
    reports = {(EAST, 2025): [say("30元", "30"), say("40元", "40", **more)]}
    assert ask(tmp_path, load, reports, "select kind from mart_consistency") == []


@pytest.mark.parametrize(
    ("basis", "expected"),
    [("vs_year", []), ("yearly", []), ("yoy", ["stated_twice"])],
)
def test_a_growth_beside_one_over_several_years_is_not_asked(
    basis: str, expected: list[str], tmp_path: Path, load: LoadInfo
) -> None:
    beside = grew("60%", "60", indicator="人均收入", canonical_code="income", basis=basis)
    figures = [
        beside | {"passage_no": 1},
        grew("50%", "50", passage_no=1),
        grew("9%", "9", passage_no=2),
    ]
    found = ask(tmp_path, load, {(EAST, 2025): figures}, "select kind from mart_consistency")
    assert [kind for (kind,) in found] == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [("40", []), ("45", ["stated_twice"])],
    ids=["said again", "another"],
)
def test_a_plan_said_again_is_not_what_was_done(
    plan: str, expected: list[str], tmp_path: Path, load: LoadInfo
) -> None:
    figures = [
        say("30元", "30"),
        say("40元", "40"),
        say(f"{plan}元", plan, status="planned"),
    ]
    found = ask(tmp_path, load, {(EAST, 2025): figures}, "select kind from mart_consistency")
    assert [kind for (kind,) in found] == expected


def test_a_contradiction_shows_both_sentences(tmp_path: Path, load: LoadInfo) -> None:
    reports = {(CITY, 2025): [say("30元", "30")], (EAST, 2025): [say("40元", "40")]}
    sql = "select first_sentence, first_quote, second_sentence, second_quote from mart_consistency"
    assert ask(tmp_path, load, reports, sql) == [(f"{EAST}40元", "40元", f"{CITY}30元", "30元")]


def test_theme_profile(tmp_path: Path, load: LoadInfo) -> None:
    reports = {(EAST, 2025): [say("1元", "1"), say("2元", "2", theme="other", status="planned")]}
    sql = (
        "select theme, passage_count, passage_percent, observation_count, observation_percent, "
        "planned_count from mart_theme_profile order by theme"
    )
    assert ask(tmp_path, load, reports, sql) == [
        ("economy", 2, Decimal(100), 1, Decimal(50), 0),
        ("other", 0, Decimal(0), 1, Decimal(50), 1),
    ]


def test_term_trend(tmp_path: Path, load: LoadInfo) -> None:
    reports: dict[Report, list[Said]] = {(EAST, 2023): [], (EAST, 2025): [], (WEST, 2025): []}
    words = {
        (EAST, 2023): {"旧改": 3, "税收": 1},
        (EAST, 2025): {"旧改": 1, "智慧": 3},
        (WEST, 2025): {"税收": 4},
    }
    sql = (
        "select term, period_year, term_count, per_100000_words, year_before, term_count_before "
        "from mart_term_trend where region = '东岭区' order by period_year, tf_idf desc"
    )
    assert ask(tmp_path, load, reports, sql, words) == [
        ("旧改", 2023, 3, Decimal(75000), None, None),
        ("税收", 2023, 1, Decimal(25000), None, None),
        ("智慧", 2025, 3, Decimal(75000), 2023, 0),
        ("旧改", 2025, 1, Decimal(25000), 2023, 3),
    ]


def test_a_word_that_all_reports_use_marks_none(tmp_path: Path, load: LoadInfo) -> None:
    words = {(EAST, 2025): {"建设": 9, "旧改": 1}, (WEST, 2025): {"建设": 9, "智慧": 1}}
    sql = "select distinct term, tf_idf > 0 from mart_term_trend order by term"
    reports: dict[Report, list[Said]] = {report: [] for report in words}
    assert ask(tmp_path, load, reports, sql, words) == [
        ("建设", False),
        ("旧改", True),
        ("智慧", True),
    ]


def test_similarity(tmp_path: Path, load: LoadInfo) -> None:
    # Of the two counties of 2025 both say 建设 and 税收, which weigh 1, and one says 旧改: 1.4055.
    words = {
        (EAST, 2023): {"建设": 5, "旧改": 3, "税收": 4},
        (EAST, 2025): {"建设": 1, "旧改": 3, "税收": 4},
        (WEST, 2025): {"建设": 5, "税收": 2},
        (CITY, 2025): {"建设": 2, "旧改": 1},
    }
    reports: dict[Report, list[Said]] = {report: [] for report in words}
    # The cosine of (1, 3 × 1.4055, 4) and (5, 3 × 1.4055, 4); and of the first and (5, 0, 2).
    sql = (
        "select region, period_year, year_before, similarity_before, peer_count, similarity_peers "
        "from mart_similarity order by region, period_year"
    )
    assert ask(tmp_path, load, reports, sql, words) == [
        ("东岭区", 2023, None, None, 0, None),
        ("东岭区", 2025, 2023, Decimal("0.8577"), 1, Decimal("0.4093")),
        ("西塘区", 2025, None, None, 1, Decimal("0.4093")),
        ("青禾市", 2025, None, None, 0, None),
    ]


def test_reports_of_other_levels_and_years_leave_similarity_as_it_is(
    tmp_path: Path, load: LoadInfo
) -> None:
    words = {
        (EAST, 2025): {"建设": 1, "旧改": 3},
        (WEST, 2025): {"建设": 5, "税收": 2},
    }
    more = {(CITY, 2025): {"建设": 2, "旧改": 1}, (WEST, 2023): {"旧改": 9}}
    sql = (
        "select similarity_peers from mart_similarity "
        "where region_level = 'county' and period_year = 2025"
    )
    found = []
    for place, said in (("few", words), ("more", words | more)):
        (tmp_path / place).mkdir()
        reports: dict[Report, list[Said]] = {report: [] for report in said}
        found.append(ask(tmp_path / place, load, reports, sql, said))
    assert found[0] == found[1] != []


def test_reports_of_a_region_and_year_are_one(tmp_path: Path, load: LoadInfo) -> None:
    frames = staged(
        {(EAST, 2024): [], (EAST, 2025): [], (WEST, 2025): []},
        {(EAST, 2024): {"旧改": 2}, (EAST, 2025): {"税收": 2}, (WEST, 2025): {"智慧": 2}},
    )
    frames["stg_document"] = frames["stg_document"].with_columns(
        period_start=date(2025, 1, 1), period_end=date(2025, 12, 31)
    )
    with read_only(built_of(tmp_path / "w.duckdb", load, frames)) as con:
        found = con.sql(
            "select term, term_count, per_100000_words, year_before from mart_term_trend "
            "where region = '东岭区' order by term"
        ).fetchall()
        alike = con.sql(
            "select reports_of_year, similarity_before, similarity_peers from mart_similarity "
            "where region = '东岭区'"
        ).fetchall()
    assert found == [("旧改", 2, Decimal(50000), None), ("税收", 2, Decimal(50000), None)]
    assert alike == [(2, None, Decimal(0))]


def test_every_division_is_there_whether_it_reports_or_not(tmp_path: Path, load: LoadInfo) -> None:
    sql = (
        "select region_path, region_code, province, city, county, report_count from dim_region "
        "where region_level in ('city', 'county') order by region_code"
    )
    assert ask(tmp_path, load, {(EAST, 2025): []}, sql) == [
        (CITY, "339900", "浙江省", "青禾市", None, 0),
        (EAST, "339901", "浙江省", "青禾市", "东岭区", 1),
        (WEST, "339902", "浙江省", "青禾市", "西塘区", 0),
    ]


def test_kinds_of_subjects(tmp_path: Path, load: LoadInfo) -> None:
    names = ("全市", "西塘区", "松林公司")
    figures = [say(f"{number}元", str(number), subject=name) for number, name in enumerate(names)]
    sql = "select subject, subject_kind from dim_subject where subject_key > 0 order by 2"
    assert ask(tmp_path, load, {(EAST, 2025): figures}, sql) == [
        ("全市", "area"),
        ("松林公司", "other"),
        ("西塘区", "region"),
    ]
