"""Names where nothing but a verb or an attribute is left of the number: 整改1655处, 面积4万平方米.

What the verb was done to, and what the attribute is of, is looked for around the number.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import area as area_words
from pipelines.text.binding import definite, subjects
from pipelines.text.binding.frame import AMOUNTS, Case, Frame, Named, NameRule, Root, Scene
from pipelines.text.binding.inherited import told_by_topic, topic_of
from pipelines.text.binding.kinds import NameKind
from pipelines.text.binding.nouns import (
    alone,
    attribute_endings,
    bare_attributes,
    flagged,
    indicators,
    without_attribute,
)
from pipelines.text.binding.parts import of_enterprises
from pipelines.text.binding.topics import Topic
from pipelines.text.grammar import phrases
from pipelines.text.grammar.roles import BOTH, VERB, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.rule import Rule

_LAST: Final = 2  # characters that tell of what kind a thing is
_SHORT: Final = 10  # characters before a verbal noun that make one phrase with it
_SHARED_VERB: Final = 4  # a verbal noun of so many characters names something by itself


@cache
def _sums() -> frozenset[str]:
    """Words behind a name that only say that it is a sum: 财政收入增长5%,总额达到8亿元."""
    return frozenset(row[0] for row in lexicon.entries("code_neutral") if "tail" in row)


def _only_verbs(case: Case) -> bool:
    phrase = case.phrase
    return not phrase.nouns and not any(token.role == "light" for token in phrase.lead)


def _led_verb(_: Scene, case: Case) -> Named | None:
    """居家养老|服务: a few words before the verb make a verbal noun of it."""
    lead = phrases.spelled(case.phrase.lead)
    before = case.phrase.lead[-2:]  # 干渠改造完成|衬砌
    done = len(before) > 1 and before[0].role == BOTH and before[1].role == "light"
    if not (_only_verbs(case) or (done and not case.phrase.nouns)):
        return None
    if not lead or len(lead) > _SHORT:
        return None
    if any(token.role in {"prep", "de"} for token in case.phrase.lead):
        return None
    return Named("", lead + case.phrase.verb, NameKind.LEAD_VERB)


def _own_verb(scene: Scene, case: Case) -> Named | None:
    """出动1458人次: a verb that takes no object from before."""
    phrase = case.phrase
    if not _only_verbs(case) or not phrase.verbs or phrase.verbs[0].text not in flagged("own"):
        return None
    near = scene.same_unit(case.quantity.unit)
    if near in scene.frames and near and set(phrase.verb) & set(near.root.thing[-_LAST:]):
        return None  # 受理案件86件,结案80件
    return Named(phrase.verb, "", NameKind.OWN_VERB)


def _effect(scene: Scene, case: Case) -> Named | None:
    """惠及居民6500户 after 改造面积: what was done in the clause before had the effect."""
    phrase, near = case.phrase, scene.near()
    if near and _funded(near, case):
        # 拨付衔接资金3亿元,实施项目86个
        name = near.root.thing + phrase.verb + phrase.thing
        return Named("", name, NameKind.EFFECT, near.subject, root=Root("", phrase.thing))
    if phrase.verb not in flagged("effect"):
        return None
    lead = phrases.spelled(phrase.lead)
    if lead and len(lead) <= _SHORT and phrases.nominal(phrase.lead):
        verb = lead + phrase.verb
        return Named(verb, phrase.thing, NameKind.EFFECT, root=Root("", lead))
    root = near.root if near else told_by_topic(scene, case)
    if root is None or (near is None and len(root.thing) > _SHORT):
        return None
    if near and near.subject and near.thing in bare_attributes():
        # 星湖大厦改造工程总投资310万元,涉及居民86户: the work did, not what it cost
        return Named(phrase.verb, phrase.thing, NameKind.EFFECT, near.subject, root=Root("", ""))
    return Named(root.thing + phrase.verb, phrase.thing, NameKind.EFFECT, root=root)


def _funded(near: Frame, case: Case) -> bool:
    """Whether works without a name are carried out or supported right behind the money for them."""
    funds = lexicon.affixes("spending_objects")
    own = near.root.thing.endswith(funds) and near.root.thing not in funds
    paid = near.quantity.dimension == "money" and own
    beside = near.clause == case.site.clause - 1 and case.counted
    if not (paid and beside and case.phrase.nouns):
        return False
    thing = case.phrase.nouns[-1].text
    verb = case.phrase.text.removesuffix(thing)
    acts = verb in lexicon.words("causatives") if verb else case.head[0].role == "light"
    return acts and thing in lexicon.words("bare_things")


# What opens a clause that tells what money was spent on.
_ACTS: Final[frozenset[Role]] = frozenset({VERB, BOTH, "light", "prep", "adverb", "adv"})


def _spent(scene: Scene, case: Case) -> Named | None:
    """投入395万元,建成消防站: what the money was for stands in the clause after, else before."""
    phrase = case.phrase
    bare = _only_verbs(case) or phrase.thing in lexicon.words("spending_objects")
    if (
        not bare
        or case.quantity.dimension != "money"
        or not _spends(case)
        or (phrases.nominal(phrase.lead) and not subjects.whole(phrase.lead))
    ):
        return None
    near = scene.near()
    ahead = phrases.cut(case.site.right)
    later = scene.sites[case.number + 1 : case.number + 2]
    if later and later[0].served and later[0].clause == case.site.clause:
        ahead = phrases.cut(later[0].right)  # 投入45万元为3个小区更换消防设施
    if not ahead.nouns and (near is None or near.segment != case.site.segment):
        acts = case.site.ahead[:1] and case.site.ahead[0].role in _ACTS
        said = case.site.ahead
        if said[:1] and said[0].text in lexicon.words("purpose_words"):
            acts, said = True, said[1:]  # 投入90亿元,用于学校建设
        ahead = phrases.cut(said if acts else ())
        if ahead.verb in flagged("effect"):
            ahead = phrases.cut(())  # 涉及楼栋31幢: told of the same
    if ahead.nouns:
        root = Root("", ahead.thing)
        return Named("", ahead.thing + phrase.text, NameKind.SPENT, root=root)
    told = near.root if near else told_by_topic(scene, case)
    if told is None or (near is None and len(told.thing) > _SHORT):
        return Named("", phrase.text, NameKind.SPENT)
    whose = near.subject if near else None
    return Named("", told.thing + phrase.text, NameKind.SPENT, whose, root=told)


def _spends(case: Case) -> bool:
    """Whether a verb says that money went to something; 安排 does where that is said behind it."""
    verb, ahead = case.phrase.verb, case.site.ahead
    aimed = bool(ahead) and ahead[0].text in lexicon.words("purpose_words")
    granted = aimed and verb in lexicon.words("granting_verbs") and not case.site.right
    return granted or verb in lexicon.words("spending")


def _plan(scene: Scene, case: Case) -> Named | None:
    """加装电梯。年度任务12台: a plan's amount is of what is planned, told before."""
    if case.phrase.text not in lexicon.words("plan_nouns"):
        return None
    near = scene.near()
    root = near.root if near else told_by_topic(scene, case)
    if root is None:
        return None
    return Named(root.verb, root.thing, NameKind.PLAN, near.subject if near else None, root=root)


