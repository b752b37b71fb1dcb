-- TF-IDF as scikit-learn smooths it: share * (ln((1 + reports) / (1 + reports with it)) + 1).
-- A report has one row a word (the check keys_unique), so rows can be counted, and keys are made
-- once a report and once a word.
insert into fact_term by name
with reports as (
    select count(*) as report_count from stg_document
),

lengths as (
    select
        report_sha256,
        key_of(report_sha256) as report_key,
        sum(term_count) as word_count
    from stg_term
    group by report_sha256
),

spread as (
    select
        term.term,
        key_of(term.term) as term_key,
        ln((1 + any_value(reports.report_count)) / (1 + count(*))) + 1 as idf
    from stg_term as term
    cross join reports
    group by term.term
)

select
    lengths.report_key,
    spread.term_key,
    term.term_count,
    cast(term.term_count / lengths.word_count as decimal(18, 8)) as term_share,
    cast(term.term_count / lengths.word_count * spread.idf as decimal(18, 8)) as tf_idf
from stg_term as term
inner join lengths on term.report_sha256 = lengths.report_sha256
inner join spread on term.term = spread.term;
