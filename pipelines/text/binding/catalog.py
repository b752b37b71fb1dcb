"""All rules of binding by their ids, for tests, documentation and `zhibiao parse --explain`."""

from __future__ import annotations

from enum import Enum
from functools import cache

from pipelines.text.binding import bind, inherited, left_of_number, measures, right_of_number
from pipelines.text.rule import Rule


@cache
def rules() -> dict[Enum, Rule[object]]:
    """First the rules of measures, then those of names: right, left, from before, in a row."""
    found: list[Rule[object]] = [*measures.RULES, *measures.PAIRS]
    for named in (right_of_number.RULES, left_of_number.RULES, inherited.RULES, bind.RULES):
        found.extend(named)
    return {rule.kind: rule for rule in found}
