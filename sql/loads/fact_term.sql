-- A report has one row a word (the check keys_unique), so rows can be counted, and keys are made
-- once a report and once a word.
insert into fact_term by name
with lengths as (
    select
        report_sha256,
        key_of(report_sha256) as report_key,
        sum(term_count) as word_count
    from stg_term
    group by report_sha256
),

words as (
    select
        term,
        key_of(term) as term_key
    from stg_term
    group by term
)

select
    lengths.report_key,
    words.term_key,
    term.term_count,
    cast(term.term_count / lengths.word_count as decimal(18, 8)) as term_share
from stg_term as term
inner join lengths on term.report_sha256 = lengths.report_sha256
inner join words on term.term = words.term;
