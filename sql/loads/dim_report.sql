insert into dim_report by name
select
    key_of(report_sha256) as report_key,
    file_name,
    report_sha256,
    title,
    coalesce(key_of(region_path), -1) as region_key,
    report_kind,
    period_key_of(period_start, period_end) as period_key,
    published_on,
    date_key_of(published_on) as published_date_key,
    source_url,
    format,
    encoding,
    damaged_count,
    byte_count,
    char_count
from stg_document
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
    0 as char_count;
