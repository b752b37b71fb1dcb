-- about: fact_observation
-- Reports whose bytes did not change give as many observations as before, but for the part of them
-- that the settings allow. Fewer than ten are few, unless they are half of all or none may go.
with said as (
    select
        report_key,
        count(*) as observation_count
    from published.fact_observation
    group by report_key
),

says as (
    select
        report_key,
        count(*) as observation_count
    from fact_observation
    group by report_key
),

beside as (
    select
        report.file_name,
        said.observation_count as was,
        coalesce(says.observation_count, 0) as is_now
    from dim_report as report
    inner join said on report.report_key = said.report_key
    left join says on report.report_key = says.report_key
),

share as (
    select
        sum(greatest(was - is_now, 0)) as lost_count,
        sum(was) as published_count
    from beside
)

select
    beside.file_name,
    beside.was,
    beside.is_now
from beside
cross join share
where
    beside.is_now < beside.was
    and share.lost_count > getvariable('loss_limit') * share.published_count
    and (
        share.lost_count >= 10
        or 2 * share.lost_count >= share.published_count
        or getvariable('loss_limit') = 0
    );
