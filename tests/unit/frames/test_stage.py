"""One report as rows: spans, decimals, keys, and what happens to a report that trips the parser."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import docx
import polars as pl
import pytest

from pipelines.contracts import staged_schema
from pipelines.errors import SeedError, SeedFault
from pipelines.frames import stage
from pipelines.frames.overrides import Override
from pipelines.frames.stage import TABLES, stage_report, to_frames
from pipelines.frames.terms import count_terms

TEXT = "东沙街道2023年上半年工作总结\r\n上半年，街道实现财政总收入3.25亿元，同比增长6.4%。\r\n"


@pytest.fixture
def frames() -> dict[str, pl.DataFrame]:
    return to_frames([stage_report(TEXT.encode(), "sub/a.txt", Override())])


def test_every_frame_has_its_contract(frames):
    assert {name: dict(frame.schema) for name, frame in frames.items()} == {
        name: staged_schema(name) for name in TABLES
    }


def test_the_document_keeps_the_raw_text(frames):
    (document,) = frames["stg_document"].to_dicts()
    assert document["raw_text"] == TEXT
    assert document["char_count"] == len(TEXT)
    assert document["byte_count"] == len(TEXT.encode())
    assert document["file_name"] == "sub/a.txt"


@pytest.mark.parametrize(
    ("table", "column"), [("stg_observation", "quote"), ("stg_numeral", "numeral_text")]
)
def test_spans_are_of_the_raw_text(frames, table: str, column: str):
    rows = frames[table].to_dicts()
    assert rows
    assert [TEXT[row["char_start"] : row["char_end"]] for row in rows] == [
        row[column] for row in rows
    ]


def test_values_are_exact(frames):
    values = frames["stg_observation"]["value"].to_list()
    assert values == [Decimal("325000000"), Decimal("6.4")]


def test_the_ledger_points_to_its_observations(frames):
    observations = frames["stg_observation"]["observation_no"].to_list()
    pointed = frames["stg_numeral"]["observation_no"].drop_nulls().to_list()
    assert sorted(pointed) == observations


HUGE = {
    "31 digits": f"走访企业{'9' * 31}家",
    "five megabytes of digits": f"发放补贴{'7' * 5_000_000}元",
    "rounded up beyond": f"走访企业{'9' * 30}.999999999家",
    "too large in its unit": f"完成投资{'9' * 29}亿元",
    "too large as a rate": f"增长{'9' * 29}倍",
    "doubled without end": "翻99999999番",
    "range with a bound too large": f"走访企业{'9' * 30}-{'9' * 31}家",
    "a wall of magnitudes": f"走访企业{'十' * 100_000}家",
}


@pytest.mark.parametrize("sentence", HUGE.values(), ids=HUGE)
def test_a_number_too_large_for_the_warehouse_stays_in_the_ledger(sentence: str):
    text = f"东沙街道2023年工作总结\n全年{sentence}。\n走访居民12户。\n"
    frames = to_frames([stage_report(text.encode(), "a.txt", Override())])
    assert frames["stg_reject"].is_empty()
    assert frames["stg_observation"]["quote"].to_list()[-1:] == ["12户"]
    assert "unknown" in frames["stg_numeral"]["disposition"].to_list()


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("账号12345678901234567890123", "12345678901234567890123"),
        ("完成投资1000000000000.123456789亿元", "100000000000012345678.9"),
        ("完成投资1000000000000万亿元", "1000000000000000000000000"),
        ("占3分之9999999999999999999999999", "333333333333333333333333300"),
        (f"完成投资{'9' * 22}亿元", "9" * 22 + "0" * 8),
    ],
)
def test_a_large_number_is_exact(sentence: str, value: str):
    text = f"东沙街道2023年工作总结\n{sentence}。\n"
    frames = to_frames([stage_report(text.encode(), "a.txt", Override())])
    assert frames["stg_reject"].is_empty()
    assert frames["stg_numeral"]["value"].to_list()[-1] == Decimal(value)


def test_a_report_that_cannot_be_read_is_a_reject():
    rows = stage_report(b"", "a.txt", Override())
    assert rows["stg_reject"][0][:2] == ("a.txt", "empty")
    assert not any(rows[name] for name in TABLES if name != "stg_reject")


def _trip(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def trip(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(stage, "parse_text", trip)


def test_a_fault_of_ours_is_a_reject_and_its_traceback_in_the_log(monkeypatch, caplog):
    _trip(monkeypatch, IndexError("out of range"))
    rows = stage_report(TEXT.encode(), "a.txt", Override())
    ((name, reason, detail, _),) = rows["stg_reject"]
    assert (name, reason) == ("a.txt", "internal_error")
    assert "IndexError: out of range" in detail
    assert [fault.file_name for fault in stage.to_try_again(rows)] == ["a.txt"]
    assert "Traceback" in caplog.text
    assert "a.txt" in caplog.text


def test_a_report_that_takes_too_long_is_a_reject():
    rows = stage_report(TEXT.encode() * 50, "a.txt", Override(), seconds=1e-9)
    ((name, reason, detail, _),) = rows["stg_reject"]
    assert (name, reason) == ("a.txt", "too_slow")
    assert "ZHIBIAO_REPORT_SECONDS" in detail
    assert stage.to_try_again(rows)


def test_a_report_of_more_numerals_than_memory_bears_is_a_reject(monkeypatch):
    monkeypatch.setattr(stage, "_MOST_NUMERALS", 2)
    rows = stage_report(TEXT.encode(), "a.txt", Override())
    ((name, reason, detail, _),) = rows["stg_reject"]
    assert (name, reason) == ("a.txt", "too_many_numerals")
    assert "at most 2" in detail
    assert not stage.to_try_again(rows)
    assert not stage_report("走访企业15家。".encode(), "b.txt", Override())["stg_reject"]


def test_rows_that_cannot_be_built_are_a_fault_too(monkeypatch):
    monkeypatch.setattr(stage, "count_terms", lambda _: 1 / 0)
    rows = stage_report(TEXT.encode(), "a.txt", Override())
    assert [row[1] for row in rows["stg_reject"]] == ["internal_error"]


def test_a_reject_quotes_no_more_of_an_error_than_a_reader_can_use(monkeypatch):
    _trip(monkeypatch, ValueError("9" * 1_000_000))
    ((_, _, detail, _),) = stage_report(TEXT.encode(), "a.txt", Override())["stg_reject"]
    assert len(detail) < 1000


@pytest.mark.parametrize(
    "error",
    [
        SeedError(SeedFault("lexicon/words.tsv", 3, "an unknown role")),
        MemoryError(),
        KeyboardInterrupt(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_no_fault_of_one_report_is_not_swallowed(monkeypatch, error):
    _trip(monkeypatch, error)
    with pytest.raises(type(error)):
        stage_report(TEXT.encode(), "a.txt", Override())


def test_no_report_makes_empty_frames():
    assert {name: frame.height for name, frame in to_frames([]).items()} == dict.fromkeys(TABLES, 0)


def test_terms_are_words_of_two_characters_and_more():
    terms = count_terms(["街道优化营商环境，营商环境排名全区第2。", "我们继续走访企业"])
    assert terms["营商环境"] == 2
    assert terms["企业"] == 1
    assert not any(len(term) < 2 or term == "我们" for term in terms)


PAGE = (
    "<html><head><title>工作总结</title></head><body>"
    "<table><tr><td>发布机构：</td><td>杭州市上城区财政局</td></tr></table>"
    "<div id=zoom><p>2022年，财政收入完成3.25亿元，比上年增长6.4%，走访企业12家。{more}</p></div>"
    "</body></html>"
)


@pytest.mark.parametrize(
    ("more", "region"),
    [
        pytest.param("", "浙江省/杭州市/上城区", id="agency of the page"),
        pytest.param("江苏省南京市玄武区人民政府工作", "江苏省/南京市/玄武区", id="text first"),
    ],
)
def test_what_a_page_says_of_its_agency_helps_where_the_text_is_silent(more: str, region: str):
    page = PAGE.format(more=more).encode()
    (document,) = to_frames([stage_report(page, "a.html", Override())])["stg_document"].to_dicts()
    assert document["region_path"] == region


def _document(data: bytes, name: str) -> dict[str, object]:
    (document,) = to_frames([stage_report(data, name, Override())])["stg_document"].to_dicts()
    return document


DATED = (
    "<html><head><title>{title}_云和县人民政府</title><meta name='PubDate' content='{day}'></head>"
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)


@pytest.mark.parametrize(
    ("title", "day", "text", "period"),
    [
        pytest.param(
            "上半年工作情况", "2022-07-11", "上半年，走访企业31家。",
            (date(2022, 1, 1), date(2022, 6, 30)), id="half a year",
        ),
        pytest.param(
            "年度工作总结", "2022-01-11", "一年来，走访企业31家，修路3公里。",
            (date(2021, 1, 1), date(2021, 12, 31)), id="early in the year after",
        ),
        pytest.param(
            "2016年工作总结", "2022-01-11", "全年走访企业31家。",
            (date(2016, 1, 1), date(2016, 12, 31)), id="its own year first",
        ),
    ],
)  # fmt: skip
def test_a_page_without_a_year_is_dated_by_its_publication(title, day, text, period):
    found = _document(DATED.format(title=title, day=day, text=text).encode(), "a.html")
    assert (found["period_start"], found["period_end"]) == period
    assert found["region_path"] == "浙江省/丽水市/云和县"


@pytest.mark.parametrize(
    ("name", "region", "year"),
    [
        pytest.param("湖北省/黄冈市/2019年/总结.txt", "湖北省/黄冈市", 2019, id="years within"),
        pytest.param("2018/湖北/黄冈/总结.txt", "湖北省/黄冈市", 2018, id="short names"),
        pytest.param("黄冈市/云溪镇/总结.txt", "湖北省/黄冈市/云溪镇", None, id="a town below"),
        pytest.param("吉林/各镇/总结.txt", "吉林省", None, id="a province before its city"),
        pytest.param("湖北省/全市/本区/总结.txt", "湖北省", None, id="no region of their own"),
        pytest.param("新建文件夹/汇总/总结.txt", None, None, id="folders that say nothing"),
    ],
)
def test_folders_say_region_and_year_where_the_text_does_not(name, region, year):
    text = "全局上下团结一心。\n一、招商引资\n引进项目12个，到位资金6.3亿元。\n"
    found = _document(text.encode(), name)
    start = found["period_start"]
    assert (found["region_path"], start and start.year) == (region, year)


def test_a_title_in_the_properties_is_that_of_a_text_without_one():
    word = docx.Document()
    word.core_properties.title = "云和县水利局2021年工作总结"
    word.add_paragraph("主要工作如下：")
    word.add_paragraph("修复水毁工程16处，新增节水灌溉面积2300亩。")
    out = io.BytesIO()
    word.save(out)
    found = _document(out.getvalue(), "文档1.docx")
    assert (found["title"], found["report_kind"]) == (
        "云和县水利局2021年工作总结",
        "annual_summary",
    )
    assert found["region_path"] == "浙江省/丽水市/云和县"


def test_a_ministry_that_publishes_speaks_for_the_country():
    page = (
        "<html><head><title>2015年行业发展公报-政务公开-交通运输部</title></head>"
        "<body><h2>2015年行业发展公报</h2><p>2015年，公路里程457.73万公里，增长2.5%。</p></body>"
    )
    assert _document(page.encode(), "a.html")["region_path"] == "全国"
