"""How sure observations are, learned on the first runs of fresh texts: `python -m tools.calibrate`.

    python -m tools.calibrate learn FIRST_RUNS TABLE DOCUMENT PLOT
    python -m tools.calibrate keep FIRST_RUNS NAME REPORTS GOLD

`keep` runs texts that no rule was written after, holds the rows against their annotation and adds
to FIRST_RUNS what each row was like (no words of the texts) and whether it was right. It has to be
done before anybody reads the misses: once rules are mended, what is still wrong in these texts is
no picture of what is wrong in others, and points learned on it are far too sure.

`learn` writes the points of seeds/confidence.csv, the figures between two marks of docs/accuracy.md
and the plot beside them. The model is a scorecard: each value of each trait has points, a row's
points are added up, and the sum is the logarithm of the odds that all strict fields are right. The
points are those of a logistic regression with a penalty on their squares. It goes over the rows in
one order, so the same rows give the same points. For the figures every report is judged by points
that were learned without it.

The parser gets better, and the first runs are of older versions. The row `all, fresh` of the table
counts the newest fresh texts at their first run (`--fresh RIGHT/ROWS` sets it); its points move the
mean to that share.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import localcontext
from pathlib import Path
from typing import NamedTuple

import vl_convert

from pipelines import _opened
from pipelines.frames.folder import scan_folder
from pipelines.frames.overrides import Override
from pipelines.reading.decode import decode
from pipelines.scoring import STRICT, Claim, claims_of, read_gold, score_report
from pipelines.text.confidence import FRESH, START, Traits, chance
from pipelines.text.numbers.numerals import EXACT
from pipelines.text.parse import evidence, put_together, work
from pipelines.text.tables.join import blocks_of

BEGIN = "<!-- confidence: written by `make calibrate`; do not edit by hand -->"
END = "<!-- end of confidence -->"
_COLUMNS = ("trait", "value", "rows", "right", "points")
_ROUNDS = 20  # over all rows
_STEP = 0.3  # of the first correction; later ones are smaller (AdaGrad)
_PENALTY = 0.1  # on the square of a weight, each time it is met
_FEWEST = 3  # rows of a value that has points
_SCALE = 100
_BINS = 10

Points = Mapping[tuple[str, str], int]


class Judged(NamedTuple):
    """An observation that annotators have judged."""

    of: str  # the set of its report
    report: str
    traits: Traits
    right: bool


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fresh", default="", help="RIGHT/ROWS of the newest fresh texts")
    tasks = parser.add_subparsers(dest="task", required=True)
    learn = tasks.add_parser("learn", help="write table, figures and plot")
    for name in ("first_runs", "table", "document", "plot"):
        learn.add_argument(name, type=Path)
    keep = tasks.add_parser("keep", help="add the first run of fresh texts")
    for name in ("first_runs", "name", "reports", "gold"):
        keep.add_argument(name, type=str if name == "name" else Path)
    asked = parser.parse_args()
    if asked.task == "keep":
        keep_first_run(asked.first_runs, asked.name, asked.reports, asked.gold)
        return
    fresh = tuple(map(int, asked.fresh.split("/"))) if asked.fresh else fresh_of(asked.table)
    rows = first_runs(asked.first_runs)
    table = learned(rows)
    dated = [(total, row) for total, row in left_out(rows) if _is_dated(row)]
    table[FRESH] = shift([total for total, _ in dated], fresh)
    write(asked.table, rows, table, fresh)
    text = asked.document.read_text("utf-8")
    asked.document.write_text(rewritten(text, report(dated, fresh)), "utf-8")
    asked.plot.write_text(plot(reliability(dated)), "utf-8")


def first_runs(path: Path) -> list[Judged]:
    """The rows of all first runs that were kept."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Judged(row.pop("set"), row.pop("report"), tuple(row.items()), row_right == "1")
            for row in csv.DictReader(lines)
            if (row_right := row.pop("right"))
        ]


def keep_first_run(path: Path, name: str, reports: Path, gold: Path) -> None:
    """Add the first run of a set of fresh texts to those that are kept.

    Args:
        path: the table of first runs.
        name: of the set; a set has one first run.
        reports: the texts, with a reports.csv if there is one.
        gold: their annotation.
    """
    known = first_runs(path)
    if name in {row.of for row in known}:
        raise SystemExit(f"{path} has the first run of {name}; nothing was written")
    rows = list(judged(name, reports, gold))
    traits = [trait for trait, _ in known[0].traits]
    with path.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        for row in rows:
            values = dict(row.traits)
            cells = [values.get(trait, "") for trait in traits]
            writer.writerow((row.of, row.report, int(row.right), *cells))
    right = sum(row.right for row in rows)
    print(f"{name}: {right} of {len(rows)} rows right; `make calibrate` learns from them")


