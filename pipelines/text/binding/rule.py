"""What a rule of binding is: what it decides, what it says of the language, and a function.

A rule reads a number's measure (`MeasureKind`) or finds its name (`NameKind`). The rules themselves
are in the modules of their questions, `catalog` collects them. Code that depends on which rule was
taken compares kinds; their values are the labels that people see in `binding_rule`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar


class MeasureKind(Enum):
    """How a number was found to be a level, a change, a share …."""

    RANK = "rank"
    VERSUS = "versus"
    DOUBLING = "doubling"
    SHARE = "share"
    CHANGE = "change"
    RISEN = "risen"
    GOVERNED = "governed"
    ARRIVED = "to"
    EQUAL = "equal"
    POINT = "point"
    COMPLETION = "completion"
    PROPORTION = "proportion"
    PRICE = "price"
    LEVEL = "level"


class NameKind(Enum):
    """Where the name of a number was found."""

    ATTRIBUTE = "attribute"
    OF = "of"
    LEFT_RIGHT = "left+right"
    RIGHT = "right"
    VERB_RIGHT = "verb+right"
    BOTH = "both"
    LEAD_VERB = "lead+verb"
    OWN_VERB = "own verb"
    EFFECT = "effect"
    SPENT = "spent"
    BARE_VERB_OF_TOPIC = "bare verb of topic"
    VERBAL_NOUN = "verbal noun"
    BARE_VERB = "bare verb"
    ATTRIBUTE_OF_BODY = "attribute of body"
    ATTRIBUTE_OF_LEAD = "attribute of lead"
    BARE_ATTRIBUTE = "bare attribute"
    ATTRIBUTE_OF_TOPIC = "attribute of topic"
    KNOWN = "known"
    CLASSIFIED = "classified"
    PART_BY_SIZE = "part by size"
    PART_SUBJECT = "part subject"
    OWNED = "owned"
    NAMED = "named"
    RATE_OF_TOPIC = "rate of topic"
    RATE = "rate"
    SHORT_FORM = "short form"
    TAIL = "tail"
    VERB_BEFORE = "verb before"
    LEFT = "left"
    TOPIC = "topic"
    AREA = "area"
    HEAD = "head"
    SENTENCE_BEFORE = "sentence before"
    BEHIND = "behind"
    ROW_OF_BODIES = "row of bodies"
    ROW_OF_HEADS = "row of heads"
    ROW_OF_ATTRIBUTES = "row of attributes"
    ROW_BEFORE = "row before"
    ROW_OF_ONE = "row of one"


Find_co = TypeVar("Find_co", covariant=True)


@dataclass(frozen=True)
class Rule(Generic[Find_co]):
    """One rule.

    Attributes:
        kind: what it decides; the value is the rule's id.
        says: what it says of the language, in one sentence.
        example: a text whose last number it decides, and the indicator of that number.
        counter: a text like it whose last number it does not decide, and that number's indicator.
        find: the function; one that can decide several ways has a record for each.
    """

    kind: MeasureKind | NameKind
    says: str
    example: tuple[str, str]
    counter: tuple[str, str]
    find: Find_co

    @property
    def id(self) -> str:
        """The label that people see."""
        return str(self.kind.value)


def order(*rules: Rule[Find_co]) -> tuple[Find_co, ...]:
    """The functions of the rules, each once, in the order in which they are tried."""
    return tuple(dict.fromkeys([rule.find for rule in rules]))
