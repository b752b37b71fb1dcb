"""The pictures of the READMEs are those that the figures give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.picture import IMAGES, pictures

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("readme", "name"),
    [
        pytest.param("README.md", "targets.svg", id="English"),
        pytest.param("README.zh-CN.md", "targets.zh-CN.svg", id="Chinese"),
    ],
)
def test_a_readme_shows_the_figures_that_are_there(readme: str, name: str):
    drawn = pictures()[name]
    assert (IMAGES / name).read_text("utf-8") == drawn, "make pictures"
    first_screen = (ROOT / readme).read_text("utf-8").splitlines()[:20]
    assert any(f"(docs/images/{name})" in line for line in first_screen)
    # A tick a year with a target, a point a year with an outcome.
    assert len(re.findall(r'aria-roledescription="point"', drawn)) == 18
