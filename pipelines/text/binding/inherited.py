"""Names for numbers without words of their own: a topic, the frame before, what stands behind."""

from __future__ import annotations

from typing import Final

from pipelines import lexicon
from pipelines.text.binding import area as area_words
from pipelines.text.binding.frame import AMOUNTS, Case, Frame, Named, NameRule, Root, Scene, like
from pipelines.text.binding.kinds import NameKind
from pipelines.text.binding.measured import CHANGE_NOUNS, without_whole
from pipelines.text.binding.nouns import area_noun
from pipelines.text.grammar import phrases
from pipelines.text.grammar.phrases import Phrase
from pipelines.text.grammar.roles import BOTH, NOUN, PAUSE, QUOTED, VERB, Role
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.grammar.tokens import INDICATOR
from pipelines.text.rule import Rule, order


def topic_of(scene: Scene, site: Site) -> Phrase | None:
    """The phrase of the nearest clause without a number before this one."""
    for clause in reversed(site.middle):
        run = area_words.split(clause, scene.level)[1]
        if phrases.circumstance(run) or phrases.view(clause):
            continue  # 在调整初期,产量下降5%
        if _concedes(clause):
            continue
        run = without_whole(run)[0]
        phrase = phrases.cut(_indicator_of(run) or _told_of(run) or phrases.unplaced(run))
        if phrase.nouns:
            return phrase
    return None


def _told_of(run: Run) -> Run:
    """服务业|快速发展: what a clause tells of that names nothing behind its predicate."""
    k = 0
    while k < len(run) and (run[k].role == NOUN or (k and run[k].role in {"conj", PAUSE})):
        k += 1
    told = run[k:]
    if (changed := _changed(run)) is not None:
        return changed
    if k and run[-1].text in lexicon.words("step_nouns"):
        return run[:k]  # 经济总量|连跨三个百亿台阶
    if told and told[-1].text.endswith(lexicon.affixes("state_nouns")):
        # 投资|保持增长势头
        return run[:k] if any(t.role in {VERB, "light"} for t in told) else ()
    acts = any(token.role in _PREDICATES for token in told)
    how = any(token.role in _MANNER for token in told)
    return run[:k] if acts and how and all(token.role in _TELLING for token in told) else ()


def _changed(run: Run) -> Run | None:
    """国有企业经济效益|大幅度提高: what is said to change, where the clause ends with that."""
    if len(run) < _CHANGED or run[-1].role not in {"up", "down"}:
        return None
    kept = run[:-1]
    while kept and kept[-1].role in _MANNER:
        kept = kept[:-1]
    named = kept and all(token.role in _NAMES for token in kept)
    return kept if named and kept != run[:-1] else None


_CHANGED: Final = 3  # words of a thing, how, and a change
_NAMES: Final[frozenset[Role]] = frozenset({NOUN, BOTH, "conj", PAUSE, QUOTED, "de"})
_PREDICATES: Final[frozenset[Role]] = frozenset({VERB, BOTH, "up", "down"})
_MANNER: Final[frozenset[Role]] = frozenset({"adv", "adverb"})
_TELLING: Final[frozenset[Role]] = _PREDICATES | _MANNER


def told_by_topic(scene: Scene, case: Case) -> Root | None:
    """What a name that cannot stand alone relates to where no figure was told before.

    The topic of a clause before, or the title of the item.
    """
    topic = topic_of(scene, case.site)
    if topic and topic.thing:
        return Root("", topic.thing)
    return Root("", scene.title) if scene.title and not scene.last() else None


def _indicator_of(run: Run) -> Run:
    """生产总值|跨上三个台阶: an indicator that opens a clause is what the clause is about."""
    for k, token in enumerate(run):
        if token.tag == INDICATOR:
            return run[: k + 1] if k + 1 < len(run) and run[k + 1].role in _TELLS else ()
        if token.role != NOUN:
            return ()
    return ()


_TELLS: Final[frozenset[Role]] = frozenset(
    {VERB, BOTH, "up", "down", "reach", "light", "to", "adverb", "adv"}
)


def inherited(scene: Scene, case: Case) -> Named:
    """The name of a number without words of its own, by the first source there is."""
    for find in _ORDER:
        named = find(scene, case)
        if named is not None:
            return named
    return _behind(scene, case)


_GROWTH: Final[frozenset[Role]] = CHANGE_NOUNS | {"de"}
# Measures whose indicator may stand behind the number for want of any other.
_NAMED_BEHIND: Final = frozenset({"level", "share", "completion", "price"})


