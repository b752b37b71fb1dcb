-- The time of a five-year plan bears its name; the third began in 1966.
insert into dim_period by name
with spans as (
    select
        period_start,
        period_end
    from stg_document
    union
    select
        period_start,
        period_end
    from stg_observation
),

parts as (
    select
        period_start,
        period_end,
        year(period_start) as first_year,
        month(period_start) as first_month,
        day(period_start) = 1 as opens_month,
        year(period_end) as last_year,
        month(period_end) as last_month,
        period_end = last_day(period_end) as closes_month
    from spans
    where period_start is not null or period_end is not null
),

kinds as (
    select
        period_start,
        period_end,
        first_year,
        first_month,
        opens_month,
        last_year,
        last_month,
        closes_month,
        case
            when period_start = period_end then 'day'
            when coalesce(first_year != last_year or not opens_month or not closes_month, true)
                then 'span'
            when first_month = last_month then 'month'
            when last_month - first_month = 11 then 'year'
            when last_month - first_month = 5 and first_month in (1, 7) then 'half'
            when last_month - first_month = 2 and first_month in (1, 4, 7, 10) then 'quarter'
            when first_month = 1 then 'year_to_date'
            else 'span'
        end as period_kind,
        case
            when
                opens_month and closes_month and first_month = 1 and last_month = 12
                and last_year = first_year + 4
                and first_year % 5 = 1 and first_year between 1966 and 2061
                then (first_year - 1951) // 5
        end as plan_no
    from parts
)

select
    period_key_of(period_start, period_end) as period_key,
    period_start,
    period_end,
    period_kind,
    case
        when period_kind = 'day' then strftime(period_end, '%Y年%-m月%-d日')
        when period_kind = 'year' then last_year || '年'
        when period_kind = 'half'
            then last_year || '年' || if(first_month = 1, '上半年', '下半年')
        when period_kind = 'quarter'
            then last_year || '年第' || ['一', '二', '三', '四'][(last_month // 3)] || '季度'
        when period_kind = 'month' then last_year || '年' || last_month || '月'
        when first_year = last_year and opens_month and closes_month
            then last_year || '年' || first_month || '—' || last_month || '月'
        when plan_no is not null
            then
                '“'
                || ['', '十', '二十'][plan_no // 10 + 1]
                || ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'][plan_no % 10 + 1]
                || '五”时期'
        when opens_month and closes_month and first_month = 1 and last_month = 12
            then first_year || '—' || last_year || '年'
        else
            coalesce(strftime(period_start, '%Y年%-m月%-d日'), '')
            || '—'
            || coalesce(strftime(period_end, '%Y年%-m月%-d日'), '')
    end as period_label,
    coalesce(last_year, first_year) as period_year,
    cast(period_end - period_start + 1 as integer) as day_count
from kinds
union all
select
    -1 as period_key,
    null as period_start,
    null as period_end,
    'unknown' as period_kind,
    '时间未知' as period_label,
    null as period_year,
    null as day_count;
