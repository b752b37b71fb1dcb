"""Names that stand right of the number: 新增6台AED, 88个城市启动试点, 28万方的街区.

What is counted mostly stands there; a rate, a change and a rank never have their name there.
"""

from __future__ import annotations

from typing import Final

from pipelines import lexicon
from pipelines.text.binding import definite, subjects
from pipelines.text.binding.frame import AMOUNTS, Case, Named, NameRule, Root, Scene
from pipelines.text.binding.kinds import MeasureKind, NameKind
from pipelines.text.binding.nouns import area_noun, flagged, is_attribute
from pipelines.text.grammar import phrases
from pipelines.text.grammar.phrases import NOMINAL
from pipelines.text.grammar.roles import BOTH, NOUN, PAUSE, QUOTED, VERB, Role
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.grammar.tokens import Token
from pipelines.text.rule import Rule, order

_OPENS: Final[frozenset[Role]] = NOMINAL | {VERB, "filler", "light", "adv", "adverb"}
_OPENS_CLAUSE: Final[frozenset[Role]] = _OPENS | {"prep"}
_ENDS_OBJECT: Final[frozenset[Role]] = frozenset(
    {VERB, "light", "prep", "from", "reach", "up", "down", "adverb"}
)
# Measures and ways of reading whose indicator never stands right of the number.
_LEFT_ONLY: Final = frozenset({"change_rate", "change_amount", "rank"})
_LEFT_KINDS: Final = (
    MeasureKind.ARRIVED,
    MeasureKind.SHARE,
    MeasureKind.VERSUS,
    MeasureKind.EQUAL,
    MeasureKind.AGAINST_PLAN,
)


# Words before an aim that only say whose or of when it is.
_AIMED: Final[frozenset[Role]] = frozenset({"adv", "adverb", "time"})
# Kinds whose verb the things counted after them share: 改造18所校舍、9个操场.
_VERB_LED: Final = (NameKind.RIGHT, NameKind.VERB_RIGHT)


def named_right(scene: Scene, case: Case) -> Named | None:
    """The name right of the number, if the number may have one there."""
    if case.reading.measure in _LEFT_ONLY or case.reading.kind in _LEFT_KINDS:
        return None
    if not case.phrase and _is_aim(case.site.right):
        return None  # 失业率2.9%,低于4%的控制目标: the aim for what was told
    for find in _ORDER:
        named = find(scene, case)
        if named is not None:
            return named
    return None


def _is_aim(right: Run) -> bool:
    """Whether nothing but 的 and the name of a plan stands behind a number."""
    plans = lexicon.words("plan_nouns")
    if right and right[-1].text in lexicon.words("part_endings"):
        right = right[:-1]  # 控制在5.5%的目标以内
    return len(right) > 1 and right[0].role == "de" and all(t.text in plans for t in right[1:])


def _attribute_of(scene: Scene, case: Case) -> Named | None:
    """建筑面积28万方的街区: the attribute is measured, the thing is the subject."""
    right, phrase = case.site.right, case.phrase
    if built := _built(case):
        return built
    if not right or right[0].role != "de":
        return None
    bounds = {token.text for token in (*right[1:2], right[-1])}
    if phrase.nouns and bounds & lexicon.words("level_nouns"):
        return None  # 比70元的数目低
    thing = right[1:]
    aims = lexicon.words("plan_nouns")
    if thing and scene.near() and all(t.text in aims or t.role in _AIMED for t in thing):
        return None  # 略低于8%的预定目标: that of what was told before
    attribute = _measured_attribute(scene, case, thing)
    if attribute:
        return Named("", attribute, NameKind.ATTRIBUTE, thing_named(thing))
    name = phrases.spelled(object_of(thing) if phrase.verbs else thing)
    return Named(phrase.verb, name, NameKind.OF) if name else None


def _built(case: Case) -> Named | None:
    """投入320万元建成的星湖综合体: what was spent, and the thing that it built."""
    right = case.site.right
    spent = case.quantity.dimension == "money" and case.phrase.text in lexicon.words("spending")
    if not spent or len(right) < _BUILT or right[0].role not in {VERB, BOTH}:
        return None
    thing = thing_named(right[2:]) if right[1].role == "de" else None
    if not thing or len(thing) < _OWN_NAME or not definite.is_named(thing):
        return None
    return Named("", case.phrase.text, NameKind.ATTRIBUTE, thing)