def judged(name: str, reports: Path, gold: Path) -> Iterator[Judged]:
    """The observations of annotated reports: with what reports.csv says of them, and without.

    Args:
        name: of the set.
        reports: a folder of reports.
        gold: its annotation; reports that it lacks are passed over.
    """
    wanted = read_gold(gold)
    for source in scan_folder(reports).sources:
        want = wanted.get(source.path.stem)
        if want is None:
            continue
        raw = decode(source.path.read_bytes(), source.file_name).raw
        yield from _judged(name, raw, source.path, source.override, want)
        if source.override != Override():
            yield from _judged(name, raw, source.path, Override(), want)


def _judged(
    name: str, raw: str, path: Path, override: Override, want: Sequence[Claim]
) -> list[Judged]:
    # What the cells of tables say is bound by other means.
    blocks = blocks_of(raw, ())
    source, known = _opened(
        raw, blocks, override.region, override.title, override.period, path.name
    )
    with localcontext(EXACT):
        made = work(source, known)
        parsed = put_together(source, made)
        found = list(evidence(source.text, made, parsed.observations))
    got = claims_of(parsed.observations)
    result = score_report(path.stem, got, want)
    right = {pair.got.span: pair.agree.issuperset(STRICT) for pair in result.pairs}
    right |= {claim.span: False for claim in result.extra}
    return [
        Judged(name, path.stem, traits, right[claim.span])
        for claim, traits in zip(got, found, strict=True)
        if claim.span in right  # the others are optional: neither right nor wrong
    ]


def _is_dated(row: Judged) -> bool:
    """Whether the report's period is known: without one, hardly a row can be right."""
    return ("era", "unknown") not in row.traits


def learned(rows: Sequence[Judged]) -> dict[tuple[str, str], int]:
    """The points of each trait's values, and those that every sum starts from."""
    counts = Counter(trait for row in rows for trait in row.traits)
    kept = {trait for trait, count in counts.items() if count >= _FEWEST}
    number = {trait: k for k, trait in enumerate(sorted(kept), start=1)}
    weights, pulls = [0.0] * (len(number) + 1), [1e-8] * (len(number) + 1)
    cases = [
        ([number[trait] for trait in row.traits if trait in kept], float(row.right))
        for row in _spread(rows)
    ]
    for _ in range(_ROUNDS):
        for found, right in cases:
            total = weights[0] + sum([weights[k] for k in found])
            wrong_by = _sigmoid(total) - right
            for k in (0, *found):
                pull = wrong_by + (_PENALTY * weights[k] if k else 0.0)
                pulls[k] += pull * pull
                weights[k] -= _STEP * pull / math.sqrt(pulls[k])
    points = {trait: round(_SCALE * weights[k]) for trait, k in number.items()}
    return {START: round(_SCALE * weights[0])} | points


