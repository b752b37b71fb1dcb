-- severity: blocking
-- The unit fits the measure and, for the level of a canonical indicator, the indicator's own unit.
-- The parser gives measures and codes by the unit, so that no report, however odd, breaks this:
-- whoever does is a fault in the extraction, and its sums would be wrong everywhere.
select
    report.file_name,
    observation.indicator,
    observation.measure,
    observation.quote,
    unit.unit
from fact_observation as observation
inner join dim_report as report on observation.report_key = report.report_key
inner join dim_unit as unit on observation.unit_key = unit.unit_key
inner join dim_indicator as indicator on observation.indicator_key = indicator.indicator_key
inner join dim_unit as own_unit on indicator.unit_key = own_unit.unit_key
where
    (observation.measure = 'rank' and unit.unit is distinct from '名')
    or (observation.measure = 'change_rate' and unit.unit is distinct from '%')
    or (
        observation.measure = 'level'
        and own_unit.dimension != 'none'
        and unit.dimension != own_unit.dimension
    );