def _bare_verb(scene: Scene, case: Case) -> Named | None:
    """整改1655处: the object stands in the clause before."""
    if not _only_verbs(case):
        return None
    verb, near = case.phrase.verb, scene.near()
    if near and near.verb and near.clause == case.site.clause and _listed_noun(case):
        return Named(near.verb, _whose(near.thing, verb) + verb, NameKind.VERB_BEFORE, near.subject)
    told = _told(scene, case, verb)
    if told:
        return Named("", told, NameKind.BARE_VERB_OF_TOPIC)
    about = told_by_topic(scene, case)
    if about:
        return Named("", about.thing + verb, NameKind.BARE_VERB_OF_TOPIC, root=about)
    nominal = all(token.role == BOTH for token in case.phrase.verbs) or not case.counted
    summed = verb.startswith(lexicon.affixes("sum_words"))  # 累计建成
    if nominal and len(verb) >= _SHARED_VERB and not (summed and scene.near()):
        return Named("", verb, NameKind.VERBAL_NOUN)
    thing = _acted_on(scene, case)
    about_it = thing or phrases.spelled(case.phrase.verbs[1:])  # 处理|投诉举报
    return Named(verb, thing, NameKind.BARE_VERB, root=Root("", about_it))


def _whose(thing: str, noun: str) -> str:
    """人大代表议案5项、建议8件: what stands before the first of a pair is said of both."""
    for _, *sides in (fields[:3] for fields in lexicon.entries("pairs")):
        other = sides[1 - sides.index(noun)] if noun in sides else ""
        if other and thing.endswith(other):
            return thing.removesuffix(other)
    return ""


def _listed_noun(case: Case) -> bool:
    """议案5项、建议8件: a word that is verb and noun, alone in a list of things."""
    verbs = case.phrase.verbs
    return len(verbs) == 1 and verbs[0].tag in {"n", "vn"} and len(case.site.left) == 1


