-- grain: a region, a canonical indicator, a period, a figure (level, growth, rank): best source.
-- Only actual figures of the jurisdiction itself whose period is known. The rule that chooses, in
-- this order: the region's report that covers the period, else its latest; a level of the period
-- itself before the level that a span of years came to; the figure stated under the indicator's own
-- name; else under words that also have a level, under the shortest words (longer ones restrict),
-- beside a level, exactly, with most digits, first. The others are counted: other_count, and of
-- them disagreeing_count with another value.
-- A level is in a unit that fits the indicator, or it has no code (doubt); that of an indicator in
-- percent is a share, that of one in 元/月 a price. Its value is in the indicator's own unit
-- (斤 and 公斤 of grain are 吨), or, where the indicator has a unit of another dimension, as stated.
-- Growth is over the year before, that of a span of several years the average of its years; never
-- of a month over the month before. time_kind says what the value is of: no two kinds of one period
-- are in one cell, save that a level that was reached in a span of years stands for the last of
-- them where the report says none of that year (is_of_span).
create table mart_series as
with figures as (
    select
        observation.observation_key,
        observation.report_key,
        observation.region_key,
        observation.indicator_key,
        coalesce(last_year.period_key, observation.period_key) as period_key,
        last_year.period_key is not null as is_of_span,
        observation.passage_key,
        observation.indicator,
        observation.value,
        observation.scope,
        observation.basis,
        observation.quote,
        observation.modifier,
        observation.char_start,
        unit.dimension,
        if(
            unit.comparable_unit = own_unit.comparable_unit and unit.unit != own_unit.unit,
            -- no figure of a report is so large that the file could not be built
            coalesce(
                try_cast(
                    cast(observation.value as double)
                    * unit.comparable_factor / own_unit.comparable_factor
                    as decimal(38, 8)
                ),
                observation.value
            ),
            observation.value
        ) as own_value,
        if(
            unit.comparable_unit = own_unit.comparable_unit, own_unit.unit, unit.unit
        ) as own_unit,
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
            and (
                observation.basis = 'reached'
                or (observation.basis is null and indicator.indicator_kind != 'flow')
            )
            and observation.measure in ('level', 'share', 'price')
            and date_trunc('year', period.period_end) = last_year.period_start
            and period.period_end = last_year.period_end
            and month(period.period_end) = 12
            and day(period.period_end) = 31
    where
        indicator.is_canonical
        and observation.subject_key = 0
        and observation.status = 'actual'
        and period.period_start is not null
        and period.period_end is not null
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
    where figures.figure is not null
),

ordered as (
    select
        *,
        row_number() over (
            partition by
                region_key,
                if(region_key = -1, report_key, null),
                indicator_key,
                period_key,
                figure
            order by
                report_place asc,
                is_of_span asc,
                under_own_name desc,
                words_have_level desc,
                length(indicator) asc,
                passage_has_level desc,
                modifier = 'exact' desc,
                if(figure = 'level', digits, 0) desc,
                char_start asc
        ) as place
    from neighbours
),

weighed as (
    select
        *,
        max(own_value) filter (where place = 1) over cell as chosen_value,
        max(own_unit) filter (where place = 1) over cell as chosen_unit
    from ordered
    window cell as (
        partition by
            region_key, if(region_key = -1, report_key, null), indicator_key, period_key, figure
    )
),

counted as (
    select
        *,
        count(*) over cell - 1 as other_count,
        count(*) filter (
            where own_value != chosen_value or own_unit is distinct from chosen_unit
        ) over cell as disagreeing_count
    from weighed
    window cell as (
        partition by
            region_key, if(region_key = -1, report_key, null), indicator_key, period_key, figure
    )
)

select
    chosen.region_key,
    chosen.indicator_key,
    chosen.period_key,
    chosen.report_key,
    chosen.passage_key,
    chosen.observation_key,
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
    case
        when period.day_count = 1 then 'day'
        when period.day_count < 360 then 'part_of_year'
        when period.day_count <= 366 then 'year'
        when chosen.figure = 'growth' then 'span_average'
        when
            chosen.figure = 'level' and indicator.indicator_kind = 'flow'
            and coalesce(chosen.basis, '') != 'reached'
            then 'span_sum'
        else 'end_of_span'
    end as time_kind,
    chosen.figure,
    chosen.own_value as value,
    chosen.own_unit as unit,
    try_cast(
        case
            when chosen.dimension in ('ratio', 'point', 'price', 'rank', 'multiple')
                then chosen.own_value
            when abs(chosen.own_value) >= 100000000 then chosen.own_value / 100000000
            when abs(chosen.own_value) >= 10000 then chosen.own_value / 10000
            else chosen.own_value
        end as decimal(38, 4)
    ) as display_value,
    case
        when chosen.dimension in ('ratio', 'point', 'price', 'rank', 'multiple')
            then chosen.own_unit
        when abs(chosen.own_value) >= 100000000 then '亿' || coalesce(chosen.own_unit, '')
        when abs(chosen.own_value) >= 10000 then '万' || coalesce(chosen.own_unit, '')
        else chosen.own_unit
    end as display_unit,
    chosen.modifier,
    chosen.basis,
    chosen.scope,
    chosen.indicator,
    chosen.is_of_span,
    cast(chosen.other_count as integer) as other_count,
    cast(chosen.disagreeing_count as integer) as disagreeing_count,
    report.file_name,
    report.title,
    chosen.quote,
    passage.sentence
from counted as chosen
inner join dim_report as report on chosen.report_key = report.report_key
inner join dim_region as region on chosen.region_key = region.region_key
inner join dim_indicator as indicator on chosen.indicator_key = indicator.indicator_key
inner join dim_period as period on chosen.period_key = period.period_key
left join dim_passage as passage on chosen.passage_key = passage.passage_key
where chosen.place = 1;
