-- The loads that a file tells of.
select
    load_no,
    load_id,
    loaded_at,
    code_version,
    seeds_hash,
    file_count,
    report_count,
    refused_count,
    left_out_count,
    reject_count,
    passage_count,
    numeral_count,
    observation_count,
    term_count,
    unknown_share,
    unbound_share,
    previous_unknown_share,
    previous_unbound_share,
    staging_seconds,
    star_seconds,
    comparison
from etl_load
