"""Words around a figure that say what it is set against, or that it is one of every year.

What follows for its period is decided by `clerk`.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines import lexicon

# Before a year: 比历史最高的1979年增长4%.
PEAK = re.compile("(?:比|超过|高于|低于)[^,，;；。0-9]{0,6}最[^,，;；。0-9]{1,3}的$")
_JOINTS = frozenset("到至是为于")
_BASE = re.compile("(?:同期)?的(?:[0-9.]+倍|[一二三四五六七八九]成|一半|半数)")


def is_base(text: str, start: int, end: int) -> bool:
    """Whether a figure is a part or multiple of what was at a time: 恢复到2017年末的九成.

    2021年的九成 by itself is told of that year.

    Args:
        text: the clean text.
        start: where the time begins.
        end: where it ends.
    """
    joined = text[start - 1 : start] in _JOINTS or text[start] in "到至"
    return joined and _BASE.match(text, end) is not None


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
