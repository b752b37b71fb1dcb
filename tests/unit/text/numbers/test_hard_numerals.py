"""Hard numerals in sentences: every figure with quote, value, unit and modifier, and no other."""

from __future__ import annotations

import pytest
from hard_cases import WRITERS, Case, figures_of, hard_cases
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("case", hard_cases(), ids=lambda case: case.text.replace("\n", "⏎"))
def test_a_sentence_states_its_figures_and_no_others(case: Case) -> None:
    assert figures_of(case.text) == case.figures


@given(st.integers(min_value=10, max_value=10**12 - 1), st.sampled_from(WRITERS))
def test_a_number_reads_back_from_every_way_to_write_it(number, writer):
    quote = f"{writer(number)}吨"
    assert figures_of(f"全年调运{quote},如数入库。") == (f"{quote}={number} 吨",)
