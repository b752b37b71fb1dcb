"""What the binding rules read and write: a case to be named, a name, and the frames of a sentence.

Plain data; the rules stand in `right_of_number`, `left_of_number` and `inherited`,
their order in `bind`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from pipelines.text.binding.kinds import MeasureKind, NameKind
from pipelines.text.binding.measured import Measured
from pipelines.text.binding.topics import Topic
from pipelines.text.grammar.phrases import Phrase
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.model import Measure, Quantity

# Dimensions whose numbers measure a thing rather than count things.
AMOUNTS: Final = frozenset(
    {"money", "area", "length", "mass", "volume", "energy", "ratio", "point", "price"}
)

SubjectSource = Literal[
    "rule",  # the rule that named the figure found whose it is
    "area",  # an area word of a higher level than the report's (全市)
    "body",  # a body before nothing but a verb
    "entity",  # a named body, building or area among the words before the indicator
    "topic",  # the body that opened the sentence
]


class Root(NamedTuple):
    """What a name that cannot stand alone relates to: a rate, an attribute, a verb."""

    verb: str  # what was done to it
    thing: str

    @property
    def text(self) -> str:
        """Both in one."""
        return self.verb + self.thing


@dataclass(init=False, slots=True)
class Frame:
    """A bound number and what a later clause may take from it."""

    quantity: Quantity
    measure: Measure
    sign: int
    basis: str | None
    indicator: str
    verb: str  # what was done, as it opens the indicator
    thing: str  # the indicator without that verb
    tail: str  # what a part of the thing shares with it (住宅|销售面积)
    root: Root  # what the name relates to (信访件 of 信访件办结率); itself where it is told alone
    subject: str | None
    subject_from: SubjectSource
    scope: str | None
    clause: int
    segment: int
    bracket: bool
    part: bool  # 其中 opened its stretch of the sentence
    read_by: MeasureKind  # the rule that gave the measure
    kind: NameKind  # the rule that gave the name

    def __init__(
        self,
        quantity: Quantity,
        measure: Measure,
        sign: int,
        basis: str | None,
        indicator: str,
        verb: str,
        thing: str,
        tail: str,
        root: Root,
        subject: str | None,
        subject_from: SubjectSource,
        scope: str | None,
        clause: int,
        segment: int,
        bracket: bool,
        part: bool,
        read_by: MeasureKind,
        kind: NameKind,
    ) -> None:
        self.quantity = quantity
        self.measure = measure
        self.sign = sign
        self.basis = basis
        self.indicator = indicator
        self.verb = verb
        self.thing = thing
        self.tail = tail
        self.root = root
        self.subject = subject
        self.subject_from = subject_from
        self.scope = scope
        self.clause = clause
        self.segment = segment
        self.bracket = bracket
        self.part = part
        self.read_by = read_by
        self.kind = kind

    @property
    def rule(self) -> str:
        """The two rules as people see them."""
        # As `.value`, which Python 3.11 computes anew each time it is asked.
        return f"{self.read_by._value_}:{self.kind._value_}"

    @property
    def value(self) -> Decimal:
        """The value with the sign of its change; zero for a numeral that was not understood."""
        return (self.quantity.value or Decimal(0)) * self.sign

    @property
    def upper(self) -> Decimal | None:
        """The upper bound of a range, with the sign of its change."""
        return None if self.quantity.upper is None else self.quantity.upper * self.sign


@dataclass(init=False, slots=True)
class Named:
    """What a rule found: the indicator in two parts, and whom it is about."""

    verb: str
    thing: str
    kind: NameKind
    subject: str | None
    tail: str
    subject_from: SubjectSource
    root: Root | None  # where the name relates to something

    def __init__(
        self,
        verb: str,
        thing: str,
        kind: NameKind,
        subject: str | None = None,
        tail: str = "",
        subject_from: SubjectSource = "rule",
        root: Root | None = None,
    ) -> None:
        self.verb = verb
        self.thing = thing
        self.kind = kind
        self.subject = subject
        self.tail = tail
        self.subject_from = subject_from
        self.root = root

    @property
    def indicator(self) -> str:
        """The indicator phrase."""
        return self.verb + self.thing


@dataclass(init=False, slots=True)
class Case:
    """One number that waits for its name."""

    number: int  # of the site in the sentence
    site: Site
    quantity: Quantity
    reading: Measured
    head: Run  # words left of the number, without area words and what only says where
    phrase: Phrase  # the indicator phrase among them

    def __init__(
        self,
        number: int,
        site: Site,
        quantity: Quantity,
        reading: Measured,
        head: Run,
        phrase: Phrase,
    ) -> None:
        self.number = number
        self.site = site
        self.quantity = quantity
        self.reading = reading
        self.head = head
        self.phrase = phrase

    @property
    def counted(self) -> bool:
        """Whether the number counts things rather than measures one."""
        return self.quantity.dimension not in AMOUNTS


@dataclass(init=False, slots=True)
class Scene:
    """One sentence while it is being bound."""

    sites: Sequence[Site]
    quantities: Sequence[Quantity]
    readings: list[Measured]
    told: Sequence[Frame]  # frames of the paragraph's sentence before
    title: str  # what the paragraph is about, where its first sentence only names that
    level: str | None  # administrative level of the reporting region
    topics: dict[int, Topic | None]  # what a clause is about, by clause number
    paired: dict[int, str]  # predicate that a row of counted things shares, by site number
    frames: list[Frame]

    def __init__(
        self,
        sites: Sequence[Site],
        quantities: Sequence[Quantity],
        readings: list[Measured],
        told: Sequence[Frame],
        title: str,
        level: str | None,
        topics: dict[int, Topic | None],
        paired: dict[int, str],
        frames: list[Frame],
    ) -> None:
        self.sites = sites
        self.quantities = quantities
        self.readings = readings
        self.told = told
        self.title = title
        self.level = level
        self.topics = topics
        self.paired = paired
        self.frames = frames

    @property
    def before(self) -> Frame | None:
        """The last frame of the sentence before."""
        return self.told[-1] if self.told else None

    def last(self) -> Frame | None:
        """The frame before, in this sentence or the one before."""
        return self.frames[-1] if self.frames else self.before

    def near(self) -> Frame | None:
        """The last frame of this sentence; what a bracket says is an aside."""
        if not self.frames or not self.frames[-1].bracket:
            return self.frames[-1] if self.frames else None
        for frame in reversed(self.frames):
            if not frame.bracket:
                return frame
        return self.frames[-1] if self.frames else None

    def same_unit(self, unit: str | None) -> Frame | None:
        """The last level of this sentence, or of the one before, that has the unit."""
        told = (*self.told, *self.frames)
        same = [f for f in told if f.quantity.unit == unit and f.measure == "level"]
        whole = [frame for frame in same if not frame.part]
        likely = whole or same
        return likely[-1] if likely else None


# A rule that finds a name takes the sentence and the case, and passes where it does not fit.
NameRule = Callable[[Scene, Case], Named | None]


def like(frame: Frame, kind: NameKind) -> Named:
    """The name of an earlier frame, taken over by a rule of this kind."""
    return Named(frame.verb, frame.thing, kind, frame.subject, frame.tail, root=frame.root)
