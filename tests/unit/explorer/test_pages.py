"""The pages without a browser: what they show, by address, in both languages, when empty."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest
from explorer_reports import REPORTS, build

from pipelines.explorer.view import options, plain
from pipelines.reading.clean import clean

PAGES = ("", "report", "indicator", "region", "quality", "search", "sql")


def key_of(warehouse: Path, quote: str) -> str:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        found = con.execute(
            "select observation_key from fact_observation where quote = ?", [quote]
        ).fetchall()
    assert len(found) == 1
    return str(found[0][0])


def words(at) -> str:
    """All that a page says outside of its tables."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(str(one.value) for kind in kinds for one in getattr(at, kind))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(explore, page: str, lang: str):
    at = explore(page, lang=lang)
    assert not at.error
    assert at.session_state["lang"] == lang


def test_the_front_page_has_the_headline_figures(explore):
    at = explore(lang="en")
    assert {metric.label: metric.value for metric in at.metric}["reports"] == "3"
    (table,) = at.dataframe
    rows = table.value.to_dict("records")
    assert (680_000_000, 7.1, 5) in {(r["level"], r["growth, %"], r["rank"]) for r in rows}
    at.text_input(key="filter").set_value("西山").run()
    assert {row["region"] for row in at.dataframe[0].value.to_dict("records")} == {"西山街道"}


def test_the_address_of_a_figure_leads_to_what_it_is(explore, warehouse: Path):
    at = explore("report", obs=key_of(warehouse, "６.8亿元"), lang="en")
    said = words(at)
    for part in ("财政总收入", "680,000,000 元", "level", "2023年", "actual", "2023.txt"):
        assert plain(part) in said
    assert at.selectbox[0].value in said or "2023.txt" in at.selectbox[0].options[1]


def test_the_place_of_a_figure_is_said_in_chinese(explore, warehouse: Path):
    said = words(explore("report", obs=key_of(warehouse, "６.8亿元"), lang="zh"))
    assert plain("2023.txt, 第 3 行") in said


def test_the_address_of_a_numeral_gives_its_reason(explore, warehouse: Path):
    with duckdb.connect(str(warehouse), read_only=True) as con:
        ((report, number),) = con.sql(
            "select report_key, numeral_no from fact_numeral "
            "inner join dim_report using (report_key) "
            "where disposition = 'list_number' and file_name = '2023.txt' limit 1"
        ).fetchall()
    at = explore("report", report=str(report), numeral=str(number), lang="en")
    assert "No figure" in words(at)
    assert "list number" in words(at)


def test_a_figure_is_corrected_on_its_page(explore, tmp_path: Path, monkeypatch):
    folder, file = tmp_path / "reports", tmp_path / "w.duckdb"
    build(REPORTS, folder, file)
    monkeypatch.setenv("ZHIBIAO_REPORTS", str(folder))
    key = key_of(file, "86家")
    at = explore("report", file=file, obs=key, lang="en")
    at.selectbox[1].set_value("value")
    at.text_input[0].set_value("many")
    at.button[0].click().run()
    assert "no number" in at.error[0].value
    assert not (folder / "corrections.csv").exists()
    at.text_input[0].set_value("88")
    at.text_input[1].set_value("misprint")
    at.button[0].click().run()
    assert at.success
    build({}, folder, file)
    at = explore("report", file=file, obs=key, lang="en")
    assert plain("value: 86 → 88 (applied)") in at.info[0].value
    assert plain("88 家") in words(at)


@pytest.mark.parametrize("asked", ["1", "x", "9" * 40, "' or 1=1 --", "-"])
def test_a_figure_that_is_not_there_is_said_to_be_gone(explore, asked: str):
    at = explore("report", obs=asked, lang="en")
    assert "no such figure" in at.warning[0].value


def test_an_indicator_has_plan_and_outcome(explore):
    at = explore("indicator", code="fiscal_revenue_total", lang="en")
    assert at.selectbox[0].value == "fiscal_revenue_total"
    assert [one.value for one in at.subheader][:3] == [
        "Over the years",
        "Regions side by side",
        "Plan and outcome",
    ]
    assert not at.info


def test_a_region_has_ranks_and_targets(explore):
    at = explore("region", region="东沙街道", lang="en")
    quotes = {
        q for table in at.dataframe for q in table.value.to_dict("list").get("as written", [])
    }
    assert {"第五", "第七", "6.5亿元"} <= quotes


def cells(at) -> set[str]:
    return {str(cell) for table in at.dataframe for cell in table.value.to_numpy().ravel()}


@pytest.mark.parametrize(
    ("section", "cell"),
    [
        ("doubts", "the unit does not fit the indicator"),
        ("refusals", "damaged.txt"),
        ("checks", "spans_verify"),
        ("review", "户籍人口412户。"),
    ],
)
def test_quality_shows_one_section_of_its_address(explore, section: str, cell: str):
    at = explore("quality", show=section, lang="en")
    assert cell in cells(at)
    assert explore("quality", show="nonsense", lang="en").dataframe


def test_reasons_of_refusals_are_said_in_chinese(explore):
    assert "空文件" in cells(explore("quality", show="refusals", lang="zh"))


