"""The closed list of what becomes of a numeral: each disposition, and where it is settled.

`numbers/dispositions.py` settles it, from the numeral and the words around it. Only a place that
the numeral stands in, known to a later step, may overrule that, and only as `at_spot` says. The
type `Disposition` (`model.py`) and the check of `fact_numeral` list the same codes: a test. Labels
and docs/dictionary.md are made of this table.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

from pipelines.text.model import Disposition


class Kind(NamedTuple):
    """What one disposition means."""

    en: str
    zh: str
    example: str  # its first numeral is one
    settled_by: str  # the modules of numbers/ that may say so
    counts: bool = False  # it may stand for an amount: a time that speaks of it governs it


DISPOSITIONS: Final[dict[Disposition, Kind]] = {
    "observation": Kind(
        "observation",
        "观测值",
        "财政收入增长6.4%",
        "arabic bare bounds chinese dispositions scan",
        counts=True,
    ),
    "date": Kind(
        "date or time", "日期、时间", "2023年上半年", "arabic bare chinese dispositions scan signs"
    ),
    "duration": Kind("length of time", "时长", "连续3年增长", "arabic chinese", counts=True),
    "ordinal": Kind("ordinal", "序数", "第六届运动会", "chinese dispositions"),
    "label": Kind(
        "part of a slogan or label",
        "口号、标签中的数字",
        "实施“1138X”计划",
        "arabic bare chinese dispositions scan signs",
    ),
    "name": Kind("part of a name", "名称中的数字", "三里亭小区", "arabic bounds chinese"),
    "list_number": Kind("list number", "条目序号", "(3)加强管理", "bare dispositions signs"),
    "address": Kind("address", "门牌、楼栋号", "改造12号楼", "arabic"),
    "document_number": Kind("document number", "文号", "第5号令", "arabic dispositions"),
    "model": Kind("model or standard number", "型号、标准号", "PM2.5浓度", "arabic bare"),
    "threshold": Kind(
        "bound of a category", "类别的门槛", "亿元以上项目", "arabic bare bounds", counts=True
    ),
    "rhetorical": Kind(
        "rhetorical grouping", "概括性数字", "三个坚持", "arabic bare chinese", counts=True
    ),
    "idiom": Kind("idiom", "成语、固定词", "进一步加强", "chinese dispositions scan"),
    "footnote": Kind("footnote mark", "脚注号", "增加值[12]", "dispositions"),
    "contact": Kind(
        "telephone, page or address", "电话、页码、网址", "拨打12345热线", "arabic bare"
    ),
    "unknown": Kind(
        "not understood", "未能识别", "占⅔", "arabic bare dispositions scan signs", counts=True
    ),
}


class Spot(Enum):
    """Where a numeral stands that a later step knows of."""

    PAGE_LINE = "a line that a web page puts around the report"
    DOCUMENT_LABEL = "the labels above a text: 索引号, 发布机构"
    TABLE_HEAD = "the lines above a table: its number, its unit"
    HEADING_CELL = "a cell that is a heading"
    PLAIN_CELL = "a cell that no heading explains"
    SERIAL_CELL = "a cell of a column of serial numbers"
    YEAR_CELL = "a cell that is a year or a day"
    DAMAGED = "text whose bytes are damaged"


_ALL: Final = frozenset(DISPOSITIONS)
_OPEN: Final[frozenset[Disposition]] = frozenset({"observation", "unknown"})
_FIGURE: Final[frozenset[Disposition]] = frozenset({"observation"})
_KEPT: Final[frozenset[Disposition]] = frozenset(
    {"date", "duration", "ordinal", "name", "threshold"}
)
# What each place overrules, and what it makes of it.
_OVERRULED: Final[dict[Spot, tuple[frozenset[Disposition], Disposition]]] = {
    Spot.PAGE_LINE: (_OPEN, "contact"),
    Spot.DOCUMENT_LABEL: (_OPEN, "label"),
    Spot.TABLE_HEAD: (_ALL - _KEPT, "label"),
    Spot.HEADING_CELL: (_FIGURE, "label"),
    Spot.PLAIN_CELL: (_FIGURE, "unknown"),
    Spot.SERIAL_CELL: (_ALL, "list_number"),
    Spot.YEAR_CELL: (_ALL, "date"),
    Spot.DAMAGED: (_ALL, "unknown"),
}


def at_spot(said: Disposition, place: Spot) -> Disposition:
    """What a numeral is that stands in a place."""
    overruled, instead = _OVERRULED[place]
    return instead if said in overruled else said
