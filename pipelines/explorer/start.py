"""The front page: what the file holds, and its headline figures, each a click from its sentence."""

from __future__ import annotations

import streamlit as st

from pipelines.explorer.data import rows
from pipelines.explorer.view import plain, table
from pipelines.explorer.words import lang, t

_HOLDS = """
select
    (select count(*) from dim_report where report_key <> -1) as reports,
    (select count(*) from fact_observation) as figures,
    (select count(*) from dim_region where report_count > 0) as regions,
    (select max(loaded_at) from etl_load) as loaded
"""
_HEADLINES = """
select
    region, {name} as indicator, period_label, level_value, level_unit, growth_percent,
    rank_scope, rank_place, file_name,
    cast(coalesce(level_observation_key, growth_observation_key, rank_observation_key)
        as varchar) as key
from mart_headline
{where}
order by period_end desc, region_path, level_value desc nulls last
"""
# Asked for only where there are words: to look through all names takes longer than the rest.
_WITH_WORDS = """
where
    contains(region, ?) or contains(indicator_zh, ?) or contains(file_name, ?)
    or contains(lower(coalesce(indicator_en, '')), lower(?))
"""
_SHOWN = 500


def page() -> None:
    """Show the front page."""
    st.title("Zhibiao 指标")
    holds = rows(_HOLDS).row(0, named=True)
    if not holds["reports"]:
        st.info(t("empty_file"))
        return
    for place, (word, value) in zip(
        st.columns(4),
        (
            ("reports", f"{holds['reports']:,}"),
            ("figures_n", f"{holds['figures']:,}"),
            ("regions", f"{holds['regions']:,}"),
            ("loaded", str(holds["loaded"])[:10]),
        ),
        strict=True,
    ):
        place.metric(t(word), value)
    st.subheader(t("headlines"))
    words = st.text_input(t("filter"), key="filter", type="search", placeholder="").strip()
    st.caption(t("pick_row"))
    name = "coalesce(indicator_en, indicator_zh)" if lang() == "en" else "indicator_zh"
    where, params = (_WITH_WORDS, [words] * 4) if words else ("", [])
    found = rows(_HEADLINES.format(name=name, where=where), *params, limit=_SHOWN)
    table(
        found,
        {
            "region": t("region"),
            "indicator": t("indicator"),
            "period_label": t("period"),
            "level_value": t("level"),
            "level_unit": t("unit"),
            "growth_percent": t("growth"),
            "rank_scope": t("rank_in"),
            "rank_place": t("rank"),
            "file_name": t("file_name"),
        },
        "headlines",
    )
    if found.height == _SHOWN:
        st.caption(plain(t("found_cut", _SHOWN)))
