"""What makes a row doubtful: it contradicts itself, its report or what such figures can be.

Here stand the reasons, one record each, in the order in which they are named: a row that meets
several bears the first. Every reason empties the fields that cannot be right then, and never the
number. How a row came to its fields is the business of the rooms below; a rule that is often wrong
is no doubt about one row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from pipelines import lexicon
from pipelines.bilingual import Both
from pipelines.text.binding.codes import fits
from pipelines.text.model import Doubt, Metadata, Observation, Quantity

_YEAR: Final = 366  # days
_LONGEST: Final = 50 * _YEAR
_RATIOS: Final = ("%", "‰")


@dataclass(init=False, slots=True)
class Source:
    """What an observation was made of and does not say itself."""

    quantity: Quantity
    unit: str | None  # the unit that its indicator lets expect; empty for an index

    def __init__(
        self,
        quantity: Quantity,
        unit: str | None,
    ) -> None:
        self.quantity = quantity
        self.unit = unit


@dataclass(init=False, slots=True)
class Evidence:
    """A row with all that may speak against it."""

    row: Observation
    source: Source
    report: Metadata
    known_until: date | None  # the last day of which the report can know: its end or publication
    contradicted: bool  # its sentence says the same thing with another value

    def __init__(
        self,
        row: Observation,
        source: Source,
        report: Metadata,
        known_until: date | None,
        contradicted: bool,
    ) -> None:
        self.row = row
        self.source = source
        self.report = report
        self.known_until = known_until
        self.contradicted = contradicted


class Reason(NamedTuple):
    """A reason to doubt a row, with what it says of it and the fields that it empties."""

    name: Doubt
    says: Both
    fires: Callable[[Evidence], bool]
    empties: tuple[str, ...] = ()


def doubted(
    rows: Sequence[Observation], sources: Sequence[Source], report: Metadata
) -> tuple[Observation, ...]:
    """The rows of a report, each with the reason to doubt it, if there is one.

    Args:
        rows: all observations of the report, in order.
        sources: what each was made of.
        report: what the report says of itself.

    Returns:
        The rows in the same order; in doubtful ones the fields that cannot be right are None.
    """
    twice, until = _contradicted(rows), _known_until(report)
    return tuple(
        [
            _judged(Evidence(row, source, report, until, number in twice))
            for number, (row, source) in enumerate(zip(rows, sources, strict=True))
        ]
    )


def _judged(evidence: Evidence) -> Observation:
    found = [reason for reason in REASONS if reason.fires(evidence)]
    if not found:
        return evidence.row
    emptied = {field for reason in found for field in reason.empties}
    row = evidence.row._replace(doubt=found[0].name)
    if "code" in emptied:
        row = row._replace(code=None, canonical_code=None)
    if "period" in emptied:
        row = row._replace(period_start=None, period_end=None)
    return row


def _unit_of_measure(evidence: Evidence) -> bool:
    row = evidence.row
    if row.measure == "rank":
        return evidence.source.quantity.dimension != "rank"
    return row.measure in {"change_rate", "share", "completion"} and row.unit not in _RATIOS


def _in_units(evidence: Evidence) -> bool:
    """Whether the row is in the unit of its indicator, if it is in the right one."""
    return bool(evidence.source.unit) and evidence.row.measure in {"level", "change_amount"}


def _unit_of_indicator(evidence: Evidence) -> bool:
    unit, quantity = evidence.source.unit, evidence.source.quantity
    return _in_units(evidence) and quantity.unit is not None and not fits(unit or "", quantity)


def _unit_missing(evidence: Evidence) -> bool:
    return _in_units(evidence) and evidence.row.unit is None


def _happened(evidence: Evidence) -> bool:
    return evidence.row.status == "actual" and evidence.row.period_start is not None


def _period_after_publication(evidence: Evidence) -> bool:
    start, published = evidence.row.period_start, evidence.report.published_on
    return bool(_happened(evidence) and start and published and start > published)


def _known_until(report: Metadata) -> date | None:
    period, published = report.period, report.published_on
    return max((day for day in (period and period.end, published) if day), default=None)


def _period_after_report(evidence: Evidence) -> bool:
    last, end = evidence.known_until, evidence.row.period_end
    if not _happened(evidence) or not end or not last:
        return False
    # A report of January 20 may call its figures those of January.
    return (end.year, end.month) > (last.year, last.month)


def _plan_before_report(evidence: Evidence) -> bool:
    end, period = evidence.row.period_end, evidence.report.period
    return bool(evidence.row.status == "planned" and end and period and end < period.start)


def _days(row: Observation) -> int | None:
    if row.period_start is None or row.period_end is None:
        return None
    return (row.period_end - row.period_start).days + 1


def _average_of_one_year(evidence: Evidence) -> bool:
    row, days = evidence.row, _days(evidence.row)
    changes = row.measure in {"change_rate", "change_amount"}
    return row.basis == "yearly" and changes and days is not None and days <= _YEAR


def _period_too_long(evidence: Evidence) -> bool:
    days = _days(evidence.row)
    return days is not None and days > _LONGEST


def _value_out_of_range(evidence: Evidence) -> bool:
    row, value = evidence.row, evidence.row.value
    if row.upper is not None and abs(row.upper) < abs(value):
        return True
    if row.measure in {"share", "change_rate"}:
        if value < (0 if row.measure == "share" else -100):
            return True
        # Who writes 是十年前的3倍 or 增长17倍 means it.
        highest = 100 if row.measure == "share" else 1000
        return value > highest and evidence.source.quantity.dimension != "multiple"
    if row.measure == "rank":
        return value < 1 or value != value.to_integral_value()
    return row.measure in {"level", "price", "completion"} and value < 0


def _two_values(evidence: Evidence) -> bool:
    return evidence.contradicted


@cache
def _country_words() -> frozenset[str]:
    levels = lexicon.column("areas", "level")
    return frozenset(word for word, level in levels.items() if level == "country")


def _subject_of_country(evidence: Evidence) -> bool:
    level, subject = evidence.report.region_level, evidence.row.subject
    if subject is None or level in {None, "country"}:
        return False
    return subject in _country_words()


REASONS: Final = (
    Reason(
        "unit_of_measure",
        Both(
            "The unit is not one of the measure: a growth is in %, a rank in 名.",
            "单位与度量不符：增速以 % 计，位次以名计。",
        ),
        _unit_of_measure,
        ("code",),
    ),
    Reason(
        "unit_of_indicator",
        Both(
            "The words name an indicator that is in another unit (人口412户).",
            "该指标应使用另一种单位（人口412户）。",
        ),
        _unit_of_indicator,
        ("code",),
    ),
    Reason(
        "unit_missing",
        Both(
            "The indicator is in a unit and none is written (粮食总产量300万).",
            "指标应有单位，原文没有写（粮食总产量300万）。",
        ),
        _unit_missing,
    ),
    Reason(
        "period_after_publication",
        Both(
            "It happened, but its period began after the report was published.",
            "事情已经发生，时期却从报告发布之后开始。",
        ),
        _period_after_publication,
        ("period",),
    ),
    Reason(
        "period_after_report",
        Both(
            "It happened, but its period ends after the report's and after its publication.",
            "事情已经发生，时期却晚于报告期和发布日期。",
        ),
        _period_after_report,
    ),
    Reason(
        "plan_before_report",
        Both(
            "It is planned, but its period was over before that of the report began.",
            "这是计划，时期却在报告期开始前已经结束。",
        ),
        _plan_before_report,
    ),
    Reason(
        "average_of_one_year",
        Both(
            "An average over years (年均增长) has a period of one year.",
            "这是多年平均（年均增长），时期却只有一年。",
        ),
        _average_of_one_year,
        ("period",),
    ),
    Reason(
        "period_too_long",
        Both(
            "Its period is longer than fifty years.",
            "时期超过五十年。",
        ),
        _period_too_long,
    ),
    Reason(
        "value_out_of_range",
        Both(
            "No such figure is so large or so small: a share above 100 %, a negative count.",
            "这类数字不会这么大或这么小：占比超过 100%，数量为负。",
        ),
        _value_out_of_range,
    ),
    Reason(
        "two_values",
        Both(
            "Its sentence says the same thing with another value.",
            "同一句中，同一事项另有不同的数值。",
        ),
        _two_values,
    ),
    Reason(
        "subject_of_country",
        Both(
            "It is said of the whole country, in the report of a smaller region.",
            "说的是全国，报告却出自下级地区。",
        ),
        _subject_of_country,
    ),
)


def _contradicted(rows: Sequence[Observation]) -> frozenset[int]:
    """The rows of which their sentence says the same with a value that excludes theirs."""
    # Most names are said once in a sentence; only the others are worth comparing in full.
    named: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if row.indicator:
            named.setdefault(f"{row.passage} {row.indicator}", []).append(number)
    alike: dict[tuple[object, ...], list[int]] = {}
    for numbers in named.values():
        if len(numbers) > 1:
            for number in numbers:
                row = rows[number]
                about = (row.passage, row.indicator, row.subject, row.scope, row.measure, row.basis)
                when: tuple[object, ...] = (row.period_start, row.period_end, row.status)
                alike.setdefault((*about, row.unit, *when), []).append(number)
    found: set[int] = set()
    for numbers in alike.values():
        least = max(_bounds(rows[number])[0] for number in numbers)
        most = min(_bounds(rows[number])[1] for number in numbers)
        if least > most:  # no value is within the bounds of them all
            found.update(numbers)
    return frozenset(found)


def _bounds(row: Observation) -> tuple[Decimal, Decimal]:
    """Between which values the figure lies: 突破1万元、达到12619元 agree."""
    low, high = sorted((row.value, row.value if row.upper is None else row.upper))
    if row.modifier == "about":
        return low - abs(low) / 10, high + abs(high) / 10
    if row.modifier == "over":
        return low, Decimal("Infinity")
    if row.modifier in {"nearly", "within"}:
        return Decimal("-Infinity"), high
    return low, high
