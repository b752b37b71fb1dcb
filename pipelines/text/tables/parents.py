"""Which row above a row is a part of, and what of its name that row has already said.

Blanks before a name, 其中, and rows without figures put rows under others. What the names of one
row say is the business of `rows`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines import lexicon
from pipelines.text.model import Period
from pipelines.text.tables.cells import head_of, is_part, is_region
from pipelines.text.tables.headings import KINDS, Heading
from pipelines.text.tables.rows import Row

_INSIDE = re.compile("[#＃]|其\\s*中\\s*[:：]?")
_BY = re.compile("按.+分[组类]?[:：]?$|分.{2,8}$")  # 分三大门类
_SHORT = 2  # characters of a name that may leave out the head that it ends like (出口额)
_RESIDENTS = "居民"
_PER_HEAD = "人均"


class _Step(NamedTuple):
    """A row that others may be under."""

    name: str
    left: int  # where it begins, in widths of a letter
    right: int  # where its name does, behind 其中
    units: tuple[str, ...]
    says: frozenset[str]
    figures: bool  # has some of its own
    inside: bool = False  # named as a part of the one before it in the list
    elided: bool = False  # its name leaves out what that one says


class Parents:
    """The rows that the next one may be under, the outermost first."""

    def __init__(self) -> None:
        self._steps: list[_Step] = []
        self._last = ""  # the last name of a row
        self._subject: str | None = None
        self._period: Period | None = None

    def group(self, heading: Heading, indent: int, subject: str | None) -> None:
        """Take in a row without figures, which names the rows below it.

        Args:
            heading: what it says.
            indent: how far it is set in.
            subject: whom it is the name of, or the rows below are about nobody of their own.
        """
        if _BY.match(heading.text):
            return  # 按经营地分: parts of the row above
        self._subject, self._period = subject, heading.period
        if not heading.name or is_region(heading.name):
            self._steps.clear()
            return
        while self._steps and (self._steps[-1].figures or self._steps[-1].left >= indent):
            self._steps.pop()
        says = heading.says & KINDS
        self._steps.append(_Step(heading.name, indent, indent, heading.units, says, False))

    def place(self, row: Row) -> None:
        """Put a row under the one that it is a part of.

        城市 below 居民消费价格 is a part of the area, 其中:工业 below 第二产业增加值 one of its
        name; 比上年增长 is of the row above.
        """
        if row.period is None:
            row.period = self._period
        if row.subject is None:
            row.subject = self._subject
            if self._subject and row.name:
                self._last = row.name
        if not row.name and not row.total and row.heading.says & KINDS:
            row.name = self._last
            return
        if row.total or row.subject or not row.name:
            return
        step = self._step(row)
        over = self._steps[-1] if self._steps else None
        if over is not None:
            step = step._replace(elided=_completed(row, over), units=step.units or over.units)
            row.above = over.units
            if not over.figures and over.says and not row.heading.says & KINDS:
                row.heading = row.heading._replace(says=row.heading.says | over.says)
        self._last = row.name
        self._steps.append(step._replace(name=row.name))

    def _step(self, row: Row) -> _Step:
        """The row as a step; leaves those that it is under."""
        marked = _INSIDE.match(row.heading.text)
        left = row.indent
        right = left + 2 * marked.end() if marked else left
        part = is_part(row.name)
        inside = marked is not None or part
        while self._steps:
            top = self._steps[-1]
            if top.inside and not marked and self._goes_on(row, top):
                left, right, inside = top.left, top.right, True
                self._steps.pop()
                break
            if marked and top.left < left:
                break
            if not top.inside and top.left <= left and (inside or not top.figures):
                break
            if not top.inside and top.left < left:
                break
            if top.inside and top.right < left:
                break
            self._steps.pop()
        units = row.units or row.heading.units
        return _Step(row.name, left, right, units, frozenset(), True, inside)

    def _goes_on(self, row: Row, top: _Step) -> bool:
        """Whether a row is one more part behind one that 其中 opened."""
        over = self._steps[-2].left if len(self._steps) > 1 else top.left
        if over < top.left:
            return top.left <= row.indent <= top.right
        level = row.indent == top.left
        return level and top.elided and (is_part(row.name) or _is_elided(row))


def _completed(row: Row, over: _Step) -> bool:
    """Give a row what its name leaves out; whether it left out anything."""
    name = row.name
    if _PER_HEAD in over.name and name.removesuffix(_RESIDENTS) in lexicon.words("table_parts"):
        whole = over.name[over.name.index(_PER_HEAD) :]
        row.name = f"{name.removesuffix(_RESIDENTS)}{_RESIDENTS}{whole}"
        return True
    if is_part(name):
        row.subject, row.name = name, over.name
        return True
    units = row.units or row.heading.units
    if units and over.units and units != over.units:
        return False
    head = head_of(over.name)
    rest = "" if len(name) > _SHORT and name[-1] == head[-1:] else _rest(name, head)
    if not rest or not (_is_elided(row) or rest != head):
        return False
    row.name = f"{name}{rest}"
    return True


def _rest(name: str, head: str) -> str:
    """What of a head a name has not said itself: 量 behind 风力发电, of 发电量.

    Nothing for a name with the whole of it.
    """
    said = next((k for k in range(len(head), 1, -1) if name.endswith(head[:k])), 0)
    return head[said:]


def _is_elided(row: Row) -> bool:
    """Whether the name of a row may lack a head."""
    whole = lexicon.affixes("part_heads") + lexicon.affixes("own_heads")
    return not row.name.endswith(whole) and not row.heading.says & KINDS
