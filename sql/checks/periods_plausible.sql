-- severity: warning
-- What happened had begun when the report's period ended or when it was published, what is planned
-- was not over when that period began, and no period is longer than fifty years.
select
    report.file_name,
    observation.indicator,
    observation.quote,
    observation.status,
    period.period_label
from fact_observation as observation
inner join dim_report as report on observation.report_key = report.report_key
inner join dim_period as period on observation.period_key = period.period_key
inner join dim_period as own_period on report.period_key = own_period.period_key
where
    (
        observation.status = 'actual'
        and period.period_start > greatest(own_period.period_end, report.published_on)
    )
    or (observation.status = 'planned' and period.period_end < own_period.period_start)
    or period.day_count > 50 * 366;
