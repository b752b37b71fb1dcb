-- severity: blocking
-- asks: reports
-- Every key that points to a report, or to a sentence or figure of one, finds it.
-- No input breaks it: the same function makes a key from the same staged words on both sides, and
-- what is of a report comes and goes with it.
with orphans as (
    select
        'dim_passage' as table_name,
        'report_key' as key_name,
        child.report_key as key_value,
        child.report_key
    from dim_passage as child
    anti join dim_report as parent on child.report_key = parent.report_key
    where child.report_key is not null
    union all
    select
        'fact_observation' as table_name,
        'report_key' as key_name,
        child.report_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_report as parent on child.report_key = parent.report_key
    where child.report_key is not null
    union all
    select
        'fact_observation' as table_name,
        'passage_key' as key_name,
        child.passage_key as key_value,
        child.report_key
    from fact_observation as child
    anti join dim_passage as parent on child.passage_key = parent.passage_key
    where child.passage_key is not null
    union all
    select
        'fact_numeral' as table_name,
        'report_key' as key_name,
        child.report_key as key_value,
        child.report_key
    from fact_numeral as child
    anti join dim_report as parent on child.report_key = parent.report_key
    where child.report_key is not null
    union all
    select
        'fact_numeral' as table_name,
        'passage_key' as key_name,
        child.passage_key as key_value,
        child.report_key
    from fact_numeral as child
    anti join dim_passage as parent on child.passage_key = parent.passage_key
    where child.passage_key is not null
    union all
    select
        'fact_numeral' as table_name,
        'observation_key' as key_name,
        child.observation_key as key_value,
        child.report_key
    from fact_numeral as child
    anti join fact_observation as parent on child.observation_key = parent.observation_key
    where child.observation_key is not null
    union all
    select
        'fact_term' as table_name,
        'report_key' as key_name,
        child.report_key as key_value,
        child.report_key
    from fact_term as child
    anti join dim_report as parent on child.report_key = parent.report_key
    where child.report_key is not null
    union all
    select
        'fact_keyword' as table_name,
        'report_key' as key_name,
        child.report_key as key_value,
        child.report_key
    from fact_keyword as child
    anti join dim_report as parent on child.report_key = parent.report_key
    where child.report_key is not null
    union all
    select
        'etl_version' as table_name,
        'report_key' as key_name,
        child.report_key as key_value,
        child.report_key
    from etl_version as child
    anti join dim_report as parent on child.report_key = parent.report_key
    where child.report_key is not null
)

select
    orphans.table_name,
    orphans.key_name,
    orphans.key_value,
    report.file_name
from orphans
left join dim_report as report on orphans.report_key = report.report_key;
