insert into dim_passage by name
select
    place_key_of(report_sha256, passage_no) as passage_key,
    key_of(report_sha256) as report_key,
    passage_no,
    char_start,
    char_end,
    sentence_text as sentence,
    section_path,
    key_of(theme) as theme_key
from stg_sentence
union all
select
    -1 as passage_key,
    -1 as report_key,
    -1 as passage_no,
    0 as char_start,
    0 as char_end,
    '' as sentence,
    '' as section_path,
    -1 as theme_key;
