-- A report has one row a word in stg_term, so its rows are its reports. How rare a word is depends
-- on all reports, so it is said here, once a word, and not in each row of fact_term: smoothed IDF,
-- and 0 of a word that all reports use.
insert into dim_term by name
with reports as (
    select count(*) as report_count from stg_document
)

select
    key_of(term.term) as term_key,
    term.term,
    count(*) as report_count,
    ln((1 + any_value(reports.report_count)) / (1 + count(*))) as idf
from stg_term as term
cross join reports
group by term.term
union all
select
    -1 as term_key,
    '' as term,
    0 as report_count,
    0 as idf;
