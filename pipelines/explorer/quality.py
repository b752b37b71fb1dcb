"""How good the file is: what is likely right, refused, doubted, contradicted, and what changed."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import streamlit as st

from pipelines import lexicon
from pipelines.explorer import charts
from pipelines.explorer.data import rows
from pipelines.explorer.view import nothing, plain, table
from pipelines.explorer.words import lang, t
from pipelines.frames.corrections import IN_ORDER
from pipelines.pages.labels import DISPOSITIONS, label
from pipelines.text.confidence import FRESH

_LOAD = "select * from etl_load order by load_no desc"
_COVERAGE = """
select disposition, count(*) as count from fact_numeral group by all order by count desc
"""
# By tenths of confidence: confidence is the chance that a figure is right, so its sum is how many
# are expected to be.
_BANDS = """
select
    least(floor(confidence * 10), 9)::integer as band, count(*) as count,
    round(avg(confidence) * 100, 1) as expected
from fact_observation group by band order by band desc
"""
_BY_MEASURE = """
select measure, count(*) as count, round(avg(confidence) * 100, 1) as expected
from fact_observation group by measure order by count desc
"""
_SURE = """
select
    avg(confidence) as expected,
    avg((confidence >= (
        select max_by(trusted_confidence, load_no) from etl_load
    ))::integer) as trusted,
    (select max_by(trusted_confidence, load_no) from etl_load) as bound
from fact_observation
"""
_CORRECTIONS = """
select
    file_name, corrected_field, was_text, becomes_text, correction_state, correction_reason,
    corrected_by, corrected_on, cast(observation_key as varchar) as key
from etl_correction
order by correction_state in {in_order}, line_no
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
    _accuracy()
    _sections()


def _accuracy() -> None:
    """How many figures are expected to be right, by confidence and by measure."""
    st.subheader(t("accuracy"))
    sure = rows(_SURE).row(0, named=True)
    if sure["expected"] is None:
        st.info(t("empty"))
        return
    first, second, third = st.columns([1, 2, 2])
    with first:
        st.metric(t("expected_right"), f"{sure['expected']:.1%}")
        if sure["bound"] is not None:
            st.metric(plain(t("trusted", f"{sure['bound']:.2g}")), f"{sure['trusted']:.1%}")
    heads = {"count": t("figures_n"), "expected": t("expected_percent")}
    with second:
        low = pl.col("band") / 10
        band = pl.format("{}–{}", low.round(1), (low + 0.1).round(1))
        table(
            rows(_BANDS).with_columns(band.alias("confidence")),
            {"confidence": t("confidence"), **heads},
            "bands",
        )
    with third:
        table(rows(_BY_MEASURE), {"measure": t("measure"), **heads}, "measures")
    judged, right = _fresh()
    st.caption(plain(t("accuracy_note", f"{right:,}", f"{judged:,}", f"{right / judged:.1%}")))


def _fresh() -> tuple[int, int]:
    """Of how many rows of fresh texts how many were right, as the seeds say."""
    found = lexicon.table("confidence")
    return next(
        (int(row["rows"]), int(row["right"]))
        for row in found
        if (row["trait"], row["value"]) == FRESH
    )


def _sections() -> None:
    """The rest, one at a time: none has to wait for the others."""
    sections: dict[str, Callable[[], None]] = {
        "review": _review,
        "doubts": _doubts,
        "contradictions": _contradictions,
        "corrections": _corrections,
        "coverage": _coverage,
        "refusals": _refused,
        "changes": _changes,
        "checks": _checks,
    }
    asked = st.query_params.get("show", "")
    shown = st.segmented_control(
        t("look_at"),
        list(sections),
        default=asked if asked in sections else "review",
        format_func=t,
        key="section",
    )
    shown = shown or "review"
    st.query_params["show"] = shown
    st.subheader(t(shown))
    sections[shown]()


def _coverage() -> None:
    found = rows(_COVERAGE)
    if not nothing(found):
        words = {key: label(DISPOSITIONS, key, lang()) for key in DISPOSITIONS}
        named = found.with_columns(pl.col("disposition").replace(words).alias("name"))
        st.altair_chart(charts.counts(named, t("count")), alt=t("coverage"))


def _review() -> None:
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


def _corrections() -> None:
    found = rows(_CORRECTIONS.format(in_order=IN_ORDER))
    stale = found.filter(~pl.col("correction_state").is_in(IN_ORDER))
    if not stale.is_empty():
        st.warning(plain(t("not_applied", stale.height)))
    table(
        found,
        {
            "correction_state": t("status"),
            "file_name": t("file_name"),
            "corrected_field": t("field"),
            "was_text": t("old"),
            "becomes_text": t("new"),
            "correction_reason": t("why"),
            "corrected_by": t("who"),
            "corrected_on": t("when"),
        },
        "corrections",
    )


def _refused() -> None:
    table(
        rows(_REFUSED, lang()),
        {"file_name": t("file_name"), "reason": t("reason"), "detail": t("detail")},
        "refused",
    )


def _changes() -> None:
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


def _checks() -> None:
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
