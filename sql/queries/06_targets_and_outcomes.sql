-- 各地区提出了什么目标,后来完成得怎样?
-- Which targets did regions set, and what became of them?
select
    region_path,
    period_label,
    indicator_zh,
    target_quote,
    wording,
    direction,
    outcome_quote,
    is_reached_derived,
    target_file_name,
    outcome_file_name
from mart_target
order by period_end desc, region_path asc, indicator_zh asc, measure asc;
