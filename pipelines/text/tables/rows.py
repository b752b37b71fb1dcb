"""What the names of a row say: indicator, whom its figures are about, their time and unit.

Which columns have names is the business of `read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines import lexicon
from pipelines.text.model import Period
from pipelines.text.tables.cells import head_of, is_whole, subject_of, without_area
from pipelines.text.tables.grid import Table, is_nothing
from pipelines.text.tables.headings import EMPTY, Heading, read_heading, units_in
from pipelines.text.tables.readings import Column, TableContext

_TOTAL = re.compile("(?:合|小|共)计$")  # 总计 has what is carried over, too
_BOTH = "收支"
_WORKS = "项目"
_COUNT = 2  # characters of what is summed up that says too little: 收入
_COUNTRY = "全国"  # beside which any report may set its own figures
_COUNTED = re.compile(r"[(（]共?\d+[个项家户所处件]?[)）]$")  # 交通设施(2个): how many rows follow


class RowPlace:
    """Where a row is: its table and columns, and what is known of the whole of it."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[Column],
        corner: tuple[int, int],
        context: TableContext,
    ) -> None:
        self.table = table
        self.columns = columns
        self.first, self.left = corner  # first row below the headings, first column
        self.default = context.default
        self.level = context.level
        self.own = context.own
        self.topic = context.topic
        self.things = context.things

    def heading(self, row: int, column: int) -> Heading:
        """What a name of a row says, without the number of rows below it."""
        cell = self.table.at(row, column)
        if cell is None or is_nothing(cell.text):
            return EMPTY
        return read_heading(_COUNTED.sub("", cell.text), self.default)

    def said(self, row: int, stub: Column, stubs: Sequence[Column]) -> Heading:
        """What a name of a row says, or in the first of several columns that of a row above."""
        heading = self.heading(row, stub.number)
        return heading if heading.text or stub is not stubs[0] else self._above(row, stub)

    def _above(self, row: int, stub: Column) -> Heading:
        """The name that a row leaves out that is as in a row above: 东河镇 beside years."""
        beside = [
            self.heading(row, one.number)
            for one in self.columns
            if one.kind in ("period", "indicator") and one.number > stub.number
        ]
        total = any("total" in one.says for one in beside)
        if stub.kind not in ("subject", "period") or total or not any(o.text for o in beside):
            return EMPTY
        over = (self.heading(at, stub.number) for at in range(row - 1, self.first - 1, -1))
        return next((one for one in over if one.text), EMPTY)

    def lists_works(self, stub: Column) -> bool:
        """Whether a column has names of works: projects, constructions."""
        heads = (self.table.at(row, stub.number) for row in range(self.first))
        texts = [head.text.removesuffix("名称") for head in heads if head is not None]
        kinds = lexicon.affixes("listed_things")
        return stub.kind == "subject" and any(text.endswith(kinds) for text in texts)

    def indent(self, row: int, column: int) -> int:
        """How far a name is set in."""
        cell = self.table.at(row, column)
        return 0 if cell is None else cell.indent

    def named(self, row: int, stubs: Sequence[Column]) -> Sequence[Column]:
        """The columns with the names of a row.

        A name that lies across the columns left of the figures (小计) may be in one of notes.
        """
        if not stubs or any(self.heading(row, stub.number).text for stub in stubs):
            return stubs
        first = next((one.number for one in self.columns if one.kind == "figures"), 0)
        notes = [one for one in self.columns if one.kind == "note" and one.number < first]
        filled = [one for one in notes if self.heading(row, one.number).text]
        return [filled[0]._replace(kind=stubs[0].kind)] if len(filled) == 1 else stubs


class Row:
    """What the names of a row say."""

    def __init__(self, place: RowPlace, row: int, stubs: Sequence[Column], group: str) -> None:
        self.heading = EMPTY
        self.subject: str | None = None
        self.period: Period | None = None
        self.when = ""  # what says so
        self.units: tuple[str, ...] = ()
        self.above: tuple[str, ...] = ()  # of the row that it is a part of
        self.total = False
        self.gives_name = False
        self.indent = 0
        names: list[str] = []
        about = any(
            stub.kind == "subject" and place.heading(row, stub.number).name for stub in stubs
        )
        for stub in place.named(row, stubs):
            heading = place.said(row, stub, stubs)
            if not heading.text:
                continue
            if stub.kind == "period":
                self.period, self.when = heading.period, heading.text
                continue
            whole = "total" in heading.says and (not heading.name or is_whole(heading.name))
            self.total = self.total or whole
            if stub.kind == "subject":
                self.subject = (
                    None if self.total else subject_of(heading.name, place.level, place.own)
                )
                continue
            if stub.kind == "category" and (about or any(s.kind == "indicator" for s in stubs)):
                continue
            self.heading = heading
            self.indent = place.indent(row, stub.number)
            if self.period is None:
                self.period, self.when = heading.period, heading.text
            if heading.name and heading.name not in names and not whole:
                names.append(self._own_name(heading.name, place))
        if not names and not self.subject:
            # 合计 among serial numbers
            self.total = self.total or "total" in place.heading(row, place.left).says
        self.whole = group or place.topic
        works = any(place.lists_works(stub) for stub in stubs)
        self.name = self._total("".join(names), place.things, works=works)
        self.gives_name = bool(self.name)
        unit = next((column for column in place.columns if column.kind == "unit"), None)
        if unit is not None:
            cell = place.table.at(row, unit.number)
            self.units = units_in(cell.text) if cell is not None else ()
        self._subjects = any(stub.kind == "subject" for stub in stubs)

    def _own_name(self, name: str, place: RowPlace) -> str:
        """A name without the reporting area that it opens with: 常住人口 of 全市常住人口."""
        rest = without_area(name)
        area = name[: len(name) - len(rest)]
        whole = len(rest) > _COUNT and area.startswith("全") and area != _COUNTRY
        return rest if whole and subject_of(area, place.level, place.own) is None else name

    def _total(self, name: str, things: str, *, works: bool) -> str:
        """The name of a row; that of a total is the name of what is summed up.

        收入合计 in a table of 一般公共预算收入 is that, 小计 beside 交通 is of 交通项目.
        """
        if self.total and works and not self.subject:
            name = name or things
            kinds = lexicon.affixes("listed_things")
            return name if not name or name.endswith(kinds) else name + _WORKS
        if "total" not in self.heading.says or not name:
            return name
        base = re.sub(_TOTAL, "", name)
        both = self.whole.removesuffix(_BOTH)
        whole = self.whole if both == self.whole else both + base
        if base and whole.endswith(base):
            return whole
        return base if len(base) > _COUNT else name

    def indicator(self, name: str) -> str:
        """The indicator of a figure whose column adds `name`."""
        if self.total and not self._subjects:
            summed = name and name + "合计"  # 完成投资合计: a sum that no row names
            return (self.name + name if self.name else summed) or self.whole or "合计"
        if not self.name:
            return name
        if name == "指数" and self.whole.endswith("价格指数") and "价格" not in self.name:
            name = "价格指数"  # 食品 in a table of price indices
        if name.endswith("居民"):
            return name + self.name  # 城镇居民 over 人均可支配收入
        # 发电量 under 产量 is its own name.
        if not name or name == self.name or (len(name) <= 2 and self.name.endswith(name[-1])):
            return self.name
        if head_of(self.name) == name:
            return self.name  # 地区生产总值 under 增加值
        return name if name.startswith(self.name) else self.name + name
