insert into dim_keyword by name
select
    key_of('keyword:' || keyword_name) as keyword_key,
    dictionary,
    term as keyword,
    term_group as keyword_group,
    cast(weight as decimal(18, 4)) as keyword_weight
from seed_keywords
union all
select
    -1 as keyword_key,
    '' as dictionary,
    '' as keyword,
    '' as keyword_group,
    0 as keyword_weight;
