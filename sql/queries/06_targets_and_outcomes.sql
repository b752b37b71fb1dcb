-- 上一份报告提出的目标,后来完成得怎样?
-- What became of the targets that earlier reports set?
select
    region_path,
    period_label,
    indicator_zh,
    target_quote,
    outcome_quote,
    completed_percent_derived,
    is_reached_derived,
    target_file_name,
    outcome_file_name
from mart_plan_vs_actual
order by period_end desc, region_path asc, indicator_zh asc, target_value asc;
