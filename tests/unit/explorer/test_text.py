"""Sentences of the warehouse with the places of their numerals."""

from __future__ import annotations

import pytest

from pipelines.explorer.text import Numeral, Sentence, blocks, spans_of
from pipelines.reading.clean import clean


@pytest.mark.parametrize(
    ("raw", "numerals"),
    [
        ("收入3亿元,增长5%。", ["3亿元", "5%"]),
        ("收入３.２亿元，增长５％。", ["３.２亿元", "５％"]),
        ("第1组1家,第2组1家。", ["1", "1家", "2", "1家"]),
        ("一方面走访一家,另一方面", ["一", "一家", "一"]),
        ("新增 12 家,共 3 家", ["12 家", "3 家"]),
        ("裝電梯11個(gè),共2個", ["11個(gè)", "2個"]),
    ],
    ids=["plain", "full width", "the same twice", "one in words", "blanks", "traditional"],
)
def test_each_numeral_is_found_where_it_stands(raw: str, numerals: list[str]):
    text = clean(raw).text
    found, at = [], 0
    for words in numerals:
        at = raw.index(words, at)
        found.append(Numeral(100 + at, 100 + at + len(words), words))
        at += len(words)
    spans = spans_of(Sentence(100, 100 + len(raw), text, ""), found)
    assert [text[start:end] for start, end in spans] == [
        clean(words).text.replace(" ", "") for words in numerals
    ]


def test_a_numeral_that_is_not_there_has_an_empty_place():
    spans = spans_of(
        Sentence(0, 8, "收入3亿元。", ""), [Numeral(2, 5, "9亿元"), Numeral(2, 5, "3亿元")]
    )
    assert spans == [(0, 0), (2, 5)]


def test_paragraphs_and_headings():
    sentences = [
        Sentence(0, 4, "一、经济", ""),
        Sentence(5, 9, "甲3家。", "一、经济"),
        Sentence(9, 13, "乙5家。", "一、经济"),
        Sentence(15, 19, "丙7家。", "一、经济"),
    ]
    numerals = [Numeral(0, 1, "一"), Numeral(6, 8, "3家"), Numeral(10, 12, "5家")]
    found = list(blocks(sentences, [*numerals, Numeral(16, 18, "7家")]))
    assert ["".join(piece.text for piece in one.pieces) for one in found] == [
        "一、经济",
        "甲3家。乙5家。",
        "丙7家。",
    ]
    assert [one.is_heading for one in found] == [True, False, False]
    assert [(p.text, p.mark) for p in found[1].pieces if p.mark is not None] == [
        ("3家", 1),
        ("5家", 2),
    ]


def test_no_sentence_no_paragraph():
    assert list(blocks([], [])) == []
