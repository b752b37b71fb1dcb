-- The changes that a file tells of and the next one keeps: those of its last nine loads, so that
-- every file tells of ten.
select
    load_no,
    file_name,
    region_path,
    change_kind,
    change_reason,
    indicator,
    canonical_code,
    subject,
    measure,
    period_start,
    period_end,
    status,
    quote,
    char_start,
    char_end,
    changed_field,
    old_text,
    new_text
from fact_load_change
where load_no > (select max(etl_load.load_no) from etl_load) - 9
