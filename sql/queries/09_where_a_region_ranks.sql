-- 各地区称自己哪些指标排在前列,排第几,依据总量还是增速?
-- In which indicators do regions claim a place among the first three, by level or by growth?
select
    region,
    period_label,
    indicator,
    scope,
    cast(value as integer) as place,
    basis,
    quote
from mart_observation
where measure = 'rank' and status = 'actual' and value <= 3
order by value, region_path, period_end, char_start;
