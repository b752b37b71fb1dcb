"""Parts of what was told before: 其中物业类212起, 注册资本5000万元以上的17家, 其中城镇14.5亿元.

A part is told by a word that only says which part, and the thing is that of the whole; a part with
a noun of its own is no business of this module.
"""

from __future__ import annotations

from typing import Final

from pipelines import lexicon
from pipelines.text.binding.frame import Case, Frame, Named, NameRule, Root, Scene
from pipelines.text.binding.kinds import NameKind
from pipelines.text.grammar.phrases import SILENT, nominal, trimmed
from pipelines.text.grammar.sites import Run
from pipelines.text.rule import Rule


def _specified(scene: Scene, case: Case) -> Named | None:
    """调处纠纷566起,其中物业类212起: the words before the number only say which of them."""
    elided = _elided(case)
    if case.reading.measure != "level" or not (elided or _specifies(scene, case)):
        return None
    whole = _whole(scene, case.quantity.unit)
    part = _worded(case.site.left) if elided else case.phrase.text
    if whole is None and elided and case.phrase:
        return Named(case.phrase.verb, case.phrase.thing, NameKind.PART_OF_WHOLE)
    if whole is None or part in whole.root.text:
        return None
    root = Root(whole.root.verb, part + whole.root.thing)
    kind = NameKind.PART_OF_WHOLE
    return Named(root.verb, root.thing, kind, whole.subject, root=root)


def _whole(scene: Scene, unit: str | None) -> Frame | None:
    """The last level of the sentence that has the unit and is no part itself."""
    for frame in reversed(scene.frames):
        told = frame.kind is not NameKind.PART_OF_WHOLE and frame.measure == "level"
        if told and frame.quantity.unit == unit:
            return frame
    return None


def _worded(run: Run) -> str:
    """The modifier as it is written: 投资亿元以上|的有."""
    kept = trimmed(run)
    own = [t for t in run if t.role not in _NO_PART and kept and t.start >= kept[0].start]
    return "".join(token.text for token in own)


_NO_PART: Final = SILENT | {"de", "reach", "part", "light"}


def _elided(case: Case) -> bool:
    """Whether a modifier ends where its noun would begin: 注册资本亿元以上的|有6家."""
    return (
        case.counted
        and "de" in case.reading.trail
        and bool(case.head)
        and not nominal(case.site.right)
    )


def _specifies(scene: Scene, case: Case) -> bool:
    """Whether the phrase is one of a kind or class, and no thing itself."""
    phrase, near = case.phrase, scene.near()
    goes_on = near is not None and near.kind is NameKind.PART_OF_WHOLE
    if phrase.verb or not phrase.nouns or not (case.site.part or case.site.bracket or goes_on):
        return False
    return phrase.nouns[-1].text.endswith(lexicon.affixes("part_endings"))


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.PART_OF_WHOLE,
        says="A part that is told by its class alone is of the thing that was counted before.",
        example=("走访企业90家,其中科技型36家", "走访科技型企业"),
        counter=("走访企业90家,其中外资企业6家", "走访外资企业"),
        find=_specified,
    ),
)
