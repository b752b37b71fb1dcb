"""A report: its text with every numeral marked, what each is and why, and a table of the figures.

The address says which figure is looked at: `obs` is its key, or `report` the key of a report and
`numeral` the number of a numeral in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from pipelines.explorer.correcting import correcting
from pipelines.explorer.data import rows
from pipelines.explorer.marked import marked_text
from pipelines.explorer.text import Block, Numeral, Sentence, blocks
from pipelines.explorer.view import choose, plain
from pipelines.explorer.words import lang, t
from pipelines.pages.annotated import UNSURE
from pipelines.pages.labels import (
    DISPOSITIONS,
    DOUBTS,
    MEASURES,
    MODIFIERS,
    STATUSES,
    label,
    located,
    number,
)
from pipelines.text.binding.catalog import rules

_PART = 150_000  # characters of text that are shown at once
_REPORTS = """
select
    cast(report_key as varchar) as key, file_name, title, region_path, period_label, published_on
from dim_report inner join dim_region using (region_key)
inner join dim_period on dim_report.period_key = dim_period.period_key
where report_key <> -1
order by file_name
"""
_OF = "select cast(report_key as varchar) as key from fact_observation where observation_key = ?"
_SENTENCES = """
select char_start, char_end, sentence, section_path from dim_passage
where report_key = ? order by passage_no
"""
_NUMERALS = """
select
    numeral_no, char_start, char_end, numeral_text, disposition,
    cast(observation_key as varchar) as key