# What no verb acts on: 贫困发生率0.7%,脱贫46户.
_NOT_ACTED_ON: Final = frozenset({"money", "ratio", "point", "price"})


def _acted_on(scene: Scene, case: Case) -> str:
    """What a verb without an object acts on: the thing before, or what has the same unit."""
    near, same = scene.near(), scene.same_unit(case.quantity.unit)
    if near is None:
        return same.root.thing if same and len(same.root.thing) <= _SHORT else ""
    if case.counted and near.measure.startswith("change") and _is_attribute(near.root.thing):
        return same.root.thing if same else ""  # 可支配收入增长9%,脱贫620户
    rate = near.quantity.dimension in _NOT_ACTED_ON and not near.measure.startswith("change")
    if not case.counted or not rate:
        return near.root.thing
    if same:
        return same.root.thing
    return near.root.thing if near.root.thing != near.thing else ""


def _is_attribute(name: str) -> bool:
    return name.endswith(attribute_endings())


def _told(scene: Scene, case: Case, verb: str) -> str | None:
    """The phrase of an earlier clause of the sentence that ends in the verb (智能门锁|安装)."""
    for site in reversed(scene.sites[: case.number + 1]):
        topic = topic_of(scene, site)
        if topic and topic.text.endswith(verb) and topic.text != verb:
            return topic.text
    return None


def _bare_attribute(scene: Scene, case: Case) -> Named | None:
    return of_enterprises(scene, case) or _lone_attribute(scene, case)


def _lone_attribute(scene: Scene, case: Case) -> Named | None:
    """面积4.3万平方米 after 拆除违建553处: an attribute alone is that of the thing before."""
    thing, near = case.phrase.thing, scene.near()
    if case.phrase.verb or not (alone(case.phrase.nouns) or _of_counted(scene, case)):
        return None
    lead = phrases.cut(case.phrase.lead)
    topic = topic_of(scene, case.site)
    measured = thing in lexicon.words("thing_attributes") and not scene.frames
    # 新建市疾控中心实验楼,建筑面积2万平方米
    built = _worked_on(topic.nouns) if topic and measured and not lead.nouns else ()
    body = scene.topics.get(case.site.clause)
    named = subjects.whole(lead.nouns or built) or (built and subjects.one_thing(built))
    owner = subjects.named(lead.nouns or built) if named else None
    if near and body and not lead.nouns and _of_the_whole(body, near, thing):
        owner = body.name
    if owner:
        return Named("", thing, NameKind.ATTRIBUTE_OF_BODY, owner)
    if lead.nouns:
        root = Root("", lead.thing)
        return Named("", lead.thing + thing, NameKind.ATTRIBUTE_OF_LEAD, root=root)
    again = near is not None and near.kind is NameKind.BARE_ATTRIBUTE  # 总投资5亿元,完成投资2亿元
    own = near is not None and (again or not near.thing.endswith(thing))
    ours = area_words.is_ours(case.site.left)
    # 签约项目12个,其中亿元以上3个,到位资金15亿元: no longer of the part
    parted = near is not None and near.part and near.clause < case.site.clause
    if (
        parted
        and case.quantity.dimension == "money"
        and thing not in lexicon.words("thing_attributes")
    ):
        own = False
    if near and own and not ours and near.clause >= case.site.clause - 1:
        root = near.root
        plain = root.thing in bare_attributes() or near.kind is NameKind.ATTRIBUTE
        of = "" if plain else root.verb + without_attribute(root.thing)
        summed = thing in _sums() and root.thing in indicators()
        name = root.thing if summed else of + thing
        return Named("", name, NameKind.BARE_ATTRIBUTE, near.subject, root=root)
    if near or body:
        return Named("", thing, NameKind.ATTRIBUTE_OF_BODY, body.name if body else None)
    if topic and topic.verbs and any(token.role == "light" for token in case.head):
        topic = None  # 优化机制,完成投资5亿元: done beside it, not of it
    about = Root("", topic.thing) if topic else None
    if about is None and not scene.last() and thing not in lexicon.words("tails"):
        about = Root("", scene.title)  # 经营主体稳中培优。总量达1461万户
    name = about.thing + thing if about else thing
    return Named("", name, NameKind.ATTRIBUTE_OF_TOPIC, root=about)


def _worked_on(nouns: Run) -> Run:
    """县医院住院大楼|建设: a thing without what is done to it at its end."""
    kept = nouns
    while kept and kept[-1].role in {BOTH, VERB} and kept[-1].text in lexicon.words("done_to"):
        kept = kept[:-1]
    return kept if kept and subjects.ends_name(kept) else nouns


