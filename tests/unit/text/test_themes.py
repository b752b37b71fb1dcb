"""The theme of a passage."""

from __future__ import annotations

import time

import pytest

from pipelines import lexicon
from pipelines.text.themes import OTHER, theme_of


@pytest.mark.parametrize(
    ("section", "text", "theme"),
    [
        pytest.param((), "新增养老床位120张。", "livelihood", id="word"),
        pytest.param((), "明天再说。", OTHER, id="none"),
        pytest.param((), "", OTHER, id="nothing"),
        pytest.param(("二、加强党建",), "完成12场。", "party", id="heading"),
        pytest.param(
            ("一、经济运行平稳",), "粮食产量增长,农民增收。", "agriculture", id="text-wins"
        ),
        pytest.param(("一、民生", "(二)医疗服务"), "新增3个。", "health", id="inner-heading-first"),
        pytest.param((), "开展安全生产检查。", "safety", id="longest-word"),
        pytest.param((), "加装电梯12台。", "urban", id="urban"),
        pytest.param((), "化解矛盾纠纷36件。", "governance", id="governance"),
    ],
)
def test_theme(section: tuple[str, ...], text: str, theme: str) -> None:
    assert theme_of(section, text) == theme


def test_every_theme_has_words_and_every_indicator_a_theme() -> None:
    themes = {row["code"] for row in lexicon.table("themes")}
    assert {row[1] for row in lexicon.entries("theme_words")} == themes - {OTHER}
    assert {row["theme"] for row in lexicon.table("indicators")} <= themes


def test_it_is_fast() -> None:
    text = "推进老旧小区改造和加装电梯,新增停车位,提升群众生活品质。" * 200
    theme_of((), text)
    begin = time.perf_counter()
    theme_of((), text)
    assert len(text) / (time.perf_counter() - begin) > 1_000_000
