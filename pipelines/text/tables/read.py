"""Which figure of a table is of what: headings of rows and columns put together.

Rows are indicators, or whom figures are about, or times; columns the like. What one heading says is
the business of `headings`, where the cells are that of `grid`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipelines.text.model import Measure, Period, Status
from pipelines.text.tables.cells import (
    RATIOS,
    basis_of,
    expected,
    is_part,
    is_region,
    is_time,
    settled,
    subject_of,
    within,
)
from pipelines.text.tables.grid import Table, TableCell, is_nothing, is_year
from pipelines.text.tables.headings import (
    EMPTY,
    Heading,
    UnitOf,
    read_heading,
    stub_kind,
    unit_line,
    unit_of,
    units_in,
    units_of_caption,
)
from pipelines.text.tables.panels import side_by_side
from pipelines.text.tables.readings import Column, Context, Reading, TableReading
from pipelines.text.tables.rows import Place, Row

_SERIAL = 3  # numbers from 1 on that make a column one of serial numbers
_MEASURES: tuple[tuple[str, Measure], ...] = (
    ("rank", "rank"),
    ("completion", "completion"),
    ("growth", "change_rate"),
    ("fall", "change_rate"),
    ("change", "change_amount"),
    ("share", "share"),
)


def read_table(table: Table, context: Context) -> TableReading:
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
        panel = _Panel(table, left, right, context)
        found += panel.read()
        for column in panel.columns:
            cells = panel.body(column.number)
            if column.kind == "index":
                serials.update(id(cell) for cell in cells)
            if column.kind in ("figures", "note"):
                body.update(id(cell) for cell in cells)
    return TableReading(tuple(found), frozenset(serials), frozenset(body))


class _Panel:
    """One table, or one of several side by side."""

    def __init__(self, table: Table, left: int, right: int, context: Context) -> None:
        self.table = table
        self.left = left
        self.right = right
        self.default = context.default
        self.level = context.level
        self.units = context.units
        self.caption = within(context.period, context.default)
        self.topic = context.topic
        self.says = context.says
        self.first = self._first_row()
        self.columns = self._columns()

    def read(self) -> list[Reading]:
        """All figures that the headings explain."""
        figures = [column for column in self.columns if column.kind == "figures"]
        stubs = [column for column in self.columns if column.kind in _STUBS]
        if not figures or (not stubs and not any(c.heading.name for c in figures)):
            return []
        found: list[Reading] = []
        group = ""
        place = Place(self.table, self.columns, self.left, self.default, self.level, self.topic)
        for row in range(self.first, len(self.table.places)):
            cells = [self.table.at(row, column.number) for column in figures]
            if not any(cell is not None and cell.figure is not None for cell in cells):
                group = self._group(row)
                continue
            name = Row(place, row, stubs, group)
            for column, cell in zip(figures, cells, strict=True):
                if cell is None or cell.figure is None or cell.row != row:
                    continue
                if cell.column != column.number:
                    continue
                reading = self._reading(cell, column, name, figures)
                if reading is not None:
                    found.append(reading)
        return found

    def _first_row(self) -> int:
        """The first row below the headings."""
        for row in range(len(self.table.places)):
            cells = [self.table.at(row, column) for column in range(self.left, self.right)]
            own = [c for c in cells if c is not None and c.figure is not None and c.row == row]
            if not own:
                if row and self._is_filled(row):
                    return row
                continue
            years = all(is_year(cell.figure) for cell in own)
            numbers = [cell.figure.digits for cell in own if cell.figure is not None]
            counted = numbers == [str(n) for n in range(1, len(numbers) + 1)] and len(numbers) > 2
            if row and counted and not self._below(row):
                return row
            if not ((years and len(own) > 1 and cells[0] not in own) or counted):
                return row
        return len(self.table.places)

    def _is_filled(self, row: int) -> bool:
        """Whether a row without numbers is one of data all the same: a name, and dashes."""
        cells = [self.table.at(row, column) for column in range(self.left, self.right)]
        rest = [cell for cell in cells[1:] if cell is not None and cell.row == row]
        return len(rest) > 1 and all(is_nothing(cell.text) for cell in rest)

    def _below(self, row: int) -> bool:
        return row + 1 < len(self.table.places)

    def _columns(self) -> list[Column]:
        return [self._column(index) for index in range(self.left, self.right)]

    def _column(self, index: int) -> Column:
        texts = self._heading_texts(index)
        kind = next((kind for text in reversed(texts) if (kind := stub_kind(text))), None)
        body = self.body(index)
        numbers = [cell for cell in body if cell.figure is not None]
        if kind in ("period", "unit", "note", "index"):
            return Column(index, kind, EMPTY)
        if not numbers:
            return Column(index, kind or self._kind_of_words(index, body), EMPTY)
        if index == self.left and self._is_serial(numbers, texts):
            return Column(index, "index", EMPTY)
        if index == self.left and all(is_year(cell.figure) for cell in numbers):
            return Column(index, "period", EMPTY)
        if kind is not None and len(numbers) * 2 < len(body):
            return Column(index, kind, EMPTY)
        return Column(index, "figures", self._joined(texts))

    def _kind_of_words(self, index: int, body: Sequence[TableCell]) -> str:
        """What a column without numbers and without a telling heading has."""
        words = [cell for cell in body if not is_nothing(cell.text)]
        if words and all(units_in(cell.text) for cell in words):
            return "unit"
        names = index == self.left or (len(words) * 2 >= len(body) and self._is_stub(index))
        return self._kind_of_names(words) if names and not _tell(words) else "note"

    def _is_stub(self, index: int) -> bool:
        """Whether no column of figures stands left of this one."""
        return not any(
            cell.figure is not None and not is_year(cell.figure) and len(cell.figure.digits) > 2
            for left in range(self.left, index)
            for cell in self.body(left)
        )

    def _is_serial(self, numbers: Sequence[TableCell], texts: Sequence[str]) -> bool:
        digits = [cell.figure.digits for cell in numbers if cell.figure is not None]
        counted = digits == [str(number) for number in range(1, len(digits) + 1)]
        return counted and (len(digits) >= _SERIAL or not any(texts))

    def _kind_of_names(self, words: Sequence[TableCell]) -> str:
        """What unheaded names of rows are: times, regions, or else indicators."""
        names = [cell.text.strip() for cell in words]
        if names and all(is_time(name) for name in names):
            return "period"
        regions = [name for name in names if is_region(name)]
        return "subject" if len(names) > 1 and len(regions) * 2 > len(names) else "indicator"

    def body(self, index: int) -> list[TableCell]:
        """The cells of a column below its headings."""
        cells = (self.table.at(row, index) for row in range(self.first, len(self.table.places)))
        seen: list[TableCell] = []
        for cell in cells:
            if cell is not None and cell.column == index and (not seen or seen[-1] is not cell):
                seen.append(cell)
        return seen

    def _heading_texts(self, index: int) -> list[str]:
        """The headings over a column from top to bottom; one over the whole table is a caption."""
        texts: list[str] = []
        last: TableCell | None = None
        for row in range(self.first):
            cell = self.table.at(row, index)
            if cell is None or cell is last or not cell.text:
                continue
            last = cell
            if cell.width >= self.right - self.left and self.first > 1:
                self._take_caption(cell.text)
            elif not (cell.figure is not None and not is_year(cell.figure)):
                texts.append(cell.text)
        return texts

    def _take_caption(self, text: str) -> None:
        units = unit_line(text) or units_of_caption(text)
        self.units = units or self.units
        heading = read_heading(text, self.default)
        self.caption = within(heading.period, self.default) or self.caption

    def _joined(self, texts: Sequence[str]) -> Heading:
        """Headings that stand over each other as one: the lower one says more."""
        whole = EMPTY
        for text in texts:
            below = read_heading(text, self.default)
            if whole.text and not below.says and (units := units_in(text)):
                whole = whole._replace(units=units)  # a row of units below the names
                continue
            name = below.name
            if whole.name and name and whole.name != name:
                name = name if name.startswith(whole.name) else whole.name + name
            says = below.says
            if not says & _KINDS:
                says = says | whole.says
            whole = Heading(
                below.text,
                name or whole.name,
                says,
                below.units or whole.units,
                below.period or whole.period,
            )
        return whole

    def _group(self, row: int) -> str:
        """The name that a row without figures gives the rows below it."""
        cell = self.table.at(row, self.left)
        return "" if cell is None else read_heading(cell.text, self.default).name

    def _reading(
        self, cell: TableCell, column: Column, row: Row, figures: Sequence[Column]
    ) -> Reading | None:
        figure = cell.figure
        if figure is None:
            return None
        heading = column.heading
        measure = self._measure(heading, row)
        name = heading.name
        subject = row.subject
        if row.gives_name and subject is None and (is_region(name) or is_part(name)):
            subject, name = subject_of(name, self.level), ""
        if name in _RATES and not row.gives_name:
            name = self._name_before(column, figures) or name
        elif not name and measure != "level":
            name = self._name_before(column, figures)
        indicator = row.indicator(name) or self.topic
        if not indicator:
            return None
        unit = self._unit(figure.unit, heading, row, measure, indicator)
        if measure == "level" and unit is not None and unit.unit == "%" and self._grows(heading):
            measure = "change_rate"
        measure, unit = settled(measure, unit, percent="%" in heading.units or bool(figure.unit))
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
            period,
            status,
        )

    def _measure(self, heading: Heading, row: Row) -> Measure:
        for says in (heading.says, row.heading.says):
            for kind, measure in _MEASURES:
                if kind in says:
                    return measure
        return "level"

    def _grows(self, heading: Heading) -> bool:
        """Whether a caption calls percents growths that no heading says what they are of."""
        return "growth" in self.says and not heading.units and not heading.says & _KINDS

    def _name_before(self, column: Column, figures: Sequence[Column]) -> str:
        """The name of the nearest column before: growth is behind its level."""
        names = [
            one.heading.name
            for one in figures
            if one.number < column.number and not one.heading.says & (_KINDS | {"plan"})
        ]
        return names[-1] if names else ""

    def _unit(
        self, own: str, heading: Heading, row: Row, measure: Measure, indicator: str
    ) -> UnitOf | None:
        """The unit of a figure: its own, its column's, its row's, or that of the whole table."""
        if own and (given := unit_of(own)) is not None:
            return given
        if measure == "rank":
            return unit_of("名") or UnitOf("名", Decimal(1), "rank", "名")
        rate = measure in ("change_rate", "completion", "share")
        sources = [heading.units, () if rate else row.units, () if rate else row.heading.units]
        for units in (*sources, self.units):
            fitting = [unit for unit in units if (unit in RATIOS) == rate]
            if not fitting and (units is not self.units or not rate):
                fitting = list(units)
            if len(fitting) == 1:
                return unit_of(fitting[0])
            if fitting and (one := expected(indicator, fitting)) is not None:
                return one
        return unit_of("%") if rate else None

    def _when(self, heading: Heading, row: Row) -> tuple[Period | None, Status]:
        """The time of a figure, and whether it is planned."""
        own = heading.period or row.period
        period = own or self.caption or self.default
        default = self.default
        says = heading.says if heading.says & {"plan", "done"} else row.heading.says
        rate = bool(heading.says & {"completion", "share", "growth"})
        planned = "plan" in says and "done" not in says and not rate
        if planned and own is None and default is not None:
            year = default.end.year
            period = Period(date(year, 1, 1), date(year, 12, 31))
        if default is not None and period is not None and period.start > default.end:
            planned = True
        if planned and own is not None and default is not None and own.end < default.start:
            planned = "plan" in says
        return period, "planned" if planned else "actual"


_AMOUNT = re.compile(r"\d+(?:\.\d+)?[万亿]?[^\d\s\-—~年月日.、,)）]")
_STUBS = ("indicator", "subject", "period", "category")
_RATES = frozenset({"完成率", "执行率"})
_KINDS = frozenset({"growth", "fall", "change", "completion", "share", "rank"})


def _tell(words: Sequence[TableCell]) -> bool:
    """Whether most cells of a column tell something in figures: 新建道路3.2公里."""
    telling = sum(_AMOUNT.search(cell.text) is not None for cell in words)
    return telling * 2 > len(words)
