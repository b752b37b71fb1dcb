-- The time that a question names, as its first and last day: the years, from the earliest to the
-- latest, or a five-year plan ('十四五', 第一个五年计划). No row where it names none.
create macro question_spans(question) as table
with years as (
    select unnest(regexp_extract_all(question, '(?:19|20)[0-9]{2}'))::integer as named_year
),

plans as (
    select
        min(period_start) as first_day,
        max(period_end) as last_day
    from dim_period
    where
        contains(question, regexp_extract(period_label, '“(.*)”', 1))
        and regexp_extract(period_label, '“(.*)”', 1) != ''
)

select
    make_date(min(named_year), 1, 1) as first_day,
    make_date(max(named_year), 12, 31) as last_day
from years
having count(*) > 0
union all
select
    first_day,
    last_day
from plans
where first_day is not null and not exists (from years);
