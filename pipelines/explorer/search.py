"""Search: the figures and the sentences that a question asks for, best first."""

from __future__ import annotations

import streamlit as st

from pipelines.explorer.data import rows
from pipelines.explorer.view import choose, go_to, plain, table
from pipelines.explorer.words import t

_SHOWN = 100
_FIGURES = """
select *, cast(observation_key as varchar) as key from search_figures(?, most := ?)
"""
_SENTENCES = """
select
    found.region, found.sentence, found.section_path, found.file_name,
    cast(passage.report_key as varchar) as report,
    cast((
        select min(numeral.numeral_no) from fact_numeral as numeral
        where numeral.passage_key = found.passage_key
    ) as varchar) as numeral
from search_sentences(?, most := ?) as found
inner join dim_passage as passage on found.passage_key = passage.passage_key
order by found.score desc, found.passage_key
"""


def page() -> None:
    """Show what answers the question of the address, or ask for one."""
    asked = st.query_params.get("q", "")
    question = st.text_input(
        t("search_for"), value=asked, key="search", type="search", placeholder=""
    ).strip()
    if question != asked:
        st.query_params["q"] = question
    if not question:
        st.info(t("search_hint"))
        return
    st.subheader(t("figures"))
    figures = rows(_FIGURES, question, _SHOWN)
    table(
        figures,
        {
            "region": t("region"),
            "indicator": t("indicator"),
            "period_label": t("period"),
            "value": t("value"),
            "unit": t("unit"),
            "measure": t("measure"),
            "status": t("status"),
            "sentence": t("sentence"),
            "file_name": t("file_name"),
        },
        "figures",
    )
    st.subheader(t("sentences"))
    found = rows(_SENTENCES, question, _SHOWN)
    if found.is_empty():
        st.info(t("empty"))
        return
    if _SHOWN in (found.height, figures.height):
        st.caption(plain(t("found_cut", _SHOWN)))
    heads = {
        "region": t("region"),
        "sentence": t("sentence"),
        "section_path": t("section"),
        "file_name": t("file_name"),
    }
    row = choose(found, heads, "sentences")
    if row is not None:
        go_to("report", report=found["report"][row], numeral=found["numeral"][row] or "")
