"""Hard numerals, one a phrase: the share that is wholly right may not fall."""

from __future__ import annotations

from golden_floors import floors
from golden_numerals import numerals_right, wrong_numerals


def test_hard_numerals_do_not_fall():
    listing = "\n".join(f"got  {got}\nwant {want}" for got, want in wrong_numerals())
    assert numerals_right() >= floors()["numerals"]["right"], listing
