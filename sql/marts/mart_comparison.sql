-- grain: a region, a canonical indicator, a period: how it stands among the loaded regions of its
-- level, and to the region above. Places and percentages are worked out of the levels and growths
-- of mart_headline; no report states them. A region stands alone until others are loaded.
create view mart_comparison as
with beside as (
    select
        headline.*,
        above.region as parent_region,
        above.level_value as parent_level_value,
        above.growth_percent as parent_growth_percent,
        -- not a condition of the join, which then could not be a hash join
        coalesce(headline.level_unit = above.level_unit, true)
        and coalesce(headline.level_time_kind = above.level_time_kind, true) as is_alike
    from mart_headline as headline
    inner join dim_region as region on headline.region_key = region.region_key
    left join mart_headline as above
        on
            region.parent_key = above.region_key
            and headline.indicator_key = above.indicator_key
            and headline.period_key = above.period_key
    where
        headline.region_key != -1
        and (headline.level_value is not null or headline.growth_percent is not null)
)

select
    headline.region_key,
    headline.indicator_key,
    headline.period_key,
    headline.report_key,
    headline.region,
    headline.region_path,
    headline.region_level,
    headline.indicator_code,
    headline.indicator_tier,
    headline.indicator_zh,
    headline.indicator_en,
    headline.period_start,
    headline.period_end,
    headline.period_kind,
    headline.period_label,
    headline.period_year,
    headline.level_value,
    headline.level_unit,
    headline.level_time_kind,
    if(
        headline.level_value is null,
        null,
        cast(rank() over levels as integer)
    ) as level_place_derived,
    cast(
        count(headline.level_value) over (
            partition by
                headline.indicator_key,
                headline.period_key,
                headline.region_level,
                headline.level_unit,
                headline.level_time_kind
        ) as integer
    ) as level_region_count,
    headline.growth_percent,
    if(
        headline.growth_percent is null,
        null,
        cast(rank() over growths as integer)
    ) as growth_place_derived,
    cast(
        count(headline.growth_percent) over (
            partition by headline.indicator_key, headline.period_key, headline.region_level
        ) as integer
    ) as growth_region_count,
    if(headline.is_alike, headline.parent_region, null) as parent_region,
    if(headline.is_alike, headline.parent_level_value, null) as parent_level_value,
    if(
        headline.is_alike,
        cast(
            100 * headline.level_value / nullif(headline.parent_level_value, 0) as decimal(18, 2)
        ),
        null
    ) as percent_of_parent_derived,
    if(headline.is_alike, headline.parent_growth_percent, null) as parent_growth_percent,
    if(
        headline.is_alike, headline.growth_percent - headline.parent_growth_percent, null
    ) as growth_lead_derived
from beside as headline
window
    levels as (
        partition by
            headline.indicator_key,
            headline.period_key,
            headline.region_level,
            headline.level_unit,
            headline.level_time_kind
        order by headline.level_value desc nulls last
    ),
    growths as (
        partition by headline.indicator_key, headline.period_key, headline.region_level
        order by headline.growth_percent desc nulls last
    );
