-- Counts are of what was staged, not of what the tables hold: the check row_counts compares them.
-- load_info is the run's own account of itself, one row; the previous shares are those of the file
-- that this one is to replace. The loads that that file tells of are kept.
insert into etl_load by name
select
    (select coalesce(max(previous_loads.load_no), 0) + 1 from previous_loads) as load_no,
    load_id,
    loaded_at,
    code_version,
    seeds_hash,
    (select count(*) from stg_file) as file_count,
    (select count(*) from stg_document) as report_count,
    (
        select count(*) from etl_file
        where etl_file.disposition = 'refused'
    ) as refused_count,
    (select count(stg_file.rule) from stg_file) as left_out_count,
    (select count(*) from stg_reject) as reject_count,
    (select count(*) from stg_sentence) as passage_count,
    (select count(*) from stg_numeral) as numeral_count,
    (select count(*) from stg_observation) as observation_count,
    (select count(*) from stg_term) as term_count,
    (
        select coalesce(avg(if(disposition = 'unknown', 1, 0)), 0)
        from stg_numeral
    ) as unknown_share,
    (
        select coalesce(avg(if(indicator = '', 1, 0)), 0)
        from stg_observation
    ) as unbound_share,
    previous_unknown_share,
    previous_unbound_share,
    trusted_confidence,
    staging_seconds,
    star_seconds,
    comparison,
    star_hash,
    build_kind,
    coalesce(renewed_count, (select count(*) from stg_document)) as renewed_count,
    dead_count
from load_info
union all by name
from previous_loads;
