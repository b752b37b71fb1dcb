"""The rules as they are recorded: each decides its example, and not its counter-example."""

from __future__ import annotations

import pytest

from pipelines.text.binding.catalog import rules
from pipelines.text.binding.kinds import MeasureKind, NameKind
from pipelines.text.rule import Rule


def decided(observe, rule: Rule[object], text: str) -> tuple[bool, str]:
    """Whether the rule decided the last number of the text, and its indicator."""
    last = observe(text)[-1]
    of_measure, of_name = last.rule.split(":")
    label = of_measure if isinstance(rule.kind, MeasureKind) else of_name
    return label == rule.id, last.indicator


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_decides_its_example(observe, rule):
    text, indicator = rule.example
    assert decided(observe, rule, text) == (True, indicator)


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_leaves_its_counter_example_alone(observe, rule):
    text, indicator = rule.counter
    assert decided(observe, rule, text) == (False, indicator)


def test_every_kind_has_a_rule_and_says_what_it_is():
    assert set(rules()) == {*MeasureKind, *NameKind}
    assert all(rule.says.endswith(".") for rule in rules().values())
