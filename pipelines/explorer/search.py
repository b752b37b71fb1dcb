"""Search: figures and sentences that hold all words."""

from __future__ import annotations

import streamlit as st

from pipelines.explorer.data import rows
from pipelines.explorer.view import choose, go_to, plain, table
from pipelines.explorer.words import t

_MOST_WORDS, _SHOWN = 8, 300
_FIGURES = """
select
    region, indicator, period_label, value, unit, status, quote, sentence, file_name,
    cast(observation_key as varchar) as key
from mart_observation where {each}
order by period_end desc nulls last, file_name, char_start
"""
_FIGURE_WORD = "contains(concat_ws(' ', region_path, subject, indicator, indicator_zh, quote), ?)"
_SENTENCES = """
select
    sentence, section_path, file_name, title, cast(report.report_key as varchar) as report,
    cast((
        select min(numeral.numeral_no) from fact_numeral as numeral
        where numeral.passage_key = passage.passage_key
    ) as varchar) as numeral
from dim_passage as passage
inner join dim_report as report on passage.report_key = report.report_key
where {each}
order by file_name, passage_no
"""
_SENTENCE_WORD = "contains(sentence, ?)"


def page() -> None:
    """Show what holds the words of the address, or ask for words."""
    asked = st.query_params.get("q", "")
    words = st.text_input(t("search_for"), value=asked, key="search", type="search").strip()
    if words != asked:
        st.query_params["q"] = words
    if not words:
        st.info(t("search_hint"))
        return
    parts = words.split()[:_MOST_WORDS]
    st.subheader(t("figures"))
    figures = rows(_FIGURES.format(each=_each(_FIGURE_WORD, parts)), *parts, limit=_SHOWN)
    table(
        figures,
        {
            "region": t("region"),
            "indicator": t("indicator"),
            "period_label": t("period"),
            "value": t("value"),
            "unit": t("unit"),
            "status": t("status"),
            "sentence": t("sentence"),
            "file_name": t("file_name"),
        },
        "figures",
    )
    st.subheader(t("sentences"))
    found = rows(_SENTENCES.format(each=_each(_SENTENCE_WORD, parts)), *parts, limit=_SHOWN)
    if found.is_empty():
        st.info(t("empty"))
        return
    if _SHOWN in (found.height, figures.height):
        st.caption(plain(t("found_cut", _SHOWN)))
    heads = {"sentence": t("sentence"), "section_path": t("section"), "file_name": t("file_name")}
    row = choose(found, heads, "sentences")
    if row is not None:
        go_to("report", report=found["report"][row], numeral=found["numeral"][row] or "")


def _each(condition: str, words: list[str]) -> str:
    return " and ".join([condition] * len(words))
