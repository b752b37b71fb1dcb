"""Names from the phrase left of the number, filled up from the frames where it is elliptic.

Each rule takes the scene and a case with a phrase, and returns a name or None where it does not
fit; `RULES` holds them, most specific first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import subjects
from pipelines.text.binding.frame import AMOUNTS, Case, Frame, Named, Scene
from pipelines.text.binding.inherited import topic_of
from pipelines.text.grammar import phrases
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import BOTH, INDICATOR, NOUN, PAUSE, is_word

Rule = Callable[[Scene, Case], Named | None]

# Characters: words before a verbal noun that make one phrase with it; the longest thing that is
# said again before its rate; the shortest indicator; the longest short form; the longest verb
# that a list of things shares; the longest rate word (反馈率).
_SHORT: Final = 10
_RATED: Final = 6
_SHORTEST: Final = 3
_SHORT_FORM: Final = 3
_SHARED_VERB: Final = 4
_RATE_WORD: Final = 4
# An indicator's name of fewer characters is a common word too (出口, 税收).
_FULL_NAME: Final = 4
# So many last characters tell that two nouns name the same kind of thing.
_KIND: Final = 2


def named_left(scene: Scene, case: Case) -> Named:
    """The name from the phrase left of the number."""
    for rule in RULES:
        named = rule(scene, case)
        if named:
            return named
    return Named(case.phrase.verb, case.phrase.thing, "left")


@cache
def _flagged(flag: str) -> frozenset[str]:
    return frozenset(f[0] for f in lexicon.entries("predicates") if flag in f[2:])


@cache
def bare_attributes() -> frozenset[str]:
    """Attributes that may stand alone for the thing before (面积, 总投资)."""
    return frozenset(fields[0] for fields in lexicon.entries("attributes") if fields[1] == "bare")


@cache
def _attribute_endings() -> tuple[str, ...]:
    lists = ("attributes", "tails", "attribute_endings")
    return tuple(frozenset.union(*map(lexicon.words, lists)))


@cache
def _indicators() -> frozenset[str]:
    rows = lexicon.table("indicators")
    return frozenset(name for row in rows for name in (row["name_zh"], *row["aliases"].split("|")))


def attributed(head: Run) -> bool:
    """Whether a noun phrase ends in an attribute (业务量, 增加值), so that it is no bare thing."""
    return bool(head) and head[-1].text.endswith(_attribute_endings())


def known(head: Run) -> bool:
    """Whether a canonical indicator's name stands in the run."""
    return any(token.tag == INDICATOR for token in head)


def is_rate(name: str) -> bool:
    """Whether a phrase names a rate (办结率)."""
    return name.endswith(lexicon.affixes("rate_nouns"))


# -- a verb alone -----------------------------------------------------------------------------


def _only_verbs(case: Case) -> bool:
    phrase = case.phrase
    return not phrase.nouns and not any(token.role == "light" for token in phrase.lead)


def _led_verb(_: Scene, case: Case) -> Named | None:
    """居家养老|服务: a few words before the verb make a verbal noun of it."""
    lead = phrases.spelled(case.phrase.lead)
    if not _only_verbs(case) or not lead or len(lead) > _SHORT:
        return None
    if any(token.role in {"prep", "de"} for token in case.phrase.lead):
        return None
    return Named("", lead + case.phrase.verb, "lead+verb")


def _own_verb(_: Scene, case: Case) -> Named | None:
    """出动1458人次: a verb that takes no object from before."""
    verb = case.phrase.verb
    return Named(verb, "", "own verb") if _only_verbs(case) and verb in _flagged("own") else None


def _effect(scene: Scene, case: Case) -> Named | None:
    """惠及居民6500户 after 改造面积: what was done in the clause before had the effect."""
    phrase, cause = case.phrase, scene.cause()
    if cause is None or phrase.verb not in _flagged("effect"):
        return None
    return Named("", cause.thing + phrase.verb + phrase.thing, "effect")


