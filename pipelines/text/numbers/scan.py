"""Every numeral of a clean text as one `Quantity`: number, unit, modifiers, and what it is.

Finds numerals and puts together what the other modules read. Dates are found before (`times`), and
what a quantity is about is found after (`binding`). Values are as written: signs of change are the
binder's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from pipelines.text.model import Disposition, Modifier, Quantity, TimeExpression, quantity
from pipelines.text.numbers.around import Context, is_border
from pipelines.text.numbers.candidates import Candidate
from pipelines.text.numbers.dispositions import settle
from pipelines.text.numbers.modifiers import distant, lead_of, shared_modifier, tail_of
from pipelines.text.numbers.number import Number, number_at, numeral_at, numeral_start
from pipelines.text.numbers.numerals import read_numeral
from pipelines.text.numbers.signs import HIGHER, first_plane, signs
from pipelines.text.numbers.units import ONE, Unit, doubling_start, unit_lengths, unit_table
from pipelines.text.numbers.with_unit import RATIO, signed, with_unit

# What a numeral can begin with: one set of characters, so that the search runs fast.
_FIRST = re.compile(
    "[0-9零〇○一二三四五六七八九十百千万亿两俩仨廿卅数几半首榜壹贰叁肆伍陆柒捌玖拾卌折番"
    f"{re.escape(first_plane())}{HIGHER}]"
)


@cache
def _idle() -> re.Pattern[str]:
    """一 before a character that neither goes on the numeral nor begins a unit (一些, 一定)."""
    more = "".join(unit_lengths()) + "0123456789零〇○一二三四五六七八九十百千万亿分半点余多来几又两"
    return re.compile(f"一(?![{re.escape(more)}{re.escape('()、.．是要则-—–~～−至到∶:比')}])")


def scan(text: str, times: Sequence[TimeExpression]) -> tuple[Quantity, ...]:
    """Find every numeral of the text, in order, without overlaps, each with its disposition.

    Args:
        text: clean text (Simplified, half-width digits, no blanks inside numbers).
        times: the time expressions of the same text; numerals inside them are dates.

    Returns:
        One `Quantity` a numeral. `disposition` is "observation" for a quantity that measures or
        counts something; all others say what else the numeral is. Rules: ANNOTATION.md.
    """
    context = Context.of(text)
    found: list[Quantity] = []
    position = 0
    for time in (*times, None):
        border = len(text) if time is None else max(position, time.start)
        position = max(position, _between(context, position, border, found))
        if time is not None:
            found.extend(_inside(text, max(position, time.start), time.end, "date"))
            position = max(position, time.end)
    return tuple(found)


def _between(context: Context, start: int, end: int, found: list[Quantity]) -> int:
    """Add the quantities between two time expressions to `found`; give back where they end."""
    text, idle, sign_of = context.text, _idle(), signs().get
    position = start
    while first := _FIRST.search(text, position, end):
        at = first.start()
        if text[at] == "一" and idle.match(text, at) and text[at - 1 : at] != "第":
            said: Disposition = "label" if context.quoted(at) else "idiom"
            position = at + 1
            found.append(_bare(at, position, ONE, said))
        elif sign := sign_of(text[at]):
            position = at + 1
            found.append(_bare(at, position, sign.value, sign.disposition))
        elif match := numeral_at(text, at, end):
            if text[at] == "数" and not is_border(text, at):
                position = at + 1  # 指数百强: 数 ends the word before
                continue
            read = _candidate(text, match)
            settled = _settle(context, read, found[-1] if found else None)
            found.append(settled)
            # What a guard took from the candidate (第3千克: a place, no mass) is still a numeral.
            if settled.end < read.end:
                found.extend(_inside(text, settled.end, read.end, "unknown"))
            position = max(read.end, settled.end)
        else:
            position = first.end()
    return position


def _inside(text: str, start: int, end: int, said: Disposition) -> Iterator[Quantity]:
    """The numerals of a stretch that is already known to be something else, such as a time."""
    while start < end and (first := _FIRST.search(text, start, end)):
        at = first.start()
        sign = signs().get(text[at])
        match = None if sign else numeral_at(text, at, end)
        if match:
            reading = read_numeral(match[0])
            yield _bare(at, match.end(), reading.value if reading else None, said)
        elif sign:
            yield _bare(at, at + 1, sign.value, said)
        start = match.end() if match else first.end()


def _bare(start: int, end: int, value: Decimal | None, said: Disposition) -> Quantity:
    """A numeral that states no figure."""
    return quantity(
        start=start,
        end=end,
        lead=start,
        tail=end,
        value=value,
        upper=None,
        unit=None,
        counter="",
        dimension=None,
        modifier="exact",
        disposition=said,
    )


def _candidate(text: str, match: re.Match[str]) -> Candidate:
    """Read the number at `match`, its unit and its modifiers."""
    start = numeral_start(match)
    shape = match.lastgroup or "plain"
    if shape == "first":
        end = match.end()
        rank = Unit("位", "名", ONE, "rank")
        return Candidate(
            start=start,
            end=end,
            digits_start=start,
            digits_end=end,
            lead=start,
            tail=end,
            value=ONE,
            upper=None,
            unit=rank,
            modifier="exact",
            shape=shape,
        )
    number = _doubled(match) if shape == "doubled" else number_at(text, match)
    core = number.end
    number, unit, end = with_unit(text, start, number)
    within: Modifier | None = None  # 翻了近一番
    if (
        unit is None
        and (ratio := RATIO.match(text, end))
        and ratio[1] == "1"
        and text[start - 1 : start] not in (":", "∶")
    ):
        unit, end = Unit("", None, Decimal(1), "ratio_to_one"), ratio.end()
    start, number = signed(text, start, number, bare=unit is None or unit.unit is None)
    if unit is not None and unit.dimension == "doubling":
        inner, start = start, doubling_start(text, start)
        within = lead_of(text, inner, bare=False)[1] if start < inner else None
    lead, before = lead_of(text, start, bare=text[match.start()] in "百千万亿十数几半")
    tail, behind = tail_of(text, end, unit)
    modifier: Modifier = number.vague or behind or within or before or "exact"
    if modifier == "exact" and unit is not None and text.endswith("的", 0, start):
        modifier = distant(text, start, unit)
    if number.upper is not None and modifier == "exact":
        modifier = "about"
    return Candidate(
        start=start,
        end=end,
        digits_start=match.start(),
        digits_end=core,
        lead=lead,
        tail=tail,
        value=number.value,
        upper=number.upper,
        unit=unit,
        modifier=modifier,
        shape=shape,
    )


def _doubled(match: re.Match[str]) -> Number:
    """翻番: twofold, thus up 100 percent."""
    return Number(match.end(), Decimal(100), None, unit_table()["番"], None)


def _settle(context: Context, found: Candidate, last: Quantity | None) -> Quantity:
    """Give the candidate its disposition, and turn it into a quantity."""
    verdict = settle(context, found)
    disposition, settled = verdict.disposition, verdict.candidate
    modifier = settled.modifier
    if modifier == "exact" and last is not None and disposition == "observation":
        modifier = shared_modifier(context.text, settled, last)
    unit = settled.unit
    return quantity(
        start=settled.start,
        end=settled.end,
        lead=settled.lead,
        tail=settled.tail,
        value=settled.value,
        upper=settled.upper,
        unit=unit.unit if unit else None,
        counter=unit.surface if unit else "",
        dimension=unit.dimension if unit else None,
        modifier=modifier,
        disposition=disposition,
    )
