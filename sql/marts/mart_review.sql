-- grain: an observation that is worth a look, with how much. Figures that nobody has looked at:
-- neither corrected nor in a report that a reader confirmed. What is likely wrong weighs more,
-- three times as much in mart_headline, and a doubt weighs as much as being wrong.
create view mart_review as
with headline_keys as (
    select level_observation_key as observation_key from mart_headline
    union
    select growth_observation_key as observation_key from mart_headline
    union
    select rank_observation_key as observation_key from mart_headline
),

confirmed as (
    select report_sha256
    from etl_correction
    where correction_state = 'confirmed'
),

figures as (
    select
        observation.observation_key,
        observation.file_name,
        observation.region_path,
        observation.indicator,
        observation.canonical_code,
        observation.subject,
        observation.measure,
        observation.value,
        observation.unit,
        observation.period_label,
        observation.status,
        observation.quote,
        observation.sentence,
        observation.char_start,
        observation.char_end,
        observation.confidence,
        observation.doubt,
        observation.report_key,
        headline_keys.observation_key is not null as is_headline
    from mart_observation as observation
    inner join dim_report as report on observation.report_key = report.report_key
    left join headline_keys on observation.observation_key = headline_keys.observation_key
    where
        observation.corrected is null
        and report.report_sha256 not in (select confirmed.report_sha256 from confirmed)
)

select
    *,
    cast(
        (1 - confidence) * if(is_headline, 3, 1) + if(doubt is null, 0, 1) as decimal(9, 3)
    ) as review_weight
from figures;
