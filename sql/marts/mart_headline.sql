-- grain: a canonical indicator, a region, a period: level, growth and rank as stated, side by side.
-- The figures are those that mart_series chose. Level, growth and rank mostly come from one report;
-- file_name is that of the level, else of the growth, else of the rank. previous_level_derived is
-- no figure of any report: it is the level divided by the growth, where that is stated at current
-- prices.
create view mart_headline as
with sides as (
    select
        region_key,
        if(region_key = -1, report_key, null) as lone_report_key,
        indicator_key,
        period_key,
        coalesce(
            max(report_key) filter (where figure = 'level'),
            max(report_key) filter (where figure = 'growth'),
            max(report_key)
        ) as report_key,
        max(value) filter (where figure = 'level') as level_value,
        max(unit) filter (where figure = 'level') as level_unit,
        max(display_value) filter (where figure = 'level') as level_display_value,
        max(display_unit) filter (where figure = 'level') as level_display_unit,
        max(time_kind) filter (where figure = 'level') as level_time_kind,
        max(modifier) filter (where figure = 'level') as level_modifier,
        bool_or(is_of_span) filter (where figure = 'level') as level_of_span,
        max(indicator) filter (where figure = 'level') as level_words,
        max(observation_key) filter (where figure = 'level') as level_observation_key,
        max(value) filter (where figure = 'growth') as growth_percent,
        max(indicator) filter (where figure = 'growth') as growth_words,
        max(observation_key) filter (where figure = 'growth') as growth_observation_key,
        cast(max(value) filter (where figure = 'rank') as integer) as rank_place,
        max(scope) filter (where figure = 'rank') as rank_scope,
        max(basis) filter (where figure = 'rank') as rank_basis,
        max(indicator) filter (where figure = 'rank') as rank_words,
        max(observation_key) filter (where figure = 'rank') as rank_observation_key
    from mart_series
    group by region_key, lone_report_key, indicator_key, period_key
)

select
    chosen.report_key,
    chosen.region_key,
    chosen.indicator_key,
    chosen.period_key,
    report.file_name,
    report.title,
    region.region,
    region.region_path,
    region.region_level,
    indicator.indicator_code,
    indicator.indicator_tier,
    indicator.indicator_zh,
    indicator.indicator_en,
    period.period_start,
    period.period_end,
    period.period_kind,
    period.period_label,
    period.period_year,
    chosen.level_value,
    chosen.level_unit,
    chosen.level_display_value,
    chosen.level_display_unit,
    chosen.level_time_kind,
    chosen.level_modifier,
    chosen.level_of_span,
    chosen.level_words,
    chosen.level_observation_key,
    chosen.growth_percent,
    chosen.growth_words,
    chosen.growth_observation_key,
    chosen.rank_place,
    chosen.rank_scope,
    chosen.rank_basis,
    chosen.rank_words,
    chosen.rank_observation_key,
    case
        when
            indicator.growth_prices = 'current' and period.day_count <= 366
            and chosen.growth_percent > -100
            and chosen.level_words = chosen.growth_words
            then cast(
                chosen.level_value / (1 + chosen.growth_percent / 100) as decimal(38, 2)
            )
    end as previous_level_derived
from sides as chosen
inner join dim_report as report on chosen.report_key = report.report_key
inner join dim_region as region on chosen.region_key = region.region_key
inner join dim_indicator as indicator on chosen.indicator_key = indicator.indicator_key
inner join dim_period as period on chosen.period_key = period.period_key
where period.period_start is not null and period.period_end is not null;
