-- grain: a pair of figures that do not go together, and why (kind). Each is a question to the
-- reports, not a verdict: revised figures and other definitions contradict too.
-- growth_vs_levels: a stated growth, and the growth that the levels of two loaded periods imply;
--   only where growth is stated at current prices or there is none: real growth differs from it.
-- stated_twice: one report states the same indicator, measure, subject and period differently, in
--   two sentences. A value that it also states as a plan is none of what was done.
-- part_above_whole: a part (a body or area inside the jurisdiction, or a region below) is larger
--   than its whole, for indicators that add up.
-- rank_vs_level: of two regions the one with the better stated rank has the smaller figure.
-- A growth that does not say over what, in a sentence with one over another year or with a yearly
-- average (比2002年增长65.5%，年均增长10.6%), may be over that year too: it is not asked.
-- Only exact figures that are beyond doubt and more likely right than not; differences within the
-- rounding of the quotes are none.
create view mart_consistency as
with spans as (
    select distinct passage_key
    from fact_observation
    where measure = 'change_rate' and basis in ('vs_year', 'yearly') and passage_key != -1
),

figures as (
    select
        observation.*,
        report.file_name,
        indicator.growth_prices,
        indicator.adds_up,
        subject.subject,
        subject.subject_kind,
        period.period_start,
        period.period_end,
        region.region_level,
        region.parent_key
    from fact_observation as observation
    left join spans
        on
            observation.passage_key = spans.passage_key
            and observation.measure = 'change_rate'
            and observation.basis is null
    inner join dim_report as report on observation.report_key = report.report_key
    inner join dim_indicator as indicator on observation.indicator_key = indicator.indicator_key
    inner join dim_subject as subject on observation.subject_key = subject.subject_key
    inner join dim_period as period on observation.period_key = period.period_key
    inner join dim_region as region on observation.region_key = region.region_key
    where
        indicator.is_canonical
        and observation.status = 'actual'
        and observation.modifier = 'exact'
        and observation.doubt is null
        and observation.confidence >= 0.5
        and observation.value_upper is null
        and observation.period_key != -1
        and spans.passage_key is null
),

-- what each region says of itself, once an indicator and period
levels as (
    select figures.*
    from mart_headline as headline
    inner join figures on headline.level_observation_key = figures.observation_key
),

growths as (
    select figures.*
    from mart_headline as headline
    inner join figures on headline.growth_observation_key = figures.observation_key
),

-- what a report plans: 应该有七千二百亿斤。… 达到了七千二百亿斤,就… speaks of the plan again
aims as (
    select distinct
        report_key,
        indicator_key,
        unit_key,
        value
    from fact_observation
    where status = 'planned'
),

