-- 由今年的水平和增速推算,上年同期是多少?(推算值,报告未直接给出)
-- What was the level a year before, as level and growth imply (derived: no report states it)?
select
    region,
    indicator_zh,
    period_label,
    level_value as stated_level,
    growth_percent as stated_growth,
    previous_level_derived
from mart_headline
where previous_level_derived is not null
order by period_end desc, region_path asc, indicator_code asc;
