-- severity: warning
-- Values lie where such values lie: a share between 0 and 100, a growth at most tenfold and no loss
-- of more than all, a place a whole number from 1, a count or an amount not negative. Warns only:
-- the report may say so, and then the figure stays.
select
    report.file_name,
    observation.indicator,
    observation.measure,
    observation.quote,
    observation.value
from fact_observation as observation
inner join dim_report as report on observation.report_key = report.report_key
inner join dim_unit as unit on observation.unit_key = unit.unit_key
where
    (
        observation.measure = 'share' and unit.unit = '%'
        and (observation.value < 0 or observation.value > 100)
    )
    or (observation.measure = 'change_rate' and abs(observation.value) > 1000)
    or (observation.measure = 'change_rate' and observation.value < -100)
    or (
        observation.measure = 'rank'
        and (observation.value < 1 or observation.value != floor(observation.value))
    )
    or (observation.measure in ('level', 'price', 'completion') and observation.value < 0)
    or observation.value_upper < observation.value;
