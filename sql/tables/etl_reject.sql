-- grain: a refused file. source: stg_reject.
create table etl_reject (
    file_name varchar not null,
    reason varchar not null,
    detail varchar not null,
    detail_zh varchar not null
);