def _spent(scene: Scene, case: Case) -> Named | None:
    """投入395万元,建成消防站: what the money was for stands in the clause after, else before."""
    phrase = case.phrase
    bare = _only_verbs(case) or phrase.thing in lexicon.words("spending_objects")
    if (
        not bare
        or case.quantity.dimension != "money"
        or phrase.verb not in lexicon.words("spending")
    ):
        return None
    ahead = phrases.cut(case.site.right)
    if not ahead.nouns:
        ahead = phrases.cut(case.site.ahead)
    if ahead.nouns:
        return Named("", ahead.thing + phrase.text, "spent")
    near = scene.near()
    if near:
        return Named("", near.thing + phrase.text, "spent", near.subject)
    return Named("", phrase.text, "spent")


def _bare_verb(scene: Scene, case: Case) -> Named | None:
    """整改1655处: the object stands in the clause before."""
    if not _only_verbs(case):
        return None
    verb, near = case.phrase.verb, scene.near()
    told = _told(scene, case, verb)
    if told:
        return Named("", told, "bare verb of topic")
    topic = topic_of(scene, case.site)
    if topic and topic.thing:
        return Named("", topic.thing + verb, "bare verb of topic")
    if all(token.role == BOTH for token in case.phrase.verbs) and len(verb) >= _SHARED_VERB:
        return Named("", verb, "verbal noun")
    return Named(verb, near.thing if near else "", "bare verb")


def _told(scene: Scene, case: Case, verb: str) -> str | None:
    """The phrase of an earlier clause of the sentence that ends in the verb (智能门锁|安装)."""
    for site in reversed(scene.sites[: case.number + 1]):
        topic = topic_of(scene, site)
        if topic and topic.text.endswith(verb) and topic.text != verb:
            return topic.text
    return None


# -- an attribute alone -----------------------------------------------------------------------


def _bare_attribute(scene: Scene, case: Case) -> Named | None:
    """面积4.3万平方米 after 拆除违建553处: an attribute alone is that of the thing before."""
    thing, near = case.phrase.thing, scene.near()
    if case.phrase.verb or thing not in bare_attributes():
        return None
    lead = phrases.cut(case.phrase.lead)
    if subjects.whole(lead.nouns):
        return Named("", thing, "attribute of body", subjects.named(lead.nouns))
    if lead.nouns:
        return Named("", lead.thing + thing, "attribute of lead")
    whose = scene.cause()
    if near and whose and near.clause >= case.site.clause - 1 and not near.thing.endswith(thing):
        again = (
            "" if whose.thing in bare_attributes() else whose.verb + without_attribute(whose.thing)
        )
        return Named("", again + thing, "bare attribute", whose.subject)
    body = scene.topics.get(case.site.clause)
    if near or body:
        return Named("", thing, "attribute of body", body)
    topic = topic_of(scene, case.site)
    if topic and topic.verbs and any(token.role == "light" for token in case.head):
        topic = None  # 优化机制,完成投资5亿元: done beside it, not of it
    return Named("", topic.thing + thing if topic else thing, "attribute of topic")


def without_attribute(thing: str) -> str:
    """生猪出栏 -> 生猪: one attribute of a thing does not stand behind another."""
    endings = (name for name in lexicon.words("attributes") if thing.endswith(name))
    longest = max(endings, key=len, default="")
    rest = thing.removesuffix(longest)
    return rest if len(rest) >= 2 else thing


# -- a name with a name before it -------------------------------------------------------------


def _known(scene: Scene, case: Case) -> Named | None:
    """A canonical indicator; a proper name before it is the subject, and stays so."""
    nouns, near = case.phrase.nouns, scene.near()
    if case.phrase.verb or not known(nouns):
        return None
    k = next(i for i, token in enumerate(nouns) if token.tag == INDICATOR)
    lead, rest = nouns[:k], nouns[k:]
    plain = lead and not any(token.role in {"de", "prep", PAUSE} for token in lead)
    body = subjects.bare_entity(lead) or subjects.whole(lead)
    whose = body and len(rest[0].text) >= _FULL_NAME
    if plain and (whose or rest[0].text in _flagged("doer")):
        name = subjects.entity(lead) or subjects.named(lead)
        return Named("", phrases.spelled(rest), "known", name)
    stays = near and not lead and near.rule.endswith(":known") and near.segment == case.site.segment
    return Named("", case.phrase.thing, "known", near.subject if near and stays else None)


