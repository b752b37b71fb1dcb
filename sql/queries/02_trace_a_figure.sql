-- 这个数字出自哪份报告、哪句话、哪几个字?
-- Which report, sentence and characters does a figure come from?
select
    file_name,
    char_start,
    char_end,
    quote,
    indicator,
    value,
    unit,
    sentence
from mart_observation
where measure = 'level' and unit = '元'
order by value desc
limit 20;
