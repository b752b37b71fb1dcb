-- Counts are of what was staged, not of what the tables hold: the check row_counts compares them.
-- load_info is the run's own account of itself, one row; the previous shares are those of the file
-- that this one is to replace. The loads that that file tells of are kept.
insert into etl_load by name
with files as (
    select
        count(*) as file_count,
        count(rule) as left_out_count
    from stg_file
),

documents as (
    select count(*) as report_count from stg_document
),

numerals as (
    select
        count(*) as numeral_count,
        coalesce(avg(if(disposition = 'unknown', 1, 0)), 0) as unknown_share
    from stg_numeral
),

observations as (
    select
        count(*) as observation_count,
        coalesce(avg(if(indicator = '', 1, 0)), 0) as unbound_share
    from stg_observation
)

select
    (select coalesce(max(previous_loads.load_no), 0) + 1 from previous_loads) as load_no,
    load_info.load_id,
    load_info.loaded_at,
    load_info.code_version,
    load_info.seeds_hash,
    files.file_count,
    documents.report_count,
    (
        select count(*) from etl_file
        where etl_file.disposition = 'refused'
    ) as refused_count,
    files.left_out_count,
    (select count(*) from stg_reject) as reject_count,
    (select count(*) from stg_sentence) as passage_count,
    numerals.numeral_count,
    observations.observation_count,
    (select count(*) from stg_term) as term_count,
    numerals.unknown_share,
    observations.unbound_share,
    load_info.previous_unknown_share,
    load_info.previous_unbound_share,
    load_info.trusted_confidence,
    load_info.staging_seconds,
    load_info.star_seconds,
    load_info.comparison,
    load_info.star_hash,
    load_info.build_kind,
    coalesce(load_info.renewed_count, documents.report_count) as renewed_count,
    load_info.dead_count
from load_info
cross join files
cross join documents
cross join numerals
cross join observations
union all by name
from previous_loads;
