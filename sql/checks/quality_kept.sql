-- severity: warning
-- about: etl_load
-- The parser left no larger share open than in the load before: of numerals that were not
-- understood, of observations without an indicator. The first load has nothing to compare with.
with this_load as (
    select * from etl_load
    qualify load_no = max(load_no) over ()
)

select
    'unknown_share' as figure,
    unknown_share as new_share,
    previous_unknown_share as old_share
from this_load
where unknown_share > previous_unknown_share
union all
select
    'unbound_share' as figure,
    unbound_share as new_share,
    previous_unbound_share as old_share
from this_load
where unbound_share > previous_unbound_share;
