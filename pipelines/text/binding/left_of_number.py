"""Names from the phrase left of the number, filled up from the frames where it is elliptic.

Only the order of the rules belongs here, most specific first; they are nearly disjoint, and should
stay so.
"""

from __future__ import annotations

from typing import Final

from pipelines.text.binding import capacities, lone_words, names_before, parts, short_forms
from pipelines.text.binding.frame import Case, Named, NameRule, Scene
from pipelines.text.binding.kinds import NameKind
from pipelines.text.rule import Rule, order


def named_left(scene: Scene, case: Case) -> Named:
    """The name from the phrase left of the number."""
    for find in _ORDER:
        named = find(scene, case)
        if named:
            return named
    return _as_said(scene, case)


def _as_said(_: Scene, case: Case) -> Named:
    """新增微型消防站7个: the phrase as it is."""
    return Named(case.phrase.verb, case.phrase.thing, NameKind.LEFT)


RULES: Final[tuple[Rule[NameRule], ...]] = (
    *parts.RULES,
    *capacities.RULES,
    *lone_words.RULES,
    *names_before.RULES,
    *short_forms.RULES,
    Rule(
        kind=NameKind.LEFT,
        says="The words left of a number name it, where no rule says more.",
        example=("居民服务保障1200人次", "居民服务保障"),
        counter=("处理纠纷85起,立案12起", "立案"),
        find=_as_said,
    ),
)
_ORDER: Final = order(*RULES[:-1])
