"""Binds each quantity of a sentence to what it measures: indicator, measure, subject, scope.

Works left to right over the sites of `clauses`, keeping a frame for each bound number. A clause
that names no head takes it from the frames before, by a rule with a name. Periods and status are
not decided here, and offsets stay in the clean text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text import clauses, coordination, measures, phrases, subjects
from pipelines.text.clauses import Run, Site
from pipelines.text.measures import Reading
from pipelines.text.model import Measure, Quantity
from pipelines.text.phrases import NOMINAL, Phrase
from pipelines.text.tokens import BOTH, INDICATOR, NOUN, PAUSE, VERB, Token

# Dimensions whose numbers count things, so that the thing may stand right of the number.
_AMOUNTS: Final = frozenset(
    {"money", "area", "length", "mass", "volume", "energy", "ratio", "point", "price"}
)
# Words before a verbal noun that make one phrase with it, at most so many characters.
_SHORT: Final = 10
_ENDS_OBJECT: Final = frozenset({VERB, "light", "prep", "from", "reach", "up", "down", "adverb"})
# A thing of at most so many characters is said again before its rate (信访件|办结率).
_RATED: Final = 6
# Less than this is no indicator on its own.
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """A bound number and what a later clause may take from it."""

    quantity: Quantity
    measure: Measure
    sign: int
    basis: str | None
    indicator: str
    verb: str  # what was done, as it opens the indicator
    thing: str  # the indicator without that verb
    subject: str | None
    scope: str | None
    clause: int
    segment: int
    bracket: bool
    rule: str

    @property
    def value(self) -> Decimal:
        """The value with the sign of its change; zero for a numeral that was not understood."""
        return (self.quantity.value or Decimal(0)) * self.sign

    @property
    def upper(self) -> Decimal | None:
        """The upper bound of a range, with the sign of its change."""
        return None if self.quantity.upper is None else self.quantity.upper * self.sign


@dataclass(frozen=True, slots=True)
class _Named:
    """What a rule found: the indicator in parts, and whom it is about."""

    verb: str
    thing: str
    rule: str
    subject: str | None = None
    scope: str | None = None

    @property
    def indicator(self) -> str:
        return self.verb + self.thing


@dataclass(slots=True)
class _Scene:
    """One sentence while it is being bound."""

    sites: Sequence[Site]
    quantities: Sequence[Quantity]
    readings: list[Reading]
    frames: list[Frame]
    before: Frame | None
    level: str | None
    topics: dict[int, str | None]
    paired: dict[int, str]  # predicates that a row of things shares, by site number

    def last(self) -> Frame | None:
        return self.frames[-1] if self.frames else self.before

    def near(self) -> Frame | None:
        """The last frame of this sentence; what a bracket says is an aside."""
        for frame in reversed(self.frames):
            if not frame.bracket:
                return frame
        return self.frames[-1] if self.frames else None


@cache
def _words(name: str) -> frozenset[str]:
    return lexicon.words(name)


@cache
def _bare_attributes() -> frozenset[str]:
    return frozenset(fields[0] for fields in lexicon.entries("attributes") if fields[1] == "bare")


def bind(
    tokens: Sequence[Token],
    quantities: Sequence[Quantity],
    before: Frame | None = None,
    level: str | None = None,
) -> tuple[Frame, ...]:
    """Frames of the quantities of one sentence, in order.

    Args:
        tokens: the sentence's tokens.
        quantities: its quantities that may become observations, in order.
        before: the last frame of the paragraph's sentences before, if any.
        level: administrative level of the reporting region (country … township), if known.
    """
    sites = clauses.sites(tokens)
    readings = [measures.read(site, quantities[site.index]) for site in sites]
    topics = subjects.topics(tokens, level)
    paired = coordination.shared_predicates(sites)
    scene = _Scene(sites, quantities, readings, [], before, level, topics, paired)
    groups = coordination.groups(sites, quantities)
    number = 0
    while number < len(sites):
        size = groups.get(number, 1)
        if size > 1:
            _bind_row(scene, number, size)
        else:
            _append(scene, number, _name(scene, number))
        number += size
    return tuple(scene.frames)


def _append(scene: _Scene, number: int, named: _Named) -> None:
    site, reading = scene.sites[number], scene.readings[number]
    scope = named.scope or "".join(token.text for token in reading.scope) or None
    near = scene.near()
    if scope is None and near and near.measure == reading.measure and "to" in reading.trail:
        scope = near.scope  # 从全国第13位升至第9位
    scene.frames.append(
        Frame(
            quantity=scene.quantities[site.index],
            measure=reading.measure,
            sign=reading.sign,
            basis=reading.basis,
            indicator=named.indicator,
            verb=named.verb,
            thing=named.thing,
            subject=named.subject,
            scope=scope,
            clause=site.clause,
            segment=site.segment,
            bracket=site.bracket,
            rule=f"{reading.rule}:{named.rule}",
        )
    )
    if named.rule == "attribute" and named.subject:
        # A thing that its attribute introduced is what the clauses after it are about.
        for later in scene.sites[number + 1 :]:
            if later.segment == site.segment and not scene.topics.get(later.clause):
                scene.topics[later.clause] = named.subject


def _bind_row(scene: _Scene, first: int, size: int) -> None:
    """Numbers that stand in one row: 分别为A、B or 增长4.2%、5.3%."""
    reading = scene.readings[first]
    for k in range(first + 1, first + size):
        scene.readings[k] = reading
    area, rest = subjects.split(reading.head, scene.level)
    phrase = phrases.cut(rest, listed=True)
    heads = coordination.heads((*phrase.verbs, *phrase.nouns), size) or coordination.heads(
        phrases.reduced(rest), size
    )
    previous = scene.frames[-size:] if len(scene.frames) >= size else []
    model = scene.last()
    bodies = coordination.heads(phrase.lead, size) if not heads else []
    if bodies and all(subjects.whole(body) or subjects.bare_entity(body) for body in bodies):
        for k, body in enumerate(bodies):
            _append(
                scene,
                first + k,
                _Named(phrase.verb, phrase.thing, "row:bodies", subjects.named(body)),
            )
        return
    for k in range(size):
        if (
            heads
            and model
            and not _known(heads[k])
            and subjects.bare_entity(heads[k])
            and not _attributed(heads[k])
        ):
            named = _Named(model.verb, model.thing, "row:entity", phrases.spelled(heads[k]))
        elif heads:
            named = replace(_name(scene, first + k, heads[k]), rule="row:head")
        elif not phrase.nouns and previous:
            named = _like(previous[k], "row:before")
        else:
            named = replace(_name(scene, first), rule="row:one")
        _append(scene, first + k, replace(named, subject=named.subject or area))


def _attributed(head: Run) -> bool:
    return bool(head) and head[-1].text.endswith(tuple(_words("attributes") | _words("tails") | _words("attribute_endings")))


def _known(head: Run) -> bool:
    return any(token.tag == INDICATOR for token in head)


def _like(frame: Frame, rule: str) -> _Named:
    return _Named(frame.verb, frame.thing, rule, frame.subject)


def _name(scene: _Scene, number: int, head: Run | None = None) -> _Named:
    """The indicator of one number: the first rule that fits, most specific first."""
    reading = scene.readings[number]
    site = scene.sites[number]
    quantity = scene.quantities[site.index]
    area, rest = subjects.split(reading.head if head is None else head, scene.level)
    if phrases.circumstance(rest):
        rest = ()
    phrase = phrases.cut(rest, listed="each" in reading.trail)
    if reading.measure == "completion" and phrase.thing in _words("plan_nouns") and phrase.lead:
        phrase = phrases.cut(tuple(t for t in phrase.lead if t.role != "light"))
    named = (
        (
            _attribute_of(scene, site, quantity, phrase)
            or _right(scene, number, quantity, reading, phrase, rest)
        )
        if _may_stand_right(reading)
        else None
    )
    if named is None and phrase:
        named = _completed(scene, site, quantity, phrase, reading)
    if named is None:
        named = _inherited(scene, site, quantity, reading)
    if reading.extra and not named.thing.endswith(reading.extra):
        named = replace(named, thing=named.thing + reading.extra)
    subject = named.subject or area or subjects.entity((*reading.doer, *phrase.lead), scene.level)
    if subject is None and _carries_topic(site, phrase, named):
        subject = scene.topics.get(site.clause)
    return replace(named, subject=subject)


def _may_stand_right(reading: Reading) -> bool:
    return reading.measure not in {"change_rate", "change_amount", "rank"} and reading.rule not in {
        "to",
        "share",
        "versus",
    }


def _carries_topic(site: Site, phrase: Phrase, named: _Named) -> bool:
    """Whether the body that opened the sentence did this: a verb leads the clause, or a rate stands
    alone; a noun phrase of its own takes over.
    """
    if not phrase:
        return False
    if phrase.verbs or named.thing.endswith("率"):
        return True
    return bool(site.left) and site.left[0].role in {"light", "adverb", VERB}


def _attribute_of(scene: _Scene, site: Site, quantity: Quantity, phrase: Phrase) -> _Named | None:
    """建筑面积28万方的街区: the attribute is measured, the thing is the subject."""
    if not site.right or site.right[0].role != "de":
        return None
    if phrase.nouns and site.right[-1].text in _words("level_nouns"):
        return None
    thing = site.right[1:]
    near = scene.near()
    if quantity.dimension in _AMOUNTS and quantity.dimension != "ratio":
        last = phrase.nouns[-1].text if phrase.nouns else ""
        if last in _words("attributes"):
            return _Named("", last, "attribute", subjects.thing_named(thing))
        alike = (
            near
            and near.rule.endswith("attribute")
            and near.quantity.dimension == quantity.dimension
        )
        if not phrase and near and alike:
            return _Named("", near.thing, "attribute", subjects.thing_named(thing))
        if quantity.dimension == "area" and not phrase.nouns and subjects.bare_entity(thing):
            return _Named("", _area_noun(), "attribute", subjects.thing_named(thing))
    name = phrases.spelled(_object(thing) if phrase.verbs else thing)
    return _Named(phrase.verb, name, "of") if name else None


def _area_noun() -> str:
    return lexicon.entries("attributes")[0][0]


def _object(run: Run) -> Run:
    """The noun phrase that opens a run: up to the predicate after it."""
    for k, token in enumerate(run):
        qualified = k + 1 < len(run) and run[k + 1].role == "de"
        if k and token.role in _ENDS_OBJECT and not qualified:
            return run[:k]
    return run


def _right(
    scene: _Scene, number: int, quantity: Quantity, reading: Reading, phrase: Phrase, head: Run
) -> _Named | None:
    """新增6台AED, 88个城市启动试点: the thing counted stands right of the number."""
    site = scene.sites[number]
    right = _served(site.right) if site.served else site.right
    if (
        right
        and phrase
        and quantity.dimension == "ratio"
        and all(t.role in {VERB, BOTH} for t in right)
    ):
        return _Named("", phrases.spelled(head) + phrases.spelled(right), "left+right")
    if (
        not right
        or right[0].role not in NOMINAL | {VERB, "filler", "light", "adv", "adverb"}
        or not phrases.nominal(right)
    ):
        return None
    ends = head[-1].role if head else ""
    verbs = _trailing_verbs(head)
    led = bool(verbs) or ends == "light"  # a verb leads up to the number
    if phrase.nouns and not led and reading.trail & {"reach", "to"}:
        return None
    if right[0].role == VERB and not (led or not phrase or ends in {"prep", "etc"}):
        return None
    if phrase.nouns and not led and quantity.dimension in _AMOUNTS:
        return None
    if quantity.dimension == "money" and (right[0].role == VERB or (phrase and not led)):
        return None
    if not quantity.counter and right[1:2] and right[1].role == "de" and right[0].role == NOUN:
        right = right[:1]
    if site.topical:
        right = _object(right)
    text = phrases.spelled(right) + scene.paired.get(number, "")
    if led:
        lead = head[: len(head) - len(verbs)] if verbs else head
        noun = _object(right) if verbs and ends != "light" else right
        subject = subjects.entity(lead, scene.level)
        return _Named(
            phrases.spelled(verbs),
            phrases.spelled(noun) + scene.paired.get(number, ""),
            "right",
            subject,
        )
    near = scene.near()
    if not phrase:
        if near and near.clause == site.clause and not site.opening and near.rule.endswith("right"):
            return _Named(near.verb, text, "right", near.subject)
        return _Named("", text, "right")
    if _enumerated(site.left):
        verb = phrase.verb
        return _Named(verb, phrases.spelled(_object(right)) if verb else text, "right")
    if phrase.verbs:
        return _Named(phrase.verb, phrase.thing + phrases.spelled(_object(right)), "verb+right")
    if subjects.whole(phrase.nouns):
        return _Named("", text, "right", subjects.named(phrase.nouns))
    return _Named("", phrase.thing + text, "both")


def _served(right: Run) -> Run:
    """为20000名儿童提供甲、乙等服务: those served and what they get, without the list of it."""
    cut = next((k for k, token in enumerate(right) if k and token.role in {VERB, "light"}), len(right))
    return (*right[:cut], *phrases.without_list(right[cut:]))


def _trailing_verbs(run: Run) -> Run:
    k = len(run)
    while k > 0 and run[k - 1].role in {VERB, BOTH, "conj", "adverb"}:
        k -= 1
    verbs = run[k:]
    while verbs and verbs[0].role in {"conj", "adverb"}:
        verbs = verbs[1:]
    # 核酸检测, 服务: a lone word that is verb and noun leads up to nothing unless a verb is with it
    if (
        verbs
        and all(token.role == BOTH for token in verbs)
        and k > 0
        and run[k - 1].role in NOMINAL
    ):
        return ()
    return verbs


def _enumerated(left: Run) -> bool:
    """Whether the words left of the number list what it counts: 甲、乙2个社区; 甲等5家企业."""
    return bool(left) and (left[-1].role == "etc" or any(t.role == PAUSE for t in left))


def _completed(
    scene: _Scene, site: Site, quantity: Quantity, phrase: Phrase, reading: Reading
) -> _Named:
    """A phrase left of the number, filled up from the frames where it is elliptic."""
    near = scene.near()
    verb, thing = phrase.verb, phrase.thing
    if not phrase.nouns and not any(token.role == "light" for token in phrase.lead):
        return _bare_verb(scene, site, quantity, phrase)
    if verb in _effects() and near:
        cause = _cause(scene, near)
        return _Named("", cause.thing + verb + thing, "effect")
    if not verb and thing in _bare_attributes():
        return _attribute(scene, site, phrase, near)
    if (
        quantity.dimension == "money"
        and verb in _words("spending")
        and thing in _words("spending_objects")
    ):
        return _spent(site, verb + thing, near)
    if _known(phrase.nouns) and not verb:
        return _known_name(site, phrase, near)
    if near and not verb and reading.measure == "level" and _is_part(site, quantity, phrase, near):
        return _Named(near.verb, near.thing, "part subject", subjects.named(phrase.nouns))
    if not verb and len(phrase.nouns) > 1 and _owned(phrase.nouns):
        return _Named("", phrase.nouns[-1].text, "owned", subjects.named(phrase.nouns[:-1]))
    name, size = subjects.prefix(phrase.nouns)
    if name and not verb:
        rest = phrases.spelled(phrase.nouns[size:])
        return _Named("", rest if len(rest) >= _SHORTEST else thing, "named", name)
    if near is None:
        return _Named(verb, thing, "left")
    if not verb and thing.endswith("率") and len(thing) <= 4 and not near.thing.endswith("率"):
        full = thing[:-1] not in near.thing and len(near.thing) <= _RATED
        return _Named("", near.thing + thing if full else thing, "rate")
    if (
        len(thing) <= 3
        and near.thing.endswith(thing)
        and len(near.thing) > len(thing)
        and "、" not in near.thing
    ):
        return _Named(verb, near.thing, "short form", near.subject)
    if not verb:
        part = _part(scene, site, quantity, phrase, near, reading)
        if part:
            return part
    return _Named(verb, thing, "left")


def _cause(scene: _Scene, near: Frame) -> Frame:
    """What had the effect: the last frame that is not itself an effect or an attribute."""
    for frame in reversed(scene.frames):
        if not frame.rule.endswith(("effect", "bare attribute")):
            return frame
    return near


@cache
def _effects() -> frozenset[str]:
    return frozenset(f[0] for f in lexicon.entries("predicates") if "effect" in f[2:])


@cache
def _own() -> frozenset[str]:
    return frozenset(f[0] for f in lexicon.entries("predicates") if "own" in f[2:])


def _is_part(site: Site, quantity: Quantity, phrase: Phrase, near: Frame) -> bool:
    """其中金沙大厦2亿元, then 东部国际8000万元: the same figure of one body after another."""
    if near.quantity.unit != quantity.unit or _attributed(phrase.nouns):
        return False
    if near.rule.endswith("part subject"):
        return near.segment == site.segment
    return site.part and (subjects.bare_entity(phrase.nouns) or subjects.whole(phrase.nouns))


def _owned(nouns: Run) -> bool:
    """An attribute with a proper name before it: 盈都吾角天街|建筑面积."""
    return nouns[-1].text in _words("thing_attributes") and subjects.bare_entity(nouns[:-1])


def _known_name(site: Site, phrase: Phrase, near: Frame | None) -> _Named:
    """A canonical indicator with words before it: a proper name there is the subject, and stays so."""
    k = next(i for i, token in enumerate(phrase.nouns) if token.tag == INDICATOR)
    lead, rest = phrase.nouns[:k], phrase.nouns[k:]
    if (
        lead
        and not any(token.role in {"de", "prep", PAUSE} for token in lead)
        and subjects.bare_entity(lead)
    ):
        return _Named(
            "", phrases.spelled(rest), "known", subjects.entity(lead, None) or subjects.named(lead)
        )
    carried = near.subject if near and not lead and near.rule.endswith("known") else None
    return _Named(
        "", phrase.thing, "known", carried if near and near.segment == site.segment else None
    )


def _attribute(scene: _Scene, site: Site, phrase: Phrase, near: Frame | None) -> _Named:
    """面积4.3万平方米 after 拆除违建553处: an attribute alone is that of the thing before."""
    thing = phrase.thing
    lead = phrases.cut(phrase.lead) if phrase.lead else phrases.EMPTY
    if lead.nouns:
        return _Named("", lead.thing + thing, "attribute of lead")
    if near and near.clause >= site.clause - 1 and not near.thing.endswith(thing):
        whose = _cause(scene, near)
        return _Named(whose.verb, whose.thing + thing, "bare attribute", whose.subject)
    topic = _topic(site, scene)
    if topic and near is None:
        return _Named("", topic.thing + thing, "attribute of topic")
    return _Named("", thing, "left")


def _spent(site: Site, name: str, near: Frame | None) -> _Named:
    """投入395万元,建成消防站: what the money was for stands in the clause after, else before."""
    ahead = phrases.cut(site.ahead)
    if ahead.nouns:
        return _Named("", ahead.thing + name, "spent")
    if near:
        return _Named("", near.thing + name, "spent", near.subject)
    return _Named("", name, "spent")


def _part(
    scene: _Scene, site: Site, quantity: Quantity, phrase: Phrase, near: Frame, reading: Reading
) -> _Named | None:
    """A bare noun beside a fuller head: a part of it, its sibling, or a subject of the same."""
    thing = phrase.thing
    unit = near.quantity.unit == quantity.unit
    counted = {quantity.dimension, near.quantity.dimension}.isdisjoint(_AMOUNTS)
    tail = _tail(scene, site, quantity, reading)
    if tail and len(phrase.nouns) <= 2 and not _attributed(phrase.nouns):
        return _Named("", thing + tail, "tail")
    if reading.measure != "level" or not near.verb or len(near.verb) > 4:
        return None
    if (counted and site.clause == near.clause) or (unit and len(thing) <= _SHORT):
        return _Named(near.verb, thing, "verb before")
    return None


def _tail(scene: _Scene, site: Site, quantity: Quantity, reading: Reading) -> str | None:
    """The attribute that a list of things shares: 棉花产量增长5%,糖料增长3%."""
    tails = sorted(_words("tails"), key=len, reverse=True)
    change = reading.measure.startswith("change")
    for run in site.middle[-1:]:
        for token in run:
            if change and token.text in tails:
                return token.text
    for frame in reversed(scene.frames):
        same = frame.quantity.unit == quantity.unit or (change and frame.measure == reading.measure)
        tail = next((t for t in tails if frame.thing.endswith(t)), None)
        if same and tail:
            return tail
    return None


def _bare_verb(scene: _Scene, site: Site, quantity: Quantity, phrase: Phrase) -> _Named:
    """整改1655处: the verb stands alone and its object stands before, or behind for money."""
    near = scene.near()
    verb = phrase.verb
    lead = phrases.spelled(phrase.lead)
    if lead and not any(t.role in {"prep", "de"} for t in phrase.lead) and len(lead) <= _SHORT:
        return _Named("", lead + verb, "lead+verb")
    if verb in _own():
        return _Named(verb, "", "own verb")
    if verb in _effects() and near:
        return _Named("", _cause(scene, near).thing + verb, "effect")
    if quantity.dimension == "money" and verb in _words("spending"):
        return _spent(site, verb, near)
    topic = _topic(site, scene)
    if topic and verb in topic.text:
        return _Named("", topic.text, "bare verb: topic")
    if topic and topic.thing:
        return _Named("", topic.thing + verb, "bare verb: topic")
    if all(token.role == BOTH for token in phrase.verbs) and len(verb) >= 4:
        return _Named("", verb, "verbal noun")
    if near:
        return _Named(verb, near.thing, "bare verb")
    return _Named(verb, "", "verb")


def _topic(site: Site, scene: _Scene) -> Phrase | None:
    """The phrase of the nearest clause without a number before this one."""
    for run in reversed(site.middle):
        phrase = phrases.cut(phrases.unplaced(subjects.split(run, scene.level)[1]))
        if phrase.nouns:
            return phrase
    return None


def _inherited(scene: _Scene, site: Site, quantity: Quantity, reading: Reading) -> _Named:
    """No words of its own: a topic that leads up to it, the frame before, or what stands behind."""
    near = scene.near()
    if site.middle and ("reach" in reading.trail or near is None) and reading.measure != "rank":
        nominal = [run for run in site.middle if not any(t.role in {VERB, "light"} for t in run)]
        for run in nominal[:1] if near is None else site.middle[-1:]:
            topic = phrases.cut(subjects.split(run, scene.level)[1])
            if topic.nouns:
                return _Named("", topic.thing, "topic")
    if near:
        if (
            quantity.dimension == "area"
            and near.quantity.dimension not in _AMOUNTS
            and reading.measure == "level"
        ):
            return _Named(near.verb, near.thing + _area_noun(), "area", near.subject)
        return _like(near, "head")
    topic_phrase = _topic(site, scene)
    if topic_phrase:
        return _Named(
            topic_phrase.verb if reading.measure == "level" else "", topic_phrase.thing, "topic"
        )
    behind = phrases.cut(site.right)
    if behind and reading.measure in {"level", "share", "completion", "price"}:
        return _Named(behind.verb, behind.thing, "behind")
    if scene.before:
        return _like(scene.before, "sentence before")
    return _Named(behind.verb, behind.thing, "behind")


__all__ = ["Frame", "bind"]
