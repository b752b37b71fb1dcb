"""Which year a text is about by its own words, where no title, heading or day says so.

Here belongs which of the years that a text names it tells of. What follows for the period of the
report is the business of `period`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipelines import lexicon
from pipelines.text.calendar import session_year
from pipelines.text.headings import heading_status
from pipelines.text.numbers.numerals import whole_number

# Before a year that others are only set against: 比2002年增加, 从1980年到1985年.
_BASES = frozenset("比较同与跟由从自")
_UP_TO = frozenset("到至")
# 从1997年的7万亿元增加到2002年 is over, 到1959年底共推广 too
_SINCE = re.compile("[从由](?:19|20)[0-9]{2}年[^,，。;；\n]*$")
_SO_FAR = re.compile("[底末]?[,，]?[^,，。;:\n]{0,4}(?:已|共|累计)")
# 1956年到1967年农业发展纲要 names a document
_DOCUMENT = re.compile("[^,，。;；:\n的]{0,14}(?:纲要|规划|计划)")
_SPANS = re.compile("[0-9]年?[-—–~到至]{1,2}$")
_CONGRESS = re.compile(
    "第([一二三四五六七八九十]{1,3})届全国人(?:大|民代表大会)第?([一二三四五])次会议(以来的五年)?"
)
_CLAUSE = re.compile("[^,。;:、\n0-9]{0,20}")
_REACH = 40  # characters before a year in which the one that it is reached from may be


def spoken_of(text: str, until: int | None = None) -> int | None:
    """The year that the text names most. A year that it only plans for lies one further on.

    Args:
        text: the text, with years in digits.
        until: a year that it must lie before, and none that is only planned for.
    """
    planned = re.compile(f"(?:{lexicon.alternation(lexicon.words('plan_year_words'))})于?在?到?$")
    said: Counter[int] = Counter()
    ahead: list[int] = []
    for match in re.finditer("((?:19[4-9]|20[0-9])[0-9])年", text):
        year = int(match[1])
        before = text[match.start() - 1 : match.start()]
        if before in _BASES:
            continue
        left = text[max(0, match.start() - _REACH) : match.start()]
        spans = _SPANS.search(left)
        if spans and _DOCUMENT.match(text, match.end()):
            continue
        # 到2025年 lies ahead; 1980年到1985年 is over
        if before in _UP_TO and not spans and not _is_over(text, match, left):
            ahead.append(year)
            continue
        if planned.search(text[max(0, match.start() - 6) : match.start()]) or _plans(text, match):
            ahead.append(year)
        else:
            said[year] += 1
    if until is not None:
        said = Counter({year: count for year, count in said.items() if year < until})
        ahead = []
    if said:
        return max(said, key=lambda year: (said[year], year))
    return min(ahead) - 1 if ahead else None


def given_by_congress(text: str) -> int | None:
    """The year in which a text is given, by the session of the National Congress that hears it.

    第十二届全国人民代表大会第一次会议以来的五年 ends with the first session of the next.

    Args:
        text: the opening of the text.
    """
    match = _CONGRESS.search(text)
    if match is None:
        return None
    congress, session = whole_number(match[1]), whole_number(match[2])
    return session_year(congress + 1, 1) if match[3] else session_year(congress, session)


def _is_over(text: str, year: re.Match[str], left: str) -> bool:
    """Whether a year up to which something goes is told: it goes on from another, or says 共."""
    return bool(_SINCE.search(left) or _SO_FAR.match(text, year.end()))


@cache
def _ahead() -> re.Pattern[str]:
    verbs = lexicon.alternation(lexicon.words("ahead_verbs"))
    return re.compile(f"[,，]?[^,，。;:\n]{{0,8}}(?:{verbs})")


def _plans(text: str, year: re.Match[str]) -> bool:
    """Whether the words right behind a year say that it is planned: 2022年将, 2022年主要目标."""
    if _ahead().match(text, year.end()):
        return True
    words = _CLAUSE.match(text, year.end())
    status, ends = (heading_status(words[0])[1], words[0]) if words else (None, "")
    return status == "planned" and ends.endswith(lexicon.affixes("heading_status"))
