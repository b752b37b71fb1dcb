-- The key of a span of days; -1, the unknown period, where neither end is known.
create or replace temporary macro period_key_of(first_day, last_day) as
case
    when first_day is null and last_day is null then -1
    else key_of(
        coalesce(cast(first_day as varchar), '') || '/' || coalesce(cast(last_day as varchar), '')
    )
end;
