-- grain: a region, a canonical indicator, a period, a measure: the target that was set, with the
-- outcome that a later report of the region states. Only targets of the jurisdiction itself whose
-- period is known. The report that sets it: the one whose own period ends last before that of the
-- target does, so that a year's target is the one with which the year began. Of several figures in
-- it: one that is not only striven for, bounded, in the indicator's own unit (12类45件民生实事), in
-- the sentence with most targets, first.
-- lower_value and upper_value are its bounds: a floor, a ceiling, both of a range; of a plain or
-- rough figure both. direction says which: at_least, at_most, about, between; a plain figure is a
-- floor, or a ceiling where a government aims low (失业率, 能耗) or at a decline; a decline by 3% or
-- more (下降3%以上) is at most -3. basis says of a change over a span of years whether it is that of
-- every year (每年增产300万吨). stretch_value is what the same report strives for beyond it
-- (增长6%以上、力争7%).
-- is_reached_derived goes by the direction; a rough target is reached within half a point of a rate
-- or a hundredth of a level, or when the outcome is on its better side.
create table mart_target as
with figures as (
    select
        observation.*,
        indicator.aims_lower,
        unit.unit,
        unit.unit = own_unit.unit as in_own_unit,
        observation.value < 0
        and observation.measure in ('change_rate', 'change_amount') as is_decline,
        report.file_name,
        own_period.period_end as report_end,
        period.period_start,
        period.period_end,
        period.day_count,
        passage.sentence
    from fact_observation as observation
    inner join dim_indicator as indicator on observation.indicator_key = indicator.indicator_key
    inner join dim_unit as unit on observation.unit_key = unit.unit_key
    inner join dim_unit as own_unit on indicator.unit_key = own_unit.unit_key
    inner join dim_report as report on observation.report_key = report.report_key
    inner join dim_period as own_period on report.period_key = own_period.period_key
    inner join dim_period as period on observation.period_key = period.period_key
    left join dim_passage as passage on observation.passage_key = passage.passage_key
    where
        indicator.is_canonical
        and observation.subject_key = 0
        and observation.region_key != -1
        and observation.scope is null
        and observation.doubt is null
        and period.period_start is not null
        and period.period_end is not null
        -- a share of an indicator that is no percentage is one of its parts (财政收入的60%)
        and observation.measure in (
            'change_rate',
            'change_amount',
            case
                when own_unit.unit = '%' then 'share'
                when own_unit.dimension = 'price' then 'price'
                else 'level'
            end
        )
        -- the growth of one month over another, or of several years together, is another figure
        and (
            observation.measure != 'change_rate'
            or coalesce(observation.basis, 'yoy') = if(period.day_count > 366, 'yearly', 'yoy')
        )
),

goals as (
    select
        *,
        count(*) over (partition by passage_key) as targets_beside,
        case
            when value_upper is not null then 'between'
            when modifier = if(is_decline, 'within', 'over') then 'at_least'
            when modifier = if(is_decline, 'over', 'within') then 'at_most'
            when modifier in ('about', 'nearly') then 'about'
            when aims_lower or is_decline then 'at_most'
            else 'at_least'
        end as direction
    from figures
    where status = 'planned' and report_end < period_end
),

placed as (
    select
        *,
        row_number() over (
            partition by region_key, indicator_key, period_key, measure, unit_key
            order by
                report_end < period_start desc,
                report_end desc,
                report_key asc,
                commitment = 'stretch' asc,
                wording is not null desc,
                targets_beside desc,
                char_start asc
        ) as place
    from goals
),

chosen as (
    select * from placed
    where place = 1
    qualify
        row_number() over (
            partition by region_key, indicator_key, period_key, measure
            order by
                report_end < period_start desc,
                report_end desc,
                report_key asc,
                in_own_unit desc,
                targets_beside desc,
                char_start asc
        ) = 1
),

stretches as (
    select
        chosen.observation_key,
        max_by(goals.value, (abs(goals.value), goals.value)) as stretch_value
    from chosen
    inner join goals
        on
            chosen.report_key = goals.report_key
            and chosen.indicator_key = goals.indicator_key
            and chosen.period_key = goals.period_key
            and chosen.measure = goals.measure
            and chosen.unit_key = goals.unit_key
            and chosen.value != goals.value
    where chosen.commitment != 'stretch' and goals.commitment = 'stretch'
    group by chosen.observation_key
),

