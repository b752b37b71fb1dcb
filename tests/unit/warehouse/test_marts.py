"""The views that answer questions across reports, on invented figures staged by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pipelines import contracts
from pipelines.warehouse.build import LoadInfo, build
from pipelines.warehouse.connect import read_only

CITY, EAST, WEST = "浙江省/青禾市", "浙江省/青禾市/东岭区", "浙江省/青禾市/西塘区"
LEVELS = {CITY: "city", EAST: "county", WEST: "county"}
# (region, year of the report)
Report = tuple[str, int]
Said = dict[str, object]

SEEDS = {
    "seed_indicators": (
        (
            *("code", "name_zh", "name_en", "unit", "theme", "tier", "kind", "prices"),
            *("additive", "aim", "aliases", "broader", "part", "spoken"),
        ),
        *(
            (*cells.split(","), "", "", "")
            for cells in (
                "gdp,地区生产总值,GDP,元,economy,core,flow,constant,yes,,生产总值",
                "tax,税收收入,Tax,元,economy,core,flow,current,yes,,税收",
                "income,人均收入,Income,元,economy,core,ratio,mixed,no,,",
                "green,绿化率,Green,%,economy,extended,ratio,,no,,",
                "allowance,低保标准,Allowance,元/月,economy,extended,ratio,current,no,,",
                "grain,粮食产量,Grain,吨,economy,extended,flow,,yes,,",
                "jobless,失业率,Jobless,%,economy,extended,ratio,,no,lower,",
                "people,人口,People,人,economy,extended,stock,,yes,,",
            )
        ),
    ),
    "seed_units": (
        ("surface", "unit", "dimension"),
        ("元", "元", "money"),
        ("%", "%", "ratio"),
        ("元/月", "元/月", "price"),
        ("名", "名", "rank"),
        ("家", "家", "count"),
        ("人", "人", "count"),
        ("吨", "吨", "mass"),
        ("斤", "斤", "mass"),
    ),
    "seed_conversions": (("unit", "to_unit", "factor"), ("斤", "吨", "0.0005")),
    "seed_regions": (
        ("code", "name", "level", "parent_code", "valid_from", "valid_to", "successor"),
        ("330000", "浙江省", "province", "", "", "", ""),
        ("339900", "青禾市", "city", "330000", "", "", ""),
        ("339901", "东岭区", "county", "339900", "", "", ""),
        ("339902", "西塘区", "county", "339900", "", "", ""),
    ),
    "seed_areas": (("name", "level"), ("全市", "city")),
    "seed_themes": (
        ("code", "name_zh", "name_en"),
        ("economy", "经济", "Economy"),
        ("other", "其他", "Other"),
    ),
}


def say(quote: str, value: str, unit: str | None = "元", **more: object) -> Said:
    """One figure of a report: tax of the report's own year unless told otherwise."""
    return {"quote": quote, "value": Decimal(value), "unit": unit} | more


def grew(quote: str, value: str, **more: object) -> Said:
    return say(quote, value, "%", measure="change_rate", **more)


def placed(place: int, **more: object) -> Said:
    return say(f"第{place}", str(place), "名", measure="rank", basis="level", scope="全市", **more)


def year(number: int) -> dict[str, object]:
    return {"period_start": date(number, 1, 1), "period_end": date(number, 12, 31)}