from fact_numeral where report_key = ? order by char_start
"""
_FIGURES = """
select *, cast(observation_key as varchar) as key from mart_observation
where report_key = ? order by char_start
"""
_MOST = 250_000


def page() -> None:
    """Show the report of the address, or the first one."""
    reports = rows(_REPORTS, limit=100_000)
    if reports.is_empty():
        st.info(t("empty_file"))
        return
    asked = st.query_params.get("obs")
    keys = reports["key"].to_list()
    report = _report_of(asked, keys)
    titles = dict(zip(keys, reports["title"].to_list(), strict=True))
    names = dict(zip(keys, reports["file_name"].to_list(), strict=True))
    st.selectbox(
        t("report"),
        keys,
        index=keys.index(report),
        format_func=lambda key: f"{titles[key]} ({names[key]})",
        key=f"report-{report}",
        on_change=_choose,
        args=(f"report-{report}",),
    )
    about = reports.row(keys.index(report), named=True)
    said = (about[name] for name in ("region_path", "period_label", "published_on"))
    st.caption(plain(" · ".join(str(one) for one in said if one)))
    _show(report, asked)


def _report_of(asked: str | None, keys: Sequence[str]) -> str:
    """The report of the figure or the report of the address; the first where it has neither."""
    if asked is not None:
        found = rows(_OF, int(asked)) if _is_key(asked) else pl.DataFrame()
        if not found.is_empty():
            return str(found["key"][0])
        st.warning(plain(t("no_such", asked)))
    wanted = st.query_params.get("report", "")
    return wanted if wanted in keys else keys[0]


def _is_key(text: str) -> bool:
    return text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 20


def _choose(widget: str) -> None:
    _look(report=str(st.session_state[widget]))


def _look(**params: str) -> None:
    """Have the address say what is looked at."""
    for name in ("obs", "report", "numeral"):
        st.query_params.pop(name, None)
    st.query_params.update(params)


def _show(report: str, asked: str | None) -> None:
    key = int(report)
    sentences = [Sentence(*row) for row in rows(_SENTENCES, key, limit=_MOST).iter_rows()]
    numerals = rows(_NUMERALS, key, limit=_MOST)
    figures = rows(_FIGURES, key, limit=_MOST)
    by_key = {row["key"]: row for row in figures.iter_rows(named=True)}
    ledger = numerals.to_dicts()
    chosen = _chosen(ledger, asked)
    shown = _part(sentences, ledger, chosen)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        marks = [_mark(one, by_key) for one in ledger]
        marked_text(shown, marks, chosen, lambda mark: _pick(report, ledger[mark]), report)
    with right:
        _details(ledger[chosen] if chosen is not None else None, by_key)
    _table(figures, report, asked)


def _pick(report: str, one: Mapping[str, Any]) -> None:
    if one["key"]:
        _look(obs=one["key"])
    else:
        _look(report=report, numeral=str(one["numeral_no"]))


def _chosen(ledger: Sequence[Mapping[str, Any]], asked: str | None) -> int | None:
    """The place in the ledger of the numeral of the address."""
    wanted = st.query_params.get("numeral")
    for place, one in enumerate(ledger):
        if one["key"] == asked if asked else str(one["numeral_no"]) == wanted:
            return place
    return None


def _part(
    sentences: Sequence[Sentence], ledger: Sequence[Mapping[str, Any]], chosen: int | None
) -> list[Block]:
    """The paragraphs to show: of a long report one part, that of the chosen numeral at first."""
    numerals = [Numeral(one["char_start"], one["char_end"], one["numeral_text"]) for one in ledger]
    parts: list[list[Block]] = [[]]
    size, home = 0, 0
    for block in blocks(sentences, numerals):
        for piece in _short(block):
            if size > _PART:
                parts.append([])
                size = 0
            parts[-1].append(piece)
            size += sum(len(one.text) for one in piece.pieces)
            if chosen is not None and any(one.mark == chosen for one in piece.pieces):
                home = len(parts) - 1
    if len(parts) == 1:
        return parts[0]
    number_of = st.number_input(t("part"), 1, len(parts), home + 1, key=f"part-{chosen}")
    return parts[int(number_of) - 1]


def _short(block: Block) -> list[Block]:
    """A block in parts that a browser lays out quickly."""
    made: list[Block] = []
    line: list[Any] = []
    size = 0
    for piece in block.pieces:
        for text in (
            [piece.text]
            if piece.mark is not None
            else [piece.text[at : at + 4000] for at in range(0, len(piece.text), 4000)]
        ):
            if size + len(text) > 4000 and line:
                made.append(Block(tuple(line), block.is_heading))
                line, size = [], 0
            line.append(piece._replace(text=text))
            size += len(text)
    return [*made, Block(tuple(line), block.is_heading)]


def _mark(one: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """The classes of a mark, and what it is in words."""
    figure = figures.get(one["key"] or "")
    if figure is None:
        return "other", label(DISPOSITIONS, one["disposition"], lang())
    kind = f"{figure['measure']} {figure['status']}"
    if figure["confidence"] < UNSURE:
        kind += " unsure"
    return kind, " · ".join(filter(None, (figure["indicator"], _value(figure))))


def _value(figure: Mapping[str, Any]) -> str:
    value = number(figure["value"], lang())
    if figure["value_upper"] is not None:
        value += f"–{number(figure['value_upper'], lang())}"
    return f"{value} {figure['unit'] or ''}".strip()


def _details(one: Mapping[str, Any] | None, figures: Mapping[str, Mapping[str, Any]]) -> None:
    """What the chosen numeral is, and why."""
    if one is None:
        st.info(t("choose"))
        return
    figure = figures.get(one["key"] or "")
    if figure is None:
        st.markdown(f"### {plain(one['numeral_text'])}")
        st.markdown(
            f"**{plain(t('numeral_none'))}**: "
            f"{plain(label(DISPOSITIONS, one['disposition'], lang()))}"
        )
        return
    st.markdown(f"### {plain(figure['quote'])}")
    modifier = None if figure["modifier"] == "exact" else figure["modifier"]
    cells = [
        (t("indicator"), figure["indicator"]),
        (t("code"), figure["canonical_code"]),
        (t("value"), _value(figure)),
        (t("measure"), label(MEASURES, figure["measure"], lang())),
        ("", label(MODIFIERS, modifier, lang())),
        (t("period"), figure["period_label"] if figure["period_start"] else None),
        (t("status"), label(STATUSES, figure["status"], lang())),
        (t("subject"), figure["subject"]),
        (t("scope"), figure["scope"]),
        (t("doubt"), label(DOUBTS, figure["doubt"], lang())),
        (t("confidence"), figure["confidence"]),
        (t("section"), figure["section_path"]),
        (t("where"), f"{figure['file_name']}, {located(figure['locator'], lang())}"),
        (t("rule"), figure["binding_rule"]),
    ]
    lines = [
        f"| {_whole(head)} | {plain(cell)} |" for head, cell in cells if cell not in (None, "")
    ]
    st.markdown("\n".join(["| | |", "| --- | --- |", *lines]))
    for said in _rules(figure["binding_rule"]):
        st.caption(plain(said))
    correcting(figure)


def _whole(head: str) -> str:
    """A heading that no line breaks in, as one may between any two characters of Chinese."""
    return "\u2060".join(plain(char) or char for char in head)


def _rules(name: str) -> list[str]:
    """What the rules of a binding say of the language."""
    known = {rule.id: rule.says for rule in rules().values()}
    return [known[one] for one in name.split(":") if one in known]


def _table(figures: pl.DataFrame, report: str, asked: str | None) -> None:
    """The figures of the report; a row that is selected is looked at in the text."""
    st.subheader(t("figures"))
    if figures.is_empty():
        st.info(t("no_figures"))
        return
    keys = figures["key"].to_list()
    here = keys.index(asked) if asked in keys else None
    choose(
        figures,
        {
            "quote": t("quote"),
            "indicator": t("indicator"),
            "value": t("value"),
            "unit": t("unit"),
            "measure": t("measure"),
            "period_label": t("period"),
            "status": t("status"),
            "subject": t("subject"),
            "scope": t("scope"),
            "canonical_code": t("code"),
            "confidence": t("confidence"),
            "doubt": t("doubt"),
        },
        f"figures-{report}-{asked}",
        chosen=here,
        pick=lambda row: _look(obs=keys[row]),
    )
