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
from pipelines.text.tokens import BOTH, NOUN, PAUSE, QUOTED, VERB, Token

# Dimensions whose numbers count things, so that the thing may stand right of the number.
_AMOUNTS: Final = frozenset({"money", "area", "length", "mass", "volume", "energy", "ratio", "point", "price"})


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

    def last(self) -> Frame | None:
        return self.frames[-1] if self.frames else self.before

    def near(self) -> Frame | None:
        """The last frame of this sentence."""
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
    scene = _Scene(sites, quantities, readings, [], before, level, topics)
    groups = coordination.groups(sites, quantities, readings)
    number = 0
    while number < len(sites):
        size = groups.get(number, 1)
        if size > 1 or "each" in readings[number].trail:
            _bind_group(scene, number, size)
        else:
            _append(scene, number, _name(scene, number))
        number += size
    return tuple(scene.frames)


def _append(scene: _Scene, number: int, named: _Named) -> None:
    site, reading = scene.sites[number], scene.readings[number]
    scope = named.scope or "".join(token.text for token in reading.scope) or None
    subject = named.subject or scene.topics.get(site.clause)
    if subject and subject in named.indicator and subject != named.indicator:
        thing = named.thing.replace(subject, "", 1) or named.thing
        named = replace(named, thing=thing)
    scene.frames.append(
        Frame(
            quantity=scene.quantities[site.index],
            measure=reading.measure,
            sign=reading.sign,
            basis=reading.basis,
            indicator=named.indicator,
            verb=named.verb,
            thing=named.thing,
            subject=subject,
            scope=scope,
            clause=site.clause,
            rule=f"{reading.rule}:{named.rule}",
        )
    )


def _bind_group(scene: _Scene, first: int, size: int) -> None:
    """Numbers that stand in one row: 分别为A、B or 增长4.2%、5.3%."""
    reading = scene.readings[first]
    for k in range(first + 1, first + size):
        scene.readings[k] = replace(reading, measure=reading.measure)
    heads = coordination.heads(reading.head, size)
    previous = scene.frames[-size:] if len(scene.frames) >= size else []
    if heads:
        for k, head in enumerate(heads):
            named = _name(scene, first + k, head)
            if subjects.bare_entity(head) and scene.last() and not _known(head):
                model = scene.frames[0] if k and scene.frames else scene.last()
                model = scene.frames[-1 - k] if k < len(scene.frames) else model
                if model:
                    named = _Named(model.verb, model.thing, "each:entity", phrases.spelled(head))
            _append(scene, first + k, replace(named, rule=f"each:{named.rule}"))
    elif not phrases.trimmed(reading.head) and previous and size > 1:
        for k, frame in enumerate(previous):
            _append(scene, first + k, _like(frame, "each:before"))
    else:
        named = _name(scene, first)
        for k in range(size):
            _append(scene, first + k, replace(named, rule=f"row:{named.rule}"))


def _known(head: Run) -> bool:
    return any(token.tag == "nz" and len(token.text) > 2 for token in head)


def _like(frame: Frame, rule: str) -> _Named:
    return _Named(frame.verb, frame.thing, rule, frame.subject)


def _name(scene: _Scene, number: int, head: Run | None = None) -> _Named:
    """The indicator of one number: the first rule that fits, most specific first."""
    reading = scene.readings[number]
    site = scene.sites[number]
    quantity = scene.quantities[site.index]
    area, rest = subjects.split(reading.head if head is None else head, scene.level)
    phrase = phrases.cut(rest)
    entity = area or subjects.entity(phrase.lead, scene.level)
    named = _from_head(scene, site, quantity, reading, phrase)
    if named is None:
        named = _inherited(scene, number, reading)
    if entity and not named.subject:
        named = replace(named, subject=entity)
    return named


def _from_head(
    scene: _Scene, site: Site, quantity: Quantity, reading: Reading, phrase: Phrase
) -> _Named | None:
    if reading.measure in {"change_rate", "change_amount", "rank"} or reading.rule in {"to", "share", "versus"}:
        return _completed(scene, site, quantity, phrase, reading) if phrase else None
    return (
        _attribute_of(scene, site, quantity, phrase)
        or _right(site, quantity, reading, phrase)
        or (_completed(scene, site, quantity, phrase, reading) if phrase else None)
    )


def _attribute_of(scene: _Scene, site: Site, quantity: Quantity, phrase: Phrase) -> _Named | None:
    """建筑面积28万方的街区: the attribute is measured, the thing is the subject."""
    if not site.right or site.right[0].role != "de":
        return None
    thing = _object(site.right[1:])
    name = phrases.spelled(thing)
    near = scene.near()
    if quantity.dimension in _AMOUNTS and quantity.dimension != "ratio":
        if phrase and phrase.text in _words("attributes"):
            return _Named("", phrase.text, "attribute", subjects.named(thing))
        if not phrase and near and near.rule.endswith("attribute") and near.quantity.dimension == quantity.dimension:
            return _Named("", near.thing, "attribute", subjects.named(thing))
        if not phrase and quantity.dimension == "area":
            return _Named("", lexicon.entries("attributes")[0][0], "attribute", subjects.named(thing))
    if not name:
        return None
    return _Named(phrase.verb, name, "of")


def _object(run: Run) -> Run:
    """The noun phrase that opens a run: up to the predicate after it."""
    for k, token in enumerate(run):
        if k and (token.role in {VERB, "light", "prep", "from", "reach", "up", "down", "adverb"}):
            return run[:k]
    return run


