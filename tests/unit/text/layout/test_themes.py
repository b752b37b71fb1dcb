"""The theme of a passage."""

from __future__ import annotations

import pytest

from pipelines import lexicon
from pipelines.text.layout.outline import outline
from pipelines.text.layout.themes import OTHER, themes_of
from pipelines.text.model import Sentence


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
    assert themes_of(text, [Sentence(0, len(text), 0, section, False, None)]) == (theme,)


def test_a_word_speaks_for_the_sentence_it_stands_in() -> None:
    text = "加装电梯12台。\n化解矛盾纠纷36件。"
    assert themes_of(text, outline(text)) == ("urban", "governance")


def test_every_theme_has_words_and_every_indicator_a_theme() -> None:
    themes = {row["code"] for row in lexicon.table("themes")}
    assert {row[1] for row in lexicon.entries("theme_words")} == themes - {OTHER}
    assert {row["theme"] for row in lexicon.table("indicators")} <= themes
