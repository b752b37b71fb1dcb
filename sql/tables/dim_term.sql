-- grain: a word. natural key: the word. source: stg_term.
create table dim_term (
    term_key bigint primary key,
    term varchar not null,
    report_count integer not null,
    idf decimal(18, 8) not null
);