_BUILT: Final = 4  # words of 建成|的 and a name
_DONE: Final = 10  # characters of what was done, before its effect
_OWN_NAME: Final = 5  # characters of a name that means one thing


def _measured_attribute(scene: Scene, case: Case, thing: Run) -> str | None:
    dimension, nouns = case.quantity.dimension, case.phrase.nouns
    if dimension == "ratio" or (dimension not in AMOUNTS and dimension != "power"):
        return None
    if nouns and nouns[-1].text in lexicon.words("attributes"):
        return nouns[-1].text
    name = thing_named(thing) if nouns and thing else None
    if name and "、" not in name and definite.is_named(name):
        whole = phrases.spelled(nouns)  # 装机2.5万千瓦的白岩滩电站, 日供水10万吨的岸堤水厂
        yields = whole.startswith(_EACH_TIME)
        if (is_attribute(nouns[-1]) or yields) and subjects.one_thing(_named_run(thing, name)):
            return whole
    near = scene.near()
    if near and not case.phrase and near.kind is NameKind.ATTRIBUTE:
        return near.thing if near.quantity.dimension == dimension else None
    if dimension == "area" and not nouns and subjects.bare_entity(thing):
        return area_noun()
    return None


_EACH_TIME: Final = ("日", "年")  # what a work yields in a day or a year


def _named_run(run: Run, name: str) -> Run:
    """The words of a run that make up the name that opens it."""
    size, text = 0, ""
    while size < len(run) and len(text) < len(name):
        text += run[size].text
        size += 1
    return run[:size]


def _rated(_: Scene, case: Case) -> Named | None:
    """助餐配送100%覆盖: a percentage between a noun and its verb."""
    right = case.site.right
    if not right or not case.phrase or case.quantity.dimension != "ratio":
        return None
    if any(token.role not in {VERB, BOTH} for token in right):
        return None
    if all(token.text in lexicon.words("budget_verbs") for token in right):
        return None  # 赤字率按3%安排
    return Named("", phrases.spelled(case.head) + phrases.spelled(right), NameKind.LEFT_RIGHT)


def _predicated(scene: Scene, case: Case) -> Named | None:
    """23个行业中,17个实现增长: some of what was counted before, told by what they do."""
    right = case.site.right
    if case.phrase or not case.counted or not _tells(right):
        return None
    whole = scene.same_unit(case.quantity.unit)
    if whole is None or whole not in scene.frames:
        return None
    if begun := _begun(case.site):
        return Named("", begun + phrases.spelled(right), NameKind.PREDICATE)
    verb = "".join(token.text for token in right if token.role in _DOES)
    verb = verb or "".join(token.text for token in right if _tells_how(right, token))
    root = Root(whole.root.verb, whole.root.thing)
    return Named(verb, whole.root.thing, NameKind.PREDICATE, whole.subject, root=root)


def _begun(site: Site) -> str:
    """养老保险启动以来,已有1.2万人参保: what a clause since the last figure begins to tell of."""
    since = site.middle[-1] if site.middle else ()
    if not since or since[-1].text != _SINCE:
        return ""
    size = next((k for k, t in enumerate(since) if t.role not in _NAMING), 0)
    return phrases.spelled(since[:size])


_SINCE: Final = "以来"
_NAMING: Final[frozenset[Role]] = frozenset({NOUN, QUOTED, BOTH})


def _tells_how(right: Run, token: Token) -> bool:
    """提前完成, 按期完成: how a work was done is what the verb that carries nothing says."""
    plain = sum(len(t.text) for t in right) <= _PLAIN
    plans = lexicon.affixes("plan_nouns")
    how = all(t.role in _HOW and not t.text.endswith(plans) for t in right)
    return how and not plain and token.role in _HOW


_HOW: Final[frozenset[Role]] = frozenset({"light", "adverb"})
_PLAIN: Final = 2  # characters of a verb that carries nothing (完成, 实现)
_DOES: Final[frozenset[Role]] = frozenset({VERB, BOTH, "up", "down"})
_ACTS: Final[frozenset[Role]] = _DOES | {"light"}
_THINGS: Final[frozenset[Role]] = frozenset({NOUN, QUOTED})


def _tells(right: Run) -> bool:
    """Whether a run is a predicate without any noun."""
    does = any(token.role in _ACTS for token in right)
    return does and not any(t.role in _THINGS and t.tag != "t" for t in right)


