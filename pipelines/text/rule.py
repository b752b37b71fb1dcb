"""What a rule of language is: a record of what it says, with an example and a counter-example.

The rules are in the rooms, beside the question that they answer; tests run the examples of each.
"""

from __future__ import annotations

from enum import Enum
from typing import Generic, NamedTuple, TypeVar

Find_co = TypeVar("Find_co", covariant=True)


class Rule(NamedTuple, Generic[Find_co]):
    """One rule. A named tuple, for mypyc cannot compile a generic dataclass.

    Attributes:
        kind: what it decides; the value is the rule's id. Code that depends on which rule was
            taken compares kinds, never ids.
        says: what it says of the language, in one sentence.
        example: a text whose last number it decides, and what it makes of that number: the
            indicator, or in `numbers` the disposition.
        counter: a text like it whose last number it does not decide, and what that number is.
        find: the function; one that can decide several ways has a record for each.
    """

    kind: Enum
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
