-- 各地区的一般公共预算收入是多少,增长多少,排第几?
-- How large was each region's budget revenue, how fast did it grow, where does it rank?
select
    region_path,
    period_label,
    level_value / 100000000 as level_100_million_yuan,
    growth_percent,
    rank_scope,
    rank_place
from mart_headline
where indicator_code = 'general_public_budget_revenue'
order by period_end desc, level_value desc;