def _of_the_whole(body: Topic, near: Frame, thing: str) -> bool:
    """柳岸小学扩建工程新增教室18间,总投资1860万元: that of the work, not of the rooms."""
    told = body.firm and body.acted and near.subject == body.name
    whole = thing in lexicon.words("thing_attributes") and body.name.endswith(definite.things())
    return told and near.quantity.dimension not in AMOUNTS and (whole or body.place)


def _of_counted(scene: Scene, case: Case) -> bool:
    """临时救助712人次,支出156万元: a word for money alone, right behind what was counted."""
    near = scene.near()
    beside = near is not None and near.clause == case.site.clause - 1 and not near.bracket
    counted = near is not None and near.quantity.dimension not in AMOUNTS
    money = case.quantity.dimension == "money" and case.reading.measure == "level"
    return beside and counted and money and case.phrase.text in lexicon.words("tails")


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.LEAD_VERB,
        says="A few words before a verb that takes no object make a verbal noun of it.",
        example=("助餐、助浴、助洁等服务1200人次", "助餐、助浴、助洁服务"),
        counter=("出动巡逻车340车次", "出动巡逻车"),
        find=_led_verb,
    ),
    Rule(
        kind=NameKind.OWN_VERB,
        says="A verb that takes no object is an indicator by itself.",
        example=("处理纠纷85起,出动340车次", "出动"),
        counter=("出动巡逻车340车次", "出动巡逻车"),
        find=_own_verb,
    ),
    Rule(
        kind=NameKind.EFFECT,
        says="A verb of effect is said of what the clause before tells.",
        example=("改造老旧管网9公里,惠及居民2300户", "老旧管网惠及居民"),
        counter=("惠及居民2300户", "惠及居民"),
        find=_effect,
    ),
    Rule(
        kind=NameKind.SPENT,
        says="Money that is spent is named after what it was spent on, which is told beside it.",
        example=("投入260万元,建成社区食堂", "社区食堂投入"),
        counter=("投入设备260台", "投入设备"),
        find=_spent,
    ),
    Rule(
        kind=NameKind.PLAN,
        says="The amount of a plan, named after the plan alone, is of what was told before.",
        example=("新建托位520个,年度任务500个", "新建托位"),
        counter=("新建托位520个,新增学位500个", "新增学位"),
        find=_plan,
    ),
    Rule(
        kind=NameKind.BARE_VERB_OF_TOPIC,
        says="A verb without an object acts on what an earlier clause is about.",
        example=("上门理发,服务1200人次", "上门理发服务"),
        counter=("排查燃气隐患312处,整改298处", "整改燃气隐患"),
        find=_bare_verb,
    ),
    Rule(
        kind=NameKind.VERBAL_NOUN,
        says="Words that are verb and noun name something together.",
        example=("累计核酸检测360人次", "核酸检测"),
        counter=("走访居民320户", "走访居民"),
        find=_bare_verb,
    ),
    Rule(
        kind=NameKind.BARE_VERB,
        says="A verb without an object has that of the figure before.",
        example=("排查燃气隐患312处,整改298处", "整改燃气隐患"),
        counter=("排查燃气隐患312处,整改线路298处", "整改线路"),
        find=_bare_verb,
    ),
    Rule(
        kind=NameKind.ATTRIBUTE_OF_BODY,
        says="An attribute alone is that of the body that its clause is about.",
        example=("柳岸社区扎实推进改造,面积3万平方米", "面积"),
        counter=("拆除违建46处,面积1.2万平方米", "拆除违建面积"),
        find=_bare_attribute,
    ),
    Rule(
        kind=NameKind.ATTRIBUTE_OF_LEAD,
        says="An attribute behind a light verb is that of the thing before the verb.",
        example=("棚户改造完成投资2亿元", "棚户改造投资"),
        counter=("完成投资2亿元", "投资"),
        find=_bare_attribute,
    ),
    Rule(
        kind=NameKind.BARE_ATTRIBUTE,
        says="An attribute alone is that of the thing that was told before.",
        example=("拆除违建46处,面积1.2万平方米", "拆除违建面积"),
        counter=("拆除违建46处,绿化面积1.2万平方米", "绿化面积"),
        find=_bare_attribute,
    ),
    Rule(
        kind=NameKind.ATTRIBUTE_OF_TOPIC,
        says="An attribute alone, before any figure, is that of what the clause before is about.",
        example=("棚户改造有序推进,面积2.6万平方米", "棚户改造面积"),
        counter=("棚户改造36户,面积2.6万平方米", "棚户改造面积"),
        find=_bare_attribute,
    ),
)
