-- severity: blocking
-- Every key of one table is found in the table that it points to; those that point to a report or
-- into one are sought by orphans_of_reports.
-- No input breaks it: the same function makes a key from the same staged words on both sides, and
-- themes come from the list that fills dim_theme.
with orphans as (
    select
        'dim_report' as table_name,
        'region_key' as key_name,
        child.region_key as key_value,
        child.report_key
    from dim_report as child
    anti join dim_region as parent on child.region_key = parent.region_key
    where child.region_key is not null
    union all
    select
        'dim_report' as table_name,
        'period_key' as key_name,
        child.period_key as key_value,
        child.report_key
    from dim_report as child
    anti join dim_period as parent on child.period_key = parent.period_key
    where child.period_key is not null
    union all
    select
        'dim_report' as table_name,
        'published_date_key' as key_name,
        child.published_date_key as key_value,
        child.report_key
    from dim_report as child
    anti join dim_date as parent on child.published_date_key = parent.date_key
    where child.published_date_key is not null
    union all
    select
        'dim_region' as table_name,
        'parent_key' as key_name,
        child.parent_key as key_value,
        null as report_key
    from dim_region as child
    anti join dim_region as parent on child.parent_key = parent.region_key
    where child.parent_key is not null
    union all
    select
        'dim_indicator' as table_name,
        'theme_key' as key_name,
        child.theme_key as key_value,
        null as report_key
    from dim_indicator as child
    anti join dim_theme as parent on child.theme_key = parent.theme_key
    where child.theme_key is not null
    union all
    select
        'dim_indicator' as table_name,
        'unit_key' as key_name,
        child.unit_key as key_value,
        null as report_key
    from dim_indicator as child
    anti join dim_unit as parent on child.unit_key = parent.unit_key
    where child.unit_key is not null
    union all
    select
        'dim_passage' as table_name,
        'theme_key' as key_name,
        child.theme_key as key_value,
        child.report_key
    from dim_passage as child
    anti join dim_theme as parent on child.theme_key = parent.theme_key
    where child.theme_key is not null
    union all
    select
        'fact_observation' as table_name,
        'region_key' as key_name,
        child.region_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_region as parent on child.region_key = parent.region_key
    where child.region_key is not null
    union all
    select
        'fact_observation' as table_name,
        'indicator_key' as key_name,
        child.indicator_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_indicator as parent on child.indicator_key = parent.indicator_key
    where child.indicator_key is not null
    union all
    select
        'fact_observation' as table_name,
        'subject_key' as key_name,
        child.subject_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_subject as parent on child.subject_key = parent.subject_key
    where child.subject_key is not null
    union all
    select
        'fact_observation' as table_name,
        'period_key' as key_name,
        child.period_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_period as parent on child.period_key = parent.period_key
    where child.period_key is not null
    union all
    select
        'fact_observation' as table_name,
        'period_end_date_key' as key_name,
        child.period_end_date_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_date as parent on child.period_end_date_key = parent.date_key
    where child.period_end_date_key is not null
    union all
    select
        'fact_observation' as table_name,
        'unit_key' as key_name,
        child.unit_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_unit as parent on child.unit_key = parent.unit_key
    where child.unit_key is not null
    union all
    select
        'fact_observation' as table_name,
        'theme_key' as key_name,
        child.theme_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_theme as parent on child.theme_key = parent.theme_key
    where child.theme_key is not null
    union all
    select
        'fact_numeral' as table_name,
        'unit_key' as key_name,
        child.unit_key as key_value,
        child.report_key
    from fact_numeral as child
    anti join dim_unit as parent on child.unit_key = parent.unit_key
    where child.unit_key is not null
    union all
    select
        'fact_term' as table_name,
        'term_key' as key_name,
        child.term_key as key_value,
        child.report_key
    from fact_term as child
    anti join dim_term as parent on child.term_key = parent.term_key
    where child.term_key is not null
    union all
    select
        'fact_keyword' as table_name,
        'keyword_key' as key_name,
        child.keyword_key as key_value,
        child.report_key
    from fact_keyword as child
    anti join dim_keyword as parent on child.keyword_key = parent.keyword_key
    where child.keyword_key is not null
    union all
    select
        'etl_correction' as table_name,
        'observation_key' as key_name,
        child.observation_key as key_value,
        null as report_key
    from etl_correction as child
    anti join fact_observation as parent on child.observation_key = parent.observation_key
    where child.observation_key is not null
)

select
    orphans.table_name,
    orphans.key_name,
    orphans.key_value,
    report.file_name
from orphans
left join dim_report as report on orphans.report_key = report.report_key;
