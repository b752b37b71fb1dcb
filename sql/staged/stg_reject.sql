-- grain: a file that was refused, and why.
create table stg_reject (
    file_name varchar not null,
    reason varchar not null,
    detail varchar not null,
    detail_zh varchar not null
);
