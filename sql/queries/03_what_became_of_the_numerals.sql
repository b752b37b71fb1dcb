-- 每份报告的数字都去了哪里?有多少没有读懂?
-- What became of every numeral of each report, and how many were not understood?
select
    file_name,
    sum(numeral_count) as numerals,
    sum(observation_count) as observations,
    coalesce(sum(numeral_count) filter (where disposition = 'unknown'), 0) as not_understood
from mart_coverage
group by file_name
order by file_name;
