"""How well observations agree with hand-annotated ones: by field, by report, and where not.

Comparing and counting belong here. Where the observations come from (a warehouse, the parser) and
how the result is shown do not. The definitions:

- A prediction and a gold observation are a pair where their spans overlap, one to one, the widest
  overlap first. Pairs with `optional` gold count neither as found nor as false.
- A field's accuracy is the share of pairs that agree in it. Phrases (indicator, subject) agree from
  a character F1 of 0.6 on; values to a millionth.
- Strict: the pair agrees in value, unit, measure, status, period and indicator.
- Panel: among observations with a canonical code, the pair agrees in code, measure, value, unit,
  subject and period.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipelines.text.model import Observation

STRICT = ("value", "unit", "measure", "status", "period", "indicator")
PANEL = ("code", "measure", "value", "unit", "subject", "period")
_PHRASE_F1 = 0.6
_TOLERANCE = Decimal("1e-6")
_QUOTE_MARKS = str.maketrans(dict.fromkeys("“”‘’\"'「」《》 \u3000"))


@dataclass(frozen=True, slots=True)
class Claim:
    """An observation as it is compared, be it predicted or gold."""

    start: int
    end: int
    quote: str
    value: Decimal | None
    unit: str | None
    modifier: str
    measure: str
    indicator: str
    code: str | None
    subject: str | None
    scope: str | None
    period: tuple[str | None, str | None]
    status: str
    optional: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the raw text."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Rate:
    """Hits among what was predicted and what was to be found."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.predicted + self.gold
        return 2 * self.hits / both if both else 0.0

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold
        )


@dataclass(frozen=True, slots=True)
class Miss:
    """A disagreement: `extra` and `missed` have one side only."""

    report: str
    kind: str  # extra, missed, wrong
    got: Claim | None
    want: Claim | None
    fields: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where in the raw text the disagreement stands."""
        return min(claim.start for claim in (self.got, self.want) if claim)


@dataclass(frozen=True, slots=True)
class ReportScore:
    """The figures of one report, in counts so that they add up."""

    report: str
    detection: Rate
    strict: Rate
    panel: Rate
    right: Mapping[str, int]  # agreeing pairs by field
    indicator_f1: float  # sum over the pairs
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of all reports together."""

    reports: tuple[ReportScore, ...]

    @property
    def detection(self) -> Rate:
        """Found observations, whatever was said of them."""
        return sum((report.detection for report in self.reports), Rate())

    @property
    def strict(self) -> Rate:
        """Found observations with all essential fields right."""
        return sum((report.strict for report in self.reports), Rate())

    @property
    def panel(self) -> Rate:
        """Canonical observations that a panel of regions and years could use."""
        return sum((report.panel for report in self.reports), Rate())

    @property
    def fields(self) -> dict[str, float]:
        """Share of pairs that agree, by field."""
        pairs = self.detection.hits
        right: Counter[str] = Counter()
        for report in self.reports:
            right.update(report.right)
        return {name: right[name] / pairs if pairs else 0.0 for name in _AGREE}

    @property
    def indicator_f1(self) -> float:
        """Mean character F1 of the indicator over the pairs."""
        pairs = self.detection.hits
        return sum(report.indicator_f1 for report in self.reports) / pairs if pairs else 0.0

    @property
    def misses(self) -> tuple[Miss, ...]:
        """All disagreements, report by report."""
        return tuple(miss for report in self.reports for miss in report.misses)


def phrase_f1(left: str | None, right: str | None) -> float:
    """Character F1 of two phrases, quotation marks and blanks aside; 1 where both are missing."""
    if not left or not right:
        return float((left or None) == (right or None))
    one, two = (Counter(phrase.translate(_QUOTE_MARKS)) for phrase in (left, right))
    return 2 * (one & two).total() / (one.total() + two.total())


def _values(got: Claim, want: Claim) -> bool:
    if got.value is None or want.value is None:
        return False
    return abs(got.value - want.value) <= _TOLERANCE * max(Decimal(1), abs(want.value))


_AGREE: dict[str, Callable[[Claim, Claim], bool]] = {
    "span": lambda got, want: got.span == want.span,
    "value": _values,
    "unit": lambda got, want: (got.unit or None) == (want.unit or None),
    "modifier": lambda got, want: got.modifier == want.modifier,
    "measure": lambda got, want: got.measure == want.measure,
    "indicator": lambda got, want: phrase_f1(got.indicator, want.indicator) >= _PHRASE_F1,
    "code": lambda got, want: (got.code or None) == (want.code or None),
    "subject": lambda got, want: phrase_f1(got.subject, want.subject) >= _PHRASE_F1,
    "scope": lambda got, want: (got.scope or None) == (want.scope or None),
    "period": lambda got, want: got.period == want.period,
    "status": lambda got, want: got.status == want.status,
}


