-- severity: warning
-- about: fact_observation
-- Of all observations fewer than one in fifty are bound to no indicator.
select
    count(*) filter (where indicator = '') as unbound_count,
    count(*) as observation_count
from fact_observation
having 50 * count(*) filter (where indicator = '') >= count(*) and count(*) > 0;
