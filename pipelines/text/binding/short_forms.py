"""Names that are shorter than what they mean: a rate, a short form, a thing of a list.

What they leave out is in the figures before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import subjects
from pipelines.text.binding.frame import AMOUNTS, Case, Frame, Named, NameRule, Root, Scene
from pipelines.text.binding.inherited import told_by_topic
from pipelines.text.binding.kinds import NameKind
from pipelines.text.binding.nouns import (
    attribute_endings,
    attributed,
    common_end,
    indicators,
    is_rate,
    pair_sides,
)
from pipelines.text.grammar.phrases import Phrase, spelled
from pipelines.text.grammar.roles import NOUN
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import PLACE, is_word
from pipelines.text.rule import Rule

# Characters: a thing of a list or a topic; the longest thing that is said again before its rate,
# and before its share (占比), which means nothing alone; the longest short form; the longest verb
# that a list of things shares; the longest rate word.
_SHORT: Final = 10
_RATED: Final = 14
_LISTED: Final = 20
_SHORT_FORM: Final = 3
_SHARED_VERB: Final = 4
_RATE_WORD: Final = 4
_NAMES: Final = frozenset({"ns", "nt", PLACE})  # parts of speech of places and bodies
_NAME_WORDS: Final = 2  # words of a short name of a place (城陵矶|港)
_STEM: Final = 2  # characters of the shortest verb that a rate is made of


def _rate(scene: Scene, case: Case) -> Named | None:
    """办结率98% after 办理信访件432件: the rate of what was counted before."""
    phrase = case.phrase
    if phrase.verb or not phrase.nouns:
        return None
    near, nouns = scene.near(), phrase.nouns
    parts = lexicon.words("body_shares")
    if near and len(nouns) > 1 and nouns[-1].text in parts and _is_body(nouns[:-1]):
        # 全市集装箱吞吐量71万标箱,青港占比七成: whose part it is
        name = near.root.thing + nouns[-1].text
        return Named("", name, NameKind.RATE, subjects.named(nouns[:-1]), root=near.root)
    return _of_what(scene, case) if _is_part(phrase) else None


def _is_body(run: Run) -> bool:
    return subjects.whole(run) or (run[0].tag in _NAMES and len(run) <= _NAME_WORDS)


def _of_what(scene: Scene, case: Case) -> Named | None:
    near, phrase = scene.near(), case.phrase
    thing = phrase.thing
    own = [t for t in phrase.nouns if t.text not in lexicon.words("plan_nouns")]
    rated = near and is_rate(near.thing) and near.root.thing != near.thing
    cases = near and near.measure == "level" and near.quantity.unit in lexicon.words("case_units")
    if (rated or (cases and near and near.segment == case.site.segment)) and len(own) > 1:
        own = [t for t in own if t.text not in lexicon.words("raters")]  # 办结率99%,群众满意率97%
    again = near is not None and len(own) > 1 and near.thing.endswith(own[0].text)
    if again and own[-1].text.endswith(lexicon.affixes("plan_rates")):
        own = own[1:]  # 完成投资6亿元,投资完成率68%
    if own and own[-1].text in lexicon.words("progress_nouns"):
        own = own[:-1] or own  # 支出|进度
    if len(own) != 1 or len(own[0].text) > _RATE_WORD:
        return None
    if thing.endswith(lexicon.affixes("plan_rates")):
        return _done(scene, case)
    if near is None:
        # 参选率 is the rate of what the clause before tells; 出生率 is an indicator by itself
        alone = is_word(thing) and phrase.nouns[0].role != "sharenoun"
        root = None if alone else told_by_topic(scene, case)
        told = root.thing if root and len(root.thing) <= _SHORT else ""
        return Named("", told + thing, NameKind.RATE_OF_TOPIC)
    root = _told(scene, thing) or near.root
    if root.thing.endswith(thing) or thing.startswith(root.thing):
        # 比重35%,…比重14%; 支出6亿元,支出进度82%
        said = max(thing, root.thing, key=len)
        return Named("", said, NameKind.RATE, near.subject, root=root)
    alone = thing in indicators() or thing in lexicon.words("own_rates") or is_rate(root.thing)
    longest = _LISTED if phrase.nouns[0].role == "sharenoun" else _RATED
    if alone or len(root.thing) > longest or near.segment != case.site.segment:
        return Named("", thing, NameKind.RATE)
    return Named("", _overlapped(root.thing, thing), NameKind.RATE, near.subject, root=root)


def _told(scene: Scene, rate: str) -> Root | None:
    """What was told by the verb of the rate: 落地项目15个,到位资金11亿元,|落地率."""
    stem = rate[:-1]
    if len(stem) < _STEM:
        return None
    told = (f for f in reversed(scene.frames) if f.verb == stem)
    return next((frame.root for frame in told), None)


def _is_part(phrase: Phrase) -> bool:
    if is_rate(phrase.thing) or phrase.nouns[0].role == "sharenoun":
        return True
    return phrase.thing.endswith(lexicon.affixes("progress_nouns"))


def _overlapped(thing: str, rate: str) -> str:
    """参保 + 参保率, 空气质量优良天数 + 优良率: what both say is said once."""
    stem = rate[:-1]
    place = thing.find(stem) if len(stem) > 1 else -1
    return (thing[:place] if place >= 0 else thing) + rate


def _done(scene: Scene, case: Case) -> Named | None:
    """技改投资22亿元,完成率110%: how far the work before is done; a rank of it, too."""
    near = scene.near()
    if near is not None:
        root = near.root
        return Named(root.verb, root.thing, NameKind.RATE, near.subject, root=root)
    told = told_by_topic(scene, case)
    return Named("", told.thing, NameKind.RATE_OF_TOPIC) if told else None


def _short_form(scene: Scene, case: Case) -> Named | None:
    """发现隐患489处 after 排查消防安全隐患115家次: the short form of the thing before."""
    near, phrase = scene.near(), case.phrase
    if near is None or len(phrase.thing) > _SHORT_FORM or len(near.thing) <= len(phrase.thing):
        return None
    listed = any(mark in near.thing for mark in lexicon.words("list_marks"))
    if (
        listed
        or not phrase.thing
        or not near.thing.endswith(phrase.thing)
        or (phrase.verb and phrase.verb in near.thing)
        or near.thing.removesuffix(phrase.thing) in lexicon.words("predicates")
    ):
        return None
    return Named(phrase.verb, near.thing, NameKind.SHORT_FORM, near.subject)


def _counterpart(scene: Scene, case: Case) -> Named | None:
    """财政收入9.8亿元,支出42亿元: the other side of what was told before.

    Of whom it was told, too: 城镇居民人均可支配收入4.5万元,农村居民2.5万元.
    """
    nouns = case.phrase.nouns
    while len(nouns) > 1 and nouns[-1].text in lexicon.words("budget_verbs"):
        nouns = nouns[:-1]  # 支出|安排
    thing = case.phrase.verb + spelled(nouns)
    if of := _balanced(scene, case, thing):
        return Named("", of + thing, NameKind.COUNTERPART)
    for other in pair_sides().get(thing, ()) or _inside(thing):
        told = (f.thing for f in reversed(scene.frames) if f.thing.endswith(other) and not f.part)
        of = next((name.removesuffix(other) for name in told), "")
        if of:
            return Named("", of + thing, NameKind.COUNTERPART)
        unit = case.quantity.unit
        whose = (f for f in reversed(scene.frames) if f.quantity.unit == unit)
        near = next((f for f in whose if f.thing.startswith(other) and f.thing != other), None)
        if near:
            rest = near.thing.removeprefix(other)
            return Named(near.verb, thing + rest, NameKind.COUNTERPART, near.subject)
        both = common_end(thing, other)
        both_told = (f for f in reversed(scene.frames) if f.quantity.unit == unit)
        whole = next((f for f in both_told if both and f.thing.startswith(both)), None)
        if whole:
            # 居民人均可支配收入3万元,其中城镇居民4万元
            rest = whole.thing.removeprefix(both)
            return Named(whole.verb, thing + rest, NameKind.COUNTERPART, whole.subject)
    return None


def _inside(thing: str) -> tuple[str, ...]:
    """总收入, of 总支出: the other side of a short name with one side of a pair in it."""
    if len(thing) > _PAIRED:
        return ()
    sides = ((one, other) for one, others in pair_sides().items() for other in others)
    return tuple([thing.replace(one, other) for one, other in sides if one in thing])


_PAIRED: Final = 4  # characters of such a name


def _balanced(scene: Scene, case: Case, thing: str) -> str:
    """基金收入8亿元,支出6亿元,年末结余2亿元: of what both sides were told that leave a balance."""
    if not thing.endswith(lexicon.affixes("balance_nouns")) or len(thing) > _BALANCE:
        return ""
    unit = case.quantity.unit
    told = [f.thing for f in scene.frames if f.quantity.unit == unit and f.measure == "level"]
    for one, others in pair_sides().items():
        of = next((name.removesuffix(one) for name in told if name.endswith(one)), "")
        if of and any(of + other in told for other in others):
            return of.removesuffix(_SUM)
    return ""


_SUM: Final = "总"
_BALANCE: Final = 6  # characters of the name of a balance (年末滚存结余)


def _tailed(scene: Scene, case: Case) -> Named | None:
    """棉花产量增长5%,糖料增长3%: the attribute that a list of things shares."""
    phrase = case.phrase
    nouns = phrase.nouns
    if len(nouns) > 1 and nouns[-1].text in lexicon.words("part_endings"):
        nouns = nouns[-2:-1]  # 教育|文化|娱乐|类 is one class
    if phrase.verb or len(nouns) > 2 or attributed(nouns):
        return None
    if phrase.nouns[-1].role == "sharenoun":
        return None
    if phrase.thing.endswith(lexicon.affixes("spending_objects")):
        return None  # 上年结转收入3亿元、调入资金2亿元: money is an amount by itself
    near = scene.near()
    alike = near and near.quantity.unit == case.quantity.unit
    apart = case.quantity.dimension == "money" and near and near.clause != case.site.clause
    listed = near is not None and near.kind is NameKind.TAIL and alike
    if apart and case.reading.measure == "level" and not (case.site.part or listed):
        return None  # 收入8亿元,结余2亿元
    tail = near.tail if near and alike and case.site.part else _tail(scene, case)
    if tail and not tail.endswith(attribute_endings()):
        tail = None  # 其中住宅 of 销售面积, but not 其中企业 of 新登记市场主体
    if not tail:
        return None
    # 新增公路通车里程12公里,其中高速公路3公里: added, too
    added = near and alike and case.site.part and case.reading.measure == near.measure == "level"
    verb = near.verb if near and added else ""
    return Named(verb, _with_tail(phrase.thing, tail), NameKind.TAIL, tail=tail)


def _with_tail(thing: str, tail: str) -> str:
    """重工业 + 工业总产值 -> 重工业总产值: what both say is said once."""
    same = (k for k in range(min(len(thing), len(tail) - 1), 1, -1) if thing.endswith(tail[:k]))
    return thing + tail[next(same, 0) :]


def _tail(scene: Scene, case: Case) -> str | None:
    change = case.reading.measure.startswith("change")
    listed = not change and case.quantity.dimension not in {"money", "ratio"}
    if listed and (output := _output(scene, case)):
        return output
    if change and case.site.middle:
        said = (t.text for t in case.site.middle[-1])
        shared = next(filter(None, map(_tail_of, said)), None)
        if shared:
            return shared
    # 居民消费价格上涨1.9%。其中,食品类上涨2.6%: the whole may end the sentence before
    before = scene.frames or (scene.told if case.site.part else ())
    for frame in reversed(before):
        alike = change and frame.measure == case.reading.measure
        same = frame.quantity.unit == case.quantity.unit
        # 零售额增长5%,制造业占6%: a rate shares nothing with a share
        apart = case.quantity.dimension == "ratio" and frame.measure.startswith("change") != change
        if alike or (same and not apart):
            tail = _tail_of(frame.thing)
            if tail:
                return tail
    return None


def _output(scene: Scene, case: Case) -> str | None:
    """主要工业产品产量:|钢21万吨,煤1200万吨: what a list of products is opened with."""
    outputs = lexicon.words("output_words")
    near = next((frame for frame in reversed(scene.frames) if frame.measure == "level"), None)
    if near:
        return near.tail if near.kind is NameKind.TAIL and near.tail in outputs else None
    nouns = [t.text for t in (case.site.middle[-1] if case.site.middle else ()) if t.role == NOUN]
    return next((word for word in outputs if nouns and nouns[-1].endswith(word)), None)


def _tail_of(name: str) -> str | None:
    """The longest attribute of a list of things that a name ends in."""
    tails = lexicon.affixes("tails")
    if not name.endswith(tails):
        return None
    return max((tail for tail in tails if name.endswith(tail)), key=len)


def _verb_before(scene: Scene, case: Case) -> Named | None:
    """新采集建筑物25个、户室2582户: a thing in a list takes the verb of its neighbour."""
    near, phrase = scene.near(), case.phrase
    if near and case.site.part and near.measure.startswith("change"):
        # 新登记5户,增长25%,其中企业2户: a part is of what was counted, not of its growth
        alike = (f for f in reversed(scene.frames) if f.quantity.unit == case.quantity.unit)
        near = next(alike, near)
    if near is None or phrase.verb or case.reading.measure != "level":
        return None
    if case.reading.trail & {"reach", "to"} and near.clause != case.site.clause:
        return None  # 新培育甲5家,乙达7家: what is reached was not done
    led = any(token.role == "light" for token in case.head)
    goes_on = near.clause == case.site.clause and not case.site.part
    long = len(near.verb) > _SHARED_VERB and not (near.kind is NameKind.EFFECT and goes_on)
    if led or long or not _listed(near, case):
        return None  # 打造|街区 has a verb of its own, though one that carries nothing
    beside = near.subject if near.clause == case.site.clause else None
    beside_each = _per_base().match(near.thing)
    if beside_each and not phrase.thing.startswith(beside_each[0]):
        return Named("", beside_each[0] + phrase.thing, NameKind.VERB_BEFORE, beside)
    if near.thing and _acts(phrase.nouns):
        return Named(phrase.thing, near.thing, NameKind.VERB_BEFORE, beside)
    return (
        Named(near.verb, phrase.thing, NameKind.VERB_BEFORE, beside)
        if near.verb or beside
        else None
    )


@cache
def _per_base() -> re.Pattern[str]:
    """每千人口, which the things of a list share: 每千人口床位6张、医师3人."""
    bases = lexicon.alternation(lexicon.words("per_bases"))
    return re.compile(f"(?:平均)?每[十百千万两0-9]*[名个]?(?:{bases})")


def _acts(nouns: Run) -> bool:
    """新建驿站6个、改造提升11个: words that are nouns by their place, and each of them a verb."""
    better = lexicon.words("quality_verbs")
    if len(nouns) < 2 or not any(token.text in better for token in nouns):
        return False
    acts = lexicon.words("predicates")
    return all(token.text in acts or token.text in better for token in nouns)


_PHYSICAL: Final = frozenset({"area", "length", "mass", "volume"})


def _listed(near: Frame, case: Case) -> bool:
    # 清理沟渠42公里、垃圾310吨: what is measured in a list of things, too; no attribute of one
    amounts = AMOUNTS if attributed(case.phrase.nouns) else AMOUNTS - _PHYSICAL
    counted = {case.quantity.dimension, near.quantity.dimension}.isdisjoint(amounts)
    same_unit = near.quantity.unit == case.quantity.unit and len(case.phrase.thing) <= _SHORT
    beside = case.site.clause == near.clause or case.site.bracket
    return (counted and beside) or same_unit


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.RATE_OF_TOPIC,
        says="A rate alone, before any figure, is that of what the clause before is about.",
        example=("选举工作顺利完成,参选率96%", "选举工作参选率"),
        counter=("走访企业156家,群众满意率97%", "群众满意率"),
        find=_rate,
    ),
    Rule(
        kind=NameKind.RATE,
        says="A rate alone is that of what was counted before.",
        example=("受理信访件156件,办结率97%", "信访件办结率"),
        counter=("走访企业156家,群众满意率97%", "群众满意率"),
        find=_rate,
    ),
    Rule(
        kind=NameKind.SHORT_FORM,
        says="A short noun with which the thing before ends means that thing.",
        example=("排查消防安全隐患78处,发现隐患75处", "发现消防安全隐患"),
        counter=("排查消防安全隐患78处,新增消防车7台", "新增消防车"),
        find=_short_form,
    ),
    Rule(
        kind=NameKind.COUNTERPART,
        says="One side of a pair alone is of that whose other side was told before.",
        example=("财政收入9.8亿元,支出42亿元", "财政支出"),
        counter=("财政收入9.8亿元,民生支出42亿元", "民生支出"),
        find=_counterpart,
    ),
    Rule(
        kind=NameKind.TAIL,
        says="Things in a list share the attribute that the first names.",
        example=("小麦产量增长4%,玉米增长2%", "玉米产量"),
        counter=("小麦产量增长4%,玉米面积增长2%", "玉米面积"),
        find=_tailed,
    ),
    Rule(
        kind=NameKind.VERB_BEFORE,
        says="Things in a list share the verb that the first names.",
        example=("登记建筑物45个、住房830间", "登记住房"),
        counter=("登记建筑物45个、新增住房830间", "新增住房"),
        find=_verb_before,
    ),
)
