"""One report as rows: spans, decimals, keys, and what happens to a report that trips the parser."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from pipelines.contracts import staged_schema
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


def test_a_number_too_long_for_the_warehouse_stays_in_the_ledger():
    text = f"东沙街道2023年工作总结\n全年走访企业{'9' * 31}家。\n"
    frames = to_frames([stage_report(text.encode(), "a.txt", Override())])
    assert frames["stg_observation"].is_empty()
    long = frames["stg_numeral"].filter(pl.col("numeral_text").str.len_chars() > 30)
    assert long["value"].to_list() == [None]
    assert long["observation_no"].to_list() == [None]


def test_a_report_that_cannot_be_read_is_a_reject():
    rows = stage_report(b"", "a.txt", Override())
    assert rows["stg_reject"][0][:2] == ("a.txt", "empty")
    assert not any(rows[name] for name in TABLES if name != "stg_reject")


def test_a_report_that_trips_the_parser_is_a_reject(monkeypatch):
    def trip(*_: object, **__: object) -> None:
        raise IndexError("out of range")

    monkeypatch.setattr(stage, "parse_text", trip)
    rows = stage_report(TEXT.encode(), "a.txt", Override())
    assert rows["stg_reject"] == (("a.txt", "parser_error", "IndexError: out of range"),)


def test_no_report_makes_empty_frames():
    assert {name: frame.height for name, frame in to_frames([]).items()} == dict.fromkeys(TABLES, 0)


def test_terms_are_words_of_two_characters_and_more():
    terms = count_terms(["街道优化营商环境，营商环境排名全区第2。", "我们继续走访企业"])
    assert terms["营商环境"] == 2
    assert terms["企业"] == 1
    assert not any(len(term) < 2 or term == "我们" for term in terms)
