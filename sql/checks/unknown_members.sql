-- severity: blocking
-- Every dimension keeps its unknown member -1, and the subject its member 0, the jurisdiction.
-- No input breaks it: each load adds them itself.
with members as (
    select
        'dim_report' as table_name,
        -1 as member,
        (
            select count(*) from dim_report
            where report_key = -1
        ) as found
    union all
    select
        'dim_region' as table_name,
        -1 as member,
        (
            select count(*) from dim_region
            where region_key = -1
        ) as found
    union all
    select
        'dim_period' as table_name,
        -1 as member,
        (
            select count(*) from dim_period
            where period_key = -1
        ) as found
    union all
    select
        'dim_date' as table_name,
        -1 as member,
        (
            select count(*) from dim_date
            where date_key = -1
        ) as found
    union all
    select
        'dim_indicator' as table_name,
        -1 as member,
        (
            select count(*) from dim_indicator
            where indicator_key = -1
        ) as found
    union all
    select
        'dim_unit' as table_name,
        -1 as member,
        (
            select count(*) from dim_unit
            where unit_key = -1
        ) as found
    union all
    select
        'dim_theme' as table_name,
        -1 as member,
        (
            select count(*) from dim_theme
            where theme_key = -1
        ) as found
    union all
    select
        'dim_subject' as table_name,
        -1 as member,
        (
            select count(*) from dim_subject
            where subject_key = -1
        ) as found
    union all
    select
        'dim_subject' as table_name,
        0 as member,
        (
            select count(*) from dim_subject
            where subject_key = 0
        ) as found
    union all
    select
        'dim_passage' as table_name,
        -1 as member,
        (
            select count(*) from dim_passage
            where passage_key = -1
        ) as found
    union all
    select
        'dim_term' as table_name,
        -1 as member,
        (
            select count(*) from dim_term
            where term_key = -1
        ) as found
    union all
    select
        'dim_keyword' as table_name,
        -1 as member,
        (
            select count(*) from dim_keyword
            where keyword_key = -1
        ) as found
)

select
    table_name,
    member
from members
where found != 1;
