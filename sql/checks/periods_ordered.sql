-- severity: blocking
-- about: dim_period
-- A period does not end before it begins.
-- No input breaks it: the parser drops such a period, and reports.csv with one is refused.
with said as (
    select
        report_key,
        period_key
    from fact_observation
    union
    select
        report_key,
        period_key
    from dim_report
)

select
    report.file_name,
    period.period_start,
    period.period_end
from dim_period as period
left join said on period.period_key = said.period_key
left join dim_report as report on said.report_key = report.report_key
where period.period_start > period.period_end;
