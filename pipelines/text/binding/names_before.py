"""Names with another name before them: whose figure it is, or which part of one.

松林集团|财政总收入, 其中|金沙大厦, 盈都天街|建筑面积.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import area as area_words
from pipelines.text.binding import definite, subjects
from pipelines.text.binding.frame import Case, Frame, Named, NameRule, Scene
from pipelines.text.binding.kinds import NameKind
from pipelines.text.binding.nouns import (
    attributed,
    common_end,
    flagged,
    indicators,
    known,
    pair_sides,
)
from pipelines.text.binding.subjects import measures_something
from pipelines.text.grammar import phrases
from pipelines.text.grammar.roles import BOTH, NOUN, PAUSE, QUOTED, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import INDICATOR, Token
from pipelines.text.rule import Rule

_SHORTEST: Final = 3  # characters of the shortest indicator
# An indicator's name of fewer characters is a common word too (出口, 税收).
_FULL_NAME: Final = 4
# So many last characters tell that two nouns name the same kind of thing.
_KIND: Final = 2


def _known(scene: Scene, case: Case) -> Named | None:
    """A canonical indicator; a proper name before it is the subject, and stays so."""
    nouns, near = case.phrase.nouns, scene.near()
    if case.phrase.verb or not known(nouns):
        return None
    k = next(i for i, token in enumerate(nouns) if token.tag == INDICATOR)
    if k and subjects.front(nouns)[1] > k:
        return None  # 二号院|老旧小区改造|工程|总投资
    if added := _added(scene, case):
        return Named(added, case.phrase.thing, NameKind.VERB_BEFORE)
    if k + 1 < len(nouns) and all(_tells(t) for t in nouns[k + 1 :]):
        nouns = nouns[: k + 1]  # 税收|累计入库
    if of_class := _class_before(case):
        said = phrases.spelled(nouns)
        both = of_class if of_class.endswith(said) else of_class + said
        return Named("", both, NameKind.KNOWN)
    lead, rest = nouns[:k], nouns[k:]
    plain = lead and not any(token.role in {"de", "prep", "conj", PAUSE} for token in lead)
    body = subjects.bare_entity(lead) or subjects.whole(lead)
    whose = body and len(rest[0].text) >= _FULL_NAME
    if plain and (whose or rest[0].text in flagged("doer")):
        name = subjects.entity(lead) or subjects.named(lead)
        return Named("", phrases.spelled(rest), NameKind.KNOWN, name)
    own = lead or area_words.is_ours(case.site.left)  # 全国产量5万吨,我省产量3万吨
    stays = near and not own and near.kind is NameKind.KNOWN and near.segment == case.site.segment
    whole_name = phrases.spelled(nouns)
    return Named("", whole_name, NameKind.KNOWN, near.subject if near and stays else None)


def _added(scene: Scene, case: Case) -> str:
    """新增电力装机3000万千瓦,其中|新能源装机: the verb that opens the name of the whole."""
    whole = scene.same_unit(case.quantity.unit)
    if not case.site.part or whole is None or whole not in scene.frames:
        return ""
    verb = whole.indicator[:_VERB]
    opens = verb.startswith(lexicon.affixes("verb_prefixes"))
    acts = opens and verb in lexicon.words("predicates")
    return verb if acts and not case.phrase.thing.startswith(verb) else ""


_VERB: Final = 2  # characters of a verb that opens a name (新增, 新建)
_TELLS: Final[frozenset[Role]] = frozenset({BOTH, "reach", "light", "adverb"})


def _tells(token: Token) -> bool:
    """Whether a word behind an indicator's name only says that it came about (入库, 跨过, 安排)."""
    if token.text in lexicon.words("budget_verbs"):
        return True
    if token.role == "adverb":
        return True  # 收入|拟|安排
    return (token.role in _TELLS or token.tag in {"a", "ad", "an"}) and len(token.text) > 1


def _class_before(case: Case) -> str:
    """外资企业|实现税收: a class of bodies before the verb belongs to the name."""
    lead = case.phrase.lead
    if not lead or lead[-1].role != "light":
        return ""
    nouns = phrases.cut(tuple([t for t in lead if t.role != "light"])).nouns
    bodies = nouns and nouns[-1].text.endswith(_counted_bodies())
    own = subjects.bare_entity(nouns) or subjects.whole(nouns)
    return phrases.spelled(nouns) if bodies and not own else ""


def _classified(scene: Scene, case: Case) -> Named | None:
    """分类型看,国有企业增长7%: classes of what was told, each the subject or a part of it."""
    nouns, phrase = case.phrase.nouns, case.phrase
    short = None if phrase.verb else _short_of_class(scene, case)
    own = known(nouns) or attributed(nouns)
    if short or phrase.verb or own or not _parted(scene, case):
        return short
    model = _classified_model(scene, case)
    if model is None:
        return None
    if case.counted and phrase.thing.endswith(_counted_bodies()):
        return None  # 市场主体4万户,其中企业1万户: what is counted, not whose it is
    if phrase.thing.endswith(lexicon.affixes("class_bodies")):
        return Named(model.verb, model.thing, NameKind.CLASSIFIED, phrase.thing)
    tails = (tail for tail in lexicon.words("tails") if model.thing.endswith(tail))
    tail = max(tails, key=len, default="")
    if case.site.part or not tail:
        return None
    return Named("", phrase.thing + tail, NameKind.CLASSIFIED)


