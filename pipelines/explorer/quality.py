"""How good the file is: what was understood, refused, doubted, contradicted, and what changed."""

from __future__ import annotations

import polars as pl
import streamlit as st

from pipelines.explorer import charts
from pipelines.explorer.data import rows
from pipelines.explorer.view import nothing, plain, table
from pipelines.explorer.words import lang, t
from pipelines.pages.labels import DISPOSITIONS, label

_LOAD = "select * from etl_load order by load_no desc"
_COVERAGE = """
select disposition, count(*) as count from fact_numeral group by all order by count desc
"""
_REVIEW = """
select *, cast(observation_key as varchar) as key
from mart_review order by review_weight desc, file_name, char_start
"""
_REVIEWED = 200
_DOUBTS = """
select
    doubt, indicator, value, unit, period_label, quote, sentence, file_name,
    cast(observation_key as varchar) as key
from mart_doubt order by doubt, file_name, char_start
"""
_CONTRADICTIONS = """
select
    kind, {name} as indicator, region_path, period_label, first_value, second_value, unit,
    first_quote, second_quote, first_file_name, second_file_name,
    cast(first_observation_key as varchar) as key
from mart_consistency order by kind, region_path
"""
_CHANGES = """
select
    change_kind, change_reason, file_name, indicator, changed_field, old_text, new_text, quote
from mart_load_changes where is_latest order by file_name, char_start
"""
_REFUSED = """
select file_name, reason, if(? = 'zh', detail_zh, detail) as detail
from etl_reject order by file_name
"""
_CHECKS = """
select check_name, severity, offenders, check_words, example from etl_check
order by offenders desc, check_name
"""


def page() -> None:
    """Show how good the file is."""
    load = rows(_LOAD)
    if nothing(load):
        return
    last = load.row(0, named=True)
    columns = st.columns(5)
    for column, (head, value) in zip(
        columns,
        (
            (t("loaded"), str(last["loaded_at"])[:10]),
            (t("reports"), f"{last['report_count']:,}"),
            (t("refusals"), f"{last['reject_count']:,}"),
            (t("unknown"), f"{last['unknown_share']:.2%}"),
            (t("unbound"), f"{last['unbound_share']:.2%}"),
        ),
        strict=True,
    ):
        column.metric(head, value)
    st.caption(plain(t("accuracy_note")))
    _coverage()
    _review()
    _doubts()
    _contradictions()
    _others()


def _coverage() -> None:
    st.subheader(t("coverage"))
    found = rows(_COVERAGE)
    if not nothing(found):
        words = {key: label(DISPOSITIONS, key, lang()) for key in DISPOSITIONS}
        named = found.with_columns(pl.col("disposition").replace(words).alias("name"))
        st.altair_chart(charts.counts(named, t("count")), alt=t("coverage"))


def _review() -> None:
    st.subheader(t("review"))
    st.caption(t("pick_row"))
    table(
        rows(_REVIEW, limit=_REVIEWED),
        {
            "review_weight": t("weight"),
            "indicator": t("indicator"),
            "value": t("value"),
            "unit": t("unit"),
            "period_label": t("period"),
            "confidence": t("confidence"),
            "doubt": t("doubt"),
            "sentence": t("sentence"),
            "file_name": t("file_name"),
        },
        "review",
    )


def _doubts() -> None:
    st.subheader(t("doubts"))
    found = rows(_DOUBTS)
    if not found.is_empty():
        st.caption(t("pick_row"))
    table(
        found,
        {
            "doubt": t("doubt"),
            "indicator": t("indicator"),
            "value": t("value"),
            "unit": t("unit"),
            "period_label": t("period"),
            "sentence": t("sentence"),
            "file_name": t("file_name"),
        },
        "doubts",
    )


def _contradictions() -> None:
    st.subheader(t("contradictions"))
    name = "coalesce(indicator_en, indicator_zh)" if lang() == "en" else "indicator_zh"
    table(
        rows(_CONTRADICTIONS.format(name=name)),
        {
            "kind": t("kind"),
            "indicator": t("indicator"),
            "region_path": t("region"),
            "period_label": t("period"),
            "first_quote": t("first"),
            "second_quote": t("second"),
            "first_file_name": t("file_name"),
        },
        "contradictions",
    )


def _others() -> None:
    st.subheader(t("refusals"))
    table(
        rows(_REFUSED, lang()),
        {"file_name": t("file_name"), "reason": t("reason"), "detail": t("detail")},
        "refused",
    )
    st.subheader(t("changes"))
    table(
        rows(_CHANGES),
        {
            "change_kind": t("kind"),
            "change_reason": t("reason"),
            "file_name": t("file_name"),
            "indicator": t("indicator"),
            "changed_field": t("field"),
            "old_text": t("old"),
            "new_text": t("new"),
            "quote": t("quote"),
        },
        "changes",
    )
    st.subheader(t("checks"))
    table(
        rows(_CHECKS),
        {
            "check_name": t("checks"),
            "severity": t("kind"),
            "offenders": t("count"),
            "check_words": t("detail"),
        },
        "checks",
    )
