"""Which figure of a table is of what: headings of rows and columns put together.

Rows are indicators, or whom figures are about, or times; columns the like. What one heading says is
the business of `headings`, where the cells are that of `grid`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipelines import lexicon
from pipelines.text.model import Measure, Period, Status
from pipelines.text.tables.cells import (
    RATIOS,
    basis_of,
    counted,
    expected,
    is_part,
    is_region,
    priced,
    settled,
    subject_of,
    without_area,
)
from pipelines.text.tables.grid import Table, TableCell
from pipelines.text.tables.headings import (
    KINDS,
    Heading,
    UnitOf,
    names_plan,
    read_heading,
    unit_of,
    within_row,
)
from pipelines.text.tables.panel import Panel
from pipelines.text.tables.panels import side_by_side
from pipelines.text.tables.parents import Parents
from pipelines.text.tables.readings import Column, Reading, TableContext, TableReading
from pipelines.text.tables.rows import Row, RowPlace

_MEASURES: tuple[tuple[str, Measure], ...] = (
    ("rank", "rank"),
    ("completion", "completion"),
    ("growth", "change_rate"),
    ("fall", "change_rate"),
    ("change", "change_amount"),
    ("share", "share"),
)


def read_table(table: Table, context: TableContext) -> TableReading:
    """The figures of a table that its headings explain.

    Args:
        table: the cells.
        context: what is known outside.

    Returns:
        One reading a cell; a cell with a number and no reading was not understood.
    """
    found: list[Reading] = []
    serials: set[int] = set()
    body: set[int] = set()
    for left, right in side_by_side(table):
        panel = Panel(table, left, right, context)
        found += _Reader(panel, context).read()
        for column in panel.columns:
            cells = panel.body(column.number)
            if column.kind == "index":
                serials.update(id(cell) for cell in cells)
            if column.kind in ("figures", "note"):
                body.update(id(cell) for cell in cells)
    return TableReading(tuple(found), frozenset(serials), frozenset(body))


class _Reader:
    """Reads the figures of a panel."""

    def __init__(self, panel: Panel, context: TableContext) -> None:
        self.panel = panel
        self.table = panel.table
        self.context = context
        self.default = context.default
        self.topic = context.topic
        self._changes = any("change" in column.heading.says for column in panel.columns)

    def read(self) -> list[Reading]:
        """All figures that the headings explain."""
        figures = [column for column in self.panel.columns if column.kind == "figures"]
        stubs = [column for column in self.panel.columns if column.kind in _STUBS]
        if not figures or (not stubs and not any(c.heading.name for c in figures)):
            return []
        found: list[Reading] = []
        group = ""
        parents = Parents()
        if sum(not column.heading.text for column in figures) > 1:
            return []  # nothing says which is which
        place = RowPlace(
            self.table, self.panel.columns, (self.panel.first, self.panel.left), self.context
        )
        for row in range(self.panel.first, len(self.table.places)):
            cells = [self.table.at(row, column.number) for column in figures]
            if not any(cell is not None and cell.figure is not None for cell in cells):
                named = self._group(row, cells)
                if named is not None:
                    heading, indent = named
                    about = heading.name if is_region(heading.name) else ""
                    group = "" if about else heading.name
                    whom = subject_of(about, self.context.level, self.context.own)
                    parents.group(heading, indent, whom)
                continue
            name = Row(place, row, stubs, group)
            parents.place(name)
            for column, cell in zip(figures, cells, strict=True):
                if cell is None or cell.figure is None or cell.row != row:
                    continue
                if cell.column != column.number:
                    continue
                reading = self._reading(cell, column, name, figures)
                if reading is not None:
                    found.append(reading)
        return found

    def _group(self, row: int, cells: Sequence[TableCell | None]) -> tuple[Heading, int] | None:
        """The name that a row without figures gives the rows below it, and how far it is set in.

        None for a row whose figures are not known: dashes are in their places.
        """
        cell = self.table.at(row, self.panel.left)
        if cell is None or any(one is not None and one is not cell and one.text for one in cells):
            return None
        heading = read_heading(cell.text, self.default)
        return (heading, cell.indent) if heading.name or heading.period else None

    def _reading(
        self, cell: TableCell, column: Column, row: Row, figures: Sequence[Column]
    ) -> Reading | None:
        figure = cell.figure
        if figure is None or (len(figure.unit) > _LONGEST_UNIT and unit_of(figure.unit) is None):
            return None  # 3栋厂房封顶
        heading = column.heading
        measure = self._measure(heading, row)
        indicator, subject, scope = self._named(column, row, figures, measure)
        if not indicator:
            return None
        unit = priced(self._unit(figure.unit, heading, row, measure, indicator), row.units)
        if measure == "level" and unit is not None and unit.unit == "%" and self._grows(heading):
            measure = "change_rate"
        percent = "%" in heading.units or bool(figure.unit)
        measure, unit = settled(measure, unit, percent=percent)
        if measure == "change_rate" and not self._changes and _is_rate(row):
            measure, unit = "change_amount", unit_of("百分点")  # 城镇化率 grows by points
        value = Decimal(figure.digits) * (unit.factor if unit is not None else 1)
        negative = figure.negative
        if "fall" in heading.says | row.heading.says and "growth" not in heading.says:
            negative = not negative
        period, status = self._when(heading, row)
        return Reading(
            cell,
            -value if negative else value,
            unit,
            measure,
            basis_of(heading.text or row.heading.text, measure),
            indicator,
            subject,
            scope,
            period,
            status,
            any(word in heading.text for word in lexicon.words("since_start")),
        )

    def _named(
        self, column: Column, row: Row, figures: Sequence[Column], measure: Measure
    ) -> tuple[str, str | None, str | None]:
        """Indicator, subject and scope of a figure; no indicator where no heading names one."""
        heading = column.heading
        name = heading.name
        subject = row.subject
        scope = None
        if measure in ("rank", "share") and is_region(name.removeprefix("在")):
            scope, name = name.removeprefix("在"), ""  # 增速在全市位次
        scope = heading.of or scope
        if row.gives_name and subject is None and (is_region(name) or is_part(name)):
            subject, name = subject_of(name, self.context.level, self.context.own), ""
        if not name and measure != "level":
            name = self._name_before(column, figures, measure)
        if heading.of and not row.name and not is_region(heading.of):
            name = self._share_name(name, heading.of)
        if name == _INDEX and not row.name and self.topic.endswith(_INDEX):
            name = self.topic
        return row.indicator(name) or self.topic, subject, scope

    def _measure(self, heading: Heading, row: Row) -> Measure:
        for says in (heading.says, row.heading.says):
            for kind, measure in _MEASURES:
                if kind in says:
                    return measure
        return "level"

    def _grows(self, heading: Heading) -> bool:
        """Whether a caption calls percents growths that no heading says what they are of."""
        return "growth" in self.context.says and not heading.units and not heading.says & KINDS

    def _name_before(self, column: Column, figures: Sequence[Column], measure: Measure) -> str:
        """The name of the nearest column before: growth is behind its level.

        A completion is of what was planned, if a column before says so.
        """
        before = [
            one.heading
            for one in figures
            if one.number < column.number
            and not one.part
            and not one.heading.says & KINDS
            and not is_region(one.heading.name)
            and not one.heading.name.endswith(lexicon.affixes("rate_endings"))
        ]
        plans = [one.name for one in before if one.name and "plan" in one.says - {"done"}]
        names = [one.name for one in before if "plan" not in one.says]
        if measure == "completion" and plans and names_plan(column.heading.text):
            return plans[-1]
        if measure == "rank" and not names and "rank" not in self.context.says:
            after = [one.heading.name for one in figures if one.number > column.number]
            return next((name for name in after if name), "")  # the order is that of the rows
        return names[-1] if names else ""

    def _share_name(self, name: str, whole: str) -> str:
        """What a share is called that no row names: 常住人口比重 for 占全市常住人口比重."""
        own = without_area(whole)
        return f"{own}比重" if own and name in ("", own) else name

    def _unit(
        self, own: str, heading: Heading, row: Row, measure: Measure, indicator: str
    ) -> UnitOf | None:
        """The unit of a figure: its own, its column's, its row's, or that of the whole table."""
        if own and (given := unit_of(own)) is not None:
            return given
        if measure == "rank":
            return UnitOf("名", Decimal(1), "rank", "名")
        rate = measure in ("change_rate", "completion", "share")
        if rate:
            sources = [heading.units]
        elif any(unit in RATIOS for unit in row.heading.units):
            sources = [row.heading.units, heading.units, row.units]  # 存贷比(%) under 亿元
        else:
            own_rate = indicator.endswith(lexicon.affixes("rate_endings"))
            above = () if own_rate else row.above
            sources = [heading.units, row.units, row.heading.units, above]
        for units in (*sources, self.panel.units):
            fitting = [unit for unit in units if (unit in RATIOS) == rate]
            if not fitting and (units is not self.panel.units or not rate):
                fitting = list(units)
            if len(fitting) == 1:
                return unit_of(fitting[0])
            if fitting and (one := expected(indicator, fitting)) is not None:
                return one
        return unit_of("%") if rate else counted(indicator)

    def _when(self, heading: Heading, row: Row) -> tuple[Period | None, Status]:
        """The time of a figure, and whether it is planned."""
        own = _both(heading, row)
        period = own or self.panel.caption or self.default
        default = self.default
        says = heading.says if heading.says & {"plan", "done"} else row.heading.says
        rate = "completion" in heading.says or (
            bool(heading.says & {"share", "growth"}) and "plan" not in heading.says
        )
        planned = "plan" in says and "done" not in says and not rate
        caption = self.context.says & {"plan", "done"}
        if caption == {"plan"} and own is None and not says & {"plan", "done"} and not rate:
            planned = True  # 三公经费预算表
        if planned and own is None and default is not None:
            year = default.end.year
            period = Period(date(year, 1, 1), date(year, 12, 31))
        if default is not None and period is not None and period.start > default.end:
            # Of a later year than the next one, the report's own period may be misread.
            planned = planned or period.end.year <= default.end.year + 1
        if planned and own is not None and default is not None and own.end < default.start:
            planned = "plan" in says
        return period, "planned" if planned else "actual"


def _is_rate(row: Row) -> bool:
    """Whether the figures of a row are percents of their own: 城镇化率."""
    units = row.units or row.heading.units
    share = "share" in row.heading.says or row.name.endswith(lexicon.affixes("rate_endings"))
    return share and bool(units) and all(unit in RATIOS for unit in units)


def _both(heading: Heading, row: Row) -> Period | None:
    """The time of a column and of a row together: 上半年 of 2022年."""
    if row.period and (told := within_row(heading.text, row.period)):
        return told
    one, other = heading.period, row.period
    if one is None or other is None:
        return one or other
    if _YEAR.search(heading.text):
        one, other = other, one
        if _YEAR.search(row.when):
            return heading.period
    try:
        return Period(one.start.replace(year=other.end.year), one.end.replace(year=other.end.year))
    except ValueError:  # 29 February
        return other


_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_UNIT = 2  # characters of a unit that no list knows
_INDEX = "指数"
_STUBS = ("indicator", "subject", "period", "category")