def _short_of_class(scene: Scene, case: Case) -> Named | None:
    """固定资产投资86亿元。其中,城镇投资61亿元: a class before the short form of the whole."""
    nouns = case.phrase.nouns
    if len(nouns) != _CLASS_AND_FORM or nouns[0].text not in lexicon.words("area_classes"):
        return None
    told = [f for f in (*scene.told, *scene.frames) if f.quantity.unit == case.quantity.unit]
    begun = case.site.part or any(frame.kind is NameKind.CLASSIFIED for frame in scene.frames)
    wholes = (f for f in told if f.measure == case.reading.measure == "level")
    whole = next((f for f in wholes if f.thing in indicators()), None)
    if not begun or whole is None or not whole.thing.endswith(nouns[1].text):
        return None
    return Named(whole.verb, whole.thing, NameKind.CLASSIFIED, nouns[0].text)


_CLASS_AND_FORM: Final = 2  # words
# Names of figures that are parts themselves.
_PARTS: Final = frozenset({NameKind.CLASSIFIED, NameKind.PART_OF_WHOLE})


def _classified_model(scene: Scene, case: Case) -> Frame | None:
    """The figure that is parted: the last one like it that is no part itself."""
    classes = {f.subject for f in scene.frames if f.kind is NameKind.CLASSIFIED and f.subject}
    told = [f for f in scene.frames if f.kind not in _PARTS]
    # 城镇7亿元,增长17%: the growth, too, is of the class
    told = [f for f in told if f.subject not in classes] or list(scene.told)
    change = case.reading.measure.startswith("change")
    for frame in reversed(told):
        if frame.measure.startswith("change") if change else _same(frame, case):
            return frame
    return None


def _parted(scene: Scene, case: Case) -> bool:
    """Whether the sentence has begun to part a figure: by 其中, or by a view (分类型看)."""
    if case.site.part or any(map(phrases.view, case.site.middle)):
        return True
    return any(frame.kind is NameKind.CLASSIFIED for frame in scene.frames)


def _same(frame: Frame, case: Case) -> bool:
    return frame.quantity.unit == case.quantity.unit and frame.measure == case.reading.measure


@cache
def _counted_bodies() -> tuple[str, ...]:
    """Classes that are counted themselves (企业), not areas that part a count (城镇)."""
    return tuple(row[0] for row in lexicon.entries("class_bodies") if "body" in row)


def _part_subject(scene: Scene, case: Case) -> Named | None:
    """其中金沙大厦2亿元, then 东部国际8000万元: the same figure of one body after another."""
    near, nouns = scene.near() or scene.before, case.phrase.nouns
    if near and case.site.part and (_bound_alone(case) or all(t.tag == "m" for t in nouns)):
        return Named(
            near.verb, near.thing, NameKind.PART_BY_SIZE, near.subject
        )  # 其中10亿元以上28个
    if near is None or case.phrase.verb or attributed(nouns) or not nouns:
        return None
    if any(common_end(case.phrase.thing, s) for s in pair_sides().get(case.phrase.thing, ())):
        return None  # 居民收入3万元,其中农村居民2万元: 居民 is in the name
    counted = next((f for f in reversed(scene.frames) if not f.part), near)
    bodies = counted.thing.endswith(lexicon.affixes("body_kinds"))
    if bodies and case.quantity.unit == near.quantity.unit and not subjects.bare_entity(nouns):
        return None  # 医疗机构516家,其中三级医院4家: they are counted themselves
    own = _elided(case, near) or _one_of(case, near)
    model = near if own else _shared_out(scene, case, near)
    if model is None:
        return None
    return Named(model.verb, model.thing, NameKind.PART_SUBJECT, subjects.named(nouns))


def _one_of(case: Case, near: Frame) -> bool:
    """社区食堂日均就餐180人次,其中|平安里社区食堂|95人次: one of those that the figure is of."""
    nouns = case.phrase.nouns
    kind = nouns[-1].text
    if nouns[-1].role != NOUN or nouns[0].role == QUOTED:
        return False
    alike = near.quantity.unit == case.quantity.unit and near.measure == case.reading.measure
    among = kind in near.thing and not near.thing.endswith(kind)
    return case.site.part and alike and among and subjects.bare_entity(nouns)


def _bound_alone(case: Case) -> bool:
    """其中|600分以上|128人: nothing but the bound of a class."""
    text = case.phrase.text.removesuffix("以上").removesuffix("以下")
    return text[:1].isdigit() and len(text.lstrip("0123456789.万千百")) <= _UNIT


_UNIT: Final = 2  # characters of a unit


