-- 各地区提出了哪些规范指标的目标,目标是多少?
-- Which targets do regions set for canonical indicators?
select
    region,
    period_label,
    indicator_zh,
    measure,
    modifier,
    quote,
    sentence
from mart_observation
where status = 'planned' and canonical_code is not null
order by period_end desc, region_path asc, char_start asc;