def _part_subject(scene: Scene, case: Case) -> Named | None:
    """其中金沙大厦2亿元, then 东部国际8000万元: the same figure of one body after another."""
    near, nouns = scene.near() or scene.before, case.phrase.nouns
    if near and case.site.part and all(token.tag == "m" for token in nouns):
        return Named(near.verb, near.thing, "part by size", near.subject)  # 其中10亿元以上28个
    if near is None or case.phrase.verb or case.reading.measure != "level" or attributed(nouns):
        return None
    if near.thing.endswith(case.phrase.thing[-_KIND:]):
        return None  # 其中工业建设项目 of 建设项目: a kind, not a body
    growth = scene.near() is None and near.measure.startswith("change")
    if near.quantity.unit != case.quantity.unit and not growth:
        return None
    goes_on = near.rule.endswith("part subject") and near.segment == case.site.segment
    name = subjects.bare_entity(nouns) or subjects.whole(nouns)
    if not goes_on and not (case.site.part and name):
        return None
    return Named(near.verb, near.thing, "part subject", subjects.named(nouns))


def _owned(_: Scene, case: Case) -> Named | None:
    """盈都吾角天街|建筑面积: an attribute of a single thing with the thing's name before it."""
    nouns = case.phrase.nouns
    owner = phrases.spelled(nouns[:-1])
    if case.phrase.verb or len(owner) < _SHORTEST or not subjects.bare_entity(nouns[:-1]):
        return None
    if nouns[-1].text not in lexicon.words("thing_attributes"):
        return None
    return Named("", nouns[-1].text, "owned", subjects.named(nouns[:-1]))


def _prefixed(_: Scene, case: Case) -> Named | None:
    """“居民果果”平台|数据校验: the name of a body or place in front of the phrase."""
    name, size = subjects.prefix(case.phrase.nouns)
    if case.phrase.verb or not name:
        return None
    nouns = case.phrase.nouns[size:]
    rest = phrases.spelled(nouns)
    enough = len(rest) >= _SHORTEST or nouns[0].role == NOUN
    return Named("", rest if enough else case.phrase.thing, "named", name)


def _classified(scene: Scene, case: Case) -> Named | None:
    """分类型看,国有企业增长7%: classes of what was told, each the subject or a part of it."""
    nouns, phrase = case.phrase.nouns, case.phrase
    told = [frame for frame in scene.frames if not frame.rule.endswith("classified")]
    model = told[-1] if told else scene.before
    if model is None or phrase.verb or known(nouns) or attributed(nouns):
        return None
    changes = model.measure.startswith("change") and case.reading.measure.startswith("change")
    alike = changes or model.quantity.unit == case.quantity.unit
    near = scene.near()
    goes_on = near is not None and near.rule.endswith("classified")
    if not alike or not (goes_on or case.site.part or any(map(_classifies, case.site.middle))):
        return None
    if phrase.thing.endswith(lexicon.affixes("class_bodies")):
        return Named(model.verb, model.thing, "classified", phrase.thing)
    tails = (tail for tail in lexicon.words("tails") if model.thing.endswith(tail))
    tail = max(tails, key=len, default="")
    if case.site.part or not tail:
        return None
    return Named("", phrase.thing + tail, "classified")


def _classifies(run: Run) -> bool:
    """Whether a clause names a way to part what is told (分类型看, 按地区分)."""
    if len(run) < 2:
        return False
    opens = run[0].text.startswith(lexicon.affixes("view_openers"))
    return opens and run[-1].text.endswith(lexicon.affixes("view_words"))


# -- a phrase shorter than what it means ------------------------------------------------------


