"""What the rules of binding decide: how a number is to be read, and where its name was found.

The values are the labels that people see in `binding_rule`. The rules are in the modules of their
questions, `catalog` collects them.
"""

from __future__ import annotations

from enum import Enum


class MeasureKind(Enum):
    """How a number was found to be a level, a change, a share …."""

    RANK = "rank"
    VERSUS = "versus"
    DOUBLING = "doubling"
    SHARE = "share"
    CHANGE = "change"
    GROWTH_TOLD = "growth told"
    RISEN = "risen"
    GOVERNED = "governed"
    ARRIVED = "to"
    EQUAL = "equal"
    AGAINST_PLAN = "against plan"
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
    PREDICATE = "predicate"
    RIGHT = "right"
    VERB_RIGHT = "verb+right"
    BOTH = "both"
    LEAD_VERB = "lead+verb"
    OWN_VERB = "own verb"
    EFFECT = "effect"
    SPENT = "spent"
    PLAN = "plan"
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
    PART_OF_WHOLE = "part of whole"
    PART_SUBJECT = "part subject"
    OWNED = "owned"
    NAMED = "named"
    RATE_OF_TOPIC = "rate of topic"
    RATE = "rate"
    PER_UNIT = "per unit"
    SHORT_FORM = "short form"
    COUNTERPART = "counterpart"
    TAIL = "tail"
    CAPACITY = "capacity"
    CAPACITY_VERB = "verb of capacities"
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
