-- severity: blocking
-- A period does not end before it begins.
select
    period_key,
    period_start,
    period_end
from dim_period
where period_start > period_end;