def _counted(scene: Scene, case: Case) -> Named | None:
    """The thing counted or measured stands right of the number."""
    right = _served(case) if case.site.served else case.site.right
    verbs = trailing_verbs(case.head) or _issuing(case)
    ends = case.head[-1].role if case.head else ""
    led = bool(verbs) or ends == "light"  # a verb leads up to the number
    if not _may_be_counted(case, right, led=led, ends=ends):
        return None
    if not case.quantity.counter and [t.role for t in right[:2]] == [NOUN, "de"]:
        right = right[:1]  # 13亿人口的国家: the noun stands in place of the counter
    if case.site.topical:
        right = object_of(right)
    shared = scene.paired.get(case.number, "")
    if led:
        lead = case.head[: len(case.head) - len(verbs)]
        noun = object_of(right) if ends != "light" else right
        thing = phrases.spelled(noun) + shared
        verb = phrases.spelled(verbs)
        if verb in flagged("effect") and phrases.nominal(lead) and not subjects.entity(lead):
            done = phrases.cut(lead).text  # 老旧小区改造|涉及9个小区
            verb = (done if len(done) <= _DONE else "") + verb
        return Named(verb, thing, NameKind.RIGHT, subjects.entity(lead))
    return _unled(scene, case, right, phrases.spelled(right) + shared)


def _may_be_counted(case: Case, right: Run, *, led: bool, ends: str) -> bool:
    phrase, dimension = case.phrase, case.quantity.dimension
    # 1324人凭贡献晋升职称: a number that opens its clause is what the clause is about
    first = not phrase and case.site.opening and any(token.role == NOUN for token in right)
    opens = _OPENS_CLAUSE if first else _OPENS
    if not right or right[0].role not in opens:
        return False
    # 供餐单位12家|全部纳入监管: what is counted stands before
    begun = right[0].text in lexicon.words("begun_words") and not _enumerated(case.site.left)
    nominal = any(t.role in _THINGS for t in right[1:]) if begun else phrases.nominal(right)
    verbal = right[0].role == VERB and not (led or not phrase or ends in {"prep", "etc"})
    if (verbal or not nominal) and (begun or not subjects.whole(phrase.nouns)):
        return False
    if phrase.nouns and not led and (case.reading.trail & {"reach", "to"} or dimension in AMOUNTS):
        return False
    return dimension != "money" or (right[0].role != VERB and (led or not phrase))


def _unled(scene: Scene, case: Case, right: Run, text: str) -> Named:
    """No verb leads up to the number: what stands left of it is a list, a place or a modifier."""
    phrase, site, near = case.phrase, case.site, scene.near()
    if not phrase:
        joined = near and near.clause == site.clause and not site.opening
        if near and joined and near.kind in _VERB_LED:
            return Named(near.verb, text, NameKind.RIGHT, near.subject)
        return Named("", text, NameKind.RIGHT)
    if _enumerated(site.left):
        return Named(
            phrase.verb, phrases.spelled(object_of(right)) if phrase.verb else text, NameKind.RIGHT
        )
    if phrase.verbs:
        return Named(
            phrase.verb, phrase.thing + phrases.spelled(object_of(right)), NameKind.VERB_RIGHT
        )
    if subjects.whole(phrase.nouns):
        return Named("", text, NameKind.RIGHT, subjects.named(phrase.nouns))
    return Named("", phrase.thing + text, NameKind.BOTH)


def _served(case: Case) -> Run:
    """为20000名儿童提供甲、乙等服务: those served and what they get, without the list of it."""
    right = case.site.right
    verbs = (k for k, token in enumerate(right) if k and token.role in {VERB, "light"})
    cut = next(verbs, len(right))
    gets = phrases.without_list(right[cut:])
    after = {row[0] for row in lexicon.entries("served_prepositions") if "after" in row}
    return (*gets, *right[:cut]) if case.site.left[-1].text in after else (*right[:cut], *gets)


def _enumerated(left: Run) -> bool:
    """Whether the words left of the number list what it counts: 甲、乙2个社区; 甲等5家企业.

    Or begin a list that it goes on: 首个中心和3所医院.
    """
    return bool(left) and (left[-1].role in {"etc", "conj"} or any(t.role == PAUSE for t in left))


def _works() -> frozenset[str]:
    return lexicon.words("works")


