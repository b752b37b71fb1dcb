-- grain: a target that a report sets, with the outcome that a later report of the region states.
-- Only canonical indicators of the jurisdiction itself, the same measure, unit and period. Of
-- several outcomes the one in the report's words for the target is taken, then the one that is
-- exact, then that of the first report to state it. A target without an outcome is not shown.
create view mart_plan_vs_actual as
with figures as (
    select
        observation.*,
        report.file_name,
        own_period.period_end as report_end
    from fact_observation as observation
    inner join dim_indicator as indicator on observation.indicator_key = indicator.indicator_key
    inner join dim_report as report on observation.report_key = report.report_key
    inner join dim_period as own_period on report.period_key = own_period.period_key
    where
        indicator.is_canonical
        and observation.subject_key = 0
        and observation.period_key != -1
        and observation.region_key != -1
        and observation.measure in ('level', 'change_rate', 'change_amount', 'share')
),

pairs as (
    select
        goal.observation_key as target_key,
        outcome.observation_key as outcome_key,
        row_number() over (
            partition by goal.observation_key
            order by
                goal.indicator = outcome.indicator desc,
                outcome.modifier = 'exact' desc,
                outcome.report_end asc,
                outcome.report_key asc,
                outcome.char_start asc
        ) as outcome_place
    from figures as goal
    inner join figures as outcome
        on
            goal.region_key = outcome.region_key
            and goal.indicator_key = outcome.indicator_key
            and goal.period_key = outcome.period_key
            and goal.measure = outcome.measure
            and goal.unit_key = outcome.unit_key
            and coalesce(goal.basis, 'yoy') = coalesce(outcome.basis, 'yoy')
            and coalesce(goal.scope, '') = coalesce(outcome.scope, '')
            and goal.report_end < outcome.report_end
    where goal.status = 'planned' and outcome.status = 'actual'
)

select
    goal.observation_key as target_observation_key,
    outcome.observation_key as outcome_observation_key,
    region.region,
    region.region_path,
    indicator.indicator_code,
    indicator.indicator_tier,
    indicator.indicator_zh,
    indicator.indicator_en,
    period.period_start,
    period.period_end,
    period.period_label,
    period.period_year,
    goal.measure,
    unit.unit,
    goal.value as target_value,
    goal.modifier as target_modifier,
    outcome.value as outcome_value,
    outcome.modifier as outcome_modifier,
    outcome.value - goal.value as difference_derived,
    if(
        goal.measure = 'level',
        cast(100 * outcome.value / nullif(goal.value, 0) as decimal(18, 2)),
        null
    ) as completed_percent_derived,
    case
        when goal.modifier = 'within' or goal.value < 0 then outcome.value <= goal.value
        when outcome.value >= goal.value then true
        when goal.modifier != 'about' then false
    end as is_reached_derived,
    goal.file_name as target_file_name,
    goal.quote as target_quote,
    target_passage.sentence as target_sentence,
    outcome.file_name as outcome_file_name,
    outcome.quote as outcome_quote,
    outcome_passage.sentence as outcome_sentence
from pairs
inner join figures as goal on pairs.target_key = goal.observation_key
inner join figures as outcome on pairs.outcome_key = outcome.observation_key
inner join dim_region as region on goal.region_key = region.region_key
inner join dim_indicator as indicator on goal.indicator_key = indicator.indicator_key
inner join dim_period as period on goal.period_key = period.period_key
inner join dim_unit as unit on goal.unit_key = unit.unit_key
left join dim_passage as target_passage on goal.passage_key = target_passage.passage_key
left join dim_passage as outcome_passage on outcome.passage_key = outcome_passage.passage_key
where pairs.outcome_place = 1;
