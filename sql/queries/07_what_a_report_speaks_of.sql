-- 每份报告主要讲什么,各主题分别占多少?
-- Which themes does each report cover, and how much of it?
select
    file_name,
    theme_zh,
    passage_percent,
    observation_count,
    observation_percent,
    planned_count
from mart_theme_profile
where observation_count > 0
order by file_name asc, observation_count desc, theme asc;
