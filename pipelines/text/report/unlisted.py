"""Names of divisions that seeds/regions.csv does not have: dissolved long ago, zones of their own.

Here belongs how such a name looks where a title or an opening says whose the report is. Known
names come first, in `regions`.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines import lexicon

_HAN = "[\u4e00-\u9fff]"
_LEVELS = {"省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city"}


def named_in_title(title: str, body: str) -> tuple[str, str] | None:
    """Name and level of the division that a title opens with: 砚川县|2012年统计公报.

    Behind the name stands no other word but a year, a government, a body of it (财政局关于) or what
    such titles speak of (国民经济); else the text must name it again.
    """
    match = _in_title().match(title)
    if match is None or not _is_name(match["name"]):
        return None
    name = match["name"]
    if not _goes_on().match(title, match.end("name")) and body.count(name) < 2:
        return None
    return name, _level(name)


def named_in_address(head: str) -> tuple[str, str] | None:
    """Name and level of the division whose congress an opening names: 在青山县第十七届…."""
    match = _in_address().search(head)
    if match is None or not _is_name(match["name"]):
        return None
    return match["name"], _level(match["name"])


def _is_name(name: str) -> bool:
    return not name.endswith(lexicon.affixes("division_common_nouns"))


def _level(name: str) -> str:
    return next((level for end, level in _LEVELS.items() if name.endswith(end)), "county")


@cache
def _name() -> str:
    ends = lexicon.words("region_suffixes") | lexicon.words("zone_suffixes")
    return f"(?P<name>{_HAN}{{2,6}}?(?:{lexicon.alternation(ends)}))"


@cache
def _in_title() -> re.Pattern[str]:
    return re.compile(f"[^\u4e00-\u9fff]*(?:关于)?(?:印发|下达|公布|报送)?{_name()}")


@cache
def _goes_on() -> re.Pattern[str]:
    governments = lexicon.alternation(lexicon.words("governments"))
    subjects = lexicon.alternation(lexicon.words("title_subjects"))
    offices = lexicon.alternation(lexicon.words("title_offices"))
    return re.compile(
        f"$|[^\u4e00-\u9fff]|{governments}|第|{subjects}|{_HAN}{{1,10}}?(?:{offices})(?:关于|$|[^\u4e00-\u9fff])"
    )


@cache
def _in_address() -> re.Pattern[str]:
    numeral = "[一二三四五六七八九十0-9]{1,4}"
    return re.compile(
        f"(?:在|我代表)(?:{_HAN}{{2,8}}?[省市州])?{_name()}(?:第{numeral}届|人民政府)"
    )
