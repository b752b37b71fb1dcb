"""Binds each quantity of a sentence to what it measures: indicator, measure, subject, scope.

Works left to right over the sites of a sentence, keeping a frame for each bound number. A clause
that names no head takes it from the frames before, by a rule with a name. Here are the order of the
rules and the rows of numbers; the rules themselves are in `right_of_number`, `left_of_number` and
`inherited`. Periods and status are not decided here, and offsets stay in the clean text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import area as area_words
from pipelines.text.binding import measures, proportions, rows, subjects
from pipelines.text.binding.anaphora import resolved
from pipelines.text.binding.context import told_before
from pipelines.text.binding.frame import (
    AMOUNTS,
    Case,
    Frame,
    Named,
    Root,
    Scene,
    like,
)
from pipelines.text.binding.inherited import inherited
from pipelines.text.binding.kinds import MeasureKind, NameKind
from pipelines.text.binding.left_of_number import named_left
from pipelines.text.binding.measured import Measured, is_plan
from pipelines.text.binding.nouns import (
    bare_attributes,
    known,
    shared_tail,
    without_attribute,
)
from pipelines.text.binding.right_of_number import named_right, trailing_verbs
from pipelines.text.binding.titles import titled
from pipelines.text.binding.topics import Topic, topics
from pipelines.text.binding.whose import whose
from pipelines.text.grammar import phrases, sites
from pipelines.text.grammar.phrases import Phrase
from pipelines.text.grammar.roles import BOTH, VERB
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import Token
from pipelines.text.model import Measure, Quantity, tuple_of
from pipelines.text.rule import Rule, order

__all__ = ["Frame", "bind"]


def bind(
    tokens: Sequence[Token],
    quantities: Sequence[Quantity],
    before: Sequence[Frame] = (),
    level: str | None = None,
    plans: Collection[int] = (),
    title: str = "",
    spoken: Sequence[str] | None = None,
) -> tuple[Frame, ...]:
    """Frames of the quantities of one sentence, in order.

    Args:
        tokens: the sentence's tokens.
        quantities: its quantities that may become observations, in order.
        before: the frames of the paragraph's sentence before, if any.
        level: administrative level of the reporting region (country … township), if known.
        plans: where amounts of plans begin, as `plan_amounts` finds them.
        title: what the paragraph is about, where its first sentence only names that.
        spoken: names of things in the sentences before, where this one may point back to them.
    """
    tokens, meant = (tokens, {}) if spoken is None else resolved(tokens, spoken)
    found = sites.sites(tokens)
    readings = [measures.read(site, quantities[site.index]) for site in found]
    for number, (site, part) in enumerate(pairwise(found)):
        if quantities[site.index].start in plans and quantities[part.index].dimension == "ratio":
            readings[number : number + 2] = measures.against_plan(site)
    scene = Scene(
        sites=found,
        quantities=quantities,
        readings=readings,
        told=before,
        title=title,
        level=level,
        topics=topics(tokens, meant, titled(title)),
        paired=rows.shared_predicates(found),
        frames=[],
    )
    sizes = rows.groups(found, quantities)
    number = 0
    while number < len(found):
        size = sizes.get(number, 1)
        if size > 1:
            _bind_row(scene, number, size)
        else:
            _append(scene, number, _name(scene, number))
        number += size
    proportions.name_parts(scene.frames, found)
    return tuple(scene.frames)


def _append(scene: Scene, number: int, named: Named) -> None:
    site, reading = scene.sites[number], scene.readings[number]
    scope = "".join(token.text for token in reading.scope) or None
    if scope is None and site.among:
        scope = _population(site.among)
    reading, scope = told_before(scene, number, named, scope)
    scene.frames.append(
        Frame(
            quantity=scene.quantities[site.index],
            measure=reading.measure,
            sign=reading.sign,
            basis=reading.basis,
            indicator=named.indicator,
            verb=named.verb,
            thing=named.thing,
            tail=named.tail,
            root=named.root or tuple_of(Root, (named.verb, named.thing)),
            subject=named.subject,
            subject_from=named.subject_from,
            scope=scope,
            clause=site.clause,
            segment=site.segment,
            bracket=site.bracket or site.aside,
            part=site.part,
            read_by=reading.kind,
            kind=named.kind,
        )
    )
    if named.kind is NameKind.ATTRIBUTE and named.subject:
        for frame in reversed(scene.frames[:-1]):
            # 总投资2亿元、建筑面积5万平方米的商贸城: the first attribute, too
            own = frame.thing in lexicon.words("thing_attributes")
            if frame.clause != site.clause or frame.subject or not own:
                break
            frame.subject, frame.subject_from = named.subject, "rule"
        # A thing that its attribute introduced is what the clauses after it are about.
        before = scene.topics.get(site.clause)
        for later in scene.sites[number + 1 :]:
            if later.segment == site.segment and scene.topics.get(later.clause) in (None, before):
                scene.topics[later.clause] = Topic(named.subject, firm=True, acted=True)


def _population(among: Run) -> str:
    """全市74个街道: the region whose parts are compared, or the parts where none is named."""
    areas = lexicon.words("areas")
    area = next((token.text for token in among if token.text in areas), None)
    return area or phrases.spelled(among)


def _name(scene: Scene, number: int, head: Run | None = None) -> Named:
    """The indicator of one number: right of it, left of it, or from before.

    Args:
        scene: the sentence.
        number: the site.
        head: words to read in place of those left of the number (an item of a list).
    """
    reading, site = scene.readings[number], scene.sites[number]
    quantity = scene.quantities[site.index]
    counted = quantity.dimension not in AMOUNTS and reading.measure == "level"
    whole = phrases.unframed(reading.head if head is None else head, quantity.dimension)
    area, rest = area_words.split(whole, scene.level, counted=counted)
    if phrases.circumstance(rest):
        rest = rest[1:] if reading.measure == "rank" else ()  # 在营商环境评价中排名第3
    if rest and site.right and site.right[-1].text in lexicon.words("step_nouns"):
        # 生产总值跨上3个千亿元台阶: what passes them is measured
        rest = phrases.unverbed(rest)
        site = replace(site, right=())
    if site.served:
        rest = ()  # words before the preposition belong to another predicate
    phrase = _planned(phrases.cut(rest, listed="each" in reading.trail), reading)
    body, phrase = _embodied(phrase)
    case = Case(number, site, quantity, reading, rest, phrase)
    named = named_right(scene, case) or (named_left(scene, case) if phrase else None)
    if named is None:
        named = inherited(scene, case)
    thing = named.thing
    if reading.extra and not _says(thing, reading.extra):
        thing += reading.extra
    subject, source = whose(scene, case, named, thing, area or body, bool(area))
    if source == "topic" and subject:
        if len(thing) > len(subject) + 1:
            thing = thing.removeprefix(subject)  # 中央财政|用于教育的投入
        if topic := scene.topics.get(site.clause):
            topic.acted = topic.acted or topic.firm  # 新院区开诊,新增床位500张,日门诊量…
    tail = named.tail or (shared_tail(phrase) if thing == phrase.thing else "")
    return Named(named.verb, thing, named.kind, subject, tail, source, named.root)


def _says(thing: str, noun: str) -> bool:
    """Whether a name has the noun of a verb of change, be it in short: 粮食总产|增产3万吨."""
    short = (tail for tail in lexicon.words("tails") if thing.endswith(tail))
    return thing.endswith(noun) or any(tail.endswith(noun[0]) for tail in short)


def _planned(phrase: Phrase, reading: Measured) -> Phrase:
    """投资完成年计划27%: the work is named before the plan; the plan is not what is measured."""
    named = phrase.text in lexicon.words("plan_nouns") or is_plan((*phrase.verbs, *phrase.nouns))
    if reading.measure != "completion" or not named:
        return phrase
    return phrases.cut(tuple(t for t in phrase.lead if t.role != "light"), listed=True)


def _embodied(phrase: Phrase) -> tuple[str | None, Phrase]:
    """红旗社区|投入60万元: a body before nothing but a verb is who did it."""
    if phrase.verbs or not phrase.nouns or phrase.nouns[-1].role in phrases.NOMINAL:
        return None, phrase
    body, size = subjects.prefix(phrase.nouns)
    rest = phrases.trimmed(phrase.nouns[size:]) if body else ()
    if not body or any(token.role != VERB for token in rest):
        return None, phrase
    return body, phrases.phrase((), rest, ())


@dataclass(slots=True)
class _Row:
    """Numbers that stand in one row, and what is known of the row as a whole."""

    scene: Scene
    first: int  # number of the first site
    phrase: Phrase
    bodies: Sequence[Run]  # who did it, one to one
    heads: Sequence[Run]  # what is measured, one to one
    previous: Sequence[Frame]  # as many frames before the row
    model: Frame | None  # the frame before the row

    @property
    def measure(self) -> Measure:
        return self.scene.readings[self.first].measure


_RowRule = Callable[[_Row, int], Named | None]


def _bind_row(scene: Scene, first: int, size: int) -> None:
    """Numbers that stand in one row: 分别为A、B or 增长4.2%、5.3%."""
    reading = scene.readings[first]
    for k, scope in enumerate(rows.parts_of(reading.scope, size)):
        if k and scene.sites[first + k].left:
            continue  # 分别增长12%和下降8%: a change of its own
        scene.readings[first + k] = replace(reading, scope=scope)
    dimension = scene.quantities[scene.sites[first].index].dimension
    counted = dimension not in AMOUNTS
    whole = phrases.unframed(reading.head, dimension)
    area, rest = area_words.split(whole, scene.level, counted=counted)
    phrase = _planned(phrases.cut(rest, listed=True), reading)
    heads = rows.heads((*phrase.verbs, *phrase.nouns), size)
    heads = heads or rows.heads(phrases.reduced(rest), size) or rows.heads(rest, size)
    middle = scene.sites[first].middle
    if not heads and not phrase and middle:
        # 甲和乙,去年分别达到3和5: the heads are a clause of their own
        heads = rows.heads(area_words.split(middle[-1], scene.level)[1], size)
    if phrase.nouns and all(map(rows.only_counts, phrase.nouns)):
        phrase = phrases.phrase((), (), ())  # 一、二、三季度: the times of the row; 两项指标
        heads = []
    verbs = trailing_verbs(rest)
    names, used = subjects.listed(rest)
    if len(names) == size and phrases.nominal(rest[used:]) and not known(rest[:used]):
        # 安乡县、汉寿县|建成高标准农田分别达8万亩、6万亩
        phrase, heads = _planned(phrases.cut(rest[used:], listed=True), reading), []
        bodies: Sequence[Run] = names
    elif verbs and (acting := _bodies(rest[: len(rest) - len(verbs)], size)):
        phrase, heads = phrases.phrase((), verbs, ()), []
        bodies = acting
    else:
        bodies = [] if heads else _bodies(phrase.lead, size)
    previous = rows.before(scene.frames, size)
    row = _Row(scene, first, phrase, bodies, heads, previous, scene.last())
    for k in range(size):
        named = _named_in_row(row, k)
        if area and not named.subject:
            named = replace(named, subject=area, subject_from="area")
        _append(scene, first + k, named)


def _named_in_row(row: _Row, k: int) -> Named:
    for find in _ROW_ORDER:
        if (named := find(row, k)) is not None:
            return named
    return _as_one(row, k)


def _of_bodies(row: _Row, k: int) -> Named | None:
    """东山陈、裴家里分别完成85%和18%: whose figure each is; what they measure is said once."""
    if row.bodies:
        name = subjects.named(row.bodies[k])
        return Named(row.phrase.verb, row.phrase.thing, NameKind.ROW_OF_BODIES, name)
    quantity = row.scene.quantities[row.scene.sites[row.first].index]
    # 总领馆、友城分别增至69家和214对: what is counted are rather things than bodies
    enough = any if quantity.dimension in AMOUNTS else all
    if row.measure.startswith("change") and not all(map(subjects.whole, row.heads)):
        return None  # 刑事、治安警情分别下降
    named = enough(map(subjects.bare_entity, row.heads)) or _after_another(row)
    named = named and not any(map(rows.says_what, row.heads))
    if not row.heads or not named or row.model is None:
        return None
    if enough is all and row.model.quantity.unit != quantity.unit:
        return None
    name = phrases.spelled(row.heads[k])
    return Named(row.model.verb, row.model.thing, NameKind.ROW_OF_BODIES, name)


def _after_another(row: _Row) -> bool:
    """临港园区产值236亿元;|高新园区、综保区分别完成…: bodies after the figure of another."""
    told = row.model is not None and row.model.subject is not None
    return told and bool(row.heads) and all(map(subjects.is_thing, row.heads))


def _of_heads(row: _Row, k: int) -> Named | None:
    """税收收入、出口总额分别完成5亿元和3亿元: each number has its own name."""
    if not row.heads:
        return None
    named = _name(row.scene, row.first + k, row.heads[k])
    first, shared = row.heads[0][0], phrases.spelled(row.heads[0][1:])
    noun = first.role == BOTH and phrases.spelled(row.heads[-1]).endswith(shared)
    if k and noun and named.kind is NameKind.VERB_BEFORE and named.verb == first.text:
        named = replace(named, verb="")  # 养老、医疗参保人数: all of the first name, no verb
    return replace(named, kind=NameKind.ROW_OF_HEADS)


def _of_attributes(row: _Row, k: int) -> Named | None:
    """甲楼、乙楼…,面积分别为3和5: one attribute of each thing of the row before."""
    if not row.previous or row.phrase.text not in bare_attributes():
        return None
    whose = row.previous[k]
    thing = without_attribute(whose.thing) + row.phrase.text
    return Named(whose.verb, thing, NameKind.ROW_OF_ATTRIBUTES, whose.subject)


def _as_before(row: _Row, k: int) -> Named | None:
    """…分别完成5亿元和3亿元,分别增长5%和6%: the names of the row before, one to one."""
    reading = row.scene.readings[row.first]
    dealt = {NameKind.ROW_OF_HEADS, NameKind.ROW_OF_BODIES, NameKind.ROW_BEFORE}
    if row.phrase.nouns or not row.previous:
        return None
    apart = not any(token.role == "each" for token in row.scene.sites[row.first].left)
    if apart and row.phrase.verbs and row.measure == "level":
        return None  # 涉及16栋320户
    if row.measure == "rank" and not all(frame.kind in dealt for frame in row.previous):
        return None
    if reading.kind is MeasureKind.VERSUS:
        return None  # 分别高于全国、全省: of the one figure before
    return like(row.previous[k], NameKind.ROW_BEFORE)


def _as_one(row: _Row, _: int) -> Named:
    """新增站点3处、5处和8处: all are of what the first is of."""
    return replace(_name(row.scene, row.first), kind=NameKind.ROW_OF_ONE)


def _bodies(lead: Run, size: int) -> list[Run]:
    """东山陈、裴家里两个项目分别完成85%和18%: the bodies before the verb, one to one."""
    bodies = rows.heads(lead, size)
    named = all(subjects.is_thing(body) or subjects.bare_entity(body) for body in bodies)
    return bodies if named else []


RULES: Final[tuple[Rule[_RowRule], ...]] = (
    Rule(
        kind=NameKind.ROW_OF_BODIES,
        says="Bodies in a row before their numbers are whose figures these are, one to one.",
        example=("梧桐社区和柳岸社区分别投入300万元和200万元", "投入"),
        counter=("税收收入、出口总额分别完成5亿元和3亿元", "出口总额"),
        find=_of_bodies,
    ),
    Rule(
        kind=NameKind.ROW_OF_HEADS,
        says="Names in a row before their numbers belong to these one to one.",
        example=("税收收入、出口总额分别完成5亿元和3亿元", "出口总额"),
        counter=("新增站点3处、5处和8处", "新增站点"),
        find=_of_heads,
    ),
    Rule(
        kind=NameKind.ROW_OF_ATTRIBUTES,
        says="An attribute before a row of numbers is that of each thing of the row before.",
        example=("厂房、校舍分别新建5栋和3栋,面积分别为2万平方米和1万平方米", "校舍新建面积"),
        counter=("厂房、校舍分别新建5栋和3栋,分别增长5%和6%", "校舍新建"),
        find=_of_attributes,
    ),
    Rule(
        kind=NameKind.ROW_BEFORE,
        says="A row without names has those of the row before, one to one.",
        example=("税收收入、出口总额分别完成5亿元和3亿元,分别增长5%和6%", "出口总额"),
        counter=("税收收入、出口总额分别增长5%和6%", "出口总额"),
        find=_as_before,
    ),
    Rule(
        kind=NameKind.ROW_OF_ONE,
        says="Numbers in a row with one name are all of that.",
        example=("新增站点3处、5处和8处", "新增站点"),
        counter=("新增站点3处,走访居民5户", "走访居民"),
        find=_as_one,
    ),
)
_ROW_ORDER: Final = order(*RULES[:-1])
