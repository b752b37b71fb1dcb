-- severity: warning
-- about: fact_numeral
-- Of all numerals of the ledger fewer than one in a hundred were not understood.
select
    count(*) filter (where disposition = 'unknown') as unknown_count,
    count(*) as numeral_count
from fact_numeral
having 100 * count(*) filter (where disposition = 'unknown') >= count(*) and count(*) > 0;
