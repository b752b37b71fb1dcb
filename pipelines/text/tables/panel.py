"""A panel: one table, or one of several side by side. Its headings, and what each column has.

What the figures below the headings are of is the business of `read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipelines import lexicon
from pipelines.text.model import Period
from pipelines.text.tables.captions import unit_line, units_of_caption
from pipelines.text.tables.cells import is_region, is_time, within
from pipelines.text.tables.dates import term_before
from pipelines.text.tables.grid import Table, TableCell, is_nothing, is_year
from pipelines.text.tables.headings import (
    EMPTY,
    KINDS,
    Heading,
    below,
    joined,
    names_things,
    read_heading,
    stub_kind,
    units_in,
    within_row,
)
from pipelines.text.tables.readings import Column, TableContext

_LEAST_HEADS = 2  # headings side by side
_SERIAL = 3  # numbers from 1 on that make a column one of serial numbers
_DISTINCT = 0.8  # of the rows: names that tell them apart
_TERM_BEFORE = "上期"
_PART = re.compile("其\\s*中")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?[万亿]?[^\d\s\-—~年月日.、,)）]")


class Panel:
    """One table, or one of several side by side."""

    def __init__(self, table: Table, left: int, right: int, context: TableContext) -> None:
        self.table = table
        self.left = left
        self.right = right
        self.default = context.default
        self.units = context.units
        self.caption = within(context.period, context.default)
        self.first = self._first_row()
        self.columns = self._columns()

    def _first_row(self) -> int:
        """The first row below the headings."""
        for row in range(len(self.table.places)):
            cells = [self.table.at(row, column) for column in range(self.left, self.right)]
            own = [c for c in cells if c is not None and c.figure is not None and c.row == row]
            if not own:
                if row and (self._is_filled(row) or self._is_group(row)):
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

    def _is_group(self, row: int) -> bool:
        """Whether a row below the headings has but one name, of the rows below it."""
        above = [self.table.at(row - 1, column) for column in range(self.left, self.right)]
        if len({id(cell) for cell in above if cell is not None and cell.text}) < _LEAST_HEADS:
            return False
        cells = [self.table.at(row, column) for column in range(self.left, self.right)]
        first = cells[0]
        if first is None or first.row != row or not first.text or unit_line(first.text):
            return False
        rest = [cell for cell in cells if cell is not None and cell is not first]
        return all(cell.row == row and not cell.text for cell in rest)

    def _below(self, row: int) -> bool:
        return row + 1 < len(self.table.places)

    def _columns(self) -> list[Column]:
        columns = [self._column(index) for index in range(self.left, self.right)]
        return self._with_parts(self._with_one_name(columns))

    def _with_parts(self, columns: Sequence[Column]) -> list[Column]:
        """Columns; those that are parts of one before (其中:男, 女) with its name and unit."""
        made: list[Column] = []
        whole: Heading | None = None
        for column in columns:
            heading = column.heading
            amount = bool(heading.name) and not heading.units and not heading.says & KINDS
            rate = heading.name.endswith(lexicon.affixes("rate_endings"))
            if column.kind != "figures":
                whole = None
            elif amount and not rate and _PART.match(heading.text):
                before = [one.heading for one in made if one.kind == "figures" and not one.part]
                whole = before[-1] if before and before[-1].units else None
            elif not amount or rate:
                whole = None
            if whole is not None:
                name = below(whole.name, heading.name)
                heading = heading._replace(name=name, units=whole.units)
            made.append(column._replace(heading=heading, part=whole is not None))
        return self._with_times(made)

    def _with_times(self, columns: Sequence[Column]) -> list[Column]:
        """Columns; a growth beside a figure of a part of the report's time is of that part."""
        made: list[Column] = []
        before: Period | None = None
        last: Period | None = None  # of the amounts side by side before a change
        planned = False
        for column in columns:
            heading = column.heading
            if column.kind == "figures" and not heading.says & KINDS:
                side = [before, last] if made and not made[-1].heading.says & KINDS else []
                times = [one for one in (*side, heading.period) if one is not None]
                last = max(times, default=None, key=_end)
                before = None if heading.text.startswith(_TERM_BEFORE) else heading.period
                planned = "plan" in heading.says - {"done"}
            elif column.kind == "figures":
                if before and not heading.name and self._is_of(before, heading):
                    heading = heading._replace(period=before)
                elif self.default is None:  # of a report without a date
                    heading = heading._replace(period=heading.period or last)
                if planned and not heading.says & {"done", "completion"}:
                    # beside what is planned a change is one that is
                    period = heading.period or last or before
                    heading = heading._replace(says=heading.says | {"plan"}, period=period)
            made.append(column._replace(heading=heading))
        return made

    def _is_of(self, before: Period, heading: Heading) -> bool:
        """Whether a rate is of the part of the report's time that the figure before it is of."""
        if "均" in heading.text or not self._is_part(before):
            return False
        own = heading.period
        wider = own is not None and own.start <= before.start and before.end < own.end
        return own is None or (wider and "completion" in heading.says)

    def _is_part(self, period: Period) -> bool:
        default = self.default
        if default is None:
            return False
        to_date = period.end == default.end
        return to_date or default.start <= period.start <= period.end <= default.end

    def _with_one_name(self, columns: Sequence[Column]) -> list[Column]:
        """Columns of words with what they are to the column that names the rows.

        A heading that no list knows (投资方) is over a note, beside a column with a name a row.
        """
        words = [column for column in columns if column.kind in ("indicator", "subject")]
        heads = {column: "".join(self._heading_texts(column.number)) for column in words}
        known = [column for column in words if stub_kind(heads[column])]
        named = sum(bool(c.heading.name) for c in columns if c.kind == "figures")
        figures = sum(column.kind == "figures" for column in columns)
        headed = known or [column for column in words if heads[column]]
        if not headed:
            return list(columns)
        main = next((one for one in headed if self._tells_rows_apart(one)), headed[0])
        told = not known and names_things(heads[main]) and 2 * named >= figures
        alone = self._tells_rows_apart(main)
        made: list[Column] = []
        for column in columns:
            kind = column.kind
            if column is main and told:
                kind = "subject"
            elif column in words and column not in known and column is not main and heads[column]:
                before = column.number < main.number
                kind = "category" if before else "note" if alone else kind
            made.append(column._replace(kind=kind))
        return made

    def _tells_rows_apart(self, column: Column) -> bool:
        """Whether nearly each row has a name of its own in a column."""
        names = [cell.text for cell in self.body(column.number) if not is_nothing(cell.text)]
        return len(set(names)) >= _DISTINCT * max(len(self.table.places) - self.first - 1, 1)

    def _column(self, index: int) -> Column:
        texts = self._heading_texts(index)
        kind = next((kind for text in reversed(texts) if (kind := stub_kind(text))), None)
        body = self.body(index)
        numbers = [cell for cell in body if cell.figure is not None]
        if kind == "note" and 2 * len(numbers) > len(body) and self._joined(texts).units:
            kind = None  # 资金来源(亿元) over figures
        if kind in ("period", "unit", "note", "index"):
            return Column(index, kind, EMPTY)
        if not numbers:
            return Column(index, kind or self._kind_of_words(index, body), EMPTY)
        heading = self._summed(self._joined(texts), "".join(texts))
        if index == self.left:
            if "rank" not in heading.says and self._is_serial(numbers, texts):
                return Column(index, "index", EMPTY)
            if all(is_year(cell.figure) for cell in numbers):
                return Column(index, "period", EMPTY)
        words = [cell for cell in body if cell.figure is None and not is_nothing(cell.text)]
        if kind is None and len(words) > len(numbers):
            kind = self._kind_of_words(index, words)  # 主体封顶, 3栋厂房封顶
        elif kind is not None and len(numbers) * 2 >= len(body):
            kind = None
        return Column(index, kind or "figures", EMPTY if kind else heading)

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

    def _summed(self, heading: Heading, text: str) -> Heading:
        """A heading with its time: 累计 in a table of a month is of the year up to it.

        上期 is of the month, or the ten days, before.
        """
        month = self.caption or self.default
        if heading.period is None and month is not None and month.start.month == month.end.month:
            own = term_before(month) if text.startswith(_TERM_BEFORE) else within_row(text, month)
            heading = heading._replace(period=own)
        return heading

    def _joined(self, texts: Sequence[str]) -> Heading:
        """Headings that stand over each other as one: the lower one says more."""
        whole = EMPTY
        for text in texts:
            lower = read_heading(text, self.default)
            if whole.text and not lower.says and (units := units_in(text)):
                whole = whole._replace(units=units)  # a row of units below the names
                continue
            whole = joined(whole, lower)
        return whole


def _end(period: Period) -> date:
    return period.end


def _tell(words: Sequence[TableCell]) -> bool:
    """Whether most cells of a column tell something in figures: 新建道路3.2公里."""
    telling = sum(_AMOUNT.search(cell.text) is not None for cell in words)
    return telling * 2 > len(words)
