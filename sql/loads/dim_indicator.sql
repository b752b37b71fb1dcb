insert into dim_indicator by name
select
    key_of('code:' || code) as indicator_key,
    code as indicator_code,
    name_zh as indicator_zh,
    name_en as indicator_en,
    key_of(theme) as theme_key,
    if(unit = '', -1, key_of(unit)) as unit_key,
    true as is_canonical,
    tier as indicator_tier,
    kind as indicator_kind,
    nullif(broader, '') as broader_code,
    nullif(prices, '') as growth_prices,
    additive = 'yes' as adds_up,
    aim = 'lower' as aims_lower,
    nullif(aliases, '') as aliases,
    nullif(spoken, '') as spoken_names
from seed_indicators
union all
select distinct
    key_of('text:' || indicator) as indicator_key,
    null as indicator_code,
    indicator as indicator_zh,
    null as indicator_en,
    -1 as theme_key,
    -1 as unit_key,
    false as is_canonical,
    null as indicator_tier,
    null as indicator_kind,
    null as broader_code,
    null as growth_prices,
    null as adds_up,
    null as aims_lower,
    null as aliases,
    null as spoken_names
from stg_observation
where canonical_code is null
union all
select
    -1 as indicator_key,
    null as indicator_code,
    '未知指标' as indicator_zh,
    'Unknown' as indicator_en,
    -1 as theme_key,
    -1 as unit_key,
    false as is_canonical,
    null as indicator_tier,
    null as indicator_kind,
    null as broader_code,
    null as growth_prices,
    null as adds_up,
    null as aims_lower,
    null as aliases,
    null as spoken_names;
