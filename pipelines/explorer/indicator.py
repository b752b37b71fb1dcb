"""An indicator: regions over the years, side by side, and plans with what became of them."""

from __future__ import annotations

import polars as pl
import streamlit as st

from pipelines.bilingual import Lang
from pipelines.explorer import charts
from pipelines.explorer.data import rows
from pipelines.explorer.view import nothing, table
from pipelines.explorer.words import lang, t
from pipelines.pages.labels import LEVELS, PERIOD_KINDS, label

_INDICATORS = """
select
    indicator_code as code, any_value(indicator_zh) as zh,
    any_value(coalesce(indicator_en, indicator_zh)) as en, count(*) as figures
from mart_headline where indicator_code is not null
group by indicator_code order by figures desc, code
"""
_HEADLINES = """
select
    headline.region, headline.region_path, headline.region_level, place.region_code,
    cast(period_start as varchar) as since,
    cast(period_end as varchar) as day, period_label as period, period_kind, level_unit as unit,
    level_value, growth_percent, rank_place, rank_scope, previous_level_derived,
    if(level_value is null, null, rank() over levels) as level_place_derived,
    if(growth_percent is null, null, rank() over growths) as growth_place_derived,
    cast(level_observation_key as varchar) as level_key,
    cast(growth_observation_key as varchar) as growth_key,
    cast(rank_observation_key as varchar) as rank_key
from mart_headline as headline
inner join dim_region as place on headline.region_key = place.region_key
where indicator_code = ?
window
    -- As in mart_comparison, which would rank all indicators.
    levels as (
        partition by period_key, headline.region_level, level_unit
        order by level_value desc nulls last
    ),
    growths as (
        partition by period_key, headline.region_level order by growth_percent desc nulls last
    )
order by day, headline.region_path
"""
_PLANS = """
select
    region || ' ' || period_label as name, unit, measure, target_value, outcome_value,
    cast(target_observation_key as varchar) as target_key,
    cast(outcome_observation_key as varchar) as outcome_key
from mart_target
where indicator_code = ? and outcome_observation_key is not null
order by period_end desc, region_path
"""
_VALUES = {"level": "level_value", "growth": "growth_percent", "rank": "rank_place"}
_MOST_REGIONS, _MOST_PLANS = 12, 40


def page() -> None:
    """Show the indicator of the address, or the one with most figures."""
    known = rows(_INDICATORS)
    if nothing(known):
        return
    codes = known["code"].to_list()
    names = dict(zip(codes, known["zh" if lang() == Lang.zh else "en"].to_list(), strict=True))
    asked = st.query_params.get("code", "")
    code = st.selectbox(
        t("indicator"),
        codes,
        index=codes.index(asked) if asked in codes else 0,
        format_func=names.__getitem__,
    )
    st.query_params["code"] = code
    found = rows(_HEADLINES, code)
    first, second, third = st.columns(3)
    with first:
        what = st.segmented_control(
            t("measure"),
            list(_VALUES),
            default="level",
            format_func={one: t(one) for one in _VALUES}.__getitem__,
            key="what",
        )
    with second:
        found = _of_one(found, "region_level", t("region_level"), LEVELS)
    with third:
        found = _of_one(found, "period_kind", t("periods"), PERIOD_KINDS)
    what = what or "level"
    st.caption(t("pick_mark"))
    _over_years(found, what)
    _side_by_side(found, what)
    _plans(code)
    st.subheader(t("all_rows"))
    table(
        found,
        {
            "region": t("region"),
            "period": t("period"),
            "level_value": t("level"),
            "unit": t("unit"),
            "level_place_derived": t("place"),
            "growth_percent": t("growth"),
            "rank_scope": t("rank_in"),
            "rank_place": t("rank"),
        },
        "headlines",
        leads=f"{what}_key",
    )


def _of_one(
    found: pl.DataFrame, column: str, head: str, labels: dict[str, tuple[str, str]]
) -> pl.DataFrame:
    """The rows of one member of a closed list: that of most regions, or the one that is chosen."""
    by_regions = found.group_by(column).agg(pl.col("region_path").n_unique().alias("regions"))
    members = by_regions.sort("regions", column, descending=True)[column].to_list()
    names = {one: label(labels, one, lang()) for one in members}
    chosen = st.selectbox(head, members, format_func=names.__getitem__)
    return found.filter(pl.col(column) == chosen)


