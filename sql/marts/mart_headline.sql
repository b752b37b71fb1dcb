-- grain: a canonical indicator, a region, a period: level, growth and rank as stated, side by side.
-- Only actual figures of the jurisdiction itself whose period is known. Where several reports of a
-- region state a period, the one that covers the period speaks, else the latest. Of several figures
-- of a report that one is taken which is stated under the indicator's own name; else under words
-- that also have a level, under the shortest words (longer ones restrict), beside a level, exactly,
-- with most digits, first. A level is in a unit that fits the indicator, or it has no code (doubt);
-- that of an indicator in percent is a share, that of one in 元/月 a price. Growth is over the year
-- before, that of a span of several years is the average of its years; never of a month over the
-- month before. A level that was reached in a span of years, and is no sum or average of them,
-- stands for the last of them where the report says none of that year (level_of_span).
-- previous_level_derived is no figure of any report: it is the level divided by the growth, where
-- that is stated at current prices.
create view mart_headline as
with figures as (
    select
        observation.observation_key,
        observation.report_key,
        observation.region_key,
        observation.indicator_key,
        coalesce(last_year.period_key, observation.period_key) as period_key,
        last_year.period_key is not null as of_span,
        observation.passage_key,
        observation.indicator,
        observation.value,
        observation.scope,
        observation.basis,
        observation.quote,
        observation.modifier,
        observation.char_start,
        unit.unit,
        case
            when observation.measure = 'rank' then 'rank'
            when
                observation.measure = 'change_rate'
                and coalesce(observation.basis, 'yoy')
                = if(period.day_count > 366, 'yearly', 'yoy')
                then 'growth'
            when
                observation.measure
                = case
                    when own_unit.unit = '%' then 'share'
                    when own_unit.dimension = 'price' then 'price'
                    else 'level'
                end
                and coalesce(observation.doubt, '') != 'unit_missing'
                then 'level'
        end as figure,
        dense_rank() over (
            partition by
                observation.region_key,
                if(observation.region_key = -1, observation.report_key, null),
                observation.indicator_key,
                coalesce(last_year.period_key, observation.period_key)
            order by
                report.period_key
                = coalesce(last_year.period_key, observation.period_key) desc,
                own_period.period_end desc nulls last,
                report.published_on desc nulls last,
                report.report_key asc
        ) as report_place
    from fact_observation as observation
    inner join dim_indicator as indicator on observation.indicator_key = indicator.indicator_key
    inner join dim_unit as unit on observation.unit_key = unit.unit_key
    inner join dim_unit as own_unit on indicator.unit_key = own_unit.unit_key
    inner join dim_report as report on observation.report_key = report.report_key
    inner join dim_period as period on observation.period_key = period.period_key
    inner join dim_period as own_period on report.period_key = own_period.period_key
    left join dim_period as last_year
        on
            period.day_count > 366
            and observation.measure in ('level', 'share')
            and observation.basis is null
            and date_trunc('year', period.period_end) = last_year.period_start
            and period.period_end = last_year.period_end
            and month(period.period_end) = 12
            and day(period.period_end) = 31
    where
        indicator.is_canonical
        and observation.subject_key = 0
        and observation.status = 'actual'
        and observation.period_key != -1
),

neighbours as (
    select
        figures.*,
        figures.indicator = indicator.indicator_zh as under_own_name,
        bool_or(figures.figure = 'level') over (
            partition by
                figures.report_key, figures.indicator_key, figures.period_key, figures.indicator
        ) as words_have_level,
        bool_or(figures.figure = 'level') over (
            partition by
                figures.report_key, figures.indicator_key, figures.period_key, figures.passage_key
        ) as passage_has_level,
        length(regexp_replace(figures.quote, '[^0-9]', '', 'g')) as digits
    from figures
    inner join dim_indicator as indicator on figures.indicator_key = indicator.indicator_key
    where figures.report_place = 1 and figures.figure is not null
),

ordered as (
    select
        *,
        row_number() over (
            partition by report_key, indicator_key, period_key, figure
            order by
                of_span asc,
                under_own_name desc,
                words_have_level desc,
                length(indicator) asc,
                passage_has_level desc,
                modifier = 'exact' desc,
                if(figure = 'level', digits, 0) desc,
                char_start asc
        ) as figure_place
    from neighbours
),

chosen as (
    select
        report_key,
        region_key,
        indicator_key,
        period_key,
        max(value) filter (where figure = 'level') as level_value,
        max(unit) filter (where figure = 'level') as level_unit,
        max(modifier) filter (where figure = 'level') as level_modifier,
        bool_or(of_span) filter (where figure = 'level') as level_of_span,
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
    from ordered
    where figure_place = 1
    group by report_key, region_key, indicator_key, period_key
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
from chosen
inner join dim_report as report on chosen.report_key = report.report_key
inner join dim_region as region on chosen.region_key = region.region_key
inner join dim_indicator as indicator on chosen.indicator_key = indicator.indicator_key
inner join dim_period as period on chosen.period_key = period.period_key
where period.period_start is not null and period.period_end is not null;
