"""The values that the parsing steps hand to each other: plain frozen data, no behaviour.

A report has tens of thousands of them, so all but `Metadata` are named tuples, which are made
three times as fast as frozen dataclasses.

Offsets are half-open Unicode code points. Inside `pipelines.text` they count in the *clean* text;
only `Observation`, `Numeral` and `Passage`, which leave the room, count in the raw text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

# Makes a named tuple of its fields. Its own constructor is interpreted, even in the compiled
# parser; this one is for those of which a report has thousands.
tuple_of: Final = tuple.__new__

Modifier = Literal["exact", "about", "nearly", "over", "within"]
Measure = Literal["level", "change_rate", "change_amount", "share", "completion", "rank", "price"]
Status = Literal["actual", "planned"]
Commitment = Literal["plain", "firm", "stretch"]  # 增长6%, 确保增长6%, 力争增长6%
Disposition = Literal[  # what each means: ledger.py
    "observation",
    "date",
    "duration",
    "ordinal",
    "label",
    "name",
    "list_number",
    "address",
    "document_number",
    "model",
    "threshold",
    "rhetorical",
    "idiom",
    "footnote",
    "contact",
    "unknown",
]
UnknownReason = Literal[
    "damaged",  # it touches a place whose bytes are no text
    "table",  # its cell has no heading that explains it
]
Doubt = Literal[  # why a row cannot be right as it stands; of several reasons the first
    "unit_of_measure",  # a growth not in %, a rank not in 名
    "unit_of_indicator",  # 人口412户: the phrase names an indicator of another unit
    "unit_missing",  # 粮食总产量300万: the indicator asks for a unit and none is written
    "period_after_publication",  # it happened before its period began
    "period_after_report",  # it happened, but its period is later than that of the report
    "plan_before_report",  # it is planned, but its period was over before the report's began
    "average_of_one_year",  # 年均增长5% in a period of one year
    "period_too_long",  # more than fifty years
    "value_out_of_range",  # a share above 100 %, a growth beyond tenfold, a negative count
    "two_values",  # the same thing twice with two values, in one sentence
    "subject_of_country",  # a figure of 全国 in the report of a smaller region
]


class Period(NamedTuple):
    """A closed span of days."""

    start: date
    end: date


class Quantity(NamedTuple):
    """One numeral found by the scanner, with all that its own characters say (clean offsets).

    `start:end` is the quote of ANNOTATION.md (number, magnitude, unit, infixed 余); `lead:tail`
    also takes in the modifiers around it (近 … 左右, 以上).
    """

    start: int
    end: int
    lead: int
    tail: int
    value: Decimal | None  # base units; None where the numeral was not understood
    upper: Decimal | None  # upper bound of a range
    unit: str | None  # base unit: 元, 平方米, %, 百分点, 人 …
    counter: str  # unit as written, without magnitude: 万平方米 -> 平方米
    dimension: str | None  # of seeds/units.csv: money, area, count, ratio, point, multiple, rank …
    modifier: Modifier
    disposition: Disposition


def quantity(
    *,
    start: int,
    end: int,
    lead: int,
    tail: int,
    value: Decimal | None,
    upper: Decimal | None,
    unit: str | None,
    counter: str,
    dimension: str | None,
    modifier: Modifier,
    disposition: Disposition,
) -> Quantity:
    """A quantity by keywords: compiled, they cost nothing here, and much in a named tuple."""
    return tuple_of(
        Quantity,
        (start, end, lead, tail, value, upper, unit, counter, dimension, modifier, disposition),
    )


class TimeExpression(NamedTuple):
    """A stretch of clean text that names a time; which one, its sentence tells."""

    start: int
    end: int
    form: str  # how it is written: point, part, years, span, era …


class Clause(NamedTuple):
    """A stretch of a sentence between commas (clean offsets, without its closing mark)."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence or a heading line, with where it stands in the report (clean offsets)."""

    start: int
    end: int
    paragraph: int
    section: tuple[str, ...]  # headings above it, outermost first
    is_heading: bool
    section_status: Status | None  # planned under 下半年工作计划, actual under 工作回顾


PeriodSource = Literal[
    "beside",  # a time right before the figure
    "change",  # the two ends of a change from A to B
    "stretch",  # the nearest time that governs the figure's part of the sentence
    "era",  # the years of a plan that a paragraph looks back on
    "paragraph",  # the time that opens the paragraph
    "section",  # the heading, or the last year of a report on several
    "plan_year",  # what a plan without a time is made for
    "report",
    "unknown",
]
StatusSource = Literal[
    "words",  # 力争, 将, 已建成
    "dates",  # before or after the end of the report's period
    "attribute",  # what a named thing measures is a fact, even in a plan
    "passage",  # the stance of the heading or the passage
]


class Timing(NamedTuple):
    """The period and status of one quantity, and where each came from."""

    period: Period | None
    status: Status
    period_from: PeriodSource
    status_from: StatusSource
    time: tuple[int, int] | None  # the expression that gave the period (clean offsets)


class Observation(NamedTuple):
    """One number said about one thing; fields as in ANNOTATION.md (raw offsets)."""

    start: int
    end: int
    quote: str
    value: Decimal
    upper: Decimal | None
    unit: str | None
    modifier: Modifier
    measure: Measure
    basis: str | None  # yoy, mom, vs_year, vs_plan, vs_region …; level or growth for a rank
    indicator: str
    code: str | None  # as the annotation guide gives it
    canonical_code: str | None  # that of the figures which it can be ranked with
    subject: str | None
    scope: str | None
    period_start: date | None
    period_end: date | None
    status: Status
    theme: str
    passage: int  # index into Parsed.passages
    rule: str  # name of the rule that bound it
    doubt: Doubt | None = None
    confidence: Decimal = Decimal(0)  # the chance that it is right, once it has been judged
    wording: str | None = None  # what bounds a planned figure, with … in its place: 力争…以上
    commitment: Commitment | None = None  # of a planned figure


class Numeral(NamedTuple):
    """One line of the ledger (raw offsets). `observation` indexes Parsed.observations."""

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str | None
    disposition: Disposition
    passage: int
    observation: int | None
    reason: UnknownReason | None = None  # why it is unknown, where that is known


class Passage(NamedTuple):
    """A sentence as it leaves the room (raw offsets; `text` is the clean sentence)."""

    start: int
    end: int
    text: str
    section: tuple[str, ...]
    theme: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself."""

    title: str | None
    region_path: str | None  # 浙江省/杭州市/上城区/闸弄口街道, as far as known
    region_level: str | None  # country, province, city, county, township
    report_kind: str  # work_report, half_year_summary, annual_summary, plan, communique, other
    period: Period | None
    published_on: date | None
    given: bool = False  # whether somebody who knows the report said some of it


class Parsed(NamedTuple):
    """Everything that one report says."""

    metadata: Metadata
    passages: tuple[Passage, ...]
    observations: tuple[Observation, ...]
    numerals: tuple[Numeral, ...]
