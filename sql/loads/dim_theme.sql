insert into dim_theme by name
select
    key_of(code) as theme_key,
    code as theme,
    name_zh as theme_zh,
    name_en as theme_en
from seed_themes
union all
select
    -1 as theme_key,
    'unknown' as theme,
    '未知' as theme_zh,
    'Unknown' as theme_en;
