-- grain: a word in a report. natural key: report, word. source: stg_term.
create table fact_term (
    report_key bigint not null,
    term_key bigint not null,
    term_count integer not null,
    term_share decimal(18, 8) not null
);