outcomes as (
    select
        chosen.observation_key as target_key,
        outcome.observation_key as outcome_key,
        outcome.value,
        outcome.modifier,
        outcome.quote,
        outcome.file_name,
        outcome.sentence,
        row_number() over (
            partition by chosen.observation_key
            order by
                chosen.indicator = outcome.indicator desc,
                outcome.modifier = 'exact' desc,
                outcome.report_end asc,
                outcome.report_key asc,
                length(outcome.indicator) asc,
                outcome.char_start asc
        ) as place
    from chosen
    inner join figures as outcome
        on
            chosen.region_key = outcome.region_key
            and chosen.indicator_key = outcome.indicator_key
            and chosen.period_key = outcome.period_key
            and chosen.measure = outcome.measure
            and chosen.unit_key = outcome.unit_key
            and (
                chosen.measure = 'change_rate'
                or coalesce(chosen.basis = 'yearly', false)
                = coalesce(outcome.basis = 'yearly', false)
            )
            and chosen.report_end < outcome.report_end
    where outcome.status = 'actual'
),

bounded as (
    select
        *,
        case
            when direction = 'between' then least(value, value_upper)
            when direction in ('at_least', 'about') then value
        end as lower_value,
        case
            when direction = 'between' then greatest(value, value_upper)
            when direction in ('at_most', 'about') then value
        end as upper_value,
        case
            when direction != 'about' then 0
            when measure in ('level', 'price') then abs(value) / 100
            else 0.5
        end as tolerance
    from chosen
)

select
    bounded.region_key,
    bounded.indicator_key,
    bounded.period_key,
    bounded.observation_key as target_observation_key,
    outcomes.outcome_key as outcome_observation_key,
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
        when period.day_count <= 366 and period.day_count >= 360 then 'annual'
        when period.day_count < 360 then 'part_of_year'
        when period.day_count between 1820 and 1830 then 'five_year'
        else 'long_term'
    end as target_kind,
    bounded.measure,
    bounded.basis,
    bounded.unit,
    bounded.value as target_value,
    bounded.lower_value,
    bounded.upper_value,
    bounded.direction,
    bounded.wording,
    bounded.commitment,
    stretches.stretch_value,
    above.value as parent_target_value,
    try_cast(
        cast(bounded.value as double) - cast(above.value as double) as decimal(38, 8)
    ) as parent_gap_derived,
    outcomes.value as outcome_value,
    outcomes.modifier as outcome_modifier,
    try_cast(
        cast(outcomes.value as double) - cast(bounded.value as double) as decimal(38, 8)
    ) as difference_derived,
    if(
        bounded.measure = 'level',
        try_cast(
            100 * cast(outcomes.value as double) / nullif(cast(bounded.value as double), 0)
            as decimal(18, 2)
        ),
        null
    ) as completed_percent_derived,
    case
        when outcomes.value is null then null
        when bounded.direction = 'at_least' then outcomes.value >= bounded.lower_value
        when bounded.direction = 'at_most' then outcomes.value <= bounded.upper_value
        when bounded.aims_lower or bounded.is_decline
            then outcomes.value <= bounded.upper_value + bounded.tolerance
        else outcomes.value >= bounded.lower_value - bounded.tolerance
    end as is_reached_derived,
    bounded.file_name as target_file_name,
    bounded.quote as target_quote,
    bounded.sentence as target_sentence,
    outcomes.file_name as outcome_file_name,
    outcomes.quote as outcome_quote,
    outcomes.sentence as outcome_sentence
from bounded
inner join dim_region as region on bounded.region_key = region.region_key
inner join dim_indicator as indicator on bounded.indicator_key = indicator.indicator_key
inner join dim_period as period on bounded.period_key = period.period_key
left join stretches on bounded.observation_key = stretches.observation_key
left join outcomes on bounded.observation_key = outcomes.target_key and outcomes.place = 1
left join chosen as above
    on
        region.parent_key = above.region_key
        and bounded.indicator_key = above.indicator_key
        and bounded.period_key = above.period_key
        and bounded.measure = above.measure
        and bounded.unit_key = above.unit_key;