-- pairs that differ at all; how exact their quotes are is asked of these alone
pairs as (
    select
        'growth_vs_levels' as kind,
        growth.observation_key as first_key,
        earlier.observation_key as second_key,
        later.observation_key as later_key,
        growth.value as first_value,
        cast(
            100 * (later.value / earlier.value - 1) as decimal(38, 8)
        ) as second_value
    from growths as growth
    inner join levels as later
        on
            growth.region_key = later.region_key
            and growth.indicator_key = later.indicator_key
            and growth.period_key = later.period_key
            and growth.indicator = later.indicator
    inner join levels as earlier
        on
            growth.region_key = earlier.region_key
            and growth.indicator_key = earlier.indicator_key
            and later.unit_key = earlier.unit_key
            and later.indicator = earlier.indicator
            and earlier.period_start = cast(growth.period_start - interval 1 year as date)
            and month(earlier.period_end) = month(growth.period_end)
            and year(earlier.period_end) = year(growth.period_end) - 1
    where
        coalesce(growth.growth_prices, 'current') = 'current'
        and growth.region_key != -1
        and earlier.value > 0
        and later.value > 0
    union all
    select
        'stated_twice' as kind,
        one.observation_key as first_key,
        other.observation_key as second_key,
        null as later_key,
        one.value as first_value,
        other.value as second_value
    from figures as one
    inner join figures as other
        on
            one.report_key = other.report_key
            and one.indicator_key = other.indicator_key
            and one.indicator = other.indicator
            and one.subject_key = other.subject_key
            and one.period_key = other.period_key
            and one.measure = other.measure
            and one.unit_key = other.unit_key
            and coalesce(one.basis, 'yoy') = coalesce(other.basis, 'yoy')
            and one.scope is not distinct from other.scope
            and one.char_start < other.char_start
            -- two values in one sentence are two things that the words do not tell apart (doubt)
            and one.passage_key != other.passage_key
    left join aims as one_aim
        on
            one.report_key = one_aim.report_key
            and one.indicator_key = one_aim.indicator_key
            and one.unit_key = one_aim.unit_key
            and one.value = one_aim.value
    left join aims as other_aim
        on
            other.report_key = other_aim.report_key
            and other.indicator_key = other_aim.indicator_key
            and other.unit_key = other_aim.unit_key
            and other.value = other_aim.value
    where
        one.measure in ('level', 'change_rate', 'share', 'rank')
        and one.value != other.value
        and one_aim.value is null
        and other_aim.value is null
    union all
    select
        'part_above_whole' as kind,
        part.observation_key as first_key,
        whole.observation_key as second_key,
        null as later_key,
        part.value as first_value,
        whole.value as second_value
    from figures as part
    inner join levels as whole
        on
            part.report_key = whole.report_key
            and part.indicator_key = whole.indicator_key
            and part.period_key = whole.period_key
            and part.unit_key = whole.unit_key
    where
        part.measure = 'level'
        and part.adds_up
        and part.subject_kind in ('region', 'other')
        and part.value > whole.value
    union all
    select
        'part_above_whole' as kind,
        part.observation_key as first_key,
        whole.observation_key as second_key,
        null as later_key,
        part.value as first_value,
        whole.value as second_value
    from levels as part
    inner join levels as whole
        on
            part.parent_key = whole.region_key
            and part.indicator_key = whole.indicator_key
            and part.period_key = whole.period_key
            and part.unit_key = whole.unit_key
    where part.adds_up and part.value > whole.value
    union all
    select
        'rank_vs_level' as kind,
        one.observation_key as first_key,
        other.observation_key as second_key,
        null as later_key,
        one.value as first_value,
        other.value as second_value
    from figures as one_rank
    inner join figures as other_rank
        on
            one_rank.indicator_key = other_rank.indicator_key
            and one_rank.period_key = other_rank.period_key
            and one_rank.scope = other_rank.scope
            and one_rank.basis = other_rank.basis
            and one_rank.region_level = other_rank.region_level
            and one_rank.region_key != other_rank.region_key
            and one_rank.value < other_rank.value
    inner join figures as one
        on
            one_rank.report_key = one.report_key
            and one_rank.indicator_key = one.indicator_key
            and one_rank.period_key = one.period_key
            and one_rank.indicator = one.indicator
            and one.measure = if(one_rank.basis = 'growth', 'change_rate', 'level')
    inner join figures as other
        on
            other_rank.report_key = other.report_key
            and other_rank.indicator_key = other.indicator_key
            and other_rank.period_key = other.period_key
            and other_rank.indicator = other.indicator
            and one.measure = other.measure
            and one.unit_key = other.unit_key
            and coalesce(one.basis, 'yoy') = coalesce(other.basis, 'yoy')
    where
        one_rank.measure = 'rank'
        and other_rank.measure = 'rank'
        and one_rank.subject_key = 0
        and other_rank.subject_key = 0
        and one.subject_key = 0
        and other.subject_key = 0
        -- a county's rank in its city says nothing of a county of another city
        and (
            one_rank.parent_key = other_rank.parent_key
            or one_rank.region_level = 'province'
        )
        and one.value < other.value
),

exactness as (
    select
        observation_key,
        value,
        rounding_of(quote, value) as rounding
    from fact_observation
    where
        observation_key in (
            select
                unnest([pairs.first_key, pairs.second_key, pairs.later_key])
                    as observation_key
            from pairs
        )
),

contradictions as (
    select
        pairs.kind,
        pairs.first_key,
        pairs.second_key,
        pairs.first_value,
        pairs.second_value,
        pairs.later_key is not null as is_second_derived
    from pairs
    inner join exactness as one on pairs.first_key = one.observation_key
    inner join exactness as other on pairs.second_key = other.observation_key
    left join exactness as later on pairs.later_key = later.observation_key
    where
        abs(pairs.first_value - pairs.second_value)
        > one.rounding
        + if(
            pairs.later_key is null,
            other.rounding,
            100 * later.value / other.value
            * (later.rounding / later.value + other.rounding / other.value)
        )
)

select
    contradictions.kind,
    indicator.indicator_code,
    indicator.indicator_tier,
    indicator.indicator_zh,
    indicator.indicator_en,
    one_region.region_path,
    period.period_label,
    one.measure,
    unit.unit,
    one.subject,
    contradictions.first_value,
    contradictions.second_value,
    contradictions.is_second_derived,
    contradictions.first_value - contradictions.second_value as difference_derived,
    one.file_name as first_file_name,
    one.quote as first_quote,
    one_passage.sentence as first_sentence,
    other.file_name as second_file_name,
    other.quote as second_quote,
    other_passage.sentence as second_sentence,
    contradictions.first_key as first_observation_key,
    contradictions.second_key as second_observation_key
from contradictions
inner join figures as one on contradictions.first_key = one.observation_key
inner join figures as other on contradictions.second_key = other.observation_key
inner join dim_indicator as indicator on one.indicator_key = indicator.indicator_key
inner join dim_region as one_region on one.region_key = one_region.region_key
inner join dim_period as period on one.period_key = period.period_key
inner join dim_unit as unit on one.unit_key = unit.unit_key
left join dim_passage as one_passage on one.passage_key = one_passage.passage_key
left join dim_passage as other_passage on other.passage_key = other_passage.passage_key;
