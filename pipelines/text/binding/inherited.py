"""Names for numbers without words of their own: a topic, the frame before, what stands behind."""

from __future__ import annotations

from pipelines.text.binding import subjects
from pipelines.text.binding.frame import AMOUNTS, Case, Frame, Named, Scene, like
from pipelines.text.binding.right_of_number import area_noun
from pipelines.text.grammar import phrases
from pipelines.text.grammar.phrases import Phrase
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.grammar.tokens import BOTH, INDICATOR, NOUN, VERB


def topic_of(scene: Scene, site: Site) -> Phrase | None:
    """The phrase of the nearest clause without a number before this one."""
    for clause in reversed(site.middle):
        run = subjects.split(clause, scene.level)[1]
        if phrases.circumstance(run):
            continue  # 在调整初期,产量下降5%
        phrase = phrases.cut(_indicator_of(run) or phrases.unplaced(run))
        if phrase.nouns:
            return phrase
    return None


def _indicator_of(run: Run) -> Run:
    """生产总值|跨上三个台阶: an indicator that opens a clause is what the clause is about."""
    for k, token in enumerate(run):
        if token.tag == INDICATOR:
            return run[: k + 1] if k + 1 < len(run) and run[k + 1].role in _TELLS else ()
        if token.role != NOUN:
            return ()
    return ()


_TELLS = frozenset({VERB, BOTH, "up", "down", "reach", "adverb", "adv"})


def inherited(scene: Scene, case: Case) -> Named:
    """The name of a number without words of its own, by the first source there is."""
    level = case.reading.measure == "level"
    topic = _leading_topic(scene, case)
    if topic:
        return Named("", topic.thing, "topic")
    near = scene.near()
    if near and level and _is_area_of(case, near):
        return Named(near.verb, near.thing + area_noun(), "area", near.subject)
    if near:
        return like(_of_same_unit(scene, case) or near, "head")
    phrase = topic_of(scene, case.site)
    if phrase:
        return Named(phrase.verb if level else "", phrase.thing, "topic")
    behind = phrases.cut(case.site.right)
    if scene.before and not (behind and case.reading.measure in _NAMED_BEHIND):
        return like(scene.before, "sentence before")
    return Named(behind.verb, behind.thing, "behind")


# Measures whose indicator may stand behind the number for want of any other.
_NAMED_BEHIND = frozenset({"level", "share", "completion", "price"})


def _of_same_unit(scene: Scene, case: Case) -> Frame | None:
    """优良天数298天,优良率81.6%,增加12天: an amount of change is of what has its unit."""
    if case.reading.measure != "change_amount" or case.quantity.dimension == "point":
        return None
    same = (f for f in reversed(scene.frames) if f.quantity.unit == case.quantity.unit)
    return next(same, None)


def _is_area_of(case: Case, near: Frame) -> bool:
    """拆除违建15处,共9092平方米: an area after a count is the area of what was counted."""
    return case.quantity.dimension == "area" and near.quantity.dimension not in AMOUNTS


def _is_topic(run: Run) -> bool:
    """Whether a clause only names something: no predicate, and not a time, a place or 在…方面."""
    roles = {token.role for token in run}
    if roles & {VERB, "light", "reach", "compare"} or phrases.circumstance(run):
        return False
    return run[-1].role != "locative"


def _leading_topic(scene: Scene, case: Case) -> Phrase | None:
    """新建和修复的铁路,就有3108公里: a clause without a predicate names what is measured."""
    near, middle = scene.near(), case.site.middle
    if not middle or case.reading.measure == "rank":
        return None
    if near is None:
        candidates = [run for run in reversed(middle) if _is_topic(run)]
    else:
        candidates = list(middle[-1:]) if "reach" in case.reading.trail else []
    for run in candidates:
        phrase = phrases.cut(subjects.split(run, scene.level)[1])
        if phrase.nouns:
            return phrase
    return None
