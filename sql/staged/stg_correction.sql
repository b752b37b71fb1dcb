-- grain: a line of corrections.csv. source: frames/corrections, with what became of it.
create table stg_correction (
    line_no integer not null,
    file_name varchar,
    report_sha256 varchar not null,
    char_start integer not null,
    char_end integer not null,
    corrected_field varchar not null,
    was_text varchar not null,
    becomes_text varchar not null,
    correction_reason varchar not null,
    corrected_by varchar not null,
    corrected_on date not null,
    correction_state varchar not null
);
