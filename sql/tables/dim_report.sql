-- grain: a report file. natural key: the SHA-256 of its bytes. source: stg_document.
create table dim_report (
    report_key bigint primary key,
    file_name varchar not null,
    report_sha256 varchar not null,
    title varchar not null,
    region_key bigint not null,
    report_kind varchar not null check (
        report_kind in (
            'work_report',
            'half_year_summary',
            'annual_summary',
            'plan',
            'communique',
            'other',
            'unknown'
        )
    ),
    period_key bigint not null,
    published_on date,
    published_date_key integer not null,
    source_url varchar,
    format varchar not null,
    encoding varchar not null,
    damaged_count integer not null,
    byte_count integer not null,
    char_count integer not null,
    text_char_count integer not null,
    word_count integer not null
);
