-- grain: the load that built this file: one row. source: the run, and counts of every stg_ table.
create table etl_load (
    load_id varchar not null,
    loaded_at timestamp not null,
    code_version varchar not null,
    seeds_hash varchar not null,
    report_count integer not null,
    reject_count integer not null,
    passage_count integer not null,
    numeral_count integer not null,
    observation_count integer not null,
    term_count integer not null,
    unknown_share decimal(9, 8) not null,
    unbound_share decimal(9, 8) not null,
    previous_unknown_share decimal(9, 8),
    previous_unbound_share decimal(9, 8),
    staging_seconds decimal(18, 3) not null,
    star_seconds decimal(18, 3) not null
);
