-- severity: blocking
-- The tables hold as many rows as were staged (a dimension one more: its unknown member), and the
-- file tells of every load once.
-- No input breaks it: no load filters or joins away a staged row, and a file whose history is not
-- whole is not gone on with.
with this_load as (
    select * from etl_load
    qualify load_no = max(load_no) over ()
),

counts as (
    select
        'dim_report' as table_name,
        (select count(*) from dim_report) - 1 as loaded,
        (select sum(report_count) from this_load) as staged
    union all
    select
        'dim_passage' as table_name,
        (select count(*) from dim_passage) - 1 as loaded,
        (select sum(passage_count) from this_load) as staged
    union all
    select
        'fact_observation' as table_name,
        (select count(*) from fact_observation) as loaded,
        (select sum(observation_count) from this_load) as staged
    union all
    select
        'fact_numeral' as table_name,
        (select count(*) from fact_numeral) as loaded,
        (select sum(numeral_count) from this_load) as staged
    union all
    select
        'fact_term' as table_name,
        (select count(*) from fact_term) as loaded,
        (select sum(term_count) from this_load) as staged
    union all
    select
        'etl_reject' as table_name,
        (select count(*) from etl_reject) as loaded,
        (select sum(reject_count) from this_load) as staged
    union all
    select
        'etl_load' as table_name,
        (select count(*) from etl_load) as loaded,
        (select max(load_no) from etl_load) as staged
)

select
    table_name,
    loaded,
    staged
from counts
where loaded is distinct from staged;
