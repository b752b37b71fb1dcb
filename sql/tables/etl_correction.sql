-- grain: a line of corrections.csv, and what became of it in this load. source: stg_correction.
-- observation_key is null where there is no such figure.
create table etl_correction (
    line_no integer not null,
    file_name varchar,
    report_sha256 varchar not null,
    observation_key bigint,
    char_start integer not null,
    char_end integer not null,
    corrected_field varchar not null,
    was_text varchar not null,
    becomes_text varchar not null,
    correction_reason varchar not null,
    corrected_by varchar not null,
    corrected_on date not null,
    correction_state varchar not null check (
        correction_state in (
            'applied',
            'agreed',
            'stale',
            'gone',
            'unknown_report',
            'impossible',
            'confirmed'
        )
    )
);