def _shared_out(scene: Scene, case: Case, near: Frame) -> Frame | None:
    """The amount that a body has a part of: the figure before, or the last one of its unit."""
    nouns = case.phrase.nouns
    if case.reading.measure != "level":
        return None
    if case.site.part and near.quantity.unit != case.quantity.unit:
        # 税收5亿元,增长25%,其中星湖大厦2亿元: a part of the amount, not of its growth
        same = scene.same_unit(case.quantity.unit)
        near = same if same and subjects.whole(nouns) else near
    if near.thing.endswith(case.phrase.thing[-_KIND:]):
        return None  # 其中工业建设项目 of 建设项目: a kind, not a body
    growth = scene.near() is None and near.measure.startswith("change")
    if near.quantity.unit != case.quantity.unit and not growth:
        return None
    goes_on = near.kind is NameKind.PART_SUBJECT and near.segment == case.site.segment
    # 其中酒驾86起: what is counted is seldom a body of two characters
    name = subjects.whole(nouns) or (subjects.bare_entity(nouns) and not case.counted)
    return near if goes_on or (case.site.part and name) else None


def _elided(case: Case, near: Frame) -> bool:
    """其中桃源县增长8%; 东机场吞吐量达3万人次,西机场突破2万人次: a body with the figure before."""
    if not subjects.whole(case.phrase.nouns) or near.measure != case.reading.measure:
        return False
    alike = near.quantity.unit == case.quantity.unit and near.segment == case.site.segment
    beside = near.subject is not None and case.site.opening and not case.site.part
    return alike and (beside or (case.site.part and case.reading.measure != "level"))


def _owned(_: Scene, case: Case) -> Named | None:
    """盈都吾角天街|建筑面积: an attribute of a single thing with the thing's name before it."""
    nouns = case.phrase.nouns
    if case.phrase.verb or len(nouns) < 2:
        return None
    attribute = nouns[-1].text in lexicon.words("thing_attributes")
    if not attribute and not _of_work(nouns):
        return None
    if nouns[0].text in lexicon.words("class_openers"):
        return None  # 城镇住宅竣工面积
    owner = phrases.spelled(nouns[:-1])
    named = subjects.bare_entity(nouns[:-1]) or not attribute
    if len(owner) < _SHORTEST or not named:
        return None
    return Named("", nouns[-1].text, NameKind.OWNED, subjects.named(nouns[:-1]))


def _of_work(nouns: Run) -> bool:
    """星湖产业园项目|投资, 县污水处理厂|主体工程: what is told of one work, or a part of it."""
    name, size = subjects.front(nouns[:-1])
    if name is None or size + 1 != len(nouns):
        return False
    part = nouns[-1].text in lexicon.words("thing_parts")
    return part or (name.endswith(definite.things()) and measures_something(nouns[-1]))


def _prefixed(_: Scene, case: Case) -> Named | None:
    """“居民果果”平台|数据校验: the name of a body or place in front of the phrase."""
    if case.phrase.verb:
        return None
    name, size = subjects.prefix(case.phrase.nouns)
    if not name or case.phrase.thing in indicators():
        return None  # 国家财政收入 is one name
    nouns = case.phrase.nouns[size:]
    rest = phrases.spelled(nouns)
    first = next((token for token in nouns if token.role not in phrases.SILENT), nouns[0])
    enough = len(rest) >= _SHORTEST or first.role == NOUN or subjects.is_office(name)
    return Named("", rest if enough else case.phrase.thing, NameKind.NAMED, name)


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.KNOWN,
        says="A canonical name is the indicator, and a proper name before it whose it is.",
        example=("松林集团财政总收入2亿元", "财政总收入"),
        counter=("松林集团用地2亩", "用地"),
        find=_known,
    ),
    Rule(
        kind=NameKind.CLASSIFIED,
        says="After a clause that names a way to part a figure, classes of it are told.",
        example=("规上工业增加值增长6%。分类型看,民营企业增长8%", "规上工业增加值"),
        counter=("规上工业增加值增长6%,民营企业增长8%", "民营企业增加值"),
        find=_classified,
    ),
    Rule(
        kind=NameKind.PART_BY_SIZE,
        says="After 其中, a bound alone tells a part of the things counted before.",
        example=("建设项目90个,其中亿元以上28个", "建设项目"),
        counter=("建设项目90个,其中工业项目28个", "工业项目"),
        find=_part_subject,
    ),
    Rule(
        kind=NameKind.PART_SUBJECT,
        says="After 其中, a body alone has the figure before for its own.",
        example=("税收收入9亿元,其中星湖大厦2亿元", "税收收入"),
        counter=("税收收入9亿元,其中出口总额2亿元", "出口总额"),
        find=_part_subject,
    ),
    Rule(
        kind=NameKind.OWNED,
        says="An attribute of single things behind a proper name is that of the thing named.",
        example=("红杉邻里坊面积3万平方米", "面积"),
        counter=("各社区建筑面积3万平方米", "社区建筑面积"),
        find=_owned,
    ),
    Rule(
        kind=NameKind.NAMED,
        says="The name of a body or a place before a phrase is whose the figure is.",
        example=("“邻里通”平台注册用户3200人", "注册用户"),
        counter=("各社区注册用户3200人", "社区注册用户"),
        find=_prefixed,
    ),
)
