-- A report has one row a word in stg_term, so its rows are its reports.
insert into dim_term by name
select
    key_of(term) as term_key,
    term,
    count(*) as report_count
from stg_term
group by term
union all
select
    -1 as term_key,
    '' as term,
    0 as report_count;
