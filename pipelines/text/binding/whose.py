"""Whom a figure is about: by its own words, by what its clause is about, by the figure before.

What is a name, and what a clause is about, is decided in `subjects` and `topics`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import area as area_words
from pipelines.text.binding import definite, subjects
from pipelines.text.binding.frame import Case, Frame, Named, Scene, SubjectSource
from pipelines.text.binding.kinds import NameKind
from pipelines.text.binding.nouns import attributed, is_rate, known
from pipelines.text.binding.topics import Topic
from pipelines.text.grammar.roles import BOTH, VERB, Role
from pipelines.text.grammar.tokens import INDICATOR


def whose(
    scene: Scene, case: Case, named: Named, thing: str, told: str | None, area: bool
) -> tuple[str | None, SubjectSource]:
    """Whom a figure is about, by the first that tells: its rule, its words, its clause, its whole.

    `thing` is the indicator's; `told` is the area (`area`) or the body that its own words name.

    Args:
        scene: the sentence.
        case: the figure.
        named: the name that a rule found for it.
        thing: the indicator's.
        told: the area or the body that its own words name.
        area: whether `told` is an area.
    """
    topic, near = scene.topics.get(case.site.clause), scene.near()
    found: tuple[str | None, SubjectSource] = (named.subject, named.subject_from)
    if not named.subject:
        found = (told, "area" if area else "body")
    if not found[0]:
        found = (subjects.entity((*case.reading.doer, *case.phrase.lead)), "entity")
    if found[0] is None and topic and _carries(topic, case, thing, near):
        found = (topic.name, "topic")
    if found[0] is None and near and _goes_on(case, near):
        found = (near.subject, "topic")
    if found[0] and scene.level == "township" and found[0].endswith(lexicon.affixes("own_names")):
        return None, found[1]  # the sub-district itself
    return found


# Names of a figure that stand for its whose: the next in a list has its own.
_OWN_BODY: Final = frozenset(
    {NameKind.ROW_OF_BODIES, NameKind.PART_SUBJECT, NameKind.CLASSIFIED, NameKind.ATTRIBUTE}
)


def _goes_on(case: Case, near: Frame) -> bool:
    """Whether a figure is of whom the one before is of: its part, or the next of a list.

    入驻企业36家,其中规上11家; 集团实现收入12亿元、利税6亿元.
    """
    site = case.site
    if site.part:
        return near.segment == site.segment
    listed = near.clause == site.clause and not site.opening and near.kind not in _OWN_BODY
    if not listed or near.subject_from not in {"body", "topic", "entity", "rule"}:
        return False
    return not area_words.is_ours(site.left) and subjects.front(site.left)[0] is None


_SHORT: Final = 2  # words of an attribute that belongs to no other thing


def _told_of(topic: Topic, case: Case, near: Frame | None) -> bool:
    """Whether the words of a figure name its body (中央财政用于教育的投入), or go on about it."""
    if topic.name in "".join([token.text for token in case.site.left]):
        return not topic.name.endswith(definite.things())
    return near is not None and near.subject == topic.name and _beside(case, near)


def _beside(case: Case, near: Frame) -> bool:
    """县医院新区面积2万平方米,床位800张: a few plain words right behind a figure of the body."""
    nouns = case.phrase.nouns
    few = len(nouns) <= _FEW and len(case.phrase.text) <= _WORDS
    few = few and near.kind is not NameKind.ATTRIBUTE
    # 中央财政安排资金5亿元,贫困人口减少2万人: an office gives, what comes of it is not its own
    few = few and (attributed(nouns) or not subjects.is_office(near.subject or ""))
    few = few and case.phrase.text not in lexicon.words("attribute_modifiers")
    return few and near.clause >= case.site.clause - 1 and not definite.proper(nouns)


_FEW: Final = 3  # words
_WORDS: Final = 8  # characters of them


# What links a body to what it gave: 中央财政|用于教育的支出.
_LINKED: Final[frozenset[Role]] = frozenset({VERB, "reach", "prep", "adverb"})


def _carries(topic: Topic, case: Case, thing: str, near: Frame | None) -> bool:
    """Whether the body that opened the sentence did this.

    It did where a verb leads the clause or a rate or degree of work stands alone; a noun phrase
    of the clause's own takes over, unless it is an attribute of what the whole sentence is about.
    """
    if not case.phrase or case.phrase.text in topic.name.split("、"):
        return False  # 农场由97个增加到106个: they are counted
    here = any(a.text == topic.name and b.role in _LINKED for a, b in pairwise(case.site.left))
    told = topic.acted and (topic.firm or here) and not known(case.phrase.nouns)
    if told and _told_of(topic, case, near):
        return True
    abilities = lexicon.affixes("capacity_nouns")
    own = attributed(case.phrase.nouns) or case.phrase.thing.endswith(abilities)
    own = own and not known(case.phrase.nouns)
    # 电站投产,年发电量达600亿千瓦时
    short = len(case.phrase.nouns) <= _SHORT and not subjects.is_office(topic.name)
    if topic.firm and ((own and (topic.acted or short)) or (topic.acted and topic.place)):
        return True
    rate = is_rate(thing) and len(case.phrase.nouns) <= _SHORT
    if case.phrase.verbs or rate or case.reading.measure == "completion":
        return True
    serves = lexicon.words("served_prepositions")
    passed = {"reach", "time", "adv"}
    said = [t for t in case.site.left if t.role not in passed or t.text in serves]
    if not said:
        return False
    first = said[0]
    # 新铺管网7公里: a verb that the dictionary has for a noun
    new = len(first.text) == 2 and first.text.startswith(lexicon.affixes("verb_prefixes"))
    acts = first.role in {"light", "adverb", VERB, BOTH}
    # 化解矛盾纠纷: a canonical name that tells an act
    acts = acts or (first.tag == INDICATOR and first.text[:2] in lexicon.words("predicates"))
    acts = acts or (topic.firm and (first.role == "prep" or first.text in serves))
    return acts or (new and not subjects.is_thing((first,)))
