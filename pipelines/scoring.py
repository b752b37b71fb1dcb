"""How well observations agree with hand-annotated ones: by field, measure, report; where not.

Comparing and counting belong here. Where the observations come from (a warehouse, the parser) and
how the result is shown do not. The definitions:

- A prediction and a gold observation are a pair where their spans overlap, one to one, the widest
  overlap first. Pairs with `optional` gold count neither as found nor as false.
- A field's accuracy is the share of pairs that agree in it. Phrases (indicator, subject) agree from
  a character F1 of 0.6 on; values to a millionth.
- Strict: the pair agrees in value, unit, measure, status, period and indicator.
- Panel: among observations with a canonical code, the pair agrees in code, measure, value, unit,
  subject and period. Codes that annotators did not look for count on neither side: gold knows
  the core ones, unless a list of codes says more.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipelines import lexicon
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


@dataclass(frozen=True, slots=True)
class Pair:
    """A prediction and the gold that it belongs to, with the fields in which they agree."""

    got: Claim
    want: Claim
    agree: frozenset[str]


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
class Tally:
    """Pairs, and what stands on one side alone; every figure is counted from these."""

    pairs: tuple[Pair, ...]
    extra: tuple[Claim, ...]
    missed: tuple[Claim, ...]

    @property
    def detection(self) -> Rate:
        """Found observations, whatever was said of them."""
        return self._rate(len(self.pairs))

    @property
    def strict(self) -> Rate:
        """Found observations with all essential fields right."""
        return self._rate(sum(pair.agree.issuperset(STRICT) for pair in self.pairs))

    @property
    def panel(self) -> Rate:
        """Canonical observations that a panel of regions and years could use."""
        got = (*(pair.got for pair in self.pairs), *self.extra)
        want = (*(pair.want for pair in self.pairs), *self.missed)
        return Rate(
            sum(pair.want.code is not None and pair.agree.issuperset(PANEL) for pair in self.pairs),
            sum(claim.code is not None for claim in got),
            sum(claim.code is not None for claim in want),
        )

    @property
    def fields(self) -> dict[str, float]:
        """Share of pairs that agree, by field."""
        right = Counter(name for pair in self.pairs for name in pair.agree)
        return {name: right[name] / len(self.pairs) if self.pairs else 0.0 for name in _AGREE}

    @property
    def indicator_f1(self) -> float:
        """Mean character F1 of the indicator over the pairs."""
        total = sum(phrase_f1(pair.got.indicator, pair.want.indicator) for pair in self.pairs)
        return total / len(self.pairs) if self.pairs else 0.0

    @property
    def measures(self) -> dict[str, Tally]:
        """The same by measure, the most frequent first; a pair stands under that of its gold."""
        counts = Counter(pair.want.measure for pair in self.pairs)
        counts.update(claim.measure for claim in (*self.missed, *self.extra))
        return {
            measure: Tally(
                tuple(pair for pair in self.pairs if pair.want.measure == measure),
                tuple(claim for claim in self.extra if claim.measure == measure),
                tuple(claim for claim in self.missed if claim.measure == measure),
            )
            for measure, _ in counts.most_common()
        }

    def _rate(self, hits: int) -> Rate:
        found = len(self.pairs)
        return Rate(hits, found + len(self.extra), found + len(self.missed))


@dataclass(frozen=True, slots=True)
class ReportScore(Tally):
    """The figures of one report."""

    report: str

    @property
    def misses(self) -> tuple[Miss, ...]:
        """All disagreements in the order of the text."""
        misses = [Miss(self.report, "extra", claim, None) for claim in self.extra]
        misses += [Miss(self.report, "missed", None, claim) for claim in self.missed]
        for pair in self.pairs:
            wrong = tuple(name for name in _AGREE if name not in pair.agree)
            if wrong:
                misses.append(Miss(self.report, "wrong", pair.got, pair.want, wrong))
        return tuple(sorted(misses, key=lambda miss: miss.start))


@dataclass(frozen=True, slots=True)
class Score(Tally):
    """The figures of all reports together, and of each."""

    reports: tuple[ReportScore, ...]

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


@cache
def core_codes() -> frozenset[str]:
    """The codes that annotators look for: those of tier core, parts of others aside."""
    rows = lexicon.table("indicators")
    return frozenset(row["code"] for row in rows if row["tier"] == "core" and not row["broader"])


def read_codes(path: Path) -> frozenset[str]:
    """The column `code` of a table like seeds/indicators.csv; nothing where it has none."""
    with path.open(encoding="utf-8-sig", newline="") as table:
        return frozenset(row["code"] for row in csv.DictReader(table) if row.get("code"))


def _known(claims: Sequence[Claim], codes: Collection[str]) -> Sequence[Claim]:
    return [claim if claim.code in codes else replace(claim, code=None) for claim in claims]


def score_report(
    report: str,
    got: Sequence[Claim],
    want: Sequence[Claim],
    codes: Collection[str] | None = None,
) -> ReportScore:
    """Compare the predictions of one report with its gold.

    Args:
        report: its name.
        got: what was predicted.
        want: what annotators found.
        codes: those that count; None for the core ones.
    """
    codes = core_codes() if codes is None else codes
    got, want = _known(got, codes), _known(want, codes)
    found = pair(got, want)
    missed = _without(want, {j for _, j in found})
    return ReportScore(
        report=report,
        pairs=tuple(
            Pair(got[i], want[j], _agreement(got[i], want[j]))
            for i, j in found
            if not want[j].optional
        ),
        extra=tuple(_without(got, {i for i, _ in found})),
        missed=tuple(claim for claim in missed if not claim.optional),
    )


def _agreement(got: Claim, want: Claim) -> frozenset[str]:
    return frozenset(name for name, same in _AGREE.items() if same(got, want))


def score(
    got: Mapping[str, Sequence[Claim]],
    want: Mapping[str, Sequence[Claim]],
    codes: Collection[str] | None = None,
) -> Score:
    """Compare predictions with gold, both by report (file name without its ending).

    Args:
        got: what was predicted.
        want: what annotators found.
        codes: those that count; None for the core ones.
    """
    reports = tuple(
        score_report(report, got.get(report, ()), want[report], codes) for report in sorted(want)
    )
    return Score(
        pairs=tuple(pair for report in reports for pair in report.pairs),
        extra=tuple(claim for report in reports for claim in report.extra),
        missed=tuple(claim for report in reports for claim in report.missed),
        reports=reports,
    )


def figures(result: Score) -> dict[str, object]:
    """All figures as plain data, rounded to four places: what `--json` prints."""
    return {
        **_figures(result),
        "measures": {name: _figures(tally) for name, tally in result.measures.items()},
        "reports": {report.report: _figures(report) for report in result.reports},
    }


def _figures(tally: Tally) -> dict[str, object]:
    rates = {"detection": tally.detection, "strict": tally.strict, "panel": tally.panel}
    return {
        "gold": tally.detection.gold,
        "predicted": tally.detection.predicted,
        "coded": tally.panel.gold + tally.panel.predicted,
        **{
            name: {
                "precision": round(rate.precision, 4),
                "recall": round(rate.recall, 4),
                "f1": round(rate.f1, 4),
            }
            for name, rate in rates.items()
        },
        "fields": {name: round(share, 4) for name, share in tally.fields.items()},
        "indicator_f1": round(tally.indicator_f1, 4),
    }


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
