"""A region: its headline figures, what its reports speak of, its ranks and its targets."""

from __future__ import annotations

import streamlit as st

from pipelines.bilingual import Lang
from pipelines.explorer import charts
from pipelines.explorer.data import rows
from pipelines.explorer.view import nothing, table
from pipelines.explorer.words import lang, t

_REGIONS = """
select region_path as path, report_count from dim_region
where report_count > 0 and region_key <> -1 order by region_path
"""
_HEADLINES = """
select
    {name} as indicator, period_label, level_value, level_unit, growth_percent, rank_scope,
    rank_place,
    cast(coalesce(level_observation_key, growth_observation_key, rank_observation_key)
        as varchar) as key
from mart_headline where region_path = ?
order by period_end desc, level_value desc nulls last
"""
_THEMES = """
select {name} as name, sum(passage_count) as count from mart_theme_profile
where region_path = ? group by all order by count desc
"""
_FIGURES = """
select
    indicator, period_label, value, unit, scope, modifier, quote, sentence,
    cast(observation_key as varchar) as key
from mart_observation
where region_path = ? and subject is null and {which}
order by period_end desc, file_name, char_start
"""
_RANKS, _TARGETS = "measure = 'rank'", "status = 'planned' and canonical_code is not null"


def page() -> None:
    """Show the region of the address, or the first one."""
    known = rows(_REGIONS, limit=50_000)
    if nothing(known):
        return
    paths = known["path"].to_list()
    asked = st.query_params.get("region", "")
    path = st.selectbox(t("region"), paths, index=paths.index(asked) if asked in paths else 0)
    st.query_params["region"] = path
    en = lang() != Lang.zh
    st.caption(t("pick_row"))
    st.subheader(t("headlines"))
    name = "coalesce(indicator_en, indicator_zh)" if en else "indicator_zh"
    table(
        rows(_HEADLINES.format(name=name), path),
        {
            "indicator": t("indicator"),
            "period_label": t("period"),
            "level_value": t("level"),
            "level_unit": t("unit"),
            "growth_percent": t("growth"),
            "rank_scope": t("rank_in"),
            "rank_place": t("rank"),
        },
        "headlines",
    )
    heads = {
        "indicator": t("indicator"),
        "period_label": t("period"),
        "value": t("value"),
        "unit": t("unit"),
        "scope": t("scope"),
        "quote": t("quote"),
        "sentence": t("sentence"),
    }
    for word, which in (("ranks", _RANKS), ("targets", _TARGETS)):
        st.subheader(t(word))
        table(rows(_FIGURES.format(which=which), path), heads, word)
    st.subheader(t("themes"))
    themes = rows(_THEMES.format(name="theme_en" if en else "theme_zh"), path)
    if not nothing(themes):
        st.altair_chart(charts.counts(themes, t("sentences")), alt=t("themes"))
