insert into dim_subject by name
with named as (
    select distinct subject
    from stg_observation
    where subject is not null
),

regions as (
    select distinct name from seed_regions
)

select
    key_of(named.subject) as subject_key,
    named.subject,
    case
        when areas.name is not null then 'area'
        when regions.name is not null then 'region'
        else 'other'
    end as subject_kind
from named
left join seed_areas as areas on named.subject = areas.name
left join regions on named.subject = regions.name
union all
select
    0 as subject_key,
    null as subject,
    'jurisdiction' as subject_kind
union all
select
    -1 as subject_key,
    '未知' as subject,
    'unknown' as subject_kind;
