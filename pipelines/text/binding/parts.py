"""Parts of what was told before, and amounts for each: 其中物业类2起, 亿元以上的3个, 户均2万元.

A part is told by a word that only says which part, and the thing is that of the whole; a part with
a noun of its own is no business of this module.
"""

from __future__ import annotations

from typing import Final

from pipelines import lexicon
from pipelines.text.binding.frame import Case, Frame, Named, NameRule, Root, Scene
from pipelines.text.binding.kinds import NameKind
from pipelines.text.binding.nouns import known
from pipelines.text.grammar.phrases import SILENT, length, nominal, trimmed
from pipelines.text.grammar.sites import Run
from pipelines.text.rule import Rule

# Characters of an amount for each that needs another name to be understood.
_PER_UNIT: Final = 5


def _specified(scene: Scene, case: Case) -> Named | None:
    """调处纠纷566起,其中物业类212起: the words before the number only say which of them."""
    elided = _elided(case)
    if not (elided or _specifies(scene, case)):
        return None
    whole = _whole(scene, case)
    part = _worded(case.site.left) if elided else case.phrase.text
    if whole is None and elided and case.phrase:
        return Named(case.phrase.verb, case.phrase.thing, NameKind.PART_OF_WHOLE)
    if whole is None or part in whole.root.text:
        return None
    root = Root(whole.root.verb, part + whole.root.thing)
    kind = NameKind.PART_OF_WHOLE
    return Named(root.verb, root.thing, kind, whole.subject, root=root)


def _whole(scene: Scene, case: Case) -> Frame | None:
    """The last figure of the sentence like this one that is no part itself."""
    measure = case.reading.measure
    if measure not in {"level", "change_rate"}:
        return None
    for frame in reversed(scene.frames):
        told = frame.kind is not NameKind.PART_OF_WHOLE and frame.measure == measure
        if told and frame.quantity.unit == case.quantity.unit:
            shared = measure != "level" and frame.root.thing.endswith(lexicon.affixes("tails"))
            return None if shared else frame
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


def _per_unit(scene: Scene, case: Case) -> Named | None:
    """落实奖补资金210万元,户均2500元: an amount for each of what was told before."""
    rest = case.site.left if case.reading.measure == "price" else case.head
    near = scene.near()
    if not rest or not rest[0].text.startswith(lexicon.affixes("per_words")) or known(rest):
        return None
    text = "".join(token.text for token in rest if token.role not in SILENT)
    short = text.startswith(lexicon.affixes("per_words")) and length(rest) <= _PER_UNIT
    if not short or case.reading.measure not in {"level", "price"}:
        return None
    root = near.root if near else _before(scene)
    if root is None or (near and near.segment != case.site.segment):
        return None
    if case.reading.extra:
        return Named("", text, NameKind.PER_UNIT, near.subject if near else None)  # 户均增收
    name = text + root.thing if text in lexicon.words("per_words") else root.thing + text
    whose = near.subject if near else None
    return Named("", name, NameKind.PER_UNIT, whose, root=root)


def of_enterprises(scene: Scene, case: Case) -> Named | None:
    """国有企业利润增长5%,应收账款9亿元: what only books have is of the enterprises told before."""
    near, thing = scene.near(), case.phrase.text
    if near is None or near.segment != case.site.segment:
        return None
    if thing not in lexicon.words("books_of_enterprises"):
        return None
    told = near.root.thing
    ends = [told.find(n) + len(n) for n in lexicon.words("enterprises") if n in told]
    if not ends:
        return None
    root = Root("", told[: max(ends)])
    return Named("", root.thing + thing, NameKind.BARE_ATTRIBUTE, near.subject, root=root)


def _before(scene: Scene) -> Root | None:
    """What the sentence before told of, or the title of the item."""
    if scene.before:
        return scene.before.root
    return Root("", scene.title) if scene.title else None


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.PART_OF_WHOLE,
        says="A part that is told by its class alone is of the thing that was counted before.",
        example=("走访企业90家,其中科技型36家", "走访科技型企业"),
        counter=("走访企业90家,其中外资企业6家", "走访外资企业"),
        find=_specified,
    ),
    Rule(
        kind=NameKind.PER_UNIT,
        says="An amount for each, without a name of its own, is of what was told before.",
        example=("落实奖补资金210万元,户均2500元", "户均奖补资金"),
        counter=("落实奖补资金210万元,人均可支配收入2.5万元", "人均可支配收入"),
        find=_per_unit,
    ),
)
