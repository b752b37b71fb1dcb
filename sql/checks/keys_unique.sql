-- severity: blocking
-- asks: reports
-- Every key names one row. A fact's key names one row too, though no constraint says so.
-- No input breaks it: a key is the hash of a natural key of which the load takes one row each; the
-- same bytes are read once however many files hold them, and no two numerals begin at one place.
with twice as (
    select
        'dim_report' as table_name,
        report_key as first_key,
        null as second_key,
        count(*) as row_count,
        any_value(report_key) as report_key
    from dim_report
    group by report_key
    having count(*) > 1
    union all
    select
        'dim_region' as table_name,
        region_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_region
    group by region_key
    having count(*) > 1
    union all
    select
        'dim_period' as table_name,
        period_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_period
    group by period_key
    having count(*) > 1
    union all
    select
        'dim_date' as table_name,
        date_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_date
    group by date_key
    having count(*) > 1
    union all
    select
        'dim_indicator' as table_name,
        indicator_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_indicator
    group by indicator_key
    having count(*) > 1
    union all
    select
        'dim_unit' as table_name,
        unit_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_unit
    group by unit_key
    having count(*) > 1
    union all
    select
        'dim_theme' as table_name,
        theme_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_theme
    group by theme_key
    having count(*) > 1
    union all
    select
        'dim_subject' as table_name,
        subject_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_subject
    group by subject_key
    having count(*) > 1
    union all
    select
        'dim_passage' as table_name,
        passage_key as first_key,
        null as second_key,
        count(*) as row_count,
        any_value(report_key) as report_key
    from dim_passage
    group by passage_key
    having count(*) > 1
    union all
    select
        'dim_term' as table_name,
        term_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_term
    group by term_key
    having count(*) > 1
    union all
    select
        'fact_observation' as table_name,
        observation_key as first_key,
        null as second_key,
        count(*) as row_count,
        any_value(report_key) as report_key
    from fact_observation
    group by observation_key
    having count(*) > 1
    union all
    select
        'fact_numeral' as table_name,
        report_key as first_key,
        numeral_no as second_key,
        count(*) as row_count,
        any_value(report_key) as report_key
    from fact_numeral
    group by report_key, numeral_no
    having count(*) > 1
    union all
    select
        'fact_term' as table_name,
        report_key as first_key,
        term_key as second_key,
        count(*) as row_count,
        any_value(report_key) as report_key
    from fact_term
    group by report_key, term_key
    having count(*) > 1
    union all
    select
        'dim_keyword' as table_name,
        keyword_key as first_key,
        null as second_key,
        count(*) as row_count,
        null as report_key
    from dim_keyword
    group by keyword_key
    having count(*) > 1
    union all
    select
        'fact_keyword' as table_name,
        report_key as first_key,
        keyword_key as second_key,
        count(*) as row_count,
        any_value(report_key) as report_key
    from fact_keyword
    group by report_key, keyword_key
    having count(*) > 1
)

select
    twice.table_name,
    twice.first_key,
    twice.second_key,
    twice.row_count,
    report.file_name
from twice
left join dim_report as report on twice.report_key = report.report_key;
