-- grain: a sentence of a report. char_start and char_end are code points of the raw text;
-- sentence_text is the clean text.
create table stg_sentence (
    report_sha256 varchar not null,
    passage_no integer not null,
    char_start integer not null,
    char_end integer not null,
    sentence_text varchar not null,
    section_path varchar not null,
    theme varchar not null
);
