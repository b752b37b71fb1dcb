-- grain: a load: the one that built this file, which has the highest number, and those before it.
-- Counts that an older version did not keep are null in its loads.
-- source: the run, counts of every stg_ table, and the file that this one replaced.
create table etl_load (
    load_no integer not null,
    load_id varchar not null,
    loaded_at timestamp not null,
    code_version varchar not null,
    seeds_hash varchar not null,
    file_count integer,
    report_count integer not null,
    refused_count integer,
    left_out_count integer,
    reject_count integer not null,
    passage_count integer not null,
    numeral_count integer not null,
    observation_count integer not null,
    term_count integer not null,
    unknown_share decimal(9, 8) not null,
    unbound_share decimal(9, 8) not null,
    previous_unknown_share decimal(9, 8),
    previous_unbound_share decimal(9, 8),
    trusted_confidence decimal(4, 3),
    staging_seconds decimal(18, 3) not null,
    star_seconds decimal(18, 3) not null,
    comparison varchar not null check (
        comparison in ('compared', 'first', 'older_schema', 'unreadable')
    ),
    star_hash varchar,
    build_kind varchar check (build_kind in ('whole', 'incremental')),
    renewed_count integer,
    dead_count integer
);
