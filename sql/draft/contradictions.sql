-- What the figures of a draft contradict: others of the draft, and those of a published warehouse.
-- The draft is the database in use, the warehouse is `published`. The draft against itself is
-- mart_consistency of the draft.
-- other_value: both state the same region, indicator, period, kind of time, measure and basis, and
--   differ by more than their quotes are rounded.
-- growth_vs_levels: the growth that the draft states is not the one from the level that the
--   warehouse has of the year before to that of the draft; where growth is at current prices.
-- Only exact figures that are beyond doubt and more likely right than not.
with cells as (
    select
        'draft' as side,
        observation.confidence,
        observation.doubt,
        observation.value as stated_value,
        observation.char_start,
        cell.*
    from mart_series as cell
    inner join fact_observation as observation
        on cell.observation_key = observation.observation_key
    union all by name
    select
        'warehouse' as side,
        observation.confidence,
        observation.doubt,
        observation.value as stated_value,
        observation.char_start,
        cell.*
    from published.mart_series as cell
    inner join published.fact_observation as observation
        on cell.observation_key = observation.observation_key
    -- the draft itself, where it was loaded
    where cell.report_key not in (select dim_report.report_key from dim_report)
),

figures as (
    select
        *,
        -- in the unit of the cell, which need not be that of the quote
        coalesce(
            rounding_of(quote, stated_value) * abs(value) / nullif(abs(stated_value), 0), 0
        ) as rounding
    from cells
    where
        modifier = 'exact'
        and doubt is null
        and confidence >= 0.5
        and region_path != ''
),

others as (
    select
        'other_value' as kind,
        draft.observation_key as first_key,
        other.observation_key as second_key,
        draft.value as first_value,
        other.value as second_value,
        false as is_second_derived
    from figures as draft
    inner join figures as other
        on
            draft.region_path = other.region_path
            and draft.indicator_code = other.indicator_code
            and draft.period_start = other.period_start
            and draft.period_end = other.period_end
            and draft.time_kind = other.time_kind
            and draft.figure = other.figure
            and draft.unit is not distinct from other.unit
            and draft.scope is not distinct from other.scope
            and (
                draft.figure = 'level'
                or coalesce(draft.basis, 'yoy') = coalesce(other.basis, 'yoy')
            )
    where
        draft.side = 'draft'
        and other.side = 'warehouse'
        and abs(draft.value - other.value) > draft.rounding + other.rounding
),

implied as (
    select
        growth.observation_key as first_key,
        earlier.observation_key as second_key,
        growth.value as first_value,
        cast(100 * (later.value / earlier.value - 1) as decimal(38, 8)) as second_value,
        growth.rounding
        + 100 * later.value / earlier.value
        * (later.rounding / later.value + earlier.rounding / earlier.value) as tolerance
    from figures as growth
    inner join dim_indicator as indicator on growth.indicator_key = indicator.indicator_key
    inner join figures as later
        on
            growth.region_path = later.region_path
            and growth.indicator_code = later.indicator_code
            and growth.period_start = later.period_start
            and growth.period_end = later.period_end
            and growth.indicator = later.indicator
    inner join figures as earlier
        on
            growth.region_path = earlier.region_path
            and growth.indicator_code = earlier.indicator_code
            and later.unit is not distinct from earlier.unit
            and later.indicator = earlier.indicator
            and earlier.period_start = cast(growth.period_start - interval 1 year as date)
            and month(earlier.period_end) = month(growth.period_end)
            and year(earlier.period_end) = year(growth.period_end) - 1
    where
        coalesce(indicator.growth_prices, 'current') = 'current'
        and growth.side = 'draft'
        and growth.figure = 'growth'
        and growth.time_kind in ('year', 'part_of_year')
        and later.side = 'draft'
        and later.figure = 'level'
        and later.value > 0
        and earlier.side = 'warehouse'
        and earlier.figure = 'level'
        and earlier.value > 0
),

pairs as (
    from others
    union all
    select
        'growth_vs_levels' as kind,
        first_key,
        second_key,
        first_value,
        second_value,
        true as is_second_derived
    from implied
    where abs(first_value - second_value) > tolerance
),

found as (
    select
        'draft' as against,
        inside.kind,
        inside.indicator_code,
        inside.indicator_zh,
        inside.region_path,
        inside.period_label,
        inside.measure,
        inside.unit,
        inside.first_value,
        inside.second_value,
        inside.is_second_derived,
        inside.first_quote,
        inside.first_sentence,
        inside.second_file_name,
        inside.second_quote,
        inside.second_sentence,
        observation.char_start
    from mart_consistency as inside
    inner join fact_observation as observation
        on inside.first_observation_key = observation.observation_key
    union all by name
    select
        'warehouse' as against,
        pairs.kind,
        draft.indicator_code,
        draft.indicator_zh,
        draft.region_path,
        draft.period_label,
        draft.figure as measure,
        draft.unit,
        pairs.first_value,
        pairs.second_value,
        pairs.is_second_derived,
        draft.quote as first_quote,
        draft.sentence as first_sentence,
        other.file_name as second_file_name,
        other.quote as second_quote,
        other.sentence as second_sentence,
        draft.char_start
    from pairs
    inner join figures as draft
        on pairs.first_key = draft.observation_key and draft.side = 'draft'
    inner join figures as other
        on pairs.second_key = other.observation_key and other.side = 'warehouse'
)

select * exclude (char_start)
from found
order by against, char_start, second_file_name, second_quote;
