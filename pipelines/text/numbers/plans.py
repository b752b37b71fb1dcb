"""Amounts of a plan that stand beside the part of them that is done: 占年初预算2000万元的45%.

Such an amount is a figure of its own, of the thing that the sentence is about, planned, while what
is said of it is done. Which words name a plan says `seeds/`; names and periods are not found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pipelines import lexicon
from pipelines.text.model import Quantity

_OF = "的"
# Dimensions of what has no part that could be done.
_NO_AMOUNT = frozenset({"ratio", "point", "rank", "multiple"})
_WIDEST = 12  # characters of the longest name of a plan


def plan_amounts(text: str, quantities: Sequence[Quantity]) -> frozenset[int]:
    """Where the amounts of plans begin: 2000万元 of 占年初预算2000万元的45%.

    A plan's name stands right before the amount, and a ratio of it right behind. 占总投资2000万元
    的45% names no plan, and 年初预算2000万元 says of no part that it is done.

    Args:
        text: clean text.
        quantities: its numerals, or those of a sentence, in order.

    Returns:
        The `start` of each.
    """
    return frozenset(
        amount.start
        for amount, part in pairwise(quantities)
        if part.dimension == "ratio"
        and amount.dimension not in _NO_AMOUNT
        and text[amount.tail : part.lead] == _OF
        and _plan().search(text, max(0, amount.lead - _WIDEST), amount.lead)
    )


@cache
def _plan() -> re.Pattern[str]:
    """The name of a plan at the end of a stretch."""
    return re.compile(f"(?:{lexicon.alternation(lexicon.words('plan_amount_nouns'))})$")
