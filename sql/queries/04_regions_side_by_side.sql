-- 同一指标、同一时期,各地区孰高孰低,增速谁快,与上级地区相比如何?
-- Which region has more, which grows faster, and how do they compare with the region above?
select
    indicator_zh,
    period_label,
    region,
    level_value,
    level_place_derived,
    growth_percent,
    growth_place_derived,
    growth_region_count,
    percent_of_parent_derived
from mart_comparison
where indicator_code = 'retail_sales'
order by period_end desc, region_level asc, growth_place_derived asc, region asc;
