-- severity: blocking
-- about: fact_observation
-- A confidence is a chance: more than 0, less than 1.
-- No input breaks it: the sum of points that it is made of has bounds.
select
    report.file_name,
    observation.char_start,
    observation.quote,
    observation.confidence
from fact_observation as observation
inner join dim_report as report on observation.report_key = report.report_key
where observation.confidence <= 0 or observation.confidence >= 1;
