"""Words around a figure that say what it is set against, or that it is one of every year.

What follows for its period is decided by `clerk`.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines import lexicon


@cache
def ground() -> re.Pattern[str]:
    """Behind a figure: it is what a change starts from (在去年新建8个的基础上)."""
    return re.compile(f"[^,，。;]{{0,4}}(?:{lexicon.alternation(lexicon.words('grounds'))})")


@cache
def yearly() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before a figure: a rate, and a change, is that of every year (年均增长)."""
    words = lexicon.alternation(lexicon.words("yearly_words"))
    return re.compile(words), re.compile(f"(?:{words})(?:净|递|约)?(?:增|减|新|提高|下降)")


@cache
def against_year_before() -> re.Pattern[str]:
    """Before a figure: it is set against the year before (同比增长)."""
    bases = lexicon.column("bases", "basis")
    words = lexicon.alternation([word for word, basis in bases.items() if basis == "yoy"])
    return re.compile(f"(?:{words})[^,;。]{{0,6}}$")
