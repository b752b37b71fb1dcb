-- grain: a report file that was read. source: reading/ and text/metadata.
-- content_key is the same for two reports whose longest sentences are the same; null for short
-- ones.
-- region_path and region_level are null where neither the report nor reports.csv names a region.
create table stg_document (
    report_sha256 varchar not null,
    file_name varchar not null,
    title varchar not null,
    region_path varchar,
    region_level varchar,
    report_kind varchar not null,
    period_start date,
    period_end date,
    published_on date,
    source_url varchar,
    format varchar not null,
    encoding varchar not null,
    damaged_count integer not null,
    byte_count integer not null,
    char_count integer not null,
    content_key varchar,
    raw_text varchar not null
);
