-- grain: a canonical indicator, a period, a report: level, growth and rank as stated, side by side.
-- Only actual figures of the jurisdiction itself. Of several figures the first stated is taken.
create view mart_headline as
select
    report_key,
    file_name,
    title,
    region,
    region_path,
    region_level,
    indicator_code,
    canonical_code,
    indicator_zh,
    indicator_en,
    period_start,
    period_end,
    period_kind,
    period_label,
    period_year,
    arg_min(value, char_start) filter (where measure = 'level') as level_value,
    arg_min(unit, char_start) filter (where measure = 'level') as level_unit,
    arg_min(value, char_start) filter (
        where measure = 'change_rate' and coalesce(basis, 'yoy') = 'yoy'
    ) as growth_percent,
    cast(arg_min(value, char_start) filter (where measure = 'rank') as integer) as rank_place,
    arg_min(scope, char_start) filter (where measure = 'rank') as rank_scope,
    arg_min(basis, char_start) filter (where measure = 'rank') as rank_basis
from mart_observation
where canonical_code is not null and subject is null and status = 'actual'
group by
    report_key,
    file_name,
    title,
    region,
    region_path,
    region_level,
    indicator_code,
    canonical_code,
    indicator_zh,
    indicator_en,
    period_start,
    period_end,
    period_kind,
    period_label,
    period_year;
