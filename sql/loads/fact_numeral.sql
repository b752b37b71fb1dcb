-- Keys are computed, not looked up: an observation begins where its numeral does. The check
-- `orphans` finds the numeral whose observation is not there.
insert into fact_numeral by name
select
    key_of(report_sha256) as report_key,
    place_key_of(report_sha256, passage_no) as passage_key,
    numeral_no,
    char_start,
    char_end,
    numeral_text,
    value,
    coalesce(key_of(unit), -1) as unit_key,
    disposition,
    unknown_reason,
    if(
        observation_no is null, null, place_key_of(report_sha256, char_start)
    ) as observation_key
from stg_numeral;