def _rate(scene: Scene, case: Case) -> Named | None:
    """办结率98% after 办理信访件432件: the rate of what was counted before."""
    near, thing = scene.near(), case.phrase.thing
    if case.phrase.verb or not is_rate(thing) or len(thing) > _RATE_WORD:
        return None
    if near is None:
        # 参选率 is the rate of what the clause before tells; 出生率 is an indicator by itself
        topic = None if is_word(thing) else topic_of(scene, case.site)
        told = topic.thing if topic and len(topic.thing) <= _SHORT else ""
        return Named("", told + thing, "rate of topic")
    counted = near.quantity.dimension not in AMOUNTS or near.measure == "price"
    again = (
        counted
        and thing not in _indicators()
        and not is_rate(near.thing)
        and thing[:-1] not in near.thing
        and len(near.thing) <= _RATED
    )
    return Named("", near.thing + thing if again else thing, "rate")


def _short_form(scene: Scene, case: Case) -> Named | None:
    """发现隐患489处 after 排查消防安全隐患115家次: the short form of the thing before."""
    near, phrase = scene.near(), case.phrase
    if near is None or len(phrase.thing) > _SHORT_FORM or len(near.thing) <= len(phrase.thing):
        return None
    listed = any(mark in near.thing for mark in lexicon.words("list_marks"))
    if (
        listed
        or not near.thing.endswith(phrase.thing)
        or (phrase.verb and phrase.verb in near.thing)
    ):
        return None
    return Named(phrase.verb, near.thing, "short form", near.subject)


def _tailed(scene: Scene, case: Case) -> Named | None:
    """棉花产量增长5%,糖料增长3%: the attribute that a list of things shares."""
    phrase = case.phrase
    if phrase.verb or len(phrase.nouns) > 2 or attributed(phrase.nouns):
        return None
    near = scene.near()
    alike = near and near.quantity.unit == case.quantity.unit
    tail = near.tail if near and alike and case.site.part else _tail(scene, case)
    if tail and not tail.endswith(_attribute_endings()):
        tail = None  # 其中住宅 of 销售面积, but not 其中企业 of 新登记市场主体
    return Named("", phrase.thing + tail, "tail") if tail else None


def _tail(scene: Scene, case: Case) -> str | None:
    tails = sorted(lexicon.words("tails"), key=len, reverse=True)
    change = case.reading.measure.startswith("change")
    if change and case.site.middle:
        said = (t.text for t in case.site.middle[-1])
        told = next((tail for word in said for tail in tails if word.endswith(tail)), None)
        if told:
            return told
    for frame in reversed(scene.frames):
        alike = change and frame.measure == case.reading.measure
        if alike or frame.quantity.unit == case.quantity.unit:
            tail = next((t for t in tails if frame.thing.endswith(t)), None)
            if tail:
                return tail
    return None


def _verb_before(scene: Scene, case: Case) -> Named | None:
    """新采集建筑物25个、户室2582户: a thing in a list takes the verb of its neighbour."""
    near, phrase = scene.near(), case.phrase
    if near and case.site.part and near.measure.startswith("change"):
        # 新登记5户,增长25%,其中企业2户: a part is of what was counted, not of its growth
        alike = (f for f in reversed(scene.frames) if f.quantity.unit == case.quantity.unit)
        near = next(alike, near)
    if near is None or phrase.verb or case.reading.measure != "level":
        return None
    if "reach" in case.reading.trail and near.clause != case.site.clause:
        return None  # 新培育甲5家,乙达7家: what is reached was not done
    led = any(token.role == "light" for token in case.head)
    if led or len(near.verb) > _SHARED_VERB or not _listed(near, case):
        return None  # 打造|街区 has a verb of its own, though one that carries nothing
    beside = near.subject if near.clause == case.site.clause else None
    return Named(near.verb, phrase.thing, "verb before", beside) if near.verb or beside else None


def _listed(near: Frame, case: Case) -> bool:
    counted = {case.quantity.dimension, near.quantity.dimension}.isdisjoint(AMOUNTS)
    same_unit = near.quantity.unit == case.quantity.unit and len(case.phrase.thing) <= _SHORT
    beside = case.site.clause == near.clause or case.site.bracket
    return (counted and beside) or same_unit


RULES: Final[tuple[Rule, ...]] = (
    _led_verb,
    _own_verb,
    _effect,
    _spent,
    _bare_verb,
    _bare_attribute,
    _known,
    _classified,
    _part_subject,
    _owned,
    _prefixed,
    _rate,
    _short_form,
    _tailed,
    _verb_before,
)
