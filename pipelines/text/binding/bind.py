"""Binds each quantity of a sentence to what it measures: indicator, measure, subject, scope.

Works left to right over the sites of a sentence, keeping a frame for each bound number. A clause
that names no head takes it from the frames before, by a rule with a name. Here are the order of the
rules and the rows of numbers; the rules themselves are in `right_of_number`, `left_of_number` and
`inherited`. Periods and status are not decided here, and offsets stay in the clean text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines import lexicon
from pipelines.text.binding import measures, rows, subjects
from pipelines.text.binding.frame import Case, Frame, Named, Scene, like
from pipelines.text.binding.inherited import inherited
from pipelines.text.binding.left_of_number import (
    attributed,
    bare_attributes,
    is_rate,
    known,
    named_left,
    without_attribute,
)
from pipelines.text.binding.measures import Reading
from pipelines.text.binding.right_of_number import named_right, trailing_verbs
from pipelines.text.grammar import phrases, sites
from pipelines.text.grammar.phrases import Phrase
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import BOTH, VERB, Token
from pipelines.text.model import Quantity

__all__ = ["Frame", "bind"]


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
    found = sites.sites(tokens)
    scene = Scene(
        sites=found,
        quantities=quantities,
        readings=[measures.read(site, quantities[site.index]) for site in found],
        before=before,
        level=level,
        topics=subjects.topics(tokens),
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
    return tuple(scene.frames)


def _append(scene: Scene, number: int, named: Named) -> None:
    site, reading = scene.sites[number], scene.readings[number]
    scope = "".join(token.text for token in reading.scope) or None
    near = scene.near()
    alike = near and near.measure == reading.measure and near.thing == named.thing
    if scope is None and near and alike and "to" in reading.trail:
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
            tail=named.tail,
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


def _name(scene: Scene, number: int, head: Run | None = None) -> Named:
    """The indicator of one number: right of it, left of it, or from before.

    Args:
        scene: the sentence.
        number: the site.
        head: words to read in place of those left of the number (an item of a list).
    """
    reading, site = scene.readings[number], scene.sites[number]
    area, rest = subjects.split(reading.head if head is None else head, scene.level)
    if phrases.circumstance(rest):
        rest = rest[1:] if reading.measure == "rank" else ()  # 在营商环境评价中排名第3
    if site.served:
        rest = ()  # words before the preposition belong to another predicate
    phrase = _planned(phrases.cut(rest, listed="each" in reading.trail), reading)
    body, phrase = _embodied(phrase)
    case = Case(number, site, scene.quantities[site.index], reading, rest, phrase)
    named = named_right(scene, case) or (named_left(scene, case) if phrase else None)
    if named is None:
        named = inherited(scene, case)
    thing = named.thing
    if reading.extra and not thing.endswith(reading.extra):
        thing += reading.extra
    subject = named.subject or area or body or subjects.entity((*reading.doer, *phrase.lead))
    if subject is None and _carries_topic(case, thing):
        subject = scene.topics.get(site.clause)
    if subject and scene.level == "township" and subject.endswith(lexicon.affixes("own_names")):
        subject = None  # the sub-district itself
    tail = named.tail or (_tail(phrase) if thing == phrase.thing else "")
    return Named(named.verb, thing, named.rule, subject, tail)


def _planned(phrase: Phrase, reading: Reading) -> Phrase:
    """投资完成年计划27%: the work is named before the plan; the plan is not what is measured."""
    if reading.measure != "completion" or phrase.thing not in lexicon.words("plan_nouns"):
        return phrase
    return phrases.cut(tuple(t for t in phrase.lead if t.role != "light"), listed=True)


def _tail(phrase: Phrase) -> str:
    """What a part of the thing shares with it: all after the first word, or a whole known name."""
    shared = phrase.nouns if known(phrase.nouns[:1]) else phrase.nouns[1:]
    return phrases.spelled(shared)


def _embodied(phrase: Phrase) -> tuple[str | None, Phrase]:
    """红旗社区|投入60万元: a body before nothing but a verb is who did it."""
    body, size = subjects.prefix(phrase.nouns)
    rest = phrases.trimmed(phrase.nouns[size:])
    if not body or phrase.verbs or any(token.role != VERB for token in rest):
        return None, phrase
    return body, phrases.phrase((), rest, ())


def _carries_topic(case: Case, thing: str) -> bool:
    """Whether the body that opened the sentence did this.

    It did where a verb leads the clause or a rate or degree of work stands alone; a noun phrase
    of the clause's own takes over.
    """
    if not case.phrase:
        return False
    if case.phrase.verbs or is_rate(thing) or case.reading.measure == "completion":
        return True
    return bool(case.site.left) and case.site.left[0].role in {"light", "adverb", VERB, BOTH}


def _bind_row(scene: Scene, first: int, size: int) -> None:
    """Numbers that stand in one row: 分别为A、B or 增长4.2%、5.3%."""
    reading = scene.readings[first]
    for k in range(first + 1, first + size):
        scene.readings[k] = reading
    area, rest = subjects.split(reading.head, scene.level)
    phrase = _planned(phrases.cut(rest, listed=True), reading)
    heads = rows.heads((*phrase.verbs, *phrase.nouns), size)
    heads = heads or rows.heads(phrases.reduced(rest), size)
    middle = scene.sites[first].middle
    if not heads and not phrase and middle:
        # 甲和乙,去年分别达到3和5: the heads are a clause of their own
        heads = rows.heads(subjects.split(middle[-1], scene.level)[1], size)
    verbs = trailing_verbs(rest)
    if verbs and (acting := _bodies(rest[: len(rest) - len(verbs)], size)):
        phrase, heads = phrases.phrase((), verbs, ()), []
        bodies = acting
    else:
        bodies = [] if heads else _bodies(phrase.lead, size)
    previous = scene.frames[-size:] if len(scene.frames) >= size else []
    model = scene.last()
    of_bodies = any(map(_is_body, heads)) and not any(map(_says_what, heads))
    for k in range(size):
        if bodies:
            named = Named(phrase.verb, phrase.thing, "row of bodies", subjects.named(bodies[k]))
        elif heads and model and of_bodies:
            named = Named(model.verb, model.thing, "row of bodies", phrases.spelled(heads[k]))
        elif heads:
            named = replace(_name(scene, first + k, heads[k]), rule="row of heads")
        elif previous and phrase.text in bare_attributes():
            whose = previous[k]
            thing = without_attribute(whose.thing) + phrase.text
            named = Named(whose.verb, thing, "row of attributes", whose.subject)
        elif not phrase.nouns and previous and reading.measure != "rank":
            named = like(previous[k], "row before")
        else:
            named = replace(_name(scene, first), rule="row of one")
        _append(scene, first + k, replace(named, subject=named.subject or area))


def _bodies(lead: Run, size: int) -> list[Run]:
    """东山陈、裴家里两个项目分别完成85%和18%: the bodies before the verb, one to one."""
    bodies = rows.heads(lead, size)
    named = all(subjects.whole(body) or subjects.bare_entity(body) for body in bodies)
    return bodies if named else []


def _is_body(head: Run) -> bool:
    return subjects.bare_entity(head) and not _says_what(head)


def _says_what(head: Run) -> bool:
    """Whether a head names what is measured, rather than whose figure it is."""
    return known(head) or attributed(head)
