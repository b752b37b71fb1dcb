-- grain: a report file that was looked at, whether it could be read or not. source: frames/store.
-- version changes whenever staged rows of the report may have changed. batch names the folder of
-- staged files that holds them whole; null where they are kept apart.
create table stg_version (
    report_sha256 varchar not null,
    version varchar not null,
    batch varchar
);
