"""Whole reports against hand annotation: no figure may fall below what it once reached."""

from __future__ import annotations

import pytest
from golden_floors import floors
from golden_suites import SUITES, figures, measure


@pytest.mark.parametrize("suite", SUITES)
def test_no_figure_falls(suite: str):
    if not SUITES[suite].reports.is_dir():
        pytest.skip(f"{SUITES[suite].reports.name} is not beside this checkout")
    reached = figures(measure(suite))
    fallen = {
        name: (reached[name], floor)
        for name, floor in floors()[suite].items()
        if reached[name] < floor
    }
    assert fallen == {}, "figure: (now, floor)"