def _right(site: Site, quantity: Quantity, reading: Reading, phrase: Phrase) -> _Named | None:
    """新增6台AED, 88个城市启动试点: the thing counted stands right of the number."""
    right = site.right
    if not right or right[0].role not in NOMINAL | {"filler", "light"} or not phrases.nominal(right):
        return None
    if reading.trail & {"reach", "to"} and phrase and phrase.nouns:
        return None
    if quantity.dimension in _AMOUNTS and phrase.nouns:
        return None
    if right[0].role == BOTH and quantity.dimension in {"money"}:
        return None
    if site.topical:
        right = _object(right)
    if phrase.verbs and not phrase.nouns:
        return _Named(phrase.verb, phrases.spelled(_object(right)), "right")
    if not phrase.nouns or _enumerated(site.left):
        verb = phrase.verb if phrase.verbs else ""
        noun = _object(right) if verb else right
        return _Named(verb, phrases.spelled(noun), "right")
    if phrase.verbs:
        adjacent = [t for t in site.left if t.role in {VERB, BOTH, "conj"}]
        if site.left and site.left[-1].role in {VERB}:
            verbs = _trailing_verbs(site.left)
            return _Named(phrases.spelled(verbs), phrases.spelled(_object(right)), "right")
        del adjacent
        return _Named(phrase.verb, phrases.spelled(_object(right)), "verb+right")
    if subjects.place(phrase.nouns):
        return _Named("", phrases.spelled(right), "right", subjects.named(phrase.nouns))
    return _Named("", phrase.thing + phrases.spelled(right), "both")


def _trailing_verbs(run: Run) -> Run:
    k = len(run)
    while k > 0 and run[k - 1].role in {VERB, BOTH, "conj"}:
        k -= 1
    return run[k:]


def _enumerated(left: Run) -> bool:
    """Whether the words left of the number list what it counts: 甲、乙2个社区; 甲等5家企业."""
    return bool(left) and (left[-1].role == "etc" or any(t.role == PAUSE for t in left))


def _completed(
    scene: _Scene, site: Site, quantity: Quantity, phrase: Phrase, reading: Reading
) -> _Named:
    """A phrase left of the number, filled up from the frames where it is elliptic."""
    near = scene.near()
    verb, thing = phrase.verb, phrase.thing
    if phrase.verbs and not phrase.nouns:
        return _bare_verb(scene, site, quantity, verb)
    if near is None:
        return _Named(verb, thing, "left")
    same = near.quantity.unit == quantity.unit or reading.measure.startswith("change")
    if not verb and thing in _bare_attributes():
        return _Named(near.verb, near.thing + thing, "bare attribute", near.subject)
    if not verb and thing.endswith("率") and len(thing) <= 4 and len(near.thing) <= 6:
        return _Named("", near.thing + thing, "rate")
    if len(thing) <= 3 and near.thing.endswith(thing) and len(near.thing) > len(thing):
        return _Named(verb, near.thing, "short form", near.subject)
    if not verb and same and not _known(phrase.nouns):
        part = _part(site, phrase, near, reading)
        if part:
            return part
    return _Named(verb, thing, "left")


def _part(site: Site, phrase: Phrase, near: Frame, reading: Reading) -> _Named | None:
    """A bare noun beside a fuller head: a part of it, its sibling, or a subject of the same."""
    thing = phrase.thing
    if site.part and subjects.place(phrase.nouns):
        return _Named(near.verb, near.thing, "part subject", subjects.named(phrase.nouns))
    tail = next((t for t in sorted(_words("tails"), key=len, reverse=True) if near.thing.endswith(t)), None)
    if tail and len(phrase.nouns) <= 2 and not any(thing.endswith(t) for t in _words("attributes") | _words("tails")):
        return _Named("", thing + tail, "tail")
    if site.clause == near.clause or len(thing) <= 8:
        if reading.measure == "level" and near.verb and len(near.verb) <= 4:
            return _Named(near.verb, thing, "verb before")
    return None


def _bare_verb(scene: _Scene, site: Site, quantity: Quantity, verb: str) -> _Named:
    """整改1655处: the verb stands alone and its object stands before, or behind for money."""
    near = scene.near()
    topic = _topic(site, scene)
    if topic and (verb in topic.text or near is None or site.middle):
        if verb in topic.text:
            return _Named("", topic.text, "bare verb: topic")
        return _Named("", (topic.thing or topic.text) + verb, "bare verb: topic")
    if quantity.dimension == "money":
        return _Named(verb, "", "bare verb: money")
    if near:
        return _Named(verb, near.thing, "bare verb", near.subject)
    return _Named(verb, "", "verb")


def _topic(site: Site, scene: _Scene) -> Phrase | None:
    """The phrase of the nearest clause without a number before this one."""
    for run in reversed(site.middle):
        phrase = phrases.cut(subjects.split(run, scene.level)[1])
        if phrase.nouns:
            return phrase
    return None


def _inherited(scene: _Scene, number: int, reading: Reading) -> _Named:
    """No words of its own: the frame before, a topic, or what stands right of the number."""
    site = scene.sites[number]
    near = scene.near()
    if near:
        return _like(near, "head")
    topic = _topic(site, scene)
    if topic:
        return _Named(topic.verb if reading.measure == "level" else "", topic.thing, "topic")
    right = phrases.cut(site.right)
    if right and reading.measure in {"level", "share", "completion", "price"}:
        return _Named(right.verb, right.thing, "behind")
    if scene.before:
        return _like(scene.before, "sentence before")
    return _Named(right.verb, right.thing, "behind")


__all__ = ["NOUN", "QUOTED", "Frame", "bind"]
