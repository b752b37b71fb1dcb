-- TF-IDF as scikit-learn smooths it: share * (ln((1 + reports) / (1 + reports with it)) + 1).
insert into fact_term by name
with reports as (
    select count(*) as report_count from stg_document
),

lengths as (
    select
        report_sha256,
        sum(term_count) as word_count
    from stg_term
    group by report_sha256
),

spread as (
    select
        term,
        count(distinct report_sha256) as report_count
    from stg_term
    group by term
)

select
    key_of(term.report_sha256) as report_key,
    key_of(term.term) as term_key,
    term.term_count,
    cast(term.term_count / lengths.word_count as decimal(18, 8)) as term_share,
    cast(
        term.term_count / lengths.word_count
        * (ln((1 + reports.report_count) / (1 + spread.report_count)) + 1)
        as decimal(18, 8)
    ) as tf_idf
from stg_term as term
inner join lengths on term.report_sha256 = lengths.report_sha256
inner join spread on term.term = spread.term
cross join reports;
