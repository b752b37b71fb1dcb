-- severity: blocking
-- Every key names one row. A fact's key names one row too, though no constraint says so.
with keys as (
    select
        'dim_report' as table_name,
        cast(report_key as varchar) as key_text
    from dim_report
    union all
    select
        'dim_region' as table_name,
        cast(region_key as varchar) as key_text
    from dim_region
    union all
    select
        'dim_period' as table_name,
        cast(period_key as varchar) as key_text
    from dim_period
    union all
    select
        'dim_date' as table_name,
        cast(date_key as varchar) as key_text
    from dim_date
    union all
    select
        'dim_indicator' as table_name,
        cast(indicator_key as varchar) as key_text
    from dim_indicator
    union all
    select
        'dim_unit' as table_name,
        cast(unit_key as varchar) as key_text
    from dim_unit
    union all
    select
        'dim_theme' as table_name,
        cast(theme_key as varchar) as key_text
    from dim_theme
    union all
    select
        'dim_subject' as table_name,
        cast(subject_key as varchar) as key_text
    from dim_subject
    union all
    select
        'dim_passage' as table_name,
        cast(passage_key as varchar) as key_text
    from dim_passage
    union all
    select
        'dim_term' as table_name,
        cast(term_key as varchar) as key_text
    from dim_term
    union all
    select
        'fact_observation' as table_name,
        cast(observation_key as varchar) as key_text
    from fact_observation
    union all
    select
        'fact_numeral' as table_name,
        report_key || '/' || numeral_no as key_text
    from fact_numeral
    union all
    select
        'fact_term' as table_name,
        report_key || '/' || term_key as key_text
    from fact_term
)

select
    table_name,
    key_text,
    count(*) as row_count
from keys
group by table_name, key_text
having count(*) > 1;