def _spread(rows: Sequence[Judged]) -> list[Judged]:
    """The rows in an order that is always the same and mixes the reports."""
    stride = next(
        k for k in range(len(rows) // 3 + 1, 2 * len(rows) + 2) if math.gcd(k, len(rows)) == 1
    )
    return [rows[k * stride % len(rows)] for k in range(len(rows))]


def _sigmoid(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def total_of(points: Points, traits: Traits) -> int:
    """The points of a row, those of fresh text aside."""
    return points.get(START, 0) + sum(points.get(trait, 0) for trait in traits)


def left_out(rows: Sequence[Judged]) -> list[tuple[int, Judged]]:
    """Each row with its points by what was learned without its report."""
    found = []
    for report in dict.fromkeys(row[:2] for row in rows):
        points = learned([row for row in rows if row[:2] != report])
        found += [(total_of(points, row.traits), row) for row in rows if row[:2] == report]
    return found


def shift(totals: Sequence[int], fresh: tuple[int, ...]) -> int:
    """The points that make the mean chance of these rows the share that is right on fresh text."""
    right, rows = fresh
    low, high = -1000, 1000
    while low < high:
        middle = (low + high) // 2
        mean = sum(_sigmoid((total + middle) / _SCALE) for total in totals) / len(totals)
        low, high = (middle + 1, high) if mean < right / rows else (low, middle)
    return low


def fresh_of(table: Path) -> tuple[int, ...]:
    """How many rows of the newest fresh texts were right, and of how many, as the table says."""
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if (row["trait"], row["value"]) == FRESH:
                return int(row["right"]), int(row["rows"])
    raise SystemExit(f"{table} has no row `{', '.join(FRESH)}`; give --fresh RIGHT/ROWS")


def write(table: Path, rows: Sequence[Judged], points: Points, fresh: tuple[int, ...]) -> None:
    """Write seeds/confidence.csv."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for trait in (START, *row.traits):
            counts[trait][0] += 1
            counts[trait][1] += row.right
    counts[FRESH] = [fresh[1], fresh[0]]
    with table.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for trait in sorted(points, key=lambda one: (one[0] != START[0], one)):
            writer.writerow((*trait, *counts[trait], points[trait]))


class Bin(NamedTuple):
    """Rows of about the same confidence."""

    said: float  # their mean confidence
    share: float  # that is right
    rows: int


def reliability(judged: Sequence[tuple[int, Judged]]) -> list[Bin]:
    """The rows in bins of a tenth, by the points that they have without those of fresh text."""
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for total, row in judged:
        sure = float(chance(total))
        found[min(_BINS - 1, int(sure * _BINS))].append((sure, row.right))
    return [
        Bin(
            sum(sure for sure, _ in found[k]) / len(found[k]),
            sum(right for _, right in found[k]) / len(found[k]),
            len(found[k]),
        )
        for k in sorted(found)
    ]


def report(judged: Sequence[tuple[int, Judged]], fresh: tuple[int, ...]) -> str:
    """The figures of all rows and of each set, as lines of Markdown."""
    sets = {"all": list(judged)}
    for total, row in judged:
        sets.setdefault(row.of, []).append((total, row))
    lines = [
        "| set | judged rows | right | right of the surer 60 % | of the surer 70 % | "
        "expected calibration error |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for name, rows in sets.items():
        shares = [f"{surer(rows, share):.3f}" for share in (1, 0.6, 0.7)]
        cells = (name, str(len(rows)), *shares, f"{calibration_error(rows):.3f}")
        lines.append(f"| {' | '.join(cells)} |")
    right, of = fresh
    lines += ["", f"Of the newest fresh texts {right} of {of} rows were right ({right / of:.3f})."]
    return "\n".join(lines)


def surer(judged: Sequence[tuple[int, Judged]], share: float) -> float:
    """How many of the surer rows are right."""
    ordered = sorted(judged, key=lambda one: -one[0])
    top = ordered[: max(1, int(share * len(ordered)))]
    return sum(row.right for _, row in top) / len(top)


def calibration_error(judged: Sequence[tuple[int, Judged]]) -> float:
    """How far confidence is from what it says, on average: 0 is best."""
    bins = reliability(judged)
    return sum(abs(one.said - one.share) * one.rows for one in bins) / len(judged)


def rewritten(document: str, figures: str) -> str:
    """The document with new figures between its marks.

    Raises:
        ValueError: the document lacks the marks.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document must have the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}"


def plot(bins: Sequence[Bin]) -> str:
    """The reliability plot as SVG: on the diagonal, confidence is what it says."""

    def axis(field: str, title: str) -> dict[str, object]:
        scale = {"domain": [0, 1]}
        return {"field": field, "type": "quantitative", "title": title, "scale": scale}

    size = {"field": "rows", "type": "quantitative", "title": "rows"}
    shown = {
        "data": {"values": [one._asdict() for one in bins]},
        "mark": {"type": "point", "filled": True, "color": "#1f5f99", "opacity": 1},
        "encoding": {
            "x": axis("said", "confidence"),
            "y": axis("share", "share of rows that are right"),
            "size": size,
        },
    }
    diagonal = {
        "data": {"values": [{"said": 0, "share": 0}, {"said": 1, "share": 1}]},
        "mark": {"type": "line", "color": "#999999", "strokeDash": [4, 4]},
        "encoding": {"x": axis("said", "confidence"), "y": axis("share", "")},
    }
    chart = {"width": 360, "height": 360, "background": "white", "layer": [diagonal, shown]}
    svg: str = vl_convert.vegalite_to_svg(chart)
    return f"{svg}\n"


if __name__ == "__main__":
    main()