def _topic(scene: Scene, case: Case) -> Named | None:
    """新修的乡村道路,就有86公里: what an earlier clause without a number is about."""
    phrase = _leading_topic(scene, case)
    if phrase is None and scene.near() is None:
        phrase = topic_of(scene, case.site)
    alone = not scene.last() and not phrases.cut(case.site.right)
    if phrase is None and scene.title and alone:
        return Named("", scene.title, NameKind.TOPIC)  # 管网改造。全年任务28公里
    if phrase is None:
        return None
    verb = phrase.verb if case.reading.measure == "level" else ""
    nouns = phrase.nouns
    while case.reading.measure == "change_rate" and nouns and nouns[-1].role in _GROWTH:
        nouns = nouns[:-1]  # 总产值的|增长速度
    return Named(verb, phrases.spelled(nouns) or phrase.thing, NameKind.TOPIC)


def _area(scene: Scene, case: Case) -> Named | None:
    """拆除违建15处,共9092平方米: an area after a count is the area of what was counted."""
    near = scene.near()
    if near is None or case.reading.measure != "level" or case.quantity.dimension != "area":
        return None
    if near.quantity.dimension in AMOUNTS:
        return None
    # 面积 once: the figure before may have been an area itself.
    thing = near.thing.removesuffix(area_noun()) + area_noun()
    return Named(near.verb, thing, NameKind.AREA, near.subject)


def _head(scene: Scene, case: Case) -> Named | None:
    """财政总收入6亿元,同比增长9%: the name of the figure before."""
    near = scene.near()
    return like(_of_same_unit(scene, case) or near, NameKind.HEAD) if near else None


def _sentence_before(scene: Scene, case: Case) -> Named | None:
    """受理事项50件。比上年增长5%。: the name that the sentence before ended with."""
    if scene.before is None:
        return None
    if case.reading.measure in _NAMED_BEHIND and phrases.cut(case.site.right):
        return None
    return like(scene.before, NameKind.SENTENCE_BEFORE)


def _behind(_: Scene, case: Case) -> Named:
    """居全省第7位的出口总额: what stands behind the number, for want of any other name."""
    behind = phrases.cut(case.site.right)
    return Named(behind.verb, behind.thing, NameKind.BEHIND)


def _of_same_unit(scene: Scene, case: Case) -> Frame | None:
    """优良天数298天,优良率81.6%,增加12天: an amount of change is of what has its unit."""
    if case.reading.measure != "change_amount" or case.quantity.dimension == "point":
        return None
    same = (f for f in reversed(scene.frames) if f.quantity.unit == case.quantity.unit)
    return next(same, None)


def _concedes(run: Run) -> bool:
    """虽然做了很大努力,涨幅仍达8%: a clause that only concedes something."""
    return run[0].text in lexicon.words("concessions")


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
        candidates = [run for run in reversed(middle) if _is_topic(run) and not phrases.view(run)]
    else:
        candidates = list(middle[-1:]) if "reach" in case.reading.trail else []
    for run in candidates:
        if _concedes(run):
            continue
        said = without_whole(area_words.split(run, scene.level)[1])[0]
        phrase = phrases.cut(_changed(said) or said)
        if phrase.nouns:
            return phrase
    return None


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.TOPIC,
        says="A clause that names something without a number tells what the number after it is.",
        example=("新修的乡村道路,就有86公里", "新修乡村道路"),
        counter=("财政总收入6亿元,同比增长9%", "财政总收入"),
        find=_topic,
    ),
    Rule(
        kind=NameKind.AREA,
        says="An area after a count is the area of what was counted.",
        example=("新增停车位18处,共4200平方米", "新增停车位面积"),
        counter=("绿化改造5万平方米,共6万平方米", "绿化改造"),
        find=_area,
    ),
    Rule(
        kind=NameKind.HEAD,
        says="A number without words of its own is of what the figure before is of.",
        example=("财政总收入6亿元,同比增长9%", "财政总收入"),
        counter=("财政总收入6亿元,出口总额增长9%", "出口总额"),
        find=_head,
    ),
    Rule(
        kind=NameKind.SENTENCE_BEFORE,
        says="A sentence that names nothing goes on about the last figure of the sentence before.",
        example=("受理事项50件。比上年增长5%。", "受理事项"),
        counter=("受理事项50件。出口总额增长5%。", "出口总额"),
        find=_sentence_before,
    ),
    Rule(
        kind=NameKind.BEHIND,
        says="Where nothing else names a number, the words behind it do.",
        example=("居全省第7位的出口总额", "出口总额"),
        counter=("出口总额居全省第7位", "出口总额"),
        find=_behind,
    ),
)
_ORDER: Final = order(*RULES[:-1])
