insert into dim_report by name
with texts as (
    select
        report_sha256,
        sum(length(translate(sentence_text, chr(9) || chr(10) || ' ', ''))) as text_char_count
    from stg_sentence
    group by report_sha256
),

words as (
    select
        report_sha256,
        sum(term_count) as word_count
    from stg_term
    group by report_sha256
)

select
    key_of(document.report_sha256) as report_key,
    document.file_name,
    document.report_sha256,
    document.title,
    coalesce(key_of(document.region_path), -1) as region_key,
    document.report_kind,
    period_key_of(document.period_start, document.period_end) as period_key,
    document.published_on,
    date_key_of(document.published_on) as published_date_key,
    document.source_url,
    document.format,
    document.encoding,
    document.damaged_count,
    document.byte_count,
    document.char_count,
    coalesce(texts.text_char_count, 0) as text_char_count,
    coalesce(words.word_count, 0) as word_count
from stg_document as document
left join texts on document.report_sha256 = texts.report_sha256
left join words on document.report_sha256 = words.report_sha256
union all
select
    -1 as report_key,
    '未知' as file_name,
    '' as report_sha256,
    '未知报告' as title,
    -1 as region_key,
    'unknown' as report_kind,
    -1 as period_key,
    null as published_on,
    -1 as published_date_key,
    null as source_url,
    'unknown' as format,
    'unknown' as encoding,
    0 as damaged_count,
    0 as byte_count,
    0 as char_count,
    0 as text_char_count,
    0 as word_count;
