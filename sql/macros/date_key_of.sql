-- The key of a day as people read it, 20230630; -1 where the day is not known.
create or replace temporary macro date_key_of(day) as
coalesce(cast(strftime(day, '%Y%m%d') as integer), -1);
