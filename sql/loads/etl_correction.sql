insert into etl_correction by name
select
    line_no,
    file_name,
    report_sha256,
    if(
        correction_state in ('applied', 'agreed', 'stale', 'impossible'),
        place_key_of(report_sha256, char_start),
        null
    ) as observation_key,
    char_start,
    char_end,
    corrected_field,
    was_text,
    becomes_text,
    correction_reason,
    corrected_by,
    corrected_on,
    correction_state
from stg_correction;
