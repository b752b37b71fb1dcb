-- Every division of the seed table is a region, whether a report comes from it or not, and so is
-- every prefix of a region path that a report names; the country stands above all. The level of a
-- region comes from the seed table, else from the report, else from its depth.
insert into dim_region by name
with recursive coded as (
    select
        code,
        level,
        valid_from,
        valid_to,
        successor,
        name as region_path
    from seed_regions
    where level in ('country', 'province')
    union all
    select
        child.code,
        child.level,
        child.valid_from,
        child.valid_to,
        child.successor,
        coded.region_path || '/' || child.name as region_path
    from seed_regions as child
    inner join coded on child.parent_code = coded.code
    where coded.level != 'country' and child.level not in ('country', 'province')
),

codes as (
    select
        region_path,
        min(code) as region_code,
        arg_min(level, code) as region_level,
        arg_min(valid_from, code) as valid_from,
        arg_min(valid_to, code) as valid_to,
        arg_min(successor, code) as successor
    from coded
    group by region_path
),

named as (
    select
        region_path,
        min(region_level) as region_level,
        count(*) as report_count
    from stg_document
    where region_path is not null
    group by region_path
),

steps as (
    select
        region_path,
        string_split(region_path, '/') as names
    from named
),

depths as (
    select
        names,
        unnest(range(1, len(names) + 1)) as depth
    from steps
),

paths as (
    select array_to_string(names[1:depth], '/') as region_path
    from depths
    union all
    select region_path from codes
    union all
    select '全国' as region_path
),

-- Not by `union`: DuckDB 1.4.5 keeps the constant beside its equal.
prefixes as (select distinct region_path from paths),

members as (
    select
        prefixes.region_path,
        string_split(prefixes.region_path, '/') as names,
        codes.region_code,
        nullif(codes.valid_from, '')::integer as valid_from_year,
        nullif(codes.valid_to, '')::integer as valid_to_year,
        nullif(codes.successor, '') as successor_code,
        coalesce(named.report_count, 0) as report_count,
        coalesce(
            codes.region_level,
            case when prefixes.region_path = '全国' then 'country' end,
            named.region_level,
            case len(string_split(prefixes.region_path, '/'))
                when 1 then 'province'
                when 2 then 'city'
                when 3 then 'county'
                else 'township'
            end
        ) as region_level
    from prefixes
    left join codes on prefixes.region_path = codes.region_path
    left join named on prefixes.region_path = named.region_path
),

ancestries as (
    select
        region_path,
        unnest(list_transform(range(1, len(names) + 1), lambda depth: names[1:depth]))
            as ancestor
    from members
),

above as (
    select
        ancestries.region_path,
        max(ancestors.names[-1]) filter (where ancestors.region_level = 'province') as province,
        max(ancestors.names[-1]) filter (where ancestors.region_level = 'city') as city,
        max(ancestors.names[-1]) filter (where ancestors.region_level = 'county') as county,
        max(ancestors.names[-1]) filter (where ancestors.region_level = 'township') as township
    from ancestries
    inner join members as ancestors
        on array_to_string(ancestries.ancestor, '/') = ancestors.region_path
    group by ancestries.region_path
),

mapped as (
    select
        seed_regions.name as province,
        min(seed_map_codes.iso) as iso_code
    from seed_regions
    inner join seed_map_codes on seed_regions.code = seed_map_codes.code
    group by seed_regions.name
)

select
    key_of(members.region_path) as region_key,
    members.region_path,
    members.names[-1] as region,
    members.region_level,
    case
        when members.region_path = '全国' then null
        when len(members.names) = 1 then key_of('全国')
        else key_of(array_to_string(members.names[1:-2], '/'))
    end as parent_key,
    members.region_code,
    mapped.iso_code,
    members.valid_from_year,
    members.valid_to_year,
    members.successor_code,
    above.province,
    above.city,
    above.county,
    above.township,
    members.report_count
from members
inner join above on members.region_path = above.region_path
left join mapped on members.names[1] = mapped.province
union all
select
    -1 as region_key,
    '未知' as region_path,
    '未知' as region,
    'unknown' as region_level,
    null as parent_key,
    null as region_code,
    null as iso_code,
    null as valid_from_year,
    null as valid_to_year,
    null as successor_code,
    null as province,
    null as city,
    null as county,
    null as township,
    (
        select count(*) from stg_document
        where region_path is null
    ) as report_count;
