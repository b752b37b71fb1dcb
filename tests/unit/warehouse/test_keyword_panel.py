"""Counts of dictionary words equal a plain search of the reports' text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from conftest import LOAD
from mart_cases import CITY, EAST, WEST, built, say

from pipelines.errors import WordListError
from pipelines.warehouse.keywords import dictionary_frame

TEXTS = {
    (CITY, 2023): ["数字经济和数字化。经济 增长。", "没有大数据,非大数据,要大数据。"],
    (CITY, 2024): ["数字经济提速。", "大数据.中心(一期)与[云]。"],
    (EAST, 2024): ["修路三条。"],
}
LISTS = {
    "digital": "term,group,weight\n数字经济,甲,2\n经济,甲,\n数字化,乙,0.5\n大数据,乙,1\n",
    "odd": "大数据.中心(一期)\n[云]\n",
    "economy": "经济\n",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dictionaries")
    for name, text in LISTS.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    reports = {
        key: [say("1元", "1", sentence=text) for text in texts] for key, texts in TEXTS.items()
    }
    path = tmp_path_factory.mktemp("panel") / "w.duckdb"
    return built(path, LOAD, reports, more_seeds={"seed_keywords": dictionary_frame(folder)})


def asked(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return con.sql(sql).fetchall()


def test_a_word_inside_a_longer_one_of_its_dictionary_does_not_count(warehouse: Path) -> None:
    sql = """
    select region, period_year, dictionary, keyword_group, keyword_count, weighted_count
    from mart_keyword_panel where keyword_count > 0 order by all
    """
    assert asked(warehouse, sql) == [
        ("青禾市", 2023, "digital", "乙", 4, Decimal("3.5")),
        ("青禾市", 2023, "digital", "甲", 2, 3),
        ("青禾市", 2023, "economy", "economy", 2, 2),
        ("青禾市", 2024, "digital", "乙", 1, 1),
        ("青禾市", 2024, "digital", "甲", 1, 2),
        ("青禾市", 2024, "economy", "economy", 1, 1),
        ("青禾市", 2024, "odd", "odd", 2, 2),
    ]


def test_denied_words_are_told_apart(warehouse: Path) -> None:
    sql = """
    select keyword_count, negated_count, distinct_keywords from mart_keyword_panel
    where period_year = 2023 and keyword_group = '乙'
    """
    assert asked(warehouse, sql) == [(4, 2, 2)]


def test_the_panel_is_whole_and_sums_to_plain_counts(warehouse: Path) -> None:
    sql = "select count(*), count(distinct (region, period_year)) from mart_keyword_panel"
    assert asked(warehouse, sql) == [(3 * 4, 3)]
    text = "".join(TEXTS[CITY, 2023])
    sql = """
    select keyword, keyword_count from fact_keyword join dim_keyword using (keyword_key)
    join dim_report using (report_key) join dim_period using (period_key)
    where period_year = 2023 and dictionary = 'digital' order by keyword
    """
    plain = {word: text.count(word) for word in ("大数据", "数字化", "数字经济", "经济")}
    plain["经济"] -= plain["数字经济"]
    assert dict(asked(warehouse, sql)) == plain


def test_counts_are_set_against_the_length_of_the_text(warehouse: Path) -> None:
    sql = """
    select text_char_count, per_10000_characters, reports_of_year, region_code
    from mart_keyword_panel where period_year = 2024 and dictionary = 'economy' order by region
    """
    length = len("".join(TEXTS[CITY, 2024]))
    assert asked(warehouse, sql) == [
        (len(TEXTS[EAST, 2024][0]), 0, 1, "339901"),
        (length, round(Decimal(10000) / length, 2), 1, "339900"),
    ]


def test_a_folder_without_lists_gives_no_words(tmp_path: Path) -> None:
    assert dictionary_frame(tmp_path / "none").is_empty()
    path = built(
        tmp_path / "w.duckdb",
        LOAD,
        {(WEST, 2024): [say("1元", "1")]},
        more_seeds={"seed_keywords": dictionary_frame(tmp_path)},
    )
    assert asked(path, "from mart_keyword_panel") == []
    assert asked(path, "from fact_keyword") == []


@pytest.mark.parametrize("weight", ["much", "nan", "1e12"])
def test_a_weight_that_is_none_is_refused(weight: str, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(f"term,weight\n经济,{weight}\n", "utf-8")
    with pytest.raises(WordListError, match=f"w.csv: the weight {weight} is not a number"):
        dictionary_frame(tmp_path)