def thing_named(run: Run) -> str | None:
    """The named thing that opens a run: up to its last generic noun before a predicate.

    沅江大桥|改造|工程: a word that is verb and noun belongs to it where a generic noun follows.
    """
    kept = run
    while kept and kept[-1].role in {PAUSE, "conj", "etc"}:
        kept = kept[:-1]
    size = 0
    for k, token in enumerate(kept):
        if k and token.role in _ENDS_THING and not subjects.links_places(kept, k):
            break
        if subjects.ends_name(kept[: k + 1]):
            size = k + 1
        elif size and k > size and kept[size].role in {BOTH, VERB}:
            break
    else:
        k = len(kept)
    while size and size < len(kept) and kept[size].role == NOUN:
        size += 1  # 小镇|客厅
    first = next((i for i, token in enumerate(kept) if i and token.role == VERB), k)
    return subjects.named(kept[: size or min(k, first)])


# What is said of a thing begins with one of these.
_ENDS_THING: Final[frozenset[Role]] = frozenset(
    {"light", "reach", "up", "down", "prep", "to", "rank"}
)


def _issuing(case: Case) -> Run:
    """财政|增发|1000亿元国债: a word that is verb and noun, with its object behind the money."""
    head, right = case.head, case.site.right
    both = len(head) > 1 and head[-1].role == BOTH and head[-2].role == NOUN
    object_behind = bool(right) and right[0].role == NOUN and case.quantity.dimension == "money"
    return head[-1:] if both and object_behind else ()


def object_of(run: Run) -> Run:
    """The noun phrase that opens a run: up to the predicate after it."""
    for k, token in enumerate(run):
        qualified = k + 1 < len(run) and run[k + 1].role == "de"
        if token.role == VERB and k + 2 == len(run) and run[k + 1].text in _works():
            break  # 垃圾处理|设施: the last noun names what serves the act
        if k and token.role in _ENDS_OBJECT and not qualified:
            # 已|建成的公园: nothing is named yet
            described = not phrases.nominal(run[:k]) and any(t.role == "de" for t in run[k:])
            if not described:
                return run[:k]
    return run


def trailing_verbs(run: Run) -> Run:
    """The verbs at the end of a run, which lead up to the number: 改造和新建|1.88万所."""
    k = len(run)
    while k > 0 and run[k - 1].role in {VERB, BOTH, "conj", "adverb"}:
        k -= 1
    verbs = run[k:]
    while verbs and verbs[0].role in {"conj", "adverb"}:
        verbs = verbs[1:]
    # 核酸检测: a word that is verb and noun, after a noun, leads up to nothing
    if verbs and k > 0 and run[k - 1].role in NOMINAL and all(t.role == BOTH for t in verbs):
        return ()
    return verbs


RULES: Final[tuple[Rule[NameRule], ...]] = (
    Rule(
        kind=NameKind.ATTRIBUTE,
        says="An attribute and its number before 的 and a thing tell that attribute of the thing.",
        example=("建筑面积5万平方米的星湖大厦建成", "建筑面积"),
        counter=("共42户的居民", "居民"),
        find=_attribute_of,
    ),
    Rule(
        kind=NameKind.OF,
        says="A number before 的 is named after the thing behind it.",
        example=("共42户的居民", "居民"),
        counter=("建筑面积5万平方米的星湖大厦建成", "建筑面积"),
        find=_attribute_of,
    ),
    Rule(
        kind=NameKind.LEFT_RIGHT,
        says="A percentage between a noun and its verb is named after both.",
        example=("助老送餐100%覆盖", "助老送餐覆盖"),
        counter=("42%企业参保", "企业参保"),
        find=_rated,
    ),
    Rule(
        kind=NameKind.PREDICATE,
        says="A count with nothing but a predicate behind it is of what was counted before.",
        example=("走访老人23人,17人参保", "参保老人"),
        counter=("走访老人23人,慰问17人", "慰问老人"),
        find=_predicated,
    ),
    Rule(
        kind=NameKind.RIGHT,
        says="What is counted stands right of the number.",
        example=("走访36户居民", "走访居民"),
        counter=("走访居民36户", "走访居民"),
        find=_counted,
    ),
    Rule(
        kind=NameKind.VERB_RIGHT,
        says="A verb with its object before the number goes with the thing counted behind it.",
        example=("服务困难家庭36户居民", "服务困难家庭居民"),
        counter=("服务36户居民", "服务居民"),
        find=_counted,
    ),
    Rule(
        kind=NameKind.BOTH,
        says="A noun before the number and the thing counted behind it make one name.",
        example=("困难家庭36户居民受助", "困难家庭居民受助"),
        counter=("星湖大厦36个项目开工", "项目开工"),
        find=_counted,
    ),
)
_ORDER: Final = order(*RULES)
