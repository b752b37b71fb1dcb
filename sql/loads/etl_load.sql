-- Counts are of what was staged, not of what the tables hold: the check row_counts compares them.
-- load_info is the run's own account of itself, one row.
insert into etl_load by name
select
    load_id,
    loaded_at,
    code_version,
    seeds_hash,
    (select count(*) from stg_document) as report_count,
    (select count(*) from stg_reject) as reject_count,
    (select count(*) from stg_sentence) as passage_count,
    (select count(*) from stg_numeral) as numeral_count,
    (select count(*) from stg_observation) as observation_count,
    (select count(*) from stg_term) as term_count,
    staging_seconds,
    star_seconds
from load_info;
