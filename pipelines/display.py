"""How results look on a terminal: scores, disagreements, single observations.

What is shown is worked out elsewhere; here it is only laid out. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.bilingual import Both, Lang, shown
from pipelines.pages.labels import number
from pipelines.reading.clean import clean
from pipelines.scoring import Claim, Miss, Score

_AROUND = 60  # characters of a long sentence that are shown on each side of the quote
_MEASURE_FIELDS = ("value", "measure", "indicator", "subject", "period", "status")
# The words of headings and of names of fields.
_CHINESE = {
    "all reports": "全部报告",
    "by measure": "按度量",
    "by report": "按报告",
    "code": "编码",
    "detection": "检出",
    "extra": "多出",
    "field": "字段",
    "found F1": "检出 F1",
    "gold": "标注",
    "got": "结果",
    "indicator": "指标",
    "indicator, character F1": "指标（按字 F1）",
    "measure": "度量",
    "missed": "漏检",
    "modifier": "限定",
    "panel": "面板",
    "panel F1": "面板 F1",
    "period": "时期",
    "precision": "精确率",
    "recall": "召回率",
    "report": "报告",
    "right": "正确",
    "scope": "范围",
    "share of the found that agree": "检出者中一致的比例",
    "span": "位置",
    "status": "状态",
    "strict": "严格",
    "strict F1": "严格 F1",
    "subject": "主体",
    "unit": "单位",
    "value": "数值",
    "want": "标注",
    "wrong": "有误",
}


def _word(name: str) -> str:
    return shown(Both(name, _CHINESE.get(name, name)))


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
    totals = _table("all reports", "", "precision", "recall", "F1")
    for name in ("detection", "strict", "panel"):
        rate = getattr(result, name)
        totals.add_row(_word(name), *map(_share, (rate.precision, rate.recall, rate.f1)))
    yield totals
    fields = _table("share of the found that agree", "field", "right")
    for name, share in result.fields.items():
        fields.add_row(_word(name), _share(share))
    fields.add_row(_word("indicator, character F1"), _share(result.indicator_f1))
    yield fields
    measures = _table("by measure", "measure", "gold", "found F1", "strict F1", *_MEASURE_FIELDS)
    for name, tally in result.measures.items():
        measures.add_row(
            name,
            str(tally.detection.gold),
            _share(tally.detection.f1),
            _share(tally.strict.f1),
            *(_share(tally.fields[field]) for field in _MEASURE_FIELDS),
        )
    yield measures
    reports = _table("by report", "report", "gold", "found F1", "strict F1", "panel F1")
    for report in result.reports:
        reports.add_row(
            report.report,
            str(report.detection.gold),
            *map(_share, (report.detection.f1, report.strict.f1)),
            _share(report.panel.f1) if report.panel.gold or report.panel.predicted else "",
        )
    yield reports


def _table(title: str, *heads: str) -> Table:
    return Table(*map(_word, heads), title=_word(title), title_justify="left")


def _share(value: float) -> str:
    return f"{value:.4f}"


def disagreement(miss: Miss, sentence: Text | None) -> RenderableType:
    """One disagreement: where, the sentence, and a line for each wrong field, got beside want."""
    claim = miss.want or miss.got
    if claim is None:
        return Text()
    colour = {"wrong": "yellow", "missed": "red", "extra": "magenta"}[miss.kind]
    where = Both(f"{miss.report}, character {miss.start}", f"{miss.report} 第 {miss.start} 个字符")
    head = Text.assemble((_word(miss.kind), f"bold {colour}"), "  ", (shown(where), "dim"))
    body = Table.grid(padding=(0, 2), pad_edge=True)
    if miss.got and miss.want:
        body.add_row("", Text(_word("got"), style="dim"), Text(_word("want"), style="dim"))
        for field in miss.fields:
            body.add_row(
                Text(_word(field)),
                Text(_of(miss.got, field), "red"),
                Text(_of(miss.want, field), "green"),
            )
    else:
        for field in ("indicator", "measure", "value", "unit", "period", "status"):
            body.add_row(Text(_word(field)), Text(_of(claim, field)))
    return Group(head, sentence or Text(f"【{claim.quote}】"), body, "")


def _of(claim: Claim, field: str) -> str:
    none = shown(_NONE)
    if field == "span":
        return f"{claim.start}-{claim.end} {claim.quote}"
    if field == "period":
        return shown(_TO).join(day or "?" for day in claim.period) if any(claim.period) else none
    value = getattr(claim, field)
    if isinstance(value, Decimal):
        return _plain(value)
    return none if value is None else str(value) or shown(_EMPTY)


_NONE, _EMPTY, _TO = Both("none", "无"), Both("(empty)", "（空）"), Both(" to ", " 至 ")


def observation(row: Mapping[str, object], head: str) -> RenderableType:
    """One row of mart_observation for a person to judge: its sentence, then what was made of it.

    Args:
        row: the columns of the view, and `passage_start`.
        head: what stands before the name of the file, as in `3/50`.
    """
    name, start, end = row["file_name"], row["char_start"], row["char_end"]
    where = Both(f"{name}, characters {start}-{end}", f"{name} 第 {start}-{end} 个字符")
    title = Text.assemble((head, "bold"), "  ", (shown(where), "dim"))
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
        "indicator": row["indicator"] or shown(Both("(none)", "（无）")),
        "code": row["canonical_code"],
        "value": _said_value(row),
        "measure": _with(row["measure"], row["basis"]),
        "subject": row["subject"] or shown(_itself(row["region"])),
        "period": row["period_label"],
        "scope": row["scope"],
        "status": row["status"],
    }[name]
    return Text(_word(name), "dim"), Text("–" if said is None else str(said))


def _itself(region: object) -> Both:
    return Both(f"{region} itself", f"{region}（本级）")


def _said_value(row: Mapping[str, object]) -> str:
    value, upper = row["value"], row["value_upper"]
    # As the sentence beside it has it, 3亿, in either language.
    text = number(value, Lang.zh) if isinstance(value, Decimal) else str(value)
    if isinstance(upper, Decimal):
        text = f"{text}{shown(_TO)}{number(upper, Lang.zh)}"
    return _with(f"{text} {row['unit'] or ''}".strip(), row["modifier"], "exact")


def _with(word: object, more: object, unless: object = None) -> str:
    return str(word) if more in (None, unless) else f"{word}, {more}"
