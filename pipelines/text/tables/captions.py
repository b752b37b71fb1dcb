"""What the line above a table says of the whole of it: its unit, time, topic.

Which lines belong to a table is the business of `join`, what a heading says that of `headings`.
"""

from __future__ import annotations

import re

from pipelines import lexicon
from pipelines.text.model import Metadata, Period
from pipelines.text.tables.dates import EDGE
from pipelines.text.tables.headings import BRACKET, Heading, read_heading, units_in
from pipelines.text.tables.readings import TableContext

_UNIT_LINE = re.compile(
    r"\s*[(（\[]?\s*(?:计量|数量|金额|货币)?单\s*位\s*[:：]\s*([^\n]{1,30}?)\s*[)）\]]?\s*"
)
_UNIT_INSIDE = re.compile(r"[(（\[]?单\s*位\s*[:：]\s*([^()（）\[\]\n]{1,24})[)）\]]?")
_NUMBER = re.compile(r"^(?:附?[表件图]\s*[\d一二三四五六七八九十]*[、:： \u3000]*)")
_FORM = re.compile(
    "(?:主要指标|主要数据|预算|决算|草案|执行|完成|统计|汇总|明细|基本|进展|推进|排名|排序|功能分类|经济分类|收支(?=总?表|情况))*"
    "(?:情况)?一?(?:统计|汇总|明细|总)?(?:分(?:地区|县|科目|项目|部门))?(?:预算)?(?:表|$)$"
)
_SHORT = 2  # characters of a topic that says too little
_TABLE = re.compile("(?:情况)?一?(?:统计|汇总|明细|总)?表?$")
# Of whom a table is: 各县环境空气质量, 市重点工程
_OF_ALL = re.compile(
    r"^(?:(?:\D{1,6}?[省市州盟县区旗镇乡])?[分各](?:城市|县|市|区|镇|乡|街道|地区(?!生产)|地(?!区)|部门|单位|行业|[、/])+|[省市县区](?=重点)"
    "|[省市县区]对[市县区下镇乡]"
    r"|\d+个\D{1,8}?(?:城市|县|市|区|镇)(?=..))"
)
# Whose table it is, before the year: 河阳县 of 表二 河阳县2023年教育支出
_REGION = re.compile(
    r"^[*#\s]*(?:附?[表件图]\s*[\d一二三四五六七八九十]*[、:： \u3000]*)?"
    r"[^\d\s,，。*]{2,14}?(?=(?:19|20)\d\d年)"
)


def unit_line(line: str) -> tuple[str, ...]:
    """The units of a line that says nothing else: 单位:万元."""
    match = _UNIT_LINE.fullmatch(line)
    return units_in(match[1]) if match else ()


def topic_of(caption: str, own: str = "") -> str:
    """What a caption calls the whole of its table: 教育支出 of 表3 教育支出预算表.

    Args:
        caption: its name, without the time.
        own: the name of the report's region.
    """
    name = _NUMBER.sub("", caption).strip(EDGE).removeprefix(own)
    levels = lexicon.alternation(lexicon.words("table_parts"))
    name = re.sub(f"^(?:{levels})(?=..)", "", _OF_ALL.sub("", name))
    topic = _FORM.sub("", name).strip(EDGE)
    return topic if len(topic) > _SHORT else _TABLE.sub("", name).strip(EDGE)  # 部门预算


def things_of(caption: str) -> str:
    """What a caption calls the works that its table lists (重点项目), or nothing."""
    kinds = lexicon.alternation(lexicon.words("listed_things"))
    match = re.match(f".{{0,12}}?(?:{kinds})", caption)
    if match is None:
        return ""
    return match[0]


def units_of_caption(text: str) -> tuple[str, ...]:
    """The units that a caption names in brackets: 主要指标(单位:亿元)."""
    match = _UNIT_INSIDE.search(text)
    if match:
        return units_in(match[1])
    last = list(BRACKET.finditer(text))[-1:]
    return units_in(last[0][1]) if last else ()


def read_caption(text: str, default: Period | None) -> Heading:
    """Read the caption of a table; its brackets may give the time: (2020年11月1日零时)."""
    caption = read_heading(_REGION.sub("", BRACKET.sub("", text)), default)
    whole = caption.period
    if whole is None:
        return caption._replace(period=read_heading(text, default).period)
    for bracket in BRACKET.finditer(text):  # 2024年…(截至9月底)
        part = read_heading(bracket[1], whole).period
        if part is not None and whole.start <= part.start and part.end < whole.end:
            return caption._replace(period=part)
    return caption


def context_of(caption: str, units: tuple[str, ...], metadata: Metadata) -> TableContext:
    """What is known of a table outside of its cells.

    Args:
        caption: the line above it, or nothing.
        units: those of a line of units, as written.
        metadata: what is known of the report.
    """
    own = (metadata.region_path or "").rpartition("/")[2]
    said = read_caption(caption, metadata.period)
    topic = topic_of(said.name, own)
    return TableContext(
        metadata.period,
        metadata.region_level,
        own,
        units,
        said.period,
        said.says,
        topic,
        things_of(topic),
    )
