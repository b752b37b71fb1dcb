-- grain: a word of a report (jieba).
create table stg_term (
    report_sha256 varchar not null,
    term varchar not null,
    term_count integer not null
);