def _stated(found: pl.DataFrame, what: str) -> pl.DataFrame:
    """What reports state: a row a mark."""
    return found.filter(pl.col(_VALUES[what]).is_not_null()).select(
        "region",
        pl.col("region_code").alias("code"),
        "region_level",
        "day",
        "period",
        pl.col(_VALUES[what]).cast(pl.Float64).alias("value"),
        (pl.col("unit") if what == "level" else pl.lit("%" if what == "growth" else "名")).alias(
            "unit"
        ),
        pl.lit(t("stated")).alias("origin"),
        pl.col(f"{what}_key").alias("key"),
        (
            pl.col("rank_place").cast(pl.Int64)
            if what == "rank"
            else pl.col(f"{what}_place_derived").cast(pl.Int64)
        ).alias("place"),
    )


def _derived(found: pl.DataFrame) -> pl.DataFrame:
    """The levels a year before that stated growth implies."""
    return found.filter(pl.col("previous_level_derived").is_not_null()).select(
        "region",
        pl.col("region_code").alias("code"),
        "region_level",
        pl.col("day").str.to_date().dt.offset_by("-1y").cast(pl.String).alias("day"),
        "period",
        pl.col("previous_level_derived").cast(pl.Float64).alias("value"),
        "unit",
        pl.lit(t("derived")).alias("origin"),
        pl.col("growth_key").alias("key"),
        pl.lit(None, pl.Int64).alias("place"),
    )


def _over_years(found: pl.DataFrame, what: str) -> None:
    st.subheader(t("lines"))
    marks = _stated(found, what)
    if nothing(marks):
        return
    if what == "level":
        marks = pl.concat([marks, _derived(found)])
    regions = marks["region"].value_counts(sort=True)["region"].to_list()
    chosen = st.multiselect(t("regions"), sorted(regions), default=regions[:_MOST_REGIONS])
    charts.draw(
        charts.lines(marks.filter(pl.col("region").is_in(chosen)), t(what)), "lines", t("lines")
    )


def _side_by_side(found: pl.DataFrame, what: str) -> None:
    st.subheader(t("ranking"))
    marks = _stated(found, what)
    if nothing(marks):
        return
    by_period = marks.group_by("period").agg(pl.len().alias("regions"), pl.col("day").max())
    periods = by_period.sort("day", descending=True)["period"].to_list()
    fullest = by_period.sort("regions", "day", descending=True)["period"][0]
    period = st.selectbox(t("period"), periods, index=periods.index(fullest))
    marks = marks.filter(pl.col("period") == period)
    charts.draw(charts.bars(marks, t(what)), "bars", t("ranking"))
    if marks["region_level"][0] == "province":
        st.subheader(t("map"))
        _map(marks, what)


def _map(marks: pl.DataFrame, what: str) -> None:
    units = marks["unit"].value_counts(sort=True)["unit"].to_list()
    alike = marks.filter(pl.col("unit").eq_missing(units[0])).unique("code", maintain_order=True)
    charts.draw(charts.provinces(alike, t(what)), "map", t("map"))
    st.caption(t("map_note"))


def _plans(code: str) -> None:
    st.subheader(t("plans"))
    pairs = rows(_PLANS, code)
    if nothing(pairs):
        return
    measures = pairs["measure"].value_counts(sort=True)["measure"].to_list()
    pairs = pairs.filter(pl.col("measure") == measures[0]).head(_MOST_PLANS)
    marks = pl.concat(
        pairs.select(
            "name",
            "unit",
            pl.lit(t(word)).alias("what"),
            pl.col(value).cast(pl.Float64).alias("value"),
            pl.col(key).alias("key"),
        )
        for word, value, key in (
            ("plan", "target_value", "target_key"),
            ("outcome", "outcome_value", "outcome_key"),
        )
    )
    charts.draw(charts.dumbbells(marks, t("value")), "plans", t("plans"))
