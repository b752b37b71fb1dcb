-- grain: a report file. natural key: the report. source: stg_version.
-- By these the next load tells which reports it must load again.
create table etl_version (
    report_key bigint not null,
    version varchar not null
);