def staged(
    reports: dict[Report, list[Said]], words: dict[Report, dict[str, int]] | None = None
) -> dict[str, pl.DataFrame]:
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in contracts.names("staged")}
    for number, ((region, covered), figures) in enumerate(reports.items()):
        sha = f"{number:064d}"
        rows["stg_document"].append(
            {
                "report_sha256": sha,
                "file_name": f"{region[-3:-1]}{covered}.txt",
                "title": "报告",
                "region_path": region,
                "region_level": LEVELS[region],
                "report_kind": "work_report",
                **year(covered),
                "format": "text",
                "encoding": "utf-8",
                "damaged_count": 0,
                "byte_count": 900,
                "char_count": 900,
                "raw_text": "文",
            }
        )
        for place, figure in enumerate(figures):
            passage = {
                "report_sha256": sha,
                "passage_no": place,
                "char_start": place * 9,
                "char_end": place * 9 + 9,
                "sentence_text": f"{region}{figure['quote']}",
                "section_path": "",
                "theme": "economy",
            }
            rows["stg_sentence"].append(passage)
            rows["stg_observation"].append(
                {
                    "indicator": "税收收入",
                    "canonical_code": "tax",
                    "modifier": "exact",
                    "measure": "level",
                    "status": "actual",
                    "theme": "economy",
                    "binding_rule": "nearest",
                    "confidence": Decimal("0.900"),
                    "locator": "line 1",
                    **year(covered),
                    **{key: passage[key] for key in ("report_sha256", "char_start", "char_end")},
                    "observation_no": place,
                    "passage_no": place,
                    **figure,
                }
            )
        for term, count in (words or {}).get((region, covered), {}).items():
            rows["stg_term"].append({"report_sha256": sha, "term": term, "term_count": count})
    frames = {}
    for name, some in rows.items():
        schema = contracts.staged_schema(name)
        full = [{column: row.get(column) for column in schema} for row in some]
        frames[name] = contracts.enforce(pl.DataFrame(full, schema=schema, strict=False), name)
    return frames


def ask(
    tmp_path: Path,
    load: LoadInfo,
    reports: dict[Report, list[Said]],
    sql: str,
    words: dict[Report, dict[str, int]] | None = None,
) -> list[tuple]:
    seeds = {
        name: pl.DataFrame(cells[1:], schema=dict.fromkeys(cells[0], pl.String), orient="row")
        for name, cells in SEEDS.items()
    }
    path = build(staged(reports, words), tmp_path / "w.duckdb", load, seeds=seeds).path
    with read_only(path) as con:
        return con.sql(sql).fetchall()


HEADLINE = (
    "select cast(level_value as double), cast(growth_percent as double), rank_place, "
    "cast(previous_level_derived as double) from mart_headline "
)
SPRING = {"period_start": date(2025, 3, 1), "period_end": date(2025, 5, 31)}
WHOLE = {"period_start": date(2021, 1, 1), "period_end": date(2025, 12, 31)}


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


def test_a_contradiction_shows_both_sentences(tmp_path: Path, load: LoadInfo) -> None:
    reports = {(CITY, 2025): [say("30元", "30")], (EAST, 2025): [say("40元", "40")]}
    sql = "select first_sentence, first_quote, second_sentence, second_quote from mart_consistency"
    assert ask(tmp_path, load, reports, sql) == [(f"{EAST}40元", "40元", f"{CITY}30元", "30元")]


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


SPAN = {"period_start": date(2021, 1, 1), "period_end": date(2025, 12, 31)}


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
            [say("500元", "500", **SPAN)],
            [("“十四五”时期", "span_sum", "level", 500, "元", 500, "元", 0, 0)],
        ),
        (
            [say("500元", "500", basis="reached", **SPAN)],
            [("2025年", "year", "level", 500, "元", 500, "元", 0, 0)],
        ),
        (
            [say("90人", "90", "人", canonical_code="people", **SPAN)],
            [("2025年", "year", "level", 90, "人", 90, "人", 0, 0)],
        ),
        (
            [grew("5%", "5", basis="yearly", **SPAN)],
            [("“十四五”时期", "span_average", "growth", 5, "%", 5, "%", 0, 0)],
        ),
        ([grew("40%", "40", basis="vs_year", **SPAN)], []),
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
    reports = {(EAST, 2025): [say("500元", "500", **SPAN)], (WEST, 2025): [say("90元", "90")]}
    sql = "select region, level_place_derived, level_region_count from mart_comparison order by 1"
    assert ask(tmp_path, load, reports, sql) == [("东岭区", 1, 1), ("西塘区", 1, 1)]


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
        "select term, period_year, term_count, per_100000_words, tf_idf_place, year_before, "
        "term_count_before from mart_term_trend where region = '东岭区' order by 2, 5"
    )
    assert ask(tmp_path, load, reports, sql, words) == [
        ("旧改", 2023, 3, Decimal(75000), 1, None, None),
        ("税收", 2023, 1, Decimal(25000), 2, None, None),
        ("智慧", 2025, 3, Decimal(75000), 1, 2023, 0),
        ("旧改", 2025, 1, Decimal(25000), 2, 2023, 3),
    ]


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
