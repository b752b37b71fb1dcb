"""The compiled segmenter cuts as jieba does, from the same dictionary."""

from __future__ import annotations

import logging
from itertools import accumulate
from pathlib import Path

import jieba
import rjieba

from pipelines.reading.decode import decode

SAMPLES = Path(__file__).resolve().parents[3] / "seeds" / "reports"


def ends(words: list[str]) -> set[int]:
    return set(accumulate(map(len, words)))


def test_word_ends_are_those_of_jieba():
    jieba.setLogLevel(logging.ERROR)
    text = "".join(
        line
        for path in sorted(SAMPLES.glob("*.txt"))
        for line in decode(path.read_bytes(), path.name).raw.split()
    )
    ours, theirs = ends(rjieba.Jieba().cut(text)), ends(list(jieba.cut(text)))
    assert len(theirs) > 1000
    assert len(ours & theirs) / len(ours | theirs) > 0.99
