"""What a question finds: region, time and kind of figure in it; names short or misspelled."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from conftest import LOAD
from mart_cases import CITY, EAST, built, grew, say, year

REPORTS = {
    (CITY, 2023): [say("80亿元", "8000000000"), grew("增长6%", "6")],
    (CITY, 2024): [
        say("90亿元", "9000000000"),
        grew("增长9%", "9"),
        say("900亿元", "90000000000", indicator="地区生产总值", canonical_code="gdp"),
        grew("增长5%", "5", status="planned", **year(2025)),
    ],
    (EAST, 2024): [
        say("9亿元", "900000000"),
        say("12家", "12", "家", indicator="托育机构", canonical_code=None),
    ],
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("search") / "w.duckdb", LOAD, REPORTS)


def asked(warehouse: Path, sql: str, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return con.execute(sql, [question]).fetchall()


FIGURES = "select region, quote from search_figures(?)"


@pytest.mark.parametrize(
    ("question", "region", "quote"),
    [
        ("青禾市2023年税收", "青禾市", "80亿元"),
        ("青禾2024税收收入", "青禾市", "90亿元"),
        ("2024年青禾市税收增速", "青禾市", "增长9%"),
        ("青禾市2025年税收目标", "青禾市", "增长5%"),
        ("东岭税收", "东岭区", "9亿元"),
        ("青禾市东岭区税收是多少", "东岭区", "9亿元"),
        ("生产总值", "青禾市", "900亿元"),
        ("东岭的托育机沟有几个", "东岭区", "12家"),
    ],
    ids=["year", "short", "growth", "target", "district", "both", "anywhere", "misspelled"],
)
def test_the_figure_that_is_asked_for_comes_first(
    question: str, region: str, quote: str, warehouse: Path
) -> None:
    assert asked(warehouse, FIGURES, question)[0] == (region, quote)


@pytest.mark.parametrize(
    ("question", "regions"),
    [("西塘区税收", set()), ("东岭区税收", {"东岭区"}), ("青禾市税收", {"青禾市", "东岭区"})],
    ids=["no report", "district", "city with what lies in it"],
)
def test_a_region_narrows(question: str, regions: set[str], warehouse: Path) -> None:
    assert {region for region, _ in asked(warehouse, FIGURES, question)} == regions


def test_years_narrow(warehouse: Path) -> None:
    found = asked(warehouse, FIGURES, "2022年税收")
    assert found == []
    found = asked(warehouse, FIGURES, "2023年税收")
    assert {quote for _, quote in found} == {"80亿元", "增长6%"}


@pytest.mark.parametrize(
    ("words", "code"),
    [("税收", "tax"), ("税收收人", "tax"), ("生产总直", "gdp"), ("GDP", "gdp"), ("绿化", "green")],
)
def test_an_indicator_is_found_by_a_name_like_its_own(
    words: str, code: str, warehouse: Path
) -> None:
    sql = "select indicator_code from find_indicator(?)"
    assert asked(warehouse, sql, words)[0] == (code,)


def test_sentences_are_found_by_their_words(warehouse: Path) -> None:
    sql = "select sentence from search_sentences(?)"
    assert asked(warehouse, sql, "900亿元")[0] == (f"{CITY}900亿元",)
    assert asked(warehouse, sql, "区块链") == []


@pytest.mark.parametrize(
    "question", ["", "?", "的", "2024年", "青禾市", "'; drop", "(增长[", "税" * 999]
)
def test_any_question_is_answered(question: str, warehouse: Path) -> None:
    for macro in ("search_figures", "search_sentences", "find_indicator"):
        asked(warehouse, f"from {macro}(?)", question)


def test_most_limits_the_rows(warehouse: Path) -> None:
    assert len(asked(warehouse, "from search_figures(?, most := 2)", "税收")) == 2
