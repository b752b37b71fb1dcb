-- grain: a sentence of a report. natural key: report, place in it. source: stg_sentence.
-- As long as a fact, so it bears no primary key: the check keys_unique stands for it.
create table dim_passage ( -- noqa: PRS
    passage_key bigint not null,
    report_key bigint not null,
    passage_no integer not null,
    char_start integer not null,
    char_end integer not null,
    -- The bulk of the file: zstd halves its size and the time that it takes to write.
    sentence varchar not null using compression zstd,
    section_path varchar not null,
    theme_key bigint not null
);