def test_quality_says_how_many_figures_to_expect_right(explore, warehouse: Path):
    with duckdb.connect(str(warehouse), read_only=True) as con:
        ((number, mean),) = con.sql(
            "select count(*), avg(confidence) from fact_observation"
        ).fetchall()
    at = explore("quality", lang="en")
    shown = {metric.label: metric.value for metric in at.metric}
    assert shown["expected to be right"] == f"{mean:.1%}"
    bands = at.dataframe[0].value.to_dict("records")
    assert sum(row["figures"] for row in bands) == number
    for row in bands:
        low, high = map(float, row["confidence"].split("–"))
        assert low * 100 <= row["expected to be right, %"] <= high * 100
    assert "read before any rule was mended" in words(at)
    english = {row["measure"] for row in at.dataframe[1].value.to_dict("records")}
    assert {"level", "growth", "rank"} <= english


def test_corrections_that_do_not_fit_are_told(explore, tmp_path: Path):
    folder = tmp_path / "reports"
    file = build(REPORTS, folder, tmp_path / "w.duckdb")
    with duckdb.connect(str(file), read_only=True) as con:
        ((digest, start, end),) = con.sql(
            "select report_sha256, char_start, char_end from mart_observation "
            "inner join dim_report using (report_key) where quote = '86家'"
        ).fetchall()
    head = "report_sha256,char_start,char_end,field,was,becomes,reason,corrected_by,corrected_on\n"
    line = f"{digest},{start},{end},value,{{}},88,misprint,wang,2026-11-28\n"
    (folder / "corrections.csv").write_text(head + line.format(85), "utf-8")
    build({}, folder, file)
    at = explore("quality", file=file, show="corrections", lang="en")
    assert "1 of the corrections do not fit" in at.warning[0].value
    assert "stale: the value has changed" in cells(at)
    (folder / "corrections.csv").write_text(head + line.format(86), "utf-8")
    build({}, folder, file)
    at = explore("quality", file=file, show="corrections", lang="en")
    assert not at.warning
    assert "applied" in cells(at)


@pytest.mark.parametrize(
    ("asked", "quote"),
    [
        ("2023年财政总收入", "6.8亿元"),
        ("东沙街道财政总收入计划", "6.5亿元"),
        ("去年财政收人增速", "7.1%"),
    ],
    ids=["year", "plan", "misspelled"],
)
def test_search_has_the_best_answer_first(explore, asked: str, quote: str):
    at = explore("search", q=asked, lang="en")
    figures, sentences = (table.value.to_dict("records") for table in at.dataframe)
    assert quote in clean(figures[0]["sentence"]).text
    assert any(quote in clean(one["sentence"]).text for one in sentences)
    assert not at.info


def test_search_says_when_it_finds_nothing(explore):
    at = explore("search", q="zzz qqq", lang="en")
    assert not at.dataframe
    assert len(at.info) == 2


def test_sql_answers_worked_questions(explore):
    at = explore("sql", lang="en")
    assert len(at.selectbox[0].options) == 13
    at.selectbox[0].select_index(1).run()
    at.button[0].click().run()
    assert not at.exception
    assert at.dataframe


@pytest.mark.parametrize(
    "sql", ["from read_csv('/etc/passwd')", "drop table dim_unit", "selekt", "set threads = 1"]
)
def test_sql_refuses_in_words(explore, sql: str):
    at = explore("sql", lang="en")
    at.text_area[0].set_value(sql).run()
    at.button[0].click().run()
    assert not at.exception
    assert not at.dataframe
    assert at.code[0].value


@pytest.mark.parametrize("page", PAGES)
def test_no_file_is_one_line_that_says_what_to_do(explore, tmp_path: Path, page: str):
    at = explore(page, file=tmp_path / "none.duckdb", lang="en")
    if page in ("search", "sql"):
        return  # they ask nothing before they are asked
    assert "Build it first" in at.error[0].value


def test_a_file_that_is_no_warehouse_is_named(explore, tmp_path: Path):
    (tmp_path / "x.duckdb").write_bytes(b"no database at all")
    at = explore(file=tmp_path / "x.duckdb", lang="en")
    assert "not a DuckDB file" in at.error[0].value


def test_a_file_that_is_published_is_shown_by_the_next_click(explore, warehouse, tmp_path: Path):
    file = tmp_path / "w.duckdb"
    shutil.copy(warehouse, file)
    at = explore(file=file, lang="en")
    assert {metric.label: metric.value for metric in at.metric}["reports"] == "3"
    more = REPORTS | {"2024.txt": REPORTS["2023.txt"].replace("2023", "2024")}
    os.replace(build(more, tmp_path / "r", tmp_path / "n.duckdb"), file)  # noqa: PTH105
    at.run()
    assert not at.exception
    assert {metric.label: metric.value for metric in at.metric}["reports"] == "4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![x](https://a.b/c)", r"\!\[x\]\(https\:\/\/a\.b\/c\)"),
        (":red[x] $x$", r"\:red\[x\] \$x\$"),
        ("a\n# b", r"a \# b"),
        ("收入\u202e", "收入\ufffd"),
    ],
)
def test_nothing_is_read_as_markdown(text: str, said: str):
    assert plain(text) == said


@pytest.mark.parametrize(
    ("values", "pixels"),
    [
        ([1, None], None),
        ([5.5, 14_580_000_000_000.0], 150),
        ([-126_000_000.0], 100),
        ([None], None),
    ],
    ids=["short", "long", "negative", "none"],
)
def test_a_column_is_wide_enough_for_its_longest_number(values: list, pixels: int | None):
    frame = pl.DataFrame({"value": pl.Series(values, dtype=pl.Float64)})
    width = options(frame, {"value": "value"}, "x")["column_config"]["value"]["width"]
    assert (width or 0) >= (pixels or 0)
    assert (width is None) is (pixels is None)