def pair(got: Sequence[Claim], want: Sequence[Claim]) -> list[tuple[int, int]]:
    """Indexes of predictions and gold that belong together, widest overlap first."""
    overlaps = sorted(
        (max(p.start, g.start) - min(p.end, g.end), i, j)
        for i, p in enumerate(got)
        for j, g in enumerate(want)
        if min(p.end, g.end) > max(p.start, g.start)
    )
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in overlaps:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def score_report(report: str, got: Sequence[Claim], want: Sequence[Claim]) -> ReportScore:
    """Compare the predictions of one report with its gold."""
    pairs = pair(got, want)
    extra = _without(got, {i for i, _ in pairs})
    missed = [claim for claim in _without(want, {j for _, j in pairs}) if not claim.optional]
    firm = [(got[i], want[j]) for i, j in pairs if not want[j].optional]
    right: Counter[str] = Counter()
    strict = panel = 0
    misses = [Miss(report, "extra", claim, None) for claim in extra]
    misses += [Miss(report, "missed", None, claim) for claim in missed]
    for one, two in firm:
        agree = {name for name, same in _AGREE.items() if same(one, two)}
        right.update(agree)
        strict += agree.issuperset(STRICT)
        panel += two.code is not None and agree.issuperset(PANEL)
        wrong = tuple(name for name in _AGREE if name not in agree)
        if wrong:
            misses.append(Miss(report, "wrong", one, two, wrong))
    predicted, gold = len(firm) + len(extra), len(firm) + len(missed)
    coded = Rate(
        panel,
        sum(claim.code is not None for claim in (*(one for one, _ in firm), *extra)),
        sum(claim.code is not None for claim in (*(two for _, two in firm), *missed)),
    )
    return ReportScore(
        report=report,
        detection=Rate(len(firm), predicted, gold),
        strict=Rate(strict, predicted, gold),
        panel=coded,
        right=right,
        indicator_f1=sum(phrase_f1(one.indicator, two.indicator) for one, two in firm),
        misses=tuple(sorted(misses, key=lambda miss: miss.start)),
    )


def score(got: Mapping[str, Sequence[Claim]], want: Mapping[str, Sequence[Claim]]) -> Score:
    """Compare predictions with gold, both by report (file name without its ending)."""
    return Score(
        tuple(score_report(report, got.get(report, ()), want[report]) for report in sorted(want))
    )


def read_gold(folder: Path) -> dict[str, list[Claim]]:
    """Gold observations of every REPORT.jsonl in `folder`, by REPORT."""
    return {
        path.stem: [
            claim_of(json.loads(line, parse_float=Decimal))
            for line in path.read_text("utf-8").splitlines()
            if line.strip()
        ]
        for path in sorted(folder.glob("*.jsonl"))
    }


def claim_of(record: Mapping[str, object]) -> Claim:
    """A claim from a JSON line with the fields of an observation."""
    text = {key: None if value is None else str(value) for key, value in record.items()}
    value = text["value"]
    return Claim(
        start=int(text["start"] or 0),
        end=int(text["end"] or 0),
        quote=text["quote"] or "",
        value=None if value is None else Decimal(value),
        unit=text["unit"],
        modifier=text["modifier"] or "",
        measure=text["measure"] or "",
        indicator=text["indicator"] or "",
        code=text["code"],
        subject=text["subject"],
        scope=text["scope"],
        period=(text["period_start"], text["period_end"]),
        status=text["status"] or "",
        optional=bool(record.get("optional", False)),
    )


def record_of(observation: Observation) -> dict[str, object]:
    """An observation as the fields of its JSON line, dates in ISO form, the value a Decimal."""
    return {
        "start": observation.start,
        "end": observation.end,
        "quote": observation.quote,
        "value": observation.value,
        "unit": observation.unit,
        "modifier": observation.modifier,
        "measure": observation.measure,
        "indicator": observation.indicator,
        "code": observation.code,
        "subject": observation.subject,
        "scope": observation.scope,
        "period_start": observation.period_start and observation.period_start.isoformat(),
        "period_end": observation.period_end and observation.period_end.isoformat(),
        "status": observation.status,
        "optional": False,
    }


def claims_of(observations: Iterable[Observation]) -> list[Claim]:
    """Claims of what the parser said."""
    return [claim_of(record_of(observation)) for observation in observations]


def _without(claims: Sequence[Claim], used: set[int]) -> list[Claim]:
    return [claim for number, claim in enumerate(claims) if number not in used]
