"""How results look on a terminal: scores, disagreements, single observations.

What is shown is worked out elsewhere; here it is only laid out. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.reading.clean import clean
from pipelines.scoring import Claim, Miss, Score

_AROUND = 60  # characters of a long sentence that are shown on each side of the quote
_MAGNITUDES = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_MEASURE_FIELDS = ("value", "measure", "indicator", "subject", "period", "status")


def number(value: Decimal) -> str:
    """A number as people write it: no exponent, no zeros behind, 亿 and 万 where they fit.

    A magnitude is used only where it leaves no more than two digits behind the point, so nothing
    is rounded away.
    """
    for size, word in _MAGNITUDES:
        short = value / size
        if abs(short) >= 1 and short == round(short, 2):
            return f"{_plain(short)}{word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def marked(sentence: str, quote: str, offset: int) -> Text:
    """A sentence with the quote in it set in 【】, and no more of it than shows what it is about.

    Args:
        sentence: clean text, as the warehouse keeps it.
        quote: characters of the raw text.
        offset: where in the sentence they began in the raw text; cleaning may have moved them.
    """
    words = clean(quote).text or quote
    places = [i for i in range(len(sentence)) if sentence.startswith(words, i)]
    if not places:
        return Text(sentence)
    start = min(places, key=lambda place: abs(place - offset))
    end = start + len(words)
    left, right = max(0, start - _AROUND), min(len(sentence), end + _AROUND)
    return Text.assemble(
        "…" if left else "",
        sentence[left:start],
        (f"【{words}】", "bold cyan"),
        sentence[end:right],
        "…" if right < len(sentence) else "",
    )


def score_tables(result: Score) -> Iterator[Table]:
    """The figures of a score: all together, by field, by measure, by report."""
    totals = Table("", "precision", "recall", "F1", title="all reports", title_justify="left")
    for name in ("detection", "strict", "panel"):
        rate = getattr(result, name)
        totals.add_row(name, *map(_share, (rate.precision, rate.recall, rate.f1)))
    yield totals
    fields = Table("field", "right", title="share of the found that agree", title_justify="left")
    for name, share in result.fields.items():
        fields.add_row(name, _share(share))
    fields.add_row("indicator, character F1", _share(result.indicator_f1))
    yield fields
    measures = Table(
        "measure",
        "gold",
        "found F1",
        "strict F1",
        *_MEASURE_FIELDS,
        title="by measure",
        title_justify="left",
    )
    for name, tally in result.measures.items():
        measures.add_row(
            name,
            str(tally.detection.gold),
            _share(tally.detection.f1),
            _share(tally.strict.f1),
            *(_share(tally.fields[field]) for field in _MEASURE_FIELDS),
        )
    yield measures
    reports = Table(
        "report",
        "gold",
        "found F1",
        "strict F1",
        "panel F1",
        title="by report",
        title_justify="left",
    )
    for report in result.reports:
        reports.add_row(
            report.report,
            str(report.detection.gold),
            *map(_share, (report.detection.f1, report.strict.f1)),
            _share(report.panel.f1) if report.panel.gold or report.panel.predicted else "",
        )
    yield reports


def _share(value: float) -> str:
    return f"{value:.4f}"


def disagreement(miss: Miss, sentence: Text | None) -> RenderableType:
    """One disagreement: where, the sentence, and a line for each wrong field, got beside want."""
    claim = miss.want or miss.got
    if claim is None:
        return Text()
    colour = {"wrong": "yellow", "missed": "red", "extra": "magenta"}[miss.kind]
    head = Text.assemble(
        (miss.kind, f"bold {colour}"), "  ", (f"{miss.report}, character {miss.start}", "dim")
    )
    body = Table.grid(padding=(0, 2), pad_edge=True)
    if miss.got and miss.want:
        body.add_row("", Text("got", style="dim"), Text("want", style="dim"))
        for field in miss.fields:
            body.add_row(
                Text(field), Text(_of(miss.got, field), "red"), Text(_of(miss.want, field), "green")
            )
    else:
        for field in ("indicator", "measure", "value", "unit", "period", "status"):
            body.add_row(Text(field), Text(_of(claim, field)))
    return Group(head, sentence or Text(f"【{claim.quote}】"), body, "")


def _of(claim: Claim, field: str) -> str:
    if field == "span":
        return f"{claim.start}-{claim.end} {claim.quote}"
    if field == "period":
        return " to ".join(day or "?" for day in claim.period) if any(claim.period) else "none"
    value = getattr(claim, field)
    if isinstance(value, Decimal):
        return _plain(value)
    return "none" if value is None else str(value) or "(empty)"


def observation(row: Mapping[str, object], head: str) -> RenderableType:
    """One row of mart_observation for a person to judge: its sentence, then what was made of it.

    Args:
        row: the columns of the view, and `passage_start`.
        head: what stands before the name of the file, as in `3/50`.
    """
    where = f"{row['file_name']}, characters {row['char_start']}-{row['char_end']}"
    title = Text.assemble((head, "bold"), "  ", (where, "dim"))
    if row["section_path"]:
        title.append(f"  {row['section_path']}", "dim")
    offset = int(str(row["char_start"])) - int(str(row["passage_start"]))
    body = Table.grid(padding=(0, 2), pad_edge=True)
    for left, right in zip(_COLUMNS[::2], _COLUMNS[1::2], strict=True):
        body.add_row(*(cell for name in (left, right) for cell in _labelled(row, name)))
    return Group(title, marked(str(row["sentence"]), str(row["quote"]), offset), body, "")


_COLUMNS = ("indicator", "value", "code", "measure", "subject", "period", "scope", "status")


def _labelled(row: Mapping[str, object], name: str) -> tuple[Text, Text]:
    said = {
        "indicator": row["indicator"] or "(none)",
        "code": row["canonical_code"],
        "value": _said_value(row),
        "measure": _with(row["measure"], row["basis"]),
        "subject": row["subject"] or f"{row['region']} itself",
        "period": row["period_label"],
        "scope": row["scope"],
        "status": row["status"],
    }[name]
    return Text(name, "dim"), Text("–" if said is None else str(said))


def _said_value(row: Mapping[str, object]) -> str:
    value, upper = row["value"], row["value_upper"]
    text = number(value) if isinstance(value, Decimal) else str(value)
    if isinstance(upper, Decimal):
        text = f"{text} to {number(upper)}"
    return _with(f"{text} {row['unit'] or ''}".strip(), row["modifier"], "exact")


def _with(word: object, more: object, unless: object = None) -> str:
    return str(word) if more in (None, unless) else f"{word}, {more}"
