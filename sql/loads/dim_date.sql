-- Whole years only, so that a calendar in a BI tool has no holes at its ends.
insert into dim_date by name
with named as (
    select published_on as calendar_date from stg_document
    union all
    select period_end from stg_document
    union all
    select period_end from stg_observation
),

years as (
    select distinct year(calendar_date) as calendar_year
    from named
    where calendar_date is not null
),

days as (
    select
        cast(
            unnest(
                range(
                    make_date(calendar_year, 1, 1),
                    make_date(calendar_year + 1, 1, 1),
                    interval 1 day
                )
            ) as date
        ) as calendar_date
    from years
)

select
    date_key_of(calendar_date) as date_key,
    calendar_date,
    year(calendar_date) as calendar_year,
    if(month(calendar_date) <= 6, 1, 2) as calendar_half,
    quarter(calendar_date) as calendar_quarter,
    month(calendar_date) as calendar_month,
    day(calendar_date) as day_of_month,
    isodow(calendar_date) as day_of_week,
    isodow(calendar_date) >= 6 as is_weekend,
    strftime(calendar_date, '%Y年%-m月%-d日') as date_label
from days
union all
select
    -1 as date_key,
    null as calendar_date,
    null as calendar_year,
    null as calendar_half,
    null as calendar_quarter,
    null as calendar_month,
    null as day_of_month,
    null as day_of_week,
    null as is_weekend,
    '日期未知' as date_label;
